"""Tết, holidays, weekends, short months, leap days and two moves: each case with its right date."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from meetings.actions import calendar, planning
from meetings.models import Meeting
from meetings.planning.dates import shifts_of
from notices.models import Notice
from notices.states import NoticeStatus
from roster.actions import records
from roster.models import Policy, Unit
from roster.states import MeetingKind, Role
from tests import factories
from tests.meetings.scenes import scene, user

KEEP, BEFORE, AFTER, ASK = 0, 1, 2, 3
EARLY = datetime(2026, 10, 20, 8, tzinfo=factories.ZONE)


def policy(key: str, value: int) -> None:
    Policy.objects.filter(key=key).update(value=value)


def planned(month: date, **rule: Any) -> Meeting:
    branch = factories.branch(factories.commune(factories.province()))
    factories.MeetingRuleFactory(unit=branch, **rule)
    planning.plan_month(month, now=EARLY)
    return Meeting.objects.get(unit=branch)


FEBRUARY, APRIL, SEPTEMBER = date(2027, 2, 1), date(2027, 4, 1), date(2027, 9, 1)
LAST_SATURDAY = {"day": None, "weekday": 5, "week": -1}
FIRST_SATURDAY = {"day": None, "weekday": 5, "week": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("month", "rule", "policies", "held_on", "asks"),
    [
        # February 2027: Tết from Thursday the 4th (29 Tết) to Wednesday the 10th (mùng năm)
        (FEBRUARY, {"day": 3}, {"on_tet": AFTER}, date(2027, 2, 3), False),
        (FEBRUARY, {"day": 6}, {"on_tet": KEEP}, date(2027, 2, 6), False),
        (FEBRUARY, {"day": 6}, {"on_tet": BEFORE}, date(2027, 2, 3), False),
        (FEBRUARY, {"day": 6}, {"on_tet": AFTER}, date(2027, 2, 11), False),
        (FEBRUARY, {"day": 6}, {"on_tet": ASK}, date(2027, 2, 6), True),
        (FEBRUARY, FIRST_SATURDAY, {"on_tet": AFTER}, date(2027, 2, 11), False),
        (FEBRUARY, {"day": 6}, {"on_tet": AFTER, "on_weekend": AFTER}, date(2027, 2, 11), False),
        (FEBRUARY, {"day": 31}, {"on_weekend": BEFORE}, date(2027, 2, 26), False),
        # the 2nd and the 3rd of September 2027 are off; the 4th is a Saturday
        (SEPTEMBER, {"day": 3}, {"on_holiday": ASK}, date(2027, 9, 3), True),
        (SEPTEMBER, {"day": 3}, {"on_holiday": KEEP}, date(2027, 9, 3), False),
        (SEPTEMBER, {"day": 3}, {"on_holiday": BEFORE}, date(2027, 9, 1), False),
        (SEPTEMBER, {"day": 3}, {"on_holiday": AFTER}, date(2027, 9, 4), False),
        (SEPTEMBER, {"day": 3}, {"on_holiday": AFTER, "on_weekend": AFTER}, date(2027, 9, 6), False),
        # a 31-day rule: the last day, and no way out of the month
        (date(2027, 4, 1), {"day": 31}, {"on_holiday": BEFORE}, date(2027, 4, 29), False),
        (date(2027, 4, 1), {"day": 31}, {"on_holiday": AFTER}, date(2027, 4, 29), False),
        (date(2027, 1, 1), {"day": 1}, {"on_holiday": BEFORE}, date(2027, 1, 2), False),
        (date(2027, 1, 1), {"day": 31}, {"on_weekend": AFTER}, date(2027, 1, 29), False),
        # leap day: Tuesday, 29/2/2028
        (date(2028, 2, 1), {"day": 31}, {}, date(2028, 2, 29), False),
        (date(2028, 2, 1), {"day": 29}, {"on_weekend": BEFORE}, date(2028, 2, 29), False),
        (date(2027, 2, 1), {"day": 29}, {}, date(2027, 2, 28), False),
        # a Saturday rule stays a Saturday unless weekends are to be left free
        (date(2026, 11, 1), LAST_SATURDAY, {}, date(2026, 11, 28), False),
        (date(2026, 11, 1), LAST_SATURDAY, {"on_weekend": AFTER}, date(2026, 11, 30), False),
    ],
)  # fmt: skip
def test_table_of_dates(
    month: date, rule: dict[str, Any], policies: dict[str, int], held_on: date, asks: bool
) -> None:
    for key, value in policies.items():
        policy(key, value)

    meeting = planned(month, **rule)

    assert (meeting.held_on, meeting.asks_day) == (held_on, asks)
    assert meeting.month == month


@pytest.mark.django_db
def test_shifted_meeting_says_from_where_and_its_report_is_due_after_the_new_day() -> None:
    policy("on_tet", AFTER)

    meeting = planned(FEBRUARY, day=6)

    assert meeting.shifted_from == date(2027, 2, 6)
    assert meeting.report_due_on == date(2027, 2, 16)


@pytest.mark.django_db
def test_policy_holds_from_its_day_on() -> None:
    Policy.objects.filter(key="on_holiday").update(ends_on=date(2027, 9, 2), value=KEEP)
    Policy.objects.create(key="on_holiday", value=AFTER, starts_on=date(2027, 9, 3))

    shifts = shifts_of(SEPTEMBER)

    assert (shifts[date(2027, 9, 2)].to, shifts[date(2027, 9, 3)].to) == (
        date(2027, 9, 2),
        date(2027, 9, 4),
    )


@pytest.mark.django_db
def test_month_of_days_off_keeps_the_day_and_asks() -> None:
    for key in ("on_tet", "on_holiday", "on_weekend"):
        policy(key, BEFORE)

    assert not any(one.asks for one in shifts_of(FEBRUARY).values())
    assert shifts_of(FEBRUARY)[date(2027, 2, 1)].to == date(2027, 2, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("quarter_month", "months"), [(1, [10]), (2, [11]), (3, [12])], ids=["first", "middle", "last"]
)
def test_thematic_meeting_is_once_a_quarter_beside_the_regular_one(
    quarter_month: int, months: list[int]
) -> None:
    branch = factories.branch(factories.commune(factories.province()))
    factories.MeetingRuleFactory(unit=branch, day=3)
    factories.MeetingRuleFactory(
        unit=branch, kind=MeetingKind.THEMATIC, day=20, quarter_month=quarter_month
    )

    for month in (10, 11, 12):
        planning.plan_month(date(2026, month, 1), now=datetime(2026, 9, 20, tzinfo=factories.ZONE))

    thematic = Meeting.objects.filter(kind=MeetingKind.THEMATIC)
    assert [row.month.month for row in thematic] == months
    assert Meeting.objects.filter(kind=MeetingKind.REGULAR).count() == 3


@pytest.mark.django_db
def test_branch_moved_twice_keeps_one_entry_and_its_dates_follow(time_machine: Any) -> None:
    time_machine.move_to(EARLY)
    one = scene(on=date(2026, 12, 3))

    for day in (5, 9):
        calendar.move_meeting(
            Meeting.objects.get(), reason="Trùng lễ", by=one.secretary,
            starts_at=datetime(2026, 12, day, 19, 30, tzinfo=factories.ZONE),
        )  # fmt: skip
        Notice.objects.update(status=NoticeStatus.SENT, sent_at=EARLY)

    meeting = Meeting.objects.get()
    assert (meeting.pk, meeting.sequence, meeting.held_on) == (
        one.meeting.pk,
        2,
        date(2026, 12, 9),
    )
    assert timezone.localdate(meeting.moved_from) == date(2026, 12, 5)
    assert (meeting.report_due_on, meeting.locked_on) == (date(2026, 12, 14), date(2027, 1, 9))
    assert meeting.confirmed_by == one.secretary
    told = Notice.objects.filter(kind="meetings.moved", channel="email").order_by("pk")
    assert [(row.user, row.facts["before"], row.facts["when"]) for row in told] == [
        (one.attendee, "19:30 thứ Năm, 03/12/2026", "19:30 thứ Bảy, 05/12/2026"),
        (one.attendee, "19:30 thứ Bảy, 05/12/2026", "19:30 thứ Tư, 09/12/2026"),
    ]  # each was told before the next; who moves it is not told


@pytest.mark.django_db
def test_changed_rule_moves_meetings_ahead_at_once_and_names_the_clash(time_machine: Any) -> None:
    time_machine.move_to(EARLY)
    province = factories.province()
    commune = factories.commune(province)
    official = factories.OfficialFactory(agency=factories.agency(province))
    branches = [factories.branch(commune, name=f"Chi bộ xóm {n}") for n in (1, 2)]
    decision = factories.DecisionFactory(issuer=province)
    for day, branch in zip((3, 8), branches, strict=True):
        factories.MeetingRuleFactory(unit=branch, day=day)
        factories.AssignmentFactory(decision=decision, official=official, unit=branch)
    planning.plan_month(date(2026, 11, 1), now=EARLY)

    said = change(branches[1], day=3, by=user(Role.COMMUNE_OFFICER, commune))

    assert said == [
        f"Đồng chí {official.full_name} còn dự Chi bộ xóm 1 lúc 19:30 thứ Ba, 03/11/2026."
    ]
    assert Meeting.objects.get(unit=branches[1]).held_on == date(2026, 11, 3)


def change(branch: Unit, *, day: int, by: Any) -> list[str]:
    rule = branch.meeting_rules.get()
    return records.change_meeting_rule(
        branch, kind=MeetingKind.REGULAR, starts_on=date(2026, 10, 20), by=by, day=day,
        week=None, weekday=None, time=rule.time, place=rule.place,
    )  # fmt: skip
