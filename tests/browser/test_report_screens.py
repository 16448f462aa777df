"""Each screen of the report, for who writes and for the desk, at both sizes: axe finds nothing serious, nothing hangs over."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reports.actions import report_forms, scoring_frames
from reports.actions import reports as actions
from reports.models import Recommendation, ReportForm, ScoringFrame
from roster.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_main_pages import Stop, overhanging, violations
from tests.reports.scenes import TEXT, Scene, cleaned

pytestmark = pytest.mark.django_db(transaction=True)


def stops() -> Iterator[Stop]:
    """A returned report under way, one filed again, and what the commission sees of both."""
    held_on = timezone.localdate() - timedelta(days=2)
    writing, filed, missing = (Scene(number, on=held_on) for number in (13, 14, 15))
    returned(writing)
    returned(filed)
    report = actions.submit_report(
        filed.opened(), cleaned(pressing_problem=f"{TEXT} Đã xin ý kiến xã."), "again",
        by=filed.attendee, now=timezone.now(),
    )  # fmt: skip
    recommendation = Recommendation.objects.filter(report=report).earliest("pk")
    clerk, officer, writer = (
        user.username for user in (filed.desk, filed.commission, writing.attendee)
    )
    draft = report_forms.begin_draft(by=filed.commission)
    frame = scoring_frames.begin_draft(by=filed.commission)
    section = draft.definition[0]["key"]
    meeting = writing.meeting.pk
    for name, user, url, args in (
        ("form", writer, "report_edit", [meeting]),
        ("paper", writer, "report_typed", [meeting]),
        ("receipt", filed.attendee.username, "report_receipt", [report.pk]),
        ("inbox", clerk, "report_list", []),
        ("report", clerk, "report_detail", [report.pk]),
        ("return", clerk, "report_return", [report.pk]),
        ("version", clerk, "report_version", [report.pk, 1]),
        ("extend", missing.desk.username, "report_extend", [missing.meeting.pk]),
        ("missing", officer, "report_missing", []),
        ("punctuality", officer, "report_attendees", []),
        ("figures", officer, "dashboard", []),
        ("recommendations", officer, "recommendation_list", []),
        ("recommendation", officer, "recommendation_detail", [recommendation.pk]),
        ("form-list", officer, "report_form_list", []),
        ("form-version", officer, "report_form_detail", [ReportForm.objects.earliest("pk").pk]),
        ("form-draft", officer, "form_draft_edit", [draft.pk]),
        ("form-question", officer, "form_question_add", [draft.pk, section]),
        ("frame-list", officer, "frame_list", []),
        ("frame", officer, "frame_detail", [ScoringFrame.objects.latest("starts_on").pk]),
        ("frame-draft", officer, "frame_draft_edit", [frame.pk]),
        ("frame-part", officer, "frame_part_edit", [frame.pk, "rate"]),
    ):
        yield Stop(f"screen-{name}", user, reverse(f"reports:{url}", args=args))


def returned(scene: Scene) -> None:
    report = actions.submit_report(
        scene.opened(), cleaned(), "first", by=scene.attendee, now=timezone.now()
    )
    due_on = timezone.localdate() + timedelta(days=5)
    actions.return_report(report, {"results": "Ghi rõ số liệu."}, due_on=due_on, by=scene.desk)


def test_each_screen_stands_at_both_sizes(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
) -> None:
    wrong = {}
    for stop in stops():
        sign_in(User.objects.get(username=stop.user))
        response = page.goto(f"{live_server.url}{stop.path}", wait_until="networkidle")
        look(page, stop.name)
        found = [f"status {response.status}"] if response and response.status != 200 else []
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            found += [f"{size['width']}: {one}" for one in violations(page)]
        wrong[stop.name] = [*found, *overhanging(page)]

    assert {name: found for name, found in wrong.items() if found} == {}
