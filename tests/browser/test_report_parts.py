"""A criterion by its parts, with one hand: taps only, the sum stands in the row, what was chosen is saved, filed and shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import Criterion, MeetingReport
from reports.states import ScoredBy
from roster.models import User
from tests.browser.conftest import PHONE, serious
from tests.browser.report_pages import fill_everything
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db(transaction=True)
THUMB = 44


@pytest.fixture
def scene(page: Page, live_server: LiveServer, sign_in: Callable[[User], None]) -> Scene:
    """The scores of the form, on a phone; everything else is filled in."""
    scene = Scene(13, on=timezone.localdate() - timedelta(days=2))
    sign_in(scene.attendee)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}{url(scene)}#scores")
    fill_everything(page, results="Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.")
    return scene


def url(scene: Scene) -> str:
    return reverse("reports:report_edit", args=[scene.meeting.pk])


def criterion(page: Page, number: int) -> Locator:
    box: Locator = page.locator("[data-sheet]").first.locator("[data-criterion]").nth(number - 1)
    return box


def opened(page: Page, number: int) -> Locator:
    box = criterion(page, number)
    box.get_by_text("Chấm theo từng ý").click()
    return box


def choose_best(box: Locator) -> None:
    for part in box.locator("fieldset").all():
        part.locator("label").first.click()


def test_parts_are_chosen_by_taps_saved_filed_and_shown(
    page: Page,
    live_server: LiveServer,
    scene: Scene,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
) -> None:
    box = opened(page, 3)
    for part in box.locator("fieldset").all():
        assert part.locator("label").first.bounding_box()["height"] >= THUMB  # type: ignore[index]
    choose_best(box)
    expect(box.locator("input[type=number]")).to_have_value("10")
    expect(box.locator("[data-parts-state]")).to_have_text("5/5 ý, 10 điểm")
    box.locator("fieldset").nth(1).locator("label").last.click()
    expect(box.locator("input[type=number]")).to_have_value("8")
    look(page, "report-parts")
    assert serious(page) == []
    page.evaluate("document.querySelector('[data-paper]').dispatchEvent(new Event('section:left'))")
    expect(page.locator("[data-bar-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    page.reload()
    expect(criterion(page, 3).locator("[data-parts-state]")).to_have_text("5/5 ý, 8 điểm")

    page.evaluate("document.querySelector('[data-step-submit]').click()")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    score = MeetingReport.objects.get().scores.get(scored_by=ScoredBy.ATTENDEE, criterion__number=3)
    assert (score.points, score.chosen["steering"], len(score.chosen)) == (8, "2", 5)
    sign_in(scene.desk)
    page.goto(f"{live_server.url}{MeetingReport.objects.get().get_absolute_url()}")
    page.get_by_text("5 ý của tiêu chí 3").click()
    expect(page.locator(".score-parts")).to_contain_text("Người dự: Chưa đạt 0")
    look(page, "report-parts-read")
    assert serious(page) == []


def test_half_chosen_parts_are_missing_until_they_are_taken_back(page: Page, scene: Scene) -> None:
    box = opened(page, 4)
    box.locator("fieldset").first.locator("label").first.click()
    expect(box.locator("[data-parts-state]")).to_have_text("1/12 ý, 5 điểm")
    expect(page.locator("[data-review-places]")).to_contain_text("Chấm điểm: còn 1 chỗ")

    box.get_by_role("button", name="Bỏ chọn các ý").click()

    expect(box.locator("[data-parts-state]")).to_have_text("")
    expect(page.locator("[data-review-text]")).to_contain_text("Các mục cần thiết đã đủ.")


def test_what_the_report_says_is_suggested_and_nothing_is_chosen(page: Page, scene: Scene) -> None:
    box = opened(page, 1)

    expect(box.locator(".suggested")).to_have_text("Gợi ý: 4 — họp 105 phút, cần 120")
    page.locator("[name=ended_at]").evaluate(
        "(hour) => { hour.value = '21:30'; hour.dispatchEvent(new Event('input', { bubbles: true })) }"
    )
    expect(box.locator(".suggested")).to_have_text("Gợi ý: 5 — họp 120 phút, cần 120")
    rate = opened(page, 2).locator(".suggested")
    expect(rate).to_have_text("Gợi ý: 1 — có mặt 38/40 (95 %), 1 vắng không lý do")
    papers = opened(page, 3).locator(".suggested").last
    expect(papers).to_contain_text("Gợi ý: 2 — Tài liệu gửi đảng viên")
    assert page.locator(".parts input:checked").count() == 0


def test_choices_written_on_two_devices_stand_beside_each_other(
    page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene
) -> None:
    page.evaluate("document.querySelector('[data-paper]').dispatchEvent(new Event('section:left'))")
    expect(page.locator("[data-bar-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    report = MeetingReport.objects.get()
    draft = report.draft | {
        "score-attendee-6": "27",
        "score-attendee-6-share_done": "2",
        "page": "khác",
    }
    MeetingReport.objects.update(draft=draft, version=report.version + 1)

    opened(page, 6).locator("label", has_text="Từ 90 %").click()
    page.evaluate("document.querySelector('[data-paper]').dispatchEvent(new Event('section:left'))")

    place = page.locator('[data-field="score-attendee-6-share_done"]')
    expect(place).to_contain_text("Từ 90 % 30", timeout=10_000)
    expect(place).to_contain_text("Từ 80 đến dưới 90 % 27")


def test_without_scripts_the_server_adds_up(
    scene: Scene, live_server: LiveServer, context: BrowserContext
) -> None:
    assert context.browser
    plain = context.browser.new_context(
        java_script_enabled=False, viewport=PHONE, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(f"{live_server.url}{url(scene)}")
    choose_best(opened(page, 3))
    page.locator(".paper-bar [name=save]").click()
    expect(page.locator(".messages")).to_contain_text("Đã lưu bản nháp.")

    opened(page, 3)
    expect(criterion(page, 3).locator("input:checked")).to_have_count(5)
    box = criterion(page, 3)
    box.locator("noscript label, label:has([name$=-whole])").first.click()
    page.locator(".paper-bar [name=save]").click()

    expect(criterion(page, 3).locator("input:checked")).to_have_count(0)
    assert Criterion.objects.filter(frame__code="HD 42", number=3).get().max_points == 10
    plain.close()
