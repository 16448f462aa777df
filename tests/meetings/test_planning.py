"""A month's meetings: on the right day, in the right place of the tree of that day, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from config.lib.errors import Refused
from meetings.actions import planning
from meetings.models import Attendance, Meeting
from meetings.planning.dates import default_enlarged_day
from meetings.states import AttendanceStatus, MeetingStatus
from meetings.tasks import plan_months
from notices.models import Notice
from roster.models import Event, Policy, Unit, UnitParent
from roster.states import MeetingKind
from tests import factories

NOVEMBER = date(2026, 11, 1)
NOW = datetime(2026, 10, 20, 8, tzinfo=factories.ZONE)


def a_branch(**rule: Any) -> Unit:
    """A branch in a commune of a province, with one rule."""
    branch = factories.branch(factories.commune(factories.province()))
    factories.MeetingRuleFactory(unit=branch, **rule)
    return branch


def plan(month: date = NOVEMBER, unit: Unit | None = None, now: datetime = NOW) -> int:
    return planning.plan_month(month, unit, now=now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rule", "month", "day"),
    [
        ({"day": 3}, date(2026, 11, 1), 3),
        ({"day": 31}, date(2026, 11, 1), 30),
        ({"day": 31}, date(2026, 12, 1), 31),
        ({"day": 30}, date(2027, 2, 1), 28),
        ({"day": 29}, date(2028, 2, 1), 29),
        ({"day": 31}, date(2028, 2, 1), 29),
        ({"day": None, "weekday": 0, "week": 1}, date(2026, 11, 1), 2),
        ({"day": None, "weekday": 6, "week": 1}, date(2026, 11, 1), 1),
        ({"day": None, "weekday": 6, "week": 4}, date(2026, 11, 1), 22),
        ({"day": None, "weekday": 6, "week": -1}, date(2026, 11, 1), 29),
        ({"day": None, "weekday": 0, "week": -1}, date(2026, 11, 1), 30),
        ({"day": None, "weekday": 1, "week": -1}, date(2028, 2, 1), 29),
    ],
)
def test_rule_names_the_day(rule: dict[str, int], month: date, day: int) -> None:
    a_branch(**rule)

    plan(month)

    assert Meeting.objects.get().held_on == month.replace(day=day)


@pytest.mark.django_db
def test_meeting_carries_its_hour_place_and_the_dates_of_its_report() -> None:
    branch = a_branch(day=3, time=time(20, 0), place="Nhà văn hóa xóm 1")
    commune, province = Unit.objects.in_bulk(branch.ancestor_ids).values()

    plan()

    meeting = Meeting.objects.get()
    assert meeting.unit == branch
    assert meeting.kind == MeetingKind.REGULAR
    assert meeting.status == MeetingStatus.PLANNED
    assert timezone.localtime(meeting.starts_at) == datetime(2026, 11, 3, 20, tzinfo=factories.ZONE)
    assert meeting.place == "Nhà văn hóa xóm 1"
    assert (meeting.report_due_on, meeting.late_after) == (date(2026, 11, 8), date(2026, 11, 8))
    assert meeting.locked_on == date(2026, 12, 3)
    assert {meeting.commune, meeting.province} == {commune, province}
    assert meeting.district is None


@pytest.mark.django_db
def test_branch_without_an_hour_meets_at_half_past_seven_in_the_evening() -> None:
    a_branch(day=3, time=None)

    plan()

    assert timezone.localtime(Meeting.objects.get().starts_at).time() == time(19, 30)


@pytest.mark.django_db
def test_deadlines_are_those_of_the_policy_in_force_on_the_day() -> None:
    Policy.objects.filter(key="report_due_days").update(ends_on=date(2026, 11, 2))
    Policy.objects.create(key="report_due_days", value=2, starts_on=date(2026, 11, 3))
    a_branch(day=2)
    a_branch(day=3)

    plan()

    dates = Meeting.objects.order_by("held_on").values_list("held_on", "report_due_on")
    assert list(dates) == [
        (date(2026, 11, 2), date(2026, 11, 7)),
        (date(2026, 11, 3), date(2026, 11, 5)),
    ]


@pytest.mark.django_db
def test_month_without_a_policy_is_not_planned_as_empty() -> None:
    Policy.objects.filter(key="report_due_days").delete()
    a_branch(day=3)

    with pytest.raises(Refused) as refusal:
        plan()

    assert str(refusal.value) == (
        "Chưa có quy định “Hạn nộp báo cáo (ngày sau cuộc họp)” cho ngày 01/11/2026."
    )


@pytest.mark.django_db
def test_units_and_rules_that_do_not_hold_on_the_day_make_no_meeting() -> None:
    commune = factories.commune(factories.province())
    gone = factories.branch(commune, ends_on=date(2026, 11, 2))
    coming = factories.branch(commune, starts_on=date(2026, 11, 4))
    old_rule = factories.branch(commune)
    factories.branch(commune)  # without a rule
    factories.MeetingRuleFactory(unit=gone, day=3)
    factories.MeetingRuleFactory(unit=coming, day=3)
    factories.MeetingRuleFactory(unit=old_rule, day=3, ends_on=date(2026, 11, 2))

    assert plan() == 0


@pytest.mark.django_db
def test_rule_that_changes_within_the_month_makes_one_meeting() -> None:
    branch = a_branch(day=5, ends_on=date(2026, 11, 10))
    factories.MeetingRuleFactory(unit=branch, day=20, starts_on=date(2026, 11, 11))

    plan()

    assert Meeting.objects.get().held_on == date(2026, 11, 5)


@pytest.mark.django_db
def test_meeting_belongs_to_the_commune_of_its_day() -> None:
    province = factories.province()
    old, new = factories.commune(province), factories.commune(province)
    branch = factories.branch(old)
    UnitParent.objects.filter(unit=branch).update(ends_on=date(2026, 11, 9))
    UnitParent.objects.create(unit=branch, parent=new, starts_on=date(2026, 11, 10))
    factories.MeetingRuleFactory(unit=branch, day=5)

    plan(date(2026, 11, 1))
    plan(date(2026, 12, 1))

    assert list(Meeting.objects.order_by("month").values_list("commune", "province")) == [
        (old.pk, province.pk),
        (new.pk, province.pk),
    ]


@pytest.mark.django_db
def test_branch_of_a_grassroots_committee_in_a_district_finds_all_its_superiors() -> None:
    province = factories.province()
    district = factories.UnitFactory(kind="district", under=province)
    commune = factories.commune(district)
    branch = factories.branch(factories.UnitFactory(kind="grassroots", under=commune))
    factories.MeetingRuleFactory(unit=branch, day=5)

    plan()

    meeting = Meeting.objects.get()
    assert (meeting.commune, meeting.district, meeting.province) == (commune, district, province)


@pytest.mark.django_db
def test_commune_with_a_rule_has_its_enlarged_meeting_on_that_day() -> None:
    commune = factories.commune(factories.province())
    factories.MeetingRuleFactory(unit=commune, kind=MeetingKind.ENLARGED, day=25, time=None)

    plan()

    meeting = Meeting.objects.get()
    assert (meeting.kind, meeting.held_on, meeting.commune) == (
        MeetingKind.ENLARGED,
        date(2026, 11, 25),
        commune,
    )
    assert timezone.localtime(meeting.starts_at).time() == time(8, 0)


@pytest.mark.django_db
def test_commune_without_a_rule_meets_on_the_last_working_day_if_somebody_is_sent_there() -> None:
    province = factories.province()
    visited, _not_visited = factories.commune(province), factories.commune(province)
    official = factories.OfficialFactory(agency=factories.agency(province))
    decision = factories.DecisionFactory(issuer=province)
    factories.AssignmentFactory(decision=decision, official=official, unit=visited)

    plan()

    meeting = Meeting.objects.get()
    assert (meeting.unit, meeting.held_on) == (visited, date(2026, 11, 30))


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 10, 30)),  # the 31st is a Saturday
        (date(2027, 4, 1), date(2027, 4, 29)),  # the 30th is a holiday
    ],
)
def test_last_working_day(month: date, day: date) -> None:
    assert default_enlarged_day(month) == day


@pytest.mark.django_db
def test_planning_again_adds_nothing_and_leaves_moved_and_cancelled_meetings_alone() -> None:
    a_branch(day=3)
    a_branch(day=4)
    plan()
    moved, cancelled = Meeting.objects.order_by("held_on")
    moved_to = datetime(2026, 11, 7, 19, 30, tzinfo=factories.ZONE)
    Meeting.objects.filter(pk=moved.pk).update(
        starts_at=moved_to, held_on=date(2026, 11, 7), moved_from=moved.starts_at,
        report_due_on=date(2026, 11, 12), late_after=date(2026, 11, 12),
    )  # fmt: skip
    Meeting.objects.filter(pk=cancelled.pk).update(status=MeetingStatus.CANCELLED)
    before = list(Meeting.objects.order_by("pk").values())

    assert plan() == 0

    assert list(Meeting.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_planning_is_noted_once_for_the_province() -> None:
    branch = a_branch(day=3)

    plan()
    plan()

    event = Event.objects.get(verb="planned")
    assert (event.target_id, event.detail) == (
        branch.ancestor_ids[0],
        {"month": "2026-11", "meetings": 1},
    )


@pytest.mark.django_db
def test_only_the_unit_asked_for_is_planned() -> None:
    inside, _outside = a_branch(day=3), a_branch(day=3)

    plan(unit=Unit.objects.get(pk=inside.ancestor_ids[-1]))

    assert Meeting.objects.get().unit == inside


@pytest.mark.django_db
def test_meeting_ahead_follows_a_changed_rule_and_those_who_come_are_told() -> None:
    branch = a_branch(day=3)
    official = factories.OfficialFactory(agency=factories.agency(factories.province()))
    user = factories.attendee(official)
    decision = factories.DecisionFactory(issuer=branch)
    factories.AssignmentFactory(decision=decision, official=official, unit=branch)
    plan()
    branch.meeting_rules.update(day=8)

    plan()
    plan()

    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.report_due_on) == (date(2026, 11, 8), date(2026, 11, 13))
    assert (meeting.sequence, meeting.moved_from) == (1, None)
    notice = Notice.objects.get(user=user, channel="email")
    assert (notice.kind, notice.facts["before"]) == ("meetings.moved", "19:30 thứ Ba, 03/11/2026")


@pytest.mark.django_db
def test_who_had_answered_for_the_old_day_is_asked_anew_when_the_rule_moves_it() -> None:
    branch = a_branch(day=3)
    official = factories.OfficialFactory(agency=factories.agency(factories.province()))
    plan()
    Attendance.objects.create(
        meeting=Meeting.objects.get(), official=official, status=AttendanceStatus.CONFIRMED
    )

    plan()
    assert Attendance.objects.count() == 1
    branch.meeting_rules.update(day=8)
    plan()

    assert Attendance.objects.count() == 0


@pytest.mark.django_db
def test_past_meeting_does_not_follow_a_changed_rule() -> None:
    branch = a_branch(day=3)
    plan()
    branch.meeting_rules.update(day=8)

    plan(now=datetime(2026, 11, 4, 8, tzinfo=factories.ZONE))

    assert Meeting.objects.get().held_on == date(2026, 11, 3)


@pytest.mark.django_db
def test_nightly_task_plans_this_month_and_the_next_and_twice_is_once(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 2, 1, 15, tzinfo=factories.ZONE))
    a_branch(day=3)

    assert [plan_months(), plan_months()] == [2, 0]

    months = Meeting.objects.order_by("month").values_list("month", flat=True)
    assert list(months) == [date(2026, 11, 1), date(2026, 12, 1)]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_each_meeting_once() -> None:
    commune = factories.commune(factories.province())
    for number in range(40):
        branch = factories.branch(commune, name=f"Chi bộ xóm {number}")
        factories.MeetingRuleFactory(unit=branch, day=number % 28 + 1)

    def run() -> int:
        try:
            return plan()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        made = [future.result() for future in [pool.submit(run) for _ in range(4)]]

    assert (sum(made), Meeting.objects.count()) == (40, 40)


@pytest.mark.django_db
def test_command_plans_one_unit_and_says_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    branch = a_branch(day=3)
    Unit.objects.filter(pk=branch.ancestor_ids[-1]).update(code="14647")
    a_branch(day=3)

    call_command("plan_month", "2026-11", "--unit", "14647")

    assert capsys.readouterr().out == "Tháng 11/2026: đã thêm 1 cuộc họp.\n"
    assert Meeting.objects.get().unit == branch


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["2026-13"], "“2026-13” không phải là tháng. Viết như 2026-12."),
        (["2026-11", "--unit", "99"], "Không có đúng một đơn vị mang mã 99 trong tháng 11/2026."),
    ],
)
def test_command_says_what_it_does_not_understand(words: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("plan_month", *words)

    assert str(refusal.value) == sentence
