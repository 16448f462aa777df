"""A meeting's one page: what it says, and which acts stand where for whom."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from meetings.models import Briefing
from reports.briefs import Brief, brief_of
from roster.models import User
from tests import factories
from tests.reports.recommending import (
    Village,
    answer,
    filed_report,
    forward,
    read_out,
    recommendation,
    village,
)

BEFORE = "2026-12-01 20:00+07:00"
AFTER = "2026-12-03 21:00+07:00"
BRIEF_QUERIES = 22

pytestmark = pytest.mark.django_db


def brief(place: Village, user: User, at: str) -> Brief:
    return brief_of(place.next_meeting, user, datetime.fromisoformat(at))


def answered_village() -> Village:
    place = village()
    forward(place)
    answer(place)
    return place


def test_the_answer_to_the_last_recommendation_is_on_the_next_sheet() -> None:
    place = answered_village()

    early = brief(place, place.attendee, BEFORE)
    late = brief(place, place.attendee, AFTER)

    assert [row.recommendation for row in early.readings] == [place.recommendation]
    assert early.readings[0].why_not == (
        "Ghi được khi cuộc họp đã bắt đầu, lúc 19:30 ngày 03/12/2026."
    )
    assert late.readings[0].why_not is None


def test_after_it_was_read_out_the_sheet_says_what_the_branch_said() -> None:
    place = answered_village()
    read_out(place, is_satisfied=False, note="Chưa rõ.")

    sheet = brief(place, place.attendee, AFTER)

    assert sheet.readings == []
    assert [(row.is_satisfied, row.note) for row in sheet.read_out] == [(False, "Chưa rõ.")]
    assert sheet.open_ones == [place.recommendation]


def test_the_sheet_of_the_meeting_that_raised_it_does_not_offer_it() -> None:
    place = answered_village()
    place.next_meeting = place.meeting

    assert brief(place, place.attendee, AFTER).readings == []


def test_nothing_of_another_branch() -> None:
    place = answered_village()
    neighbour = factories.branch(place.commune, name="Chi bộ xóm 12")
    recommendation(filed_report(factories.meeting(neighbour), place.official))
    place.next_meeting = factories.meeting(neighbour, on=date(2026, 12, 3))

    sheet = brief(place, place.desk, BEFORE)

    assert sheet.readings == []
    assert [row.unit for row in sheet.open_ones] == [neighbour]


ACTS = {
    # who, when: says of himself or herself whether to come, keeps the calendar, writes the report
    ("attendee", BEFORE): (True, False, False),
    ("attendee", AFTER): (False, False, True),
    ("secretary", BEFORE): (False, True, False),
    ("secretary", AFTER): (False, True, False),
    ("desk", BEFORE): (False, True, False),
}


@pytest.mark.parametrize(("who", "at"), ACTS)
def test_acts_stand_where_they_may_be_done(who: str, at: str) -> None:
    place = village()

    sheet = brief(place, getattr(place, who), at)

    confirms = sheet.mine is not None and sheet.why_not_answer is None
    assert (confirms, sheet.acts.keeps, sheet.acts.why_not_write is None) == ACTS[who, at]


def test_the_page_shows_place_people_material_and_earlier_meetings(client: Client) -> None:
    place = answered_village()
    factories.ContactFactory(unit=place.branch, name="Nguyễn Thị Bí Thư", phone="+84912000001")
    Briefing.objects.create(
        month=date(2026, 12, 1), issuer=place.province, title="Bản tin tháng 12"
    )
    client.force_login(place.attendee)

    with time_machine.travel(BEFORE, tick=False):
        page = client.get(place.next_meeting.get_absolute_url()).content.decode()

    expected = (
        "19:30, thứ Năm, 03/12/2026",
        "Nhà văn hóa",
        "Hoàng Thị Ảnh",
        "Nguyễn Thị Bí Thư",
        "0912 000 001",
        "Bản tin tháng 12",
        "03/11/2026",
        "Đã bố trí kinh phí.",
        "Tôi sẽ dự",
    )
    assert [words for words in expected if words not in page] == []


def test_who_only_looks_sees_a_masked_number(client: Client) -> None:
    place = village()
    factories.ContactFactory(unit=place.branch, phone="+84912000001")
    client.force_login(factories.UserFactory(role="viewer", unit=place.province))

    page = client.get(place.next_meeting.get_absolute_url()).content.decode()

    assert "0912 ••• 001" in page
    assert "0912 000 001" not in page
    assert "Dời lịch" not in page


@pytest.mark.parametrize("count", [0, 2])
def test_the_page_asks_the_same_however_much_there_is_to_say(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = answered_village()
    for index in range(count):
        place.recommendation = recommendation(place.report, text=f"Việc thứ {index}.")
        forward(place)
        answer(place)
        filed_report(factories.meeting(place.branch, on=date(2026, 9 + index, 3)), place.official)
    recommendation(place.report, text="Việc chưa chuyển.")
    client.force_login(place.attendee)

    with time_machine.travel(AFTER, tick=False):
        client.get(place.next_meeting.get_absolute_url())
        with django_assert_num_queries(BRIEF_QUERIES):
            response = client.get(place.next_meeting.get_absolute_url())

    assert len(response.context["brief"].readings) == count + 1
