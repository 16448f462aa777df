"""Photos and papers from a phone: without a network, without a session, too large, not taken."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import MeetingReport
from tests.browser.phones import Phone, press_submit, visit
from tests.browser.report_pages import fill_everything, sign_in_to
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = "Thu quỹ đạt 96 %, còn 3 hộ chưa nộp."


@pytest.fixture
def scene() -> Scene:
    return Scene(13, on=timezone.localdate() - timedelta(days=2))


def test_photo_without_a_network_goes_with_the_report(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.set_offline(True)
    fill_everything(page, results=TYPED)
    page.locator("#id_files").set_input_files(
        {"name": "anh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
    )
    expect(page.locator("[data-files-waiting]")).to_contain_text("anh.pdf · chờ mạng")
    expect(page.locator("[data-files-problem]")).to_be_empty()
    press_submit(page)
    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (1 báo cáo)")

    phone.context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    assert [one.file.name for one in MeetingReport.objects.get().attachments.all()] == ["anh.pdf"]


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("#id_files").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": content}
    )


def test_file_the_server_does_not_take_is_told_and_costs_nothing_else(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.set_offline(True)
    fill_everything(page, results=TYPED)
    choose(page, "la.pdf", b"MZ\0\0")
    expect(page.locator("[data-files-waiting]")).to_contain_text("la.pdf · chờ mạng")
    choose(page, "bien-ban.pdf", b"%PDF-1.7\n%%EOF")
    expect(page.locator("[data-files-waiting]")).to_contain_text("bien-ban.pdf · chờ mạng")
    press_submit(page)
    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (1 báo cáo)")

    phone.context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    expect(page.locator("[data-outbox]")).to_contain_text(
        "Có tệp không kèm theo được. Tệp “la.pdf”"
    )
    kept = [one.file.name for one in MeetingReport.objects.get().attachments.all()]
    assert kept == ["bien-ban.pdf"]


def test_photo_chosen_after_the_session_ran_out_waits_and_goes_up_after_signing_in(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.clear_cookies(name="sessionid")
    choose(page, "bien-ban.pdf", b"%PDF-1.7\n%%EOF")
    expect(page.locator("[data-files-waiting]")).to_contain_text("bien-ban.pdf · chờ đăng nhập lại")

    phone.context.clear_cookies()  # a new session brings a new token
    sign_in_to(phone.context, live_server.url, scene.attendee)
    choose(page, "them.pdf", b"%PDF-1.7\n%%EOF\n")

    expect(page.locator("#tep-kem")).to_contain_text("bien-ban.pdf")
    expect(page.locator("#tep-kem")).to_contain_text("them.pdf")
    expect(page.locator("[data-files-waiting]")).to_be_hidden()


def test_file_that_is_too_large_is_told_before_it_is_sent(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)

    choose(page, "to.pdf", b"%PDF-" + b" " * (10 * 1024 * 1024))

    expect(page.locator("[data-files-problem]")).to_have_text(
        "Tệp “to.pdf” lớn quá 10 MB. Chọn tệp nhỏ hơn."
    )
    expect(page.locator("[data-files-waiting]")).to_be_hidden()
