"""A plain report by a thumb (M11): what is tapped and what is typed, and how long a hand takes for it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import MeetingReport
from reports.states import ReportStatus
from roster.models import Contact
from roster.states import ContactRole
from tests.browser.report_pages import PHONE, sign_in_to
from tests.reports.scenes import TEXT, Scene

pytestmark = pytest.mark.django_db(transaction=True)
# A thumb that looks for its place; a letter with its tone marks on a phone's keys; ours, on the slow side.
SECONDS_A_TAP, SECONDS_A_KEY = 1.5, 0.45
THREE_MINUTES: Final = 180
MOST_TAPS: Final = 30


class Thumb:
    """A hand on a phone that counts what it does."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.keys = page, 0, 0

    def tap(self, what: str) -> None:
        self.page.locator(what).first.tap()
        self.taps += 1

    def write(self, name: str, text: str) -> None:
        self.tap(f"[name={name}]")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def pick(self, name: str, value: str) -> None:
        self.tap(f"label:has([name={name}][value={value}]), [name={name}][value={value}] + label")

    def onward(self) -> None:
        self.tap("[data-step-on]")

    @property
    def seconds(self) -> float:
        return self.taps * SECONDS_A_TAP + self.keys * SECONDS_A_KEY


@pytest.fixture
def scene() -> Scene:
    scene = Scene(13, on=timezone.localdate() - timedelta(days=2))
    Contact.objects.create(
        unit=scene.meeting.unit,
        role=ContactRole.SECRETARY,
        name="Trần Văn Thử",
        starts_on=scene.meeting.held_on - timedelta(days=90),
    )
    scene.meeting.unit.member_count = 41
    scene.meeting.unit.save(update_fields=["member_count"])
    return scene


@pytest.fixture
def thumb(browser: Browser, live_server: LiveServer, scene: Scene) -> Iterator[Thumb]:
    phone = browser.new_context(
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
    )
    sign_in_to(phone, live_server.url, scene.attendee)
    page = phone.new_page()
    page.goto(f"{live_server.url}{reverse('reports:report_edit', args=[scene.meeting.pk])}")
    page.locator(".stepping").wait_for()
    yield Thumb(page)
    phone.close()


def test_a_plain_report_takes_one_hand_less_than_three_minutes(thumb: Thumb) -> None:
    when_and_who(thumb)
    what_was_gone_through(thumb)
    thumb.onward()  # no moods
    for number in range(7):
        thumb.tap(f"[data-sheet] >> nth=0 >> [data-step='1'] >> nth={number}")
    for _ in range(3):
        thumb.onward()  # no recommendation, no file
        if thumb.page.locator("[data-step-submit]").is_visible():
            break
    thumb.tap("[data-step-submit]")

    expect(thumb.page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    report = MeetingReport.objects.get()
    assert report.status == ReportStatus.SUBMITTED
    assert report.chaired_by == "Bí thư Trần Văn Thử"
    assert (report.excused_count, report.unexcused_count) == (1, 1)
    assert thumb.taps <= MOST_TAPS
    assert thumb.seconds < THREE_MINUTES


def when_and_who(thumb: Thumb) -> None:
    """The hour and the members stand there; the chair is offered; the last count is what the others leave."""
    thumb.tap("[name=ended_at]")
    thumb.page.locator("[name=ended_at]").fill("21:15")
    thumb.keys += 4
    thumb.tap(".offers button")
    thumb.write("obliged_count", "40")
    thumb.write("present_count", "38")
    thumb.write("excused_count", "1")
    thumb.onward()


def what_was_gone_through(thumb: Thumb) -> None:
    thumb.pick("committee_met", "yes")
    thumb.pick("documents_sent", "day_before")
    thumb.pick("agenda", "news")
    thumb.pick("agenda", "results")
    thumb.write("results", "Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.")
    thumb.onward()
    thumb.write("pressing_problem", TEXT)
    thumb.onward()
    thumb.write("conveyed", "Kết quả kỳ họp Hội đồng nhân dân tỉnh.")
    thumb.onward()
    thumb.write("opinion_count", "7")
    thumb.pick("openness", "open")
    thumb.onward()


def test_counts_that_do_not_agree_are_said_at_once(thumb: Thumb) -> None:
    page = thumb.page
    for name, count in (("obliged", 40), ("present", 38), ("excused", 1)):
        page.locator(f"[name={name}_count]").fill(str(count))
    page.locator("[name=unexcused_count]").tap()
    page.wait_for_function(
        "document.activeElement.value === '1' && getSelection().toString() === '1'"
    )
    page.keyboard.type("0")
    page.locator("[name=member_count]").focus()

    expect(page.locator("[data-balance]")).to_contain_text(
        "cộng lại là 39, phải sinh hoạt là 40. Xem lại một số."
    )
    page.locator("[name=unexcused_count]").fill("1")
    page.locator("[name=member_count]").focus()
    expect(page.locator("[data-balance]")).to_be_hidden()


def test_an_hour_typed_at_a_desk_stands_in_the_phones_clock(thumb: Thumb, scene: Scene) -> None:
    report = MeetingReport.objects.get()
    report.draft = {**report.draft, "began_at": "19h30", "ended_at": "sau 21 giờ"}
    report.save(update_fields=["draft"])
    thumb.page.reload()
    thumb.page.locator(".stepping").wait_for()

    began, ended = (thumb.page.locator(f"[name={name}]") for name in ("began_at", "ended_at"))

    expect(began).to_have_attribute("type", "time")
    expect(began).to_have_value("19:30")
    expect(ended).to_have_attribute("type", "text")
    expect(ended).to_have_value("sau 21 giờ")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Sửa đường.", "Còn chung chung."),
        ("Nạo vét 420 m mương tiêu xóm 13 trước ngày 15/01/2027.", "✓ Có địa điểm, số lượng và thời hạn."),
        ("Nạo vét mương tiêu đầu xóm 13 cho hết ngập lúa.", "Đã có địa điểm; nếu biết, ghi thêm số lượng và thời hạn."),
    ],
)  # fmt: skip
def test_a_recommendation_hears_what_it_says_already(thumb: Thumb, typed: str, hint: str) -> None:
    page = thumb.page
    page.evaluate("document.querySelector('[data-rows=recommendations] [data-rows-add]').click()")

    page.evaluate(
        """(text) => {
          const area = document.querySelector("[name='recommendations-0-text']");
          area.value = text;
          area.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        typed,
    )

    expect(page.locator("[name=recommendations-0-text] + [data-hints]")).to_contain_text(hint)
    expect(page.locator("[data-count-for=id_recommendations-0-text]")).to_have_text(
        f"{len(typed)}/1.000 ký tự"
    )
