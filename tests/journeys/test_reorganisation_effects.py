"""Each operation, and what of everything that hangs on a unit goes where; undone, everything is as it was."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from assignments.models import Assignment, Removal, Substitution
from config.lib.errors import Refused
from meetings.models import Meeting
from meetings.states import MeetingStatus
from notices.models import Notice
from roster.actions import reorganisation_jobs, reorganisations
from roster.models import Contact, MeetingRule, OfficeTerm, Reorganisation, Unit, UnitParent
from roster.states import Role
from tests import factories
from tests.journeys.reorganising import AHEAD, DAY, EVE, Place, draft, everything, run

pytestmark = pytest.mark.django_db
FRESH = "A,N,merged,Xã Hướng Chính,", "B,N,merged,Xã Hướng Chính,"
LIVING = ("A,B,merged,,",)
RENAMED = ("A,N,renamed,Xã Đồng Hướng Mới,",)
SPLIT = "A,B,divided_main,,", "A,C,divided,,"
BRANCHES = ("A-13,B-13,merged,,",)
BRANCH_RENAMED = ("A-13,N-13,renamed,Chi bộ thôn Hướng,",)


@pytest.fixture(autouse=True)
def _on_the_eve():
    with time_machine.travel("2025-08-31 09:00+07:00", tick=False):
        yield


@pytest.fixture
def place():
    return Place()


def home_of(lines, place):
    """Which unit `a` becomes."""
    code = lines[0].split(",")[1]
    return Unit.objects.on(DAY).get(code=code)


def fill_homes(reorganisation, unit):
    waiting = reorganisations.unmapped(reorganisation)
    reorganisations.map_things(reorganisation, {row.pk: unit for row in waiting}, by=None)


@pytest.mark.parametrize("lines", [FRESH, LIVING, RENAMED, SPLIT])
def test_people_and_open_work_go_where_the_commune_goes(place, lines):
    reorganisation = draft(*lines)
    if lines is SPLIT:
        fill_homes(reorganisation, place.b)
    run(reorganisation)

    home = home_of(lines, place)
    rows = (place.officer, place.official, place.open, place.material, place.upload, place.xom_13)
    for row in rows:
        row.refresh_from_db()
    term = OfficeTerm.objects.on(DAY).get(official=place.official)
    assert {place.officer.unit, place.official.agency, place.open.authority} == {home}
    assert {place.open.suggested_authority, place.material.scope, place.upload.unit} == {home}
    assert (term.unit, term.ends_on, place.official.own_branch) == (
        home,
        date(2027, 6, 30),
        place.xom_13,
    )
    assert place.xom_13.path == f"{home.path}{place.xom_13.pk}/"


@pytest.mark.parametrize("lines", [FRESH, LIVING, RENAMED, SPLIT])
def test_meetings_assignments_and_rules_go_on_under_the_new_commune(place, lines):
    reorganisation = draft(*lines)
    if lines is SPLIT:
        fill_homes(reorganisation, place.b)
    run(reorganisation)

    home = home_of(lines, place)
    meetings = Meeting.objects.in_bulk([place.held.pk, place.ahead.pk])
    assert [meetings[pk].commune for pk in (place.held.pk, place.ahead.pk)] == [place.a, home]
    enlarged = Meeting.objects.get(unit=home, held_on=AHEAD)
    assert (enlarged.status, enlarged.commune) == (MeetingStatus.PLANNED, home)
    assert Assignment.objects.in_force(DAY).filter(official=place.an, unit=home).count() == 1
    assert not Assignment.objects.in_force(DAY).filter(unit=place.a).exists()
    assert MeetingRule.objects.on(DAY).filter(unit=home).count() == 1
    assert Contact.objects.on(DAY).get(role="office").unit == home
    assert not MeetingRule.objects.on(DAY).filter(unit=place.a).exists()


@pytest.mark.parametrize("lines", [FRESH, LIVING, RENAMED, SPLIT, BRANCHES, BRANCH_RENAMED])
def test_undone_everything_is_as_it_was(place, lines):
    place.drafts()
    place.stand_in(EVE - timedelta(days=3), DAY + timedelta(days=30))
    Contact.objects.filter(unit=place.a).update(ends_on=date(2026, 1, 31))
    before = everything()
    reorganisation = draft(*lines)
    assert everything() == before | {"UnitParent": everything()["UnitParent"]}
    if lines is SPLIT:
        fill_homes(reorganisation, place.b)
    run(reorganisation)
    changed = everything() != before

    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    assert (changed, everything()) == (True, before)
    assert not Unit.objects.filter(code__startswith="N").exists()
    assert draft(*lines).status == "draft"


def test_a_branch_keeps_another_end_than_its_commune(place):
    last = date(2025, 12, 31)
    Unit.objects.filter(pk=place.xom_13.pk).update(ends_on=last)
    Unit.objects.filter(code="B-13").update(ends_on=EVE)
    MeetingRule.objects.filter(unit=place.xom_13).update(ends_on=EVE - timedelta(days=9))
    before = everything()

    reorganisation = run(draft(*FRESH))
    ends = dict(Unit.objects.branches().values_list("code", "ends_on"))
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    assert ends == {"A-13": last, "B-13": None}
    assert everything() == before


def test_what_was_established_is_in_no_list_after_undo(place):
    reorganisation = run(draft("A,N,renamed,Xã Mới,"))
    new = Unit.objects.get(code="N")
    factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=new, username="sau")
    since = factories.branch(new, name="Chi bộ lập sau", starts_on=DAY)

    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    new.refresh_from_db()
    since.refresh_from_db()
    assert not Unit.objects.on(DAY).filter(pk=new.pk).exists()
    assert (new.starts_on, new.ends_on, new.code) == (date.min, date.min, "")
    assert not Unit.objects.under(place.province).filter(pk=new.pk).exists()
    assert place.a.users.filter(username="sau").exists()
    assert since.path == f"{place.a.path}{since.pk}/"


def test_two_main_attendees_become_one_and_one_who_goes_along(place):
    run(draft(*FRESH))

    home = Unit.objects.get(code="N")
    rows = Assignment.objects.in_force(DAY).filter(unit=home).values_list("official", "role")
    assert set(rows) == {(place.an.pk, "main"), (place.binh.pk, "second")}


def test_a_meeting_that_falls_away_is_told_and_reinstated_on_undo(place):
    user = factories.attendee(place.binh)
    reorganisation = run(draft(*FRESH))
    dropped = Meeting.objects.get(status=MeetingStatus.CANCELLED)
    told = Notice.objects.filter(kind="meetings.cancelled", user=user)

    assert (dropped.unit, dropped.reason) == (place.b, "Sắp xếp tổ chức: QĐ 9-QĐ/TU")
    assert "Họp chung: Xã Hướng Chính" in told.first().facts["reason"]
    assert not Notice.objects.filter(kind="meetings.cancelled", user=place.user).exists()

    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())
    dropped.refresh_from_db()
    assert (dropped.status, dropped.sequence) == (MeetingStatus.PLANNED, 2)
    assert Notice.objects.filter(kind="meetings.reinstated", user=user).exists()


def test_who_stands_in_across_the_day_stands_in_at_the_new_commune(place):
    place.stand_in(EVE - timedelta(days=3), DAY + timedelta(days=30))
    run(draft(*FRESH))

    rows = Substitution.objects.order_by("starts_on").values_list(
        "assignment__unit__code", "starts_on", "ends_on"
    )
    assert list(rows) == [
        ("A", EVE - timedelta(days=3), EVE),
        ("N", DAY, DAY + timedelta(days=30)),
    ]


def test_drafts_are_pointed_to_the_new_commune_and_never_refused(place):
    place.drafts()
    run(draft(*FRESH))

    home = Unit.objects.get(code="N")
    lines = place.draft.assignments.values_list("official", "unit", "role")
    place.draft.refresh_from_db()
    place.report.refresh_from_db()
    assert set(lines) == {(place.cuong.pk, home.pk, "main"), (place.binh.pk, home.pk, "second")}
    assert place.draft.issuer == home
    assert Removal.objects.get().assignment.unit == home
    assert place.report.draft == {
        "recommendations-0-suggested_authority": str(home.pk),
        "results": "Tốt",
    }


def test_the_dry_run_counts_feeds_and_changes_nothing(place):
    before = everything()
    touched = {row["what"]: row["count"] for row in draft(*LIVING).facts["touched"]}

    expected = {"child": 1, "feed": 1, "meeting": 2, "user": 2, "official": 1, "matter": 0}
    assert touched == touched | expected | {"assignment": 1, "authority": 1, "audience": 1}
    assert everything() == before


def test_a_dissolved_commune_asks_for_homes_and_its_offices_end(place):
    reorganisation = draft("A,,dissolved,,")
    asked = {row.what for row in reorganisations.unmapped(reorganisation)}
    fill_homes(reorganisation, place.c)
    run(reorganisation)

    assert asked == {"child", "user", "official", "authority", "suggested", "audience", "import"}
    assert not OfficeTerm.objects.on(DAY).exists()
    assert not Assignment.objects.in_force(DAY).filter(official=place.an).exists()
    assert Meeting.objects.get(unit=place.a, held_on=AHEAD).status == MeetingStatus.CANCELLED
    assert Meeting.objects.get(pk=place.ahead.pk).commune == place.c


def test_a_unit_is_established_without_one_before_it(place):
    Unit.objects.filter(pk=place.province.pk).update(code="P")
    reorganisation = run(draft(",N,established,Xã Mới,P"))

    new = Unit.objects.on(DAY).get(code="N")
    assert new.ancestor_ids == [place.province.pk]
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())
    assert not Unit.objects.on(DAY).filter(code="N").exists()


def test_a_moved_branch_takes_its_meetings_along(place):
    before = everything()
    reorganisation = run(draft("A-13,C,moved,,"))

    meeting = Meeting.objects.get(pk=place.ahead.pk)
    parent = UnitParent.objects.on(DAY).get(unit=place.xom_13).parent
    assert (parent, meeting.commune, meeting.unit) == (place.c, place.c, place.xom_13)
    assert Meeting.objects.get(pk=place.held.pk).commune == place.a
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())
    assert everything() == before


def test_a_merged_branch_hands_over_its_people_and_its_work(place):
    secretary = factories.UserFactory(role=Role.BRANCH_SECRETARY, unit=place.xom_13)
    run(draft(*BRANCHES))

    other = Unit.objects.get(code="B-13")
    for row in (secretary, place.official, place.open, place.ahead):
        row.refresh_from_db()
    assert {secretary.unit, place.official.own_branch, place.open.unit} == {other}
    assert (place.ahead.unit, place.ahead.commune) == (other, place.b)
    assert Meeting.objects.get(pk=place.held.pk).unit == place.xom_13


def test_meetings_planned_since_go_back_with_their_branch(place):
    reorganisation = run(draft(*FRESH))
    place.xom_13.refresh_from_db()
    since = factories.meeting(place.xom_13, on=date(2025, 10, 3))

    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    since.refresh_from_db()
    assert (since.commune, since.status) == (place.a, MeetingStatus.PLANNED)


def test_a_split_is_refused_until_every_branch_official_and_open_matter_has_a_home(place):
    reorganisation = draft(*SPLIT)
    waiting = reorganisations.unmapped(reorganisation)
    assert {"child", "official", "authority", "user", "term", "assignment"} <= {
        row.what for row in waiting
    }

    for row in waiting:
        with pytest.raises(Refused, match="chưa chọn nơi về"):
            reorganisations.schedule_reorganisation(reorganisation, by=None)
        reorganisations.map_things(reorganisation, {row.pk: place.c}, by=None)

    run(reorganisation)
    assert Meeting.objects.get(pk=place.ahead.pk).commune == place.c


@pytest.mark.parametrize("broken_at", [1, 4, 9])
def test_a_run_broken_off_in_a_batch_goes_on_and_ends_the_same(place, monkeypatch, broken_at):
    monkeypatch.setattr("roster.rehoming.BATCH", 1)
    place.drafts()
    run(reorganisation := draft(*FRESH))
    whole = everything()
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())
    steps = iter(range(1, 1000))

    def broken(done, total):
        if next(steps) == broken_at:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        run(again := draft(*FRESH), progress=broken)
    with time_machine.travel("2025-09-01 00:10+07:00", tick=False):
        reorganisation_jobs.run_due()

    again = Reorganisation.objects.get(pk=again.pk)
    shape = {name: len(rows) for name, rows in everything().items()}
    assert (again.status, shape) == ("done", {name: len(rows) for name, rows in whole.items()})


def test_after_thirty_days_it_is_not_undone(place):
    reorganisation = run(draft(*FRESH))
    late = timezone.now() + timedelta(days=31)

    with pytest.raises(Refused, match="Đã quá 30 ngày"):
        reorganisations.undo_reorganisation(reorganisation, by=None, now=late)


def test_names_that_collide_get_the_habit_of_the_place(place):
    run(draft("A,C,merged,,", "B,C,merged,,"))

    names = set(Unit.objects.branches().values_list("name", flat=True))
    assert names == {"Chi bộ xóm 13 (xã Đồng Hướng cũ)", "Chi bộ xóm 13 (xã Kim Chính cũ)"}


def test_an_answering_officer_of_the_old_commune_still_finds_the_matter(place):
    run(draft(*FRESH))

    user = type(place.answers).objects.get(pk=place.answers.pk)
    assert list(type(place.open).objects.visible_to(user)) == [place.open]
