"""The month on a screen, by keyboard and on paper, clashes, and the link that a message carries."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from meetings.models import Meeting
from notices.actions import owe
from notices.links import personal_link
from notices.models import Notice
from roster.models import User
from tests import factories
from tests.browser.conftest import PHONE, serious
from tests.meetings.scenes import HELD_ON, Scene, moment, scene

pytestmark = pytest.mark.django_db(transaction=True)
FOCUS = "getComputedStyle(document.activeElement).outlineStyle"


@pytest.fixture
def december(time_machine: Any) -> Scene:
    """Chi bộ xóm 13 on Thursday the 3rd; the same attendee an hour before at another, and on the 10th, 22nd, 30th."""
    time_machine.move_to(moment(1))
    one = scene()
    for number, day in enumerate((3, 10, 22, 30), 1):
        branch = factories.branch(one.commune, name=f"Chi bộ xóm {number}")
        on = HELD_ON.replace(day=day)
        meeting = factories.meeting(branch, on=on, month=date(2026, 12, 1))
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=moment(day, 18, 30))
        factories.AssignmentFactory(
            decision=one.assignment.decision, official=one.official, unit=branch
        )
    return one


def months(one: Scene) -> list[tuple[str, User, str]]:
    """Each month page: its picture's name, who opens it, its address."""
    return [
        ("commune", one.officer, reverse("meetings:commune_month", args=[one.commune.pk])),
        ("own", one.attendee, reverse("meetings:my_month")),
        ("province", one.commission, reverse("meetings:month_days")),
    ]


def day_of_focus(page: Page) -> str:
    found: str = page.evaluate(
        "document.activeElement.closest('td').querySelector('.day-no b').innerText"
    )
    return found


def test_months_are_walked_by_keyboard(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
    december: Scene,
) -> None:
    for name, user, address in months(december):
        sign_in(user)
        page.goto(live_server.url + address)
        expect(page.locator("[data-keys-help]")).to_be_visible()  # the scripts are there
        look(page, f"month-{name}")
        assert serious(page) == []
        page.locator("table.month a").first.focus()
        walked = []
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp", "End", "ArrowRight"):
            page.keyboard.press(key)
            walked.append(day_of_focus(page))
        assert walked == ["10", "22", "10", "3", "30", "30"]
        page.keyboard.press("Home")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert day_of_focus(page) == "3"
        assert page.evaluate(FOCUS) == "solid"
        page.keyboard.press("n")
        expect(page.get_by_role("heading", level=1)).to_contain_text("tháng 01/2027")


def test_brief_on_paper_is_one_upright_page_without_what_only_a_screen_can_do(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], december: Scene
) -> None:
    sign_in(december.attendee)
    page.goto(live_server.url + december.meeting.get_absolute_url())
    expect(page.get_by_role("button", name="Tôi sẽ dự")).to_be_visible()
    page.emulate_media(media="print")

    [sheet] = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages

    assert sheet.mediabox.height > sheet.mediabox.width
    assert "xác nhận dự để chi bộ" not in sheet.extract_text()


def test_months_on_paper_are_one_page_and_on_a_phone_no_wider_than_the_screen(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], december: Scene
) -> None:
    for _, user, address in months(december):
        sign_in(user)
        page.goto(live_server.url + address)
        page.emulate_media(media="print")
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        page.emulate_media(media="screen")
        page.set_viewport_size(PHONE)
        assert len(printed.pages) == 1
        assert "Phím tắt" not in printed.pages[0].extract_text()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert serious(page) == []


def test_unconfirmed_branches_are_gone_through_by_keys(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], december: Scene
) -> None:
    sign_in(december.officer)
    page.goto(f"{live_server.url}{reverse('meetings:unconfirmed_list')}?month=2026-12")
    expect(page.locator("[data-keys-help]")).to_be_visible()

    page.keyboard.press("j")
    page.keyboard.press("j")

    rows = page.locator("[data-keys-list] tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(1).locator("a").first).to_be_focused()


def test_clashes_name_who_and_both_meetings(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
    december: Scene,
) -> None:
    sign_in(december.officer)
    page.goto(live_server.url + reverse("meetings:clash_list"))

    rows = page.locator(".rows > li")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(december.official.full_name)
    expect(rows.get_by_role("link")).to_have_text(["Chi bộ xóm 1", "Chi bộ xóm 13"])
    look(page, "clashes")
    assert serious(page) == []


def test_a_messages_link_leads_over_the_password_to_its_page_and_ends_one_day(
    page: Page,
    live_server: LiveServer,
    look: Callable[[Page, str], None],
    december: Scene,
    settings: Any,
) -> None:
    settings.SITE_URL = live_server.url
    december.attendee.set_password("Chi-bo-2026")
    december.attendee.save()
    facts = {"unit": "Chi bộ", "ended_on": "31/12/2026", "reason": "Nghỉ hưu"}
    target = december.meeting.get_absolute_url()
    owe("assignments.ended", to=[december.attendee], occasion="a:1", facts={**facts, "url": target})
    notice = Notice.objects.filter(user=december.attendee)[0]

    page.goto(personal_link(notice))
    expect(page.get_by_label("Tên đăng nhập")).to_have_value(december.attendee.username)
    look(page, "link")
    assert serious(page) == []
    page.get_by_label("Mật khẩu").fill("Chi-bo-2026")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(live_server.url + target)

    page.context.clear_cookies()
    settings.NOTICE_LINK_DAYS = -1
    page.goto(personal_link(notice))
    expect(page.get_by_role("heading", name="Đường dẫn này đã hết hạn")).to_be_visible()
    look(page, "link-ended")
    assert serious(page) == []
