"""Two at once: one report, one receipt."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from config.lib.errors import Conflict, Refused
from reports.actions import report_forms, scoring_frames
from reports.actions import reports as actions
from reports.actions.branch_sheets import score_by_branch
from reports.models import MeetingReport, Recommendation, ReportVersion
from reports.states import ScoredBy
from roster.states import Role
from tests import factories
from tests.reports.scenes import Scene, cleaned

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """`work(0)` and `work(1)` in two threads, begun at the same moment."""
    barrier = Barrier(2)

    def run(number: int) -> Any:
        try:
            barrier.wait(timeout=20)
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, range(2)))


@pytest.fixture
def scene() -> Scene:
    return Scene(on=timezone.localdate())


def loaded() -> MeetingReport:
    return MeetingReport.objects.select_related("meeting__unit", "form", "frame").get()


def test_two_threads_file_one_report(scene: Scene) -> None:
    scene.meeting.starts_at = timezone.now()
    scene.meeting.save()
    scene.opened()
    both = [loaded(), loaded()]
    content = cleaned()

    receipts = at_once(
        lambda number: actions.submit_report(
            both[number], content, f"tab-{number}", by=scene.attendee, now=timezone.now()
        )
    )

    assert len({(report.number, report.receipt) for report in receipts}) == 1
    assert (ReportVersion.objects.count(), Recommendation.objects.count()) == (1, 1)


def test_sheet_of_the_secretary_is_not_lost_while_the_report_is_filed(scene: Scene) -> None:
    scene.meeting.starts_at = timezone.now()
    scene.meeting.save()
    report, content = scene.opened(), cleaned()
    secretary = factories.UserFactory(role=Role.BRANCH_SECRETARY, unit=scene.branch)
    points = dict(enumerate(map(Decimal, ("1", "2", "3", "4", "5", "6", "1")), 1))
    work = [
        lambda now: actions.submit_report(report, content, "k", by=scene.attendee, now=now),
        lambda now: score_by_branch(scene.meeting, points, by=secretary, now=now),
    ]

    at_once(lambda number: work[number](timezone.now()))

    shown = MeetingReport.objects.get().scores.filter(scored_by=ScoredBy.BRANCH)
    assert [score.points for score in shown.order_by("criterion__number")] == [*points.values()]
    assert MeetingReport.objects.get().branch_points == sum(points.values())


def test_two_branches_never_get_one_number(scene: Scene) -> None:
    scenes = [scene, Scene(2, scene.province, on=timezone.localdate())]
    for one in scenes:
        one.meeting.starts_at = timezone.now()
        one.meeting.save()
    reports = [one.opened() for one in scenes]
    content = cleaned()

    filed = at_once(
        lambda number: actions.submit_report(
            reports[number], content, "k", by=scenes[number].attendee, now=timezone.now()
        )
    )

    year = timezone.localdate().year
    assert {report.number for report in filed} == {f"BN-{year}-000001", f"BN-{year}-000002"}


def test_of_two_pages_that_save_one_hears_of_the_other(scene: Scene) -> None:
    scene.opened()
    both = [loaded(), loaded()]

    def save(number: int) -> str:
        try:
            actions.save_draft(both[number], {"news": str(number)}, 0, by=scene.attendee)
        except Conflict:
            return "conflict"
        return "saved"

    assert sorted(at_once(save)) == ["conflict", "saved"]
    assert MeetingReport.objects.get().version == 1


def test_two_first_openings_make_one_report(scene: Scene) -> None:
    opened = at_once(lambda _: actions.open_report(scene.meeting, by=scene.attendee))

    assert len({report.pk for report in opened}) == 1
    assert MeetingReport.objects.count() == 1


@pytest.mark.parametrize("drafts", [report_forms, scoring_frames])
def test_of_two_who_begin_the_next_version_one_hears_that_it_is_begun(drafts: Any) -> None:
    leader = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=factories.province())

    def begin(_: int) -> str:
        try:
            return type(drafts.begin_draft(by=leader)).__name__
        except Refused as refused:
            return str(refused)

    said = at_once(begin)

    assert sorted("Đang có một bản soạn" in one for one in said) == [False, True]
