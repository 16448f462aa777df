"""Somebody else goes: asked, answered, taken back; never in a chain."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from assignments.actions import decisions, substitutions
from assignments.attendees import attendees_on
from assignments.candidates import candidates
from assignments.meeting_days import falls_on
from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Conflict, Refused
from notices.models import Notice
from roster.models import Absence, MeetingRule, User
from roster.states import AbsenceReason, Role
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db

DAY = timezone.localdate() + timedelta(days=10)


def sent(setting: Setting, name: str, unit: object = None) -> Assignment:
    """An assignment in force of a new official, who has an account."""
    draft = setting.draft(f"{name}-QĐ/TU", starts_on=date(2026, 1, 1), ends_on=None)
    line = decisions.add_assignment(
        draft, official=setting.official(name), unit=unit or setting.branch, by=setting.desk
    )
    decisions.issue_decision(draft, by=setting.desk)
    line.refresh_from_db()
    return line


def ask(assignment: Assignment, by: User, first: date = DAY, last: date = DAY) -> Substitution:
    return substitutions.ask_for_substitute(
        assignment, starts_on=first, ends_on=last, reason=AbsenceReason.ILLNESS, by=by
    )


def account(assignment: Assignment) -> User:
    return User.objects.get(official=assignment.official)


def test_the_substitute_goes_on_those_days_only():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    binh = setting.official("Trần Thị Bình")
    asked = ask(assignment, account(assignment))

    substitutions.accept_substitution(asked, substitute=binh, by=setting.desk)

    after = DAY + timedelta(days=1)
    who = attendees_on([(setting.branch.pk, DAY), (setting.branch.pk, after)])
    assert [(one.official, one.in_place_of) for one in who[setting.branch.pk, DAY]] == [
        (binh, assignment.official)
    ]
    assert [(one.official, one.in_place_of) for one in who[setting.branch.pk, after]] == [
        (assignment.official, None)
    ]
    assert User.objects.get(official=binh).role == Role.ATTENDEE


def test_asking_tells_the_desk_and_answering_tells_both():
    setting = Setting()
    commune_desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
    factories.UserFactory(
        role=Role.COMMUNE_OFFICER, unit=factories.commune(setting.province, name="Xã Khác")
    )
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, account(assignment))
    waiting = Notice.objects.filter(kind="assignments.substitute_asked", channel="email")
    assert {notice.user for notice in waiting} == {setting.desk, commune_desk}

    substitutions.accept_substitution(
        asked, substitute=setting.official("Trần Thị Bình"), by=setting.desk
    )

    told = Notice.objects.filter(occasion=f"substitution:{asked.pk}:accepted", channel="email")
    assert sorted((notice.kind, notice.user.full_name) for notice in told) == [
        ("assignments.standing_in", "Trần Thị Bình"),
        ("assignments.substitute_found", "Vũ Văn An"),
    ]
    assert not waiting.exclude(status="withdrawn").exists()


def test_asking_twice_for_the_same_days_is_one_request():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")

    assert ask(assignment, account(assignment)) == ask(assignment, setting.desk)

    assert Substitution.objects.count() == 1


def test_a_stranger_does_not_ask_for_somebody_else():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    other = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))

    with pytest.raises(Refused, match="Chỉ đồng chí được phân công, hoặc cán bộ tổ chức"):
        ask(assignment, account(other))


def test_days_before_the_assignment_are_refused():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")

    with pytest.raises(Refused, match="không có hiệu lực ngày 31/12/2025"):
        ask(assignment, setting.desk, first=date(2025, 12, 31))


def absent(setting: Setting, assignment: Assignment) -> object:
    official = setting.official("Trần Thị Bình")
    Absence.objects.create(official=official, starts_on=DAY, ends_on=DAY, reason=AbsenceReason.DUTY)
    return official


def own_branch(setting: Setting, assignment: Assignment) -> object:
    return setting.official("Trần Thị Bình", own_branch=setting.branch)


def oneself(setting: Setting, assignment: Assignment) -> object:
    return assignment.official


def retired(setting: Setting, assignment: Assignment) -> object:
    return setting.official("Trần Thị Bình", is_active=False)


def asking_too(setting: Setting, assignment: Assignment) -> object:
    """A goes for B while B goes for A: the loop that R7 forbids."""
    other = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    ask(other, setting.desk)
    return other.official


def standing_in(setting: Setting, assignment: Assignment) -> object:
    other = sent(setting, "Lê Văn Cường", setting.another_branch("Chi bộ xóm 5"))
    official = setting.official("Trần Thị Bình")
    substitutions.accept_substitution(
        ask(other, setting.desk), substitute=official, by=setting.desk
    )
    return official


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (absent, "vắng trong những ngày này"),
        (own_branch, "là chi bộ của chính đồng chí Trần Thị Bình"),
        (oneself, "Người thay phải là đồng chí khác"),
        (retired, "không còn công tác"),
        (asking_too, "cũng đang xin người đi thay"),
        (standing_in, "đã đi thay tại Chi bộ xóm 5"),
    ],
)
def test_who_cannot_stand_in(who: object, sentence: str):
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, setting.desk)
    official = who(setting, assignment)

    with pytest.raises(Refused, match=sentence):
        substitutions.accept_substitution(asked, substitute=official, by=setting.desk)

    asked.refresh_from_db()
    assert asked.status == SubstitutionStatus.ASKED


def test_declining_gives_the_answer_and_the_assignee_still_goes():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, setting.desk)

    substitutions.decline_substitution(asked, answer="Không còn ai rảnh", by=setting.desk)

    told = Notice.objects.get(kind="assignments.substitute_declined", channel="email")
    who = attendees_on([(setting.branch.pk, DAY)])[setting.branch.pk, DAY]
    assert told.facts["answer"] == "Không còn ai rảnh"
    assert [one.official for one in who] == [assignment.official]


def test_taking_back_after_somebody_was_found_tells_that_person():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    binh = setting.official("Trần Thị Bình")
    asked = ask(assignment, account(assignment))
    substitutions.accept_substitution(asked, substitute=binh, by=setting.desk)

    substitutions.withdraw_substitution(asked, by=account(assignment))

    told = Notice.objects.get(kind="assignments.standing_in_ended", channel="email")
    who = attendees_on([(setting.branch.pk, DAY)])[setting.branch.pk, DAY]
    assert told.user.official == binh
    assert [one.official for one in who] == [assignment.official]


def test_of_two_answers_to_a_stale_page_one_gets_a_conflict():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, setting.desk)
    stale = Substitution.objects.get(pk=asked.pk)
    substitutions.accept_substitution(
        asked, substitute=setting.official("Trần Thị Bình"), by=setting.desk
    )

    with pytest.raises(Conflict):
        substitutions.decline_substitution(stale, answer="Không", by=setting.desk)


def test_candidates_are_the_free_ones_first():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    busy = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    factories.MeetingRuleFactory(unit=busy.unit, day=DAY.day)
    away = setting.official("Đỗ Văn Vắng")
    Absence.objects.create(official=away, starts_on=DAY, ends_on=None, reason=AbsenceReason.ILLNESS)
    free = setting.official("Lê Văn Cường")
    asked = ask(assignment, setting.desk)

    found = candidates(asked, setting.desk)

    assert [(one.official, one.busy) for one in found] == [
        (free, ""),
        (busy.official, "Chi bộ xóm 4"),
    ]


@pytest.mark.parametrize(
    ("rule", "day", "expected"),
    [
        ({"day": 3}, date(2026, 11, 3), True),
        ({"day": 3}, date(2026, 11, 4), False),
        ({"day": 31}, date(2026, 2, 28), True),
        ({"weekday": 0, "week": 1}, date(2026, 11, 2), True),
        ({"weekday": 0, "week": 1}, date(2026, 11, 9), False),
        ({"weekday": 0, "week": -1}, date(2026, 11, 30), True),
        ({"weekday": 0, "week": -1}, date(2026, 11, 23), False),
    ],
)
def test_a_fixed_day_falls_on(rule: dict[str, int], day: date, expected: bool):
    assert falls_on(MeetingRule(**rule), day) is expected
