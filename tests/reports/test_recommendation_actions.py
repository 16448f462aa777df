"""A recommendation's way to the authority and back to its branch."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError

from config.lib.errors import Conflict, Refused
from notices.models import Notice
from reports.actions import recommendations as actions
from reports.models import Answer, DirtyMark, Hop, Recommendation
from reports.states import Outcome, RecommendationStatus
from roster.models import Event, Policy
from tests import factories
from tests.reports.recommending import (
    answer,
    filed_report,
    forward,
    read_out,
    recommendation,
    village,
)

Status = RecommendationStatus

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[str]:
    return set(
        Notice.objects.filter(kind=f"reports.{kind}").values_list("user__username", flat=True)
    )


def verbs(target: Recommendation) -> list[str]:
    return list(Event.objects.about(target).values_list("verb", flat=True))


def test_from_new_to_closed_with_one_answer_that_did_not_satisfy() -> None:
    place = village()

    forward(place)
    answer(place)
    read_out(place, is_satisfied=False, note="Chưa rõ bao giờ khởi công.")
    again = place.recommendation
    reopened = (again.status, again.due_on, again.answered_at, again.authority)
    answer(place, at="2026-12-20 09:00+07:00", text="Khởi công ngày 25/12/2026.")
    later = factories.meeting(place.branch, on=date(2027, 1, 3))
    read_out(place, at="2027-01-03 21:00+07:00", meeting=later)

    assert reopened == (Status.OPEN, date(2027, 1, 2), None, place.agency)
    assert place.recommendation.status == Status.CLOSED
    assert verbs(place.recommendation) == [
        "forwarded", "answered", "read_out", "reopened", "answered", "read_out",
    ]  # fmt: skip
    assert list(Hop.objects.values_list("authority", "due_on", "by")) == [
        (place.agency.pk, date(2026, 12, 6), place.desk.pk),
        (place.agency.pk, date(2027, 1, 2), place.attendee.pk),
    ]


def test_the_rule_of_the_day_gives_the_deadline() -> None:
    place = village()

    forward(place)

    assert place.recommendation.due_on == date(2026, 12, 6)
    assert place.recommendation.forwarded_on == date(2026, 11, 6)


def test_the_rule_may_count_working_days() -> None:
    Policy.objects.filter(key="answer_due_days").update(value=20)
    Policy.objects.filter(key="answer_in_working_days").update(value=1)
    place = village()

    forward(place)

    assert place.recommendation.due_on == date(2026, 12, 7)  # 24/11 is a holiday


def test_the_desk_may_set_another_deadline() -> None:
    place = village()

    forward(place, due_on=date(2026, 11, 20))

    assert place.recommendation.due_on == date(2026, 11, 20)


def test_sending_on_keeps_the_clock_of_the_first_sending() -> None:
    place = village()
    forward(place)

    with time_machine.travel("2026-11-18 09:00+07:00", tick=False):
        actions.forward_recommendation(
            place.recommendation, authority=place.other_agency, by=place.desk
        )

    assert place.recommendation.due_on == date(2026, 12, 6)
    assert [hop.authority for hop in place.recommendation.hops.all()] == [
        place.agency,
        place.other_agency,
    ]


def test_sending_on_refuses_another_deadline() -> None:
    place = village()
    forward(place)

    with pytest.raises(Refused, match="hạn trả lời vẫn là 06/12/2026"):
        actions.forward_recommendation(
            place.recommendation,
            authority=place.other_agency,
            due_on=date(2027, 1, 1),
            by=place.desk,
        )

    assert Hop.objects.count() == 1


def test_a_commune_answers_only_for_its_own_branches() -> None:
    place = village()
    stranger = factories.commune(place.province, name="Xã Lai Thành")

    with pytest.raises(Refused, match="Xã Lai Thành không phải cơ quan có thể trả lời"):
        forward(place, authority=stranger)
    forward(place, authority=place.commune)

    assert place.recommendation.authority == place.commune


def test_an_incompetent_authority_names_the_owner() -> None:
    place = village()
    forward(place)

    answer(place, outcome=Outcome.NOT_COMPETENT, owner=place.other_agency)

    assert place.recommendation.status == Status.OPEN
    assert place.recommendation.authority == place.other_agency
    assert place.recommendation.due_on == date(2026, 12, 6)
    assert Answer.objects.get().authority == place.agency
    assert told("recommendation_forwarded") == {
        place.officer.username,
        place.other_officer.username,
    }


def test_after_two_hops_the_desk_decides() -> None:
    place = village()
    forward(place)
    answer(place, outcome=Outcome.NOT_COMPETENT, owner=place.other_agency)

    with pytest.raises(Refused, match="Đã chuyển 2 lần"):
        answer(place, outcome=Outcome.NOT_COMPETENT, owner=place.agency, by=place.other_officer)
    answer(place, outcome=Outcome.NOT_COMPETENT, by=place.other_officer)

    assert place.recommendation.status == Status.RECEIVED
    assert place.recommendation.authority is None
    assert place.recommendation.due_on == date(2026, 12, 6)
    assert told("recommendation_returned") == {place.desk.username}


def test_a_stale_page_cannot_send_it_to_a_third_authority() -> None:
    place = village()
    forward(place)
    stale = Recommendation.objects.get(pk=place.recommendation.pk)
    answer(place, outcome=Outcome.NOT_COMPETENT, owner=place.other_agency)

    with pytest.raises(Conflict):
        actions.forward_recommendation(stale, authority=place.commune, by=place.desk)

    assert Recommendation.objects.get().authority == place.other_agency


def test_who_is_told_of_an_answer() -> None:
    place = village()
    factories.UserFactory(role="commune_officer", unit=factories.commune(place.province))

    forward(place, by=place.commission)
    answer(place)

    assert told("recommendation_forwarded") == {place.officer.username}
    assert told("recommendation_answered") == {
        place.desk.username,
        place.commission.username,
        place.secretary.username,
        place.attendee.username,
    }


def test_a_message_carries_no_content() -> None:
    place = village()

    forward(place, note="Đề nghị xem kỹ")
    answer(place)

    facts = str(list(Notice.objects.values_list("facts", flat=True)))
    assert place.recommendation.number in facts
    assert "mương" not in facts
    assert "kinh phí" not in facts
    assert "xem kỹ" not in facts


def test_who_was_not_told_in_time_is_not_told_of_what_was_passed_on() -> None:
    place = village()
    forward(place)

    with time_machine.travel("2026-11-06 09:01+07:00", tick=False):
        actions.forward_recommendation(
            place.recommendation, authority=place.other_agency, by=place.desk
        )

    waiting = Notice.objects.filter(status="waiting", kind="reports.recommendation_forwarded")
    assert {notice.user for notice in waiting} == {place.other_officer}


def test_reopening_tells_the_desk_and_the_authority() -> None:
    place = village()
    forward(place)
    answer(place)

    read_out(place, is_satisfied=False, note="Chưa rõ bao giờ khởi công.")

    assert told("recommendation_reopened") == {place.desk.username, place.officer.username}


def test_dissatisfaction_has_a_reason() -> None:
    place = village()
    forward(place)
    answer(place)

    with pytest.raises(Refused, match="ghi lý do"):
        read_out(place, is_satisfied=False, note=" ")

    assert Recommendation.objects.get().status == Status.ANSWERED


def test_an_answer_is_read_out_at_a_later_meeting_of_the_same_branch() -> None:
    place = village()
    forward(place)
    answer(place)
    neighbour = factories.branch(place.commune, name="Chi bộ xóm 12")
    elsewhere = factories.meeting(neighbour, on=date(2026, 12, 3))

    with pytest.raises(Refused, match="phải được thông báo tại Chi bộ xóm 13"):
        read_out(place, meeting=elsewhere, by=place.desk)
    with pytest.raises(Refused, match="trước ngày có trả lời"):
        read_out(place, meeting=place.meeting)
    with pytest.raises(Refused, match="khi cuộc họp đã bắt đầu, lúc 19:30 ngày 03/12/2026"):
        read_out(place, at="2026-12-03 19:00+07:00")


def test_a_meeting_hears_of_it_once() -> None:
    place = village()
    forward(place)
    answer(place)
    read_out(place, is_satisfied=False, note="Chưa rõ.")
    answer(place, at="2026-12-03 22:00+07:00")

    with pytest.raises(Refused, match="đã ghi ý kiến"):
        read_out(place, at="2026-12-03 22:30+07:00")


def test_setting_aside_keeps_the_reason_and_tells_the_branch() -> None:
    place = village()

    actions.set_aside_recommendation(
        place.recommendation, because="Là đơn tố cáo: gửi Ủy ban Kiểm tra.", by=place.desk
    )

    assert place.recommendation.status == Status.SET_ASIDE
    assert told("recommendation_set_aside") == {
        place.attendee.username,
        place.secretary.username,
    }


def test_every_act_marks_the_month_of_the_meeting_dirty() -> None:
    place = village()

    forward(place)
    answer(place)
    read_out(place)

    marks = DirtyMark.objects.values_list("unit", "month").distinct()
    assert list(marks) == [(place.commune.pk, date(2026, 11, 1))]
    assert DirtyMark.objects.count() == 3


def test_the_neighbours_desk_and_attendee_have_no_say() -> None:
    place = village()
    commune = factories.commune(place.province)
    neighbour = factories.UserFactory(role="commune_officer", unit=commune)
    official = factories.OfficialFactory(agency=place.agency)
    stranger = factories.attendee(official)

    with pytest.raises(Refused, match="bộ phận tiếp nhận"):
        forward(place, by=neighbour)
    forward(place)
    answer(place)
    with pytest.raises(Refused, match="Chỉ đồng chí dự cuộc họp này"):
        read_out(place, by=stranger)
    with pytest.raises(Refused, match="Chỉ đồng chí dự cuộc họp này"):
        read_out(place, by=neighbour)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": Status.OPEN}, "open_recommendation_has_authority_and_deadline"),
        ({"status": Status.SET_ASIDE}, "set_aside_recommendation_has_a_reason"),
    ],
)
def test_the_database_refuses_half_a_recommendation(
    changes: dict[str, object], constraint: str
) -> None:
    place = village()

    with pytest.raises(IntegrityError, match=constraint):
        recommendation(place.report, **changes)


def test_the_database_refuses_a_promise_without_a_day() -> None:
    place = village()
    forward(place)

    with pytest.raises(IntegrityError, match="scheduled_answer_says_by_when"):
        answer(place, outcome=Outcome.SCHEDULED)


def test_each_branch_has_its_own_thread() -> None:
    place = village()
    branch = factories.branch(place.commune, name="Chi bộ xóm 12")
    other = recommendation(filed_report(factories.meeting(branch), place.official))

    forward(place)

    other.refresh_from_db()
    assert other.status == Status.RECEIVED
