"""The branch's own sheet: by its secretary until the report is accepted, in place of the attendee's copy."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from config.lib.errors import Refused
from reports.actions.branch_sheets import score_by_branch
from reports.actions.reports import accept_report
from reports.models import BranchPoints, BranchSheet
from reports.rules.branch_sheets import why_not_score
from reports.states import ScoredBy
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.reports.scenes import IN_TIME, Scene

pytestmark = pytest.mark.django_db
POINTS = dict(enumerate(map(Decimal, ("4", "5", "8.5", "35", "5", "25", "5")), 1))


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def secretary(scene: Scene) -> User:
    user: User = factories.UserFactory(role=Role.BRANCH_SECRETARY, unit=scene.branch)
    return user


def branch_scores(scene: Scene) -> list[Decimal]:
    rows = scene.meeting.report.scores.filter(scored_by=ScoredBy.BRANCH)
    return list(rows.order_by("criterion__number").values_list("points", flat=True))


def test_sheet_entered_before_the_report_stands_in_it(scene: Scene, secretary: User) -> None:
    score_by_branch(scene.meeting, POINTS, by=secretary, now=IN_TIME)

    report = scene.submitted()

    assert branch_scores(scene) == list(POINTS.values())
    assert (report.branch_points, report.attendee_points) == (Decimal("87.5"), 91)


def test_sheet_entered_after_the_report_takes_the_place_of_the_copy_and_may_be_mended(
    scene: Scene, secretary: User
) -> None:
    report = scene.submitted()

    for points in ({**POINTS, 1: Decimal(0)}, POINTS):
        score_by_branch(scene.meeting, points, by=secretary, now=IN_TIME)

    report.refresh_from_db()
    assert branch_scores(scene) == list(POINTS.values())
    assert (report.branch_points, report.attendee_points) == (Decimal("87.5"), 91)
    assert BranchSheet.objects.get().by == secretary
    assert Event.objects.filter(verb="scored_by_branch", by=secretary).count() == 2


def test_accepted_report_locks_the_sheet(scene: Scene, secretary: User) -> None:
    accept_report(scene.submitted(), by=scene.desk)

    with pytest.raises(Refused, match="đã được tiếp nhận"):
        score_by_branch(scene.meeting, POINTS, by=secretary, now=IN_TIME)

    assert not BranchSheet.objects.exists()


def test_only_the_branch_scores_and_only_what_has_begun(scene: Scene, secretary: User) -> None:
    early = scene.meeting.starts_at - timedelta(minutes=1)

    assert why_not_score(scene.meeting, None, secretary, IN_TIME) is None
    assert why_not_score(scene.meeting, None, scene.attendee, IN_TIME) == (
        "Phiếu chi bộ tự chấm do bí thư chi bộ nhập."
    )
    assert why_not_score(scene.meeting, None, secretary, early) is not None


def test_page_keeps_what_was_typed_and_asks_for_every_criterion(
    scene: Scene, secretary: User, client: Client
) -> None:
    client.force_login(secretary)
    url = reverse("reports:branch_sheet_edit", args=[scene.meeting.pk])

    page = client.post(url, {"score-branch-1": "3"}).content.decode()

    assert 'value="3"' in page
    assert "Chưa chấm tiêu chí “Chuẩn bị”." in page
    assert not BranchSheet.objects.exists()
    typed = {f"score-branch-{number}": str(points) for number, points in POINTS.items()}
    assert client.post(url, typed).status_code == 302
    assert 'value="8.5"' in client.get(url).content.decode()


@pytest.mark.parametrize("is_by_secretary", [True, False])
def test_report_says_whose_entry_it_is(
    scene: Scene, secretary: User, client: Client, is_by_secretary: bool
) -> None:
    report = scene.submitted()
    if is_by_secretary:
        score_by_branch(scene.meeting, POINTS, by=secretary, now=IN_TIME)
    client.force_login(scene.desk)

    page = client.get(report.get_absolute_url()).content.decode()

    assert ("do bí thư chi bộ nhập" in page, "do người dự ghi lại" in page) == (
        is_by_secretary,
        not is_by_secretary,
    )


def test_form_shows_the_secretarys_sheet_instead_of_asking(
    scene: Scene, secretary: User, client: Client
) -> None:
    score_by_branch(scene.meeting, POINTS, by=secretary, now=IN_TIME)
    client.force_login(scene.attendee)

    page = client.get(reverse("reports:report_edit", args=[scene.meeting.pk])).content.decode()

    assert "Bí thư chi bộ nhập lúc" in page
    assert "score-branch-1" not in page


def test_database_refuses_more_points_than_the_maximum(scene: Scene, secretary: User) -> None:
    score_by_branch(scene.meeting, POINTS, by=secretary, now=IN_TIME)

    with pytest.raises(IntegrityError, match="branch_points_are"), transaction.atomic():
        BranchPoints.objects.update(points=90)
