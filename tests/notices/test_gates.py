"""Quiet hours, brakes, preferences: what waits, what goes together, what is not sent at all."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from notices import actions, quiet
from notices.models import Notice, SwitchedOff
from notices.states import ChannelName, NoticeStatus
from roster.models import User
from roster.states import Role
from tests import factories
from tests.factories import ZONE

pytestmark = pytest.mark.django_db
FACTS = {"unit": "Chi bộ xóm 13", "when": "19:30 thứ Năm, 03/12/2026", "url": "/meetings/12/"}


def moment(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def a_user(**kwargs: Any) -> User:
    user: User = factories.UserFactory(unit=factories.province(), **kwargs)
    return user


def owe(to: Any, occasion: str, kind: str = "meetings.t1", **kwargs: Any) -> None:
    actions.owe(kind, to=to, occasion=occasion, facts=FACTS, **kwargs)


def emails() -> list[Notice]:
    return list(Notice.objects.filter(channel=ChannelName.EMAIL).order_by("pk"))


@pytest.fixture
def quiet_hours(settings: Any) -> None:
    settings.NOTICE_QUIET_HOURS = "22:00-06:30"
    settings.NOTICE_QUIET_DAYS = ["holidays", "sundays"]


@pytest.mark.usefixtures("quiet_hours")
@pytest.mark.parametrize(
    ("now", "expires", "held_until"),
    [
        (moment(11, 27, 14), None, None),
        (moment(11, 27, 21, 59), None, None),
        (moment(11, 27, 22), None, moment(11, 28, 6, 30)),
        (moment(11, 28, 23), None, moment(11, 30, 6, 30)),  # over Sunday
        (moment(11, 29, 10), None, moment(11, 30, 6, 30)),
        (moment(11, 29, 10), moment(11, 29, 19), None),  # the meeting is this evening
        (moment(11, 28, 23), moment(11, 29, 19), moment(11, 29, 6, 30)),
        (moment(11, 28, 23), moment(11, 29, 6), None),
    ],
)
def test_held_over_night_sunday_and_holiday_unless_it_would_come_too_late(
    now: datetime, expires: datetime | None, held_until: datetime | None
) -> None:
    assert quiet.release(now, expires) == held_until


@pytest.mark.usefixtures("quiet_hours")
def test_held_messages_go_as_one_in_the_morning_without_what_nobody_needs(
    mailoutbox: list[Any], time_machine: Any
) -> None:
    user = a_user()
    time_machine.move_to(moment(11, 26, 23), tick=False)
    for occasion in ("a", "b", "gone"):
        owe(user, occasion)
    actions.pay_all(now=moment(11, 26, 23))
    at_night = len(mailoutbox)
    actions.withdraw("gone")
    time_machine.move_to(moment(11, 27, 6, 30), tick=False)

    actions.pay_all(now=moment(11, 27, 6, 30))

    (letter,) = mailoutbox
    first, second, gone = emails()
    assert at_night == 0
    assert letter.subject == "2 việc đồng chí cần biết"
    assert letter.body.count("/n/") == 2
    assert (second.carried_by, second.status) == (first, NoticeStatus.SENT)
    assert gone.status == NoticeStatus.WITHDRAWN
    assert Notice.objects.in_app().filter(user=user).count() == 3  # the inbox disturbs nobody


def test_a_person_gets_so_many_a_day_and_the_keeper_hears_of_it(
    mailoutbox: list[Any], settings: Any, time_machine: Any
) -> None:
    settings.NOTICE_MOST_A_PERSON_A_DAY = 2
    time_machine.move_to(moment(11, 27, 9), tick=False)
    keeper, user = a_user(role=Role.SYSTEM_ADMIN), a_user()
    for number in range(4):
        owe(user, str(number))

    actions.pay_all(now=moment(11, 27, 9))
    time_machine.move_to(moment(11, 28, 6, 30), tick=False)
    actions.pay_all(now=moment(11, 28, 6, 30))

    assert [letter.to for letter in mailoutbox] == [[user.email]] * 3
    assert mailoutbox[-1].subject == "2 việc đồng chí cần biết"
    assert Notice.objects.filter(user=keeper, kind="notices.brake").count() == 1


def test_the_house_sends_so_many_a_minute_and_the_keeper_hears_of_it(
    mailoutbox: list[Any], settings: Any, time_machine: Any
) -> None:
    settings.NOTICE_MOST_A_MINUTE = 2
    keeper = a_user(role=Role.COMMISSION_OFFICER)
    people = [a_user() for _ in range(3)]
    time_machine.move_to(moment(11, 27, 9), tick=False)
    owe(people, "a")

    actions.pay_all(now=moment(11, 27, 9))
    in_the_first_minute = len(mailoutbox)
    time_machine.move_to(moment(11, 27, 9, 1), tick=False)
    actions.pay_all(now=moment(11, 27, 9, 1))

    assert (in_the_first_minute, len(mailoutbox)) == (2, 3)
    assert Notice.objects.filter(user=keeper, kind="notices.brake").count() == 1


@pytest.mark.parametrize(("kind", "letters"), [("meetings.t1", 0), ("meetings.moved", 1)])
def test_switched_off_is_not_sent_but_the_floor_is(
    kind: str, letters: int, mailoutbox: list[Any]
) -> None:
    user = a_user()
    actions.switch_off([("before", "email")], by=user)
    SwitchedOff.objects.create(user=user, topic="changes", channel="email")  # around the floor

    owe(user, "a", kind)
    actions.pay_all(now=datetime.now(ZONE) + timedelta(seconds=1))

    assert len(mailoutbox) == letters


def test_floor_of_a_topic_is_kept_when_everything_is_switched_off() -> None:
    user = a_user()

    actions.switch_off([("before", "email"), ("changes", "email")], by=user)

    assert [str(row) for row in SwitchedOff.objects.all()] == ["before: Thư điện tử"]


def test_database_refuses_to_switch_off_the_inbox() -> None:
    row = SwitchedOff(user=a_user(), topic="before", channel=ChannelName.IN_APP)

    with pytest.raises(ValidationError, match="luôn bật"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="inbox_cannot_be_switched_off"):
        row.save()
