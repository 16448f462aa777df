"""A criterion by its parts: chosen, summed by the server, shown, sent back, sealed with the frame."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from reports import parts
from reports.actions.branch_sheets import score_by_branch
from reports.actions.reports import return_report, submit_report
from reports.models import Band, Criterion, MeetingReport, Score, ScoringFrame
from reports.states import ScoredBy
from roster.models import User
from roster.states import Role
from tests import factories
from tests.reports.posts import filled
from tests.reports.scenes import IN_TIME, Scene, cleaned

pytestmark = pytest.mark.django_db
PREPARED = {"content": "1", "steering": "2", "committee": "1", "told": "1", "documents": "2"}


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


def by_parts(who: str = "attendee", number: int = 3, **chosen: str) -> dict[str, str]:
    return {parts.name_of(who, number, part): choice for part, choice in chosen.items()}


def posted(scene: Scene, client: Client, **changes: str) -> Any:
    report = scene.opened()
    client.force_login(scene.attendee)
    url = reverse("reports:report_edit", args=[scene.meeting.pk])
    return client.post(url, filled(report, **changes), follow=True)


def score(number: int = 3, who: str = ScoredBy.ATTENDEE) -> Score:
    return Score.objects.get(scored_by=who, criterion__number=number)


@pytest.mark.parametrize("code", ["HD 12", "HD 42"])
def test_shipped_frames_add_up(code: str) -> None:
    frame = ScoringFrame.objects.get(code=code)
    criteria = list(frame.criteria.all())

    assert [parts.most_of(one.parts) for one in criteria] == [one.max_points for one in criteria]
    assert sum(one.max_points for one in criteria) == 100
    assert frame.source
    for part in [part for one in criteria for part in one.parts]:
        points = [choice["points"] for choice in part["choices"]]
        keys = [choice["key"] for choice in part["choices"]]
        assert points == sorted(points, reverse=True)
        assert len(set(keys)) == len(keys) > 1


def test_conduct_and_chairing_stand_in_one_criterion() -> None:
    conduct = Criterion.objects.get(frame__code="HD 42", number=4)

    found = [(group.name, group.most) for group in parts.groups(conduct.parts)]

    assert found == [("Tổ chức sinh hoạt", 30), ("Điều hành của bí thư", 10)]


def test_server_adds_up_whatever_number_came_along_and_says_so(
    scene: Scene, client: Client
) -> None:
    page = posted(scene, client, **{"score-attendee-3": "10"}, **by_parts(**PREPARED))

    assert (score().points, score().chosen) == (6, PREPARED)
    assert MeetingReport.objects.get().attendee_points == 88
    assert "Chuẩn bị: lấy 6 điểm theo các ý đã chọn, không lấy số 10 đã gõ." in (
        page.content.decode()
    )


@pytest.mark.parametrize("typed", ["", "6", "6,0"])
def test_number_need_not_be_typed_where_the_parts_are_chosen(
    scene: Scene, client: Client, typed: str
) -> None:
    page = posted(scene, client, **{"score-attendee-3": typed}, **by_parts(**PREPARED))

    assert score().points == 6
    assert "không lấy số" not in page.content.decode()


def test_parts_chosen_by_half_are_told_at_the_criterion_and_stay_chosen(
    scene: Scene, client: Client
) -> None:
    page = posted(scene, client, **by_parts(content="1", told="1")).content.decode()

    assert "Mới chọn 2/5 ý, còn “Có gợi ý thảo luận và dự thảo kết luận, nghị quyết”." in page
    assert page.count("checked") > 2
    assert '<details class="parts" open>' in page
    assert not Score.objects.exists()


def test_tick_without_scripts_gives_the_number_its_right_again(
    scene: Scene, client: Client
) -> None:
    begun = by_parts(content="1", told="1")

    posted(scene, client, **begun, **{"score-attendee-3-whole": "on"})

    assert (score().points, score().chosen) == (9, {})


def test_draft_shows_what_was_chosen(scene: Scene, client: Client) -> None:
    report = scene.opened()
    report.draft |= by_parts(content="1")
    report.save()
    client.force_login(scene.attendee)

    page = client.get(reverse("reports:report_edit", args=[scene.meeting.pk])).content.decode()

    assert 'name="score-attendee-3-content" value="1" data-points="3" checked' in page


def chosen_report(scene: Scene) -> MeetingReport:
    return scene.submitted(choices={"attendee": {3: PREPARED}})


def test_report_shows_the_choices_in_the_words_of_its_frame(scene: Scene, client: Client) -> None:
    report = chosen_report(scene)
    client.force_login(scene.desk)

    page = client.get(report.get_absolute_url()).content.decode()

    assert "Người dự: Đạt <b>3</b>" in page
    assert page.count('class="score-parts"') == 1


def test_returned_report_has_its_choices_in_the_draft_and_the_reviewer_sees_what_changed(
    scene: Scene, client: Client
) -> None:
    with transaction.atomic():
        report = chosen_report(scene)
    return_report(report, {"scores": "Xem lại."}, due_on=IN_TIME.date(), by=scene.desk)
    draft = dict(report.draft)
    better = cleaned(choices={"attendee": {3: PREPARED | {"documents": "1"}}})
    submit_report(report, better, "key-2", by=scene.attendee, now=IN_TIME)
    client.force_login(scene.desk)
    page = client.get(report.get_absolute_url()).content.decode()

    assert {name: draft[name] for name in by_parts(**PREPARED)} == by_parts(**PREPARED)
    assert (
        "<li>Người dự chấm, tiêu chí 3, Tài liệu lên Sổ tay đảng viên điện tử trước ít nhất một ngày: Chưa đạt</li>"
        in page
    )
    version = client.get(reverse("reports:report_version", args=[report.pk, 2])).content.decode()
    assert "tiêu chí 3, Có gợi ý thảo luận và dự thảo kết luận, nghị quyết: Chưa đạt" in version


@pytest.fixture
def secretary(scene: Scene) -> User:
    user: User = factories.UserFactory(role=Role.BRANCH_SECRETARY, unit=scene.branch)
    return user


def test_secretary_scores_by_parts_and_the_report_keeps_them(
    scene: Scene, secretary: User, client: Client
) -> None:
    scene.submitted()
    client.force_login(secretary)
    url = reverse("reports:branch_sheet_edit", args=[scene.meeting.pk])
    points = {f"score-branch-{number}": "5" for number in range(1, 8)}

    page = client.post(url, {**points, **by_parts("branch", **PREPARED)}, follow=True)

    assert "lấy 6 điểm theo các ý đã chọn" in page.content.decode()
    assert (score(3, ScoredBy.BRANCH).points, score(3, ScoredBy.BRANCH).chosen) == (6, PREPARED)
    again = client.get(url).content.decode()
    assert 'name="score-branch-3-steering" value="2" data-points="0" checked' in again


def test_attendee_copies_the_branchs_parts(scene: Scene, client: Client) -> None:
    points = {f"score-branch-{number}": "5" for number in range(1, 8)}

    posted(scene, client, **points, **by_parts("branch", **PREPARED))

    assert score(3, ScoredBy.BRANCH).chosen == PREPARED


CHANGES: dict[str, Any] = {
    "parts": lambda frame: frame.criteria.filter(number=3).update(parts=[]),
    "points": lambda frame: frame.criteria.filter(number=3).update(max_points=50),
    "one more": lambda frame: Criterion.objects.create(
        frame=frame, number=9, name="Thêm", max_points=1
    ),
    "one less": lambda frame: frame.bands.all().delete(),
    "band": lambda frame: frame.bands.update(name="Khác"),
    "moved": lambda frame: Band.objects.exclude(frame=frame).update(frame=frame, min_points=1),
    "source": lambda frame: ScoringFrame.objects.filter(pk=frame.pk).update(source="khác"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_database_refuses_to_change_a_frame_in_use(scene: Scene, name: str) -> None:
    frame = scene.opened().frame

    with (
        pytest.raises(DatabaseError, match="a scoring frame in use never changes"),
        transaction.atomic(),
    ):
        CHANGES[name](frame)


def test_sheet_of_a_branch_seals_its_frame_and_the_frame_may_end(
    scene: Scene, secretary: User
) -> None:
    full = {one.number: Decimal(1) for one in Criterion.objects.filter(frame__code="HD 42")}
    frame = score_by_branch(scene.meeting, full, by=secretary, now=IN_TIME).frame

    with (
        pytest.raises(DatabaseError, match="a scoring frame in use never changes"),
        transaction.atomic(),
    ):
        frame.criteria.update(name="Khác")
    frame.ends_on = IN_TIME.date()
    frame.save(update_fields=["ends_on"])


def test_frame_with_other_points_gets_no_parts_from_the_seeds() -> None:
    frame = ScoringFrame.objects.get(code="HD 42")
    frame.criteria.update(parts=[])
    frame.criteria.filter(number=3).update(max_points=12)

    import_module("reports.migrations.0010_sub_criteria").give_parts(apps, None)

    assert [one.parts for one in frame.criteria.all()] == [[]] * 7


def test_frame_that_nobody_uses_may_be_mended() -> None:
    assert ScoringFrame.objects.get(code="HD 42").criteria.update(hint="mới") == 7
