"""Substitutes who are asked: they accept or decline; chains resolve, loops are refused, moves are followed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assignments.actions import substitutions
from assignments.attendees import attendees_on
from assignments.candidates import candidates
from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Refused
from notices.models import Notice
from roster.models import Official, Unit, User
from roster.states import AbsenceReason
from tests import factories
from tests.assignments.setting import Setting
from tests.assignments.test_substitutions import account, ask, sent

pytestmark = pytest.mark.django_db

DAY = timezone.localdate() + timedelta(days=10)
LAST = DAY + timedelta(days=4)


def goer(unit: Unit, day: date) -> Official:
    return attendees_on([(unit.pk, day)])[unit.pk, day][0].official


def offered(setting: Setting) -> tuple[Assignment, Substitution, Official, User]:
    """An asks for five days, Bình is offered them."""
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, account(assignment), DAY, LAST)
    binh = setting.official("Trần Thị Bình")
    substitutions.offer_substitution(asked, substitute=binh, by=setting.desk)
    return assignment, asked, binh, User.objects.get(official=binh)


def test_an_offer_holds_nothing_until_it_is_taken():
    setting = Setting()
    assignment, asked, binh, user = offered(setting)
    assert goer(setting.branch, DAY) == assignment.official
    assert Notice.objects.filter(user=user, kind="assignments.standing_in_offered").exists()

    substitutions.take_offer(asked, by=user)

    assert goer(setting.branch, DAY) == binh
    assert goer(setting.branch, LAST + timedelta(days=1)) == assignment.official


def test_only_who_was_offered_takes_it():
    setting = Setting()
    _, asked, _, _ = offered(setting)

    with pytest.raises(Refused, match="Chỉ đồng chí được mời"):
        substitutions.take_offer(asked, by=setting.desk)


def test_who_declines_is_left_out_for_this_request_and_neither_first_nor_last_for_the_next():
    setting = Setting()
    assignment, asked, binh, user = offered(setting)
    setting.official("Lê Văn Cường")
    other = sent(setting, "Phạm Đức Đạt", setting.another_branch("Chi bộ xóm 5"))
    late = LAST + timedelta(days=9)
    another = ask(other, setting.desk, late, late)
    before = [one.official for one in candidates(another, setting.desk)]

    substitutions.refuse_offer(asked, reason=AbsenceReason.CLASH, by=user)

    asked.refresh_from_db()
    assert (asked.status, asked.substitute) == (SubstitutionStatus.ASKED, None)
    assert binh not in [one.official for one in candidates(asked, setting.desk)]
    assert binh in before
    assert [one.official for one in candidates(another, setting.desk)] == before
    told = Notice.objects.filter(kind="assignments.offer_refused", channel="email")
    assert {one.user for one in told} == {setting.desk, account(assignment)}


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        (0, 4, []),
        (0, 1, [(2, 4)]),
        (3, 4, [(0, 2)]),
        (2, 2, [(0, 1), (3, 4)]),
    ],
)
def test_a_chain_gives_each_day_one_substitute(first: int, last: int, left: list[tuple[int, int]]):
    setting = Setting()
    _, asked, binh, user = offered(setting)
    substitutions.take_offer(asked, by=user)
    days = {"starts_on": DAY + timedelta(days=first), "ends_on": DAY + timedelta(days=last)}
    passed = substitutions.pass_on(asked, **days, reason=AbsenceReason.DUTY, by=user)
    cuong = setting.official("Lê Văn Cường")

    substitutions.accept_substitution(passed, substitute=cuong, by=setting.desk)

    goers = [goer(setting.branch, DAY + timedelta(days=ahead)) for ahead in range(5)]
    assert goers == [cuong if first <= ahead <= last else binh for ahead in range(5)]
    kept = Substitution.objects.accepted().filter(substitute=binh).order_by("starts_on")
    assert [((row.starts_on - DAY).days, (row.ends_on - DAY).days) for row in kept] == left


def test_a_chain_never_comes_back_to_who_left_it():
    setting = Setting()
    assignment, asked, binh, user = offered(setting)
    substitutions.take_offer(asked, by=user)
    days = {"starts_on": DAY, "ends_on": LAST, "reason": AbsenceReason.DUTY}
    passed = substitutions.pass_on(asked, **days, by=user)
    for official in (assignment.official, binh):
        with pytest.raises(Refused, match=r"Người thay phải là đồng chí khác|vừa xin thay"):
            substitutions.offer_substitution(passed, substitute=official, by=setting.desk)
    cuong = setting.official("Lê Văn Cường")
    substitutions.accept_substitution(passed, substitute=cuong, by=setting.desk)
    again = substitutions.pass_on(passed, **days, by=User.objects.get(official=cuong))

    with pytest.raises(Refused, match="Trần Thị Bình vừa xin thay"):
        substitutions.offer_substitution(again, substitute=binh, by=setting.desk)


def test_who_passed_days_on_is_not_asked_to_go_elsewhere_on_them():
    setting = Setting()
    _, asked, binh, user = offered(setting)
    substitutions.take_offer(asked, by=user)
    passed = substitutions.pass_on(
        asked, starts_on=DAY, ends_on=LAST, reason=AbsenceReason.DUTY, by=user
    )
    substitutions.accept_substitution(
        passed, substitute=setting.official("Lê Văn Cường"), by=setting.desk
    )
    other = sent(setting, "Phạm Đức Đạt", setting.another_branch("Chi bộ xóm 5"))
    another = ask(other, setting.desk)

    assert binh not in [one.official for one in candidates(another, setting.desk)]
    with pytest.raises(Refused, match="cũng đang xin người đi thay"):
        substitutions.accept_substitution(another, substitute=binh, by=setting.desk)


def test_days_within_an_open_request_are_that_request_and_days_half_within_are_refused():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, setting.desk, DAY, LAST)

    assert ask(assignment, setting.desk, DAY + timedelta(days=1), LAST) == asked
    with pytest.raises(Refused, match="Đã có đề nghị cử người thay từ"):
        ask(assignment, setting.desk, LAST, LAST + timedelta(days=1))

    assert Substitution.objects.count() == 1


def test_a_request_for_one_day_follows_the_move_and_a_taken_day_stops_it():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, account(assignment))
    new = DAY + timedelta(days=2)

    assert substitutions.follow_move(setting.branch, DAY, new, by=setting.desk) == 1

    asked.refresh_from_db()
    assert (asked.starts_on, asked.ends_on) == (new, new)
    taken = ask(assignment, account(assignment), LAST, LAST)
    substitutions.accept_substitution(
        taken, substitute=setting.official("Trần Thị Bình"), by=setting.desk
    )
    assert substitutions.follow_move(setting.branch, new, LAST, by=setting.desk) == 0


def test_a_moved_meeting_makes_busy_and_the_near_come_first():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    moved = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    factories.meeting(moved.unit, on=DAY)  # its fixed day is another one
    near, far = (
        factories.commune(setting.province, name=name, lat=lat, lon=106.0)
        for name, lat in (("Xã Gần", 20.1), ("Xã Xa", 20.6))
    )
    Unit.objects.filter(pk=setting.commune.pk).update(lat=20.0, lon=106.0)
    there = factories.OfficialFactory(full_name="Lê Văn Xa", agency=far)
    here = factories.OfficialFactory(full_name="Nguyễn Văn Gần", agency=near)

    found = candidates(ask(assignment, setting.desk), setting.desk)

    assert [(one.official, one.busy) for one in found] == [
        (here, ""),
        (there, ""),
        (moved.official, "Chi bộ xóm 4"),
    ]
    assert [round(one.km or 0) for one in found[:2]] == [11, 67]
