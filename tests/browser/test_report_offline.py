"""A report survives what happens to phones: no network, a killed browser, a lost answer, two tabs (R16, R17)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import MeetingReport, ReportVersion
from reports.states import ReportStatus
from tests.browser.phones import Phone, press_submit, url, visit
from tests.browser.report_pages import fill_everything, sign_in_to
from tests.database import no_other_transaction_runs
from tests.processes import eventually, web_server
from tests.reports.numbers import numbers_held, waits_for_a_number
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db(transaction=True)
IS_KEPT = "caches.match('/').then((page) => Boolean(page && navigator.serviceWorker.controller))"
TYPED = "Thu quỹ đạt 96 %,\ncòn 3 hộ chưa nộp; “nợ cũ” 1.250.000 đồng – đã nhắc."


@pytest.fixture
def scene() -> Scene:
    return Scene(13, on=timezone.localdate() - timedelta(days=2))


def test_no_network_a_killed_browser_and_the_same_words_arrive_once(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.set_offline(True)
    fill_everything(page, results=TYPED)
    page.reload()
    expect(page.locator("[name=results]")).to_have_value(TYPED)
    page.wait_for_timeout(300)

    phone.kill()
    phone.restart()
    sign_in_to(
        phone.context, live_server.url, scene.attendee
    )  # Chromium writes its cookies every 30 s
    phone.context.set_offline(True)
    page = phone.page
    page.goto(url(live_server, scene))
    expect(page.locator("[name=results]")).to_have_value(TYPED)
    press_submit(page)
    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (1 báo cáo)")
    assert MeetingReport.objects.filter(status=ReportStatus.SUBMITTED).count() == 0
    phone.context.set_offline(False)

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    report = MeetingReport.objects.get()
    assert (report.status, report.answers["results"]) == (ReportStatus.SUBMITTED, TYPED)
    assert report.recommendations.get().text == "Nạo vét 420 m mương tiêu đầu xóm 13."
    assert ReportVersion.objects.count() == 1
    assert report.writing_seconds is not None


def test_closed_while_it_waits_it_is_sent_at_the_next_opening_of_any_page(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.set_offline(True)
    fill_everything(page, results=TYPED)
    press_submit(page)
    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (1 báo cáo)")
    phone.kill()
    phone.restart()
    sign_in_to(phone.context, live_server.url, scene.attendee)

    page = phone.page
    page.goto(f"{live_server.url}/meetings/mine/")

    expect(page.locator("[data-outbox]")).to_contain_text("số BN-")
    assert MeetingReport.objects.get().answers["results"] == TYPED


# what the service worker leaves when the network came back while no page was open
FILED_BY_THE_WORKER = """([user, url]) => new Promise((resolve) => {
  const receipt = { number: "BN-2026-000007", at: "20:14", unit: "Chi bộ xóm 13", url, key: "k" };
  indexedDB.open("du-sinh-hoat").onsuccess = ({ target }) => {
    const store = target.result.transaction("outbox", "readwrite").objectStore("outbox");
    store.put({ key: "k", user, state: "sent", receipt }).onsuccess = () => resolve();
  };
})"""


def test_what_the_worker_filed_is_told_once(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    page.evaluate(FILED_BY_THE_WORKER, [str(scene.attendee.pk), url(live_server, scene)])

    page.goto(f"{live_server.url}/meetings/mine/")
    expect(page.locator("[data-outbox]")).to_contain_text("Đã nộp lúc 20:14, số BN-2026-000007")
    page.reload()
    page.wait_for_load_state("networkidle")

    expect(page.locator("[data-outbox]")).to_be_empty()


def test_answer_lost_after_the_server_had_it_files_it_once(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    fill_everything(page, results=TYPED)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/report/", lose)
    press_submit(page)

    # the worker sends it again at once, or the page itself some seconds later
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Có thể đóng trang.", timeout=40_000
    )
    assert lost == [200]
    assert ReportVersion.objects.count() == 1
    assert MeetingReport.objects.get().recommendations.count() == 1


def test_server_killed_between_receiving_and_answering_files_it_once(
    phone: Phone, tmp_path: Path, scene: Scene
) -> None:
    with web_server(tmp_path) as web:
        page = visit(phone, web, scene)
        fill_everything(page, results=TYPED)
        with numbers_held():
            press_submit(page)
            eventually(waits_for_a_number, what="the server has the report and writes it")
            web.kill()
    eventually(no_other_transaction_runs, what="the dead server's transaction is undone")
    assert not ReportVersion.objects.exists()
    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (1 báo cáo)")

    with web_server(tmp_path, port=web.port):
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            "Có thể đóng trang.", timeout=60_000
        )

    assert ReportVersion.objects.count() == 1
    report = MeetingReport.objects.get()
    assert (report.status, report.answers["results"]) == (ReportStatus.SUBMITTED, TYPED)
    assert report.recommendations.count() == 1


def test_two_tabs_file_it_once(phone: Phone, live_server: LiveServer, scene: Scene) -> None:
    page = visit(phone, live_server, scene)
    fill_everything(page, results=TYPED)
    other = phone.context.new_page()
    other.goto(url(live_server, scene))
    expect(other.locator("[name=results]")).to_have_value(TYPED)

    press_submit(page)
    press_submit(other)

    for tab in (page, other):
        expect(tab.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    assert ReportVersion.objects.count() == 1
    assert MeetingReport.objects.get().answers["results"] == TYPED


def test_session_that_ran_out_costs_no_word(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    fill_everything(page, results=TYPED)
    phone.context.clear_cookies()

    press_submit(page)
    expect(page.locator("[data-sign-in]")).to_be_visible()
    assert MeetingReport.objects.get().status == ReportStatus.DRAFT
    sign_in_to(phone.context, live_server.url, scene.attendee)
    page.goto(url(live_server, scene))

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    assert MeetingReport.objects.get().answers["results"] == TYPED


def test_draft_goes_to_a_file_and_comes_back(
    phone: Phone, live_server: LiveServer, scene: Scene, tmp_path: Path
) -> None:
    page = visit(phone, live_server, scene)
    fill_everything(page, results=TYPED)
    with page.expect_download() as download:
        page.evaluate("document.querySelector('[data-draft-save]').click()")
    kept = tmp_path / "ban-nhap.json"
    download.value.save_as(kept)
    page.locator("[name=results]").evaluate("(field) => { field.value = 'khác' }")

    page.locator("[data-draft-open]").set_input_files(kept)

    expect(page.locator("[name=results]")).to_have_value(TYPED)
    expect(page.locator("[data-draft-file-status]")).to_have_text("Đã mở bản nháp từ tệp.")


ANOTHER = """() => new Promise((resolve) => {
  const user = document.querySelector("[data-paper]").dataset.user;
  indexedDB.open("du-sinh-hoat").onsuccess = ({ target }) => {
    const rows = target.result.transaction("outbox", "readwrite").objectStore("outbox");
    rows.put({ key: "another", user, state: "waiting", draft: "another", entries: [] }).onsuccess = resolve;
  };
})"""


def test_two_reports_that_wait_are_counted(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    page = visit(phone, live_server, scene)
    phone.context.set_offline(True)
    page.evaluate(ANOTHER)
    fill_everything(page, results=TYPED)

    press_submit(page)

    expect(page.locator("[data-bar-state]")).to_have_text("Chờ mạng (2 báo cáo)")


def test_first_page_ever_opened_is_kept_too(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    sign_in_to(phone.context, live_server.url, scene.attendee)
    page = phone.page
    page.goto(f"{live_server.url}/")
    for _ in range(100):
        if page.evaluate(IS_KEPT):
            break
        page.wait_for_timeout(200)

    phone.context.set_offline(True)
    page.goto(f"{live_server.url}/")

    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Chờ mạng")
    expect(page).to_have_title(re.compile("Việc của tôi"))


def test_pages_of_one_person_are_not_kept_for_the_next(
    phone: Phone, live_server: LiveServer, scene: Scene
) -> None:
    other = Scene(14, scene.province, on=timezone.localdate() - timedelta(days=2))
    page = visit(phone, live_server, scene)
    phone.context.clear_cookies()
    sign_in_to(phone.context, live_server.url, other.attendee)
    page.goto(f"{live_server.url}/meetings/mine/")
    page.wait_for_load_state("networkidle")

    phone.context.set_offline(True)
    page.goto(url(live_server, scene))

    expect(page.get_by_role("heading", level=1)).to_contain_text("chưa mở lần nào trên máy")
    assert (
        page.evaluate(
            "caches.keys().then((names) => names.filter((name) => name.startsWith('pages-')).length)"
        )
        == 1
    )
