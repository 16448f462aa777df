"""Confirmed dates, clashes, the branch's word, and for whom material is."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.lib.errors import Refused
from meetings.actions import attendance, briefings, calendar
from meetings.actions.briefings import Audience
from meetings.clashes import clashes_in
from meetings.models import Attendance, Briefing, BriefingOpening, Meeting
from meetings.states import Level
from roster.models import Event
from roster.states import Role
from tests import factories
from tests.meetings.scenes import Scene, moment, scene, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(time_machine: Any) -> Scene:
    """On 20 November; the meeting is on 3 December at 19:30."""
    time_machine.move_to(moment(20, month=11))
    return scene()


def second_meeting(one: Scene, **kwargs: Any) -> Meeting:
    """The official goes to another branch, by default on the same evening."""
    other = factories.branch(one.commune, name="Chi bộ xóm 14")
    factories.AssignmentFactory(decision=one.assignment.decision, official=one.official, unit=other)
    return factories.meeting(
        other, **{"on": date(2026, 12, 3), "month": date(2026, 12, 1), **kwargs}
    )


def test_secretary_confirms_from_the_own_page_with_one_tap(client: Client, one: Scene) -> None:
    client.force_login(one.secretary)
    page = client.get(reverse("meetings:my_meetings")).content.decode()
    url = reverse("meetings:meeting_confirm", args=[one.meeting.pk])
    assert url in page

    for _ in range(2):
        answer = client.post(url, {"next": reverse("meetings:my_meetings")})

    assert answer["Location"] == reverse("meetings:my_meetings")
    assert Meeting.objects.get().confirmed_by == one.secretary
    assert Event.objects.filter(verb="date_confirmed").count() == 1
    assert url not in client.get(reverse("meetings:my_meetings")).content.decode()


def test_confirming_does_not_lead_to_another_site(client: Client, one: Scene) -> None:
    client.force_login(one.secretary)

    url = reverse("meetings:meeting_confirm", args=[one.meeting.pk])
    answer = client.post(url, {"next": "https://example.com/"})

    assert answer["Location"] == one.meeting.get_absolute_url()


def test_list_of_next_month_names_the_unconfirmed_and_the_day_by_which(
    client: Client, one: Scene
) -> None:
    confirmed = second_meeting(one)
    calendar.confirm_date(confirmed, by=one.officer)
    factories.ContactFactory(unit=one.branch, name="Trần Văn Bí", phone="+84912345678")
    client.force_login(one.officer)

    page = client.get(reverse("meetings:unconfirmed_list"))

    assert [line["meeting"] for line in page.context["lines"]] == [one.meeting]
    assert page.context["confirm_by"] == date(2026, 11, 25)
    assert "Trần Văn Bí" in page.content.decode()
    assert confirmed.unit.name not in page.content.decode()


def test_list_of_the_unconfirmed_takes_the_same_queries_for_one_and_for_three(
    client: Client, one: Scene, django_assert_max_num_queries: Any
) -> None:
    for number in (21, 22):
        branch = factories.branch(one.commune, name=f"Chi bộ xóm {number}")
        factories.ContactFactory(unit=branch)
        factories.meeting(branch, on=date(2026, 12, 4), month=date(2026, 12, 1))
    client.force_login(one.officer)

    with django_assert_max_num_queries(14):
        page = client.get(reverse("meetings:unconfirmed_list"))

    assert len(page.context["lines"]) == 3


def test_two_meetings_of_one_evening_clash_until_one_is_excused(one: Scene) -> None:
    other = second_meeting(one)
    found = clashes_in(date(2026, 12, 1), one.officer, now=moment(20, month=11))
    assert [(row.official, row.one, row.other) for row in found] == [
        (one.official, one.meeting, other)
    ]

    Attendance.objects.create(
        meeting=other, official=one.official, status="excused", reason="Trùng lịch"
    )

    assert clashes_in(date(2026, 12, 1), one.officer, now=moment(20, month=11)) == []


def test_morning_and_evening_do_not_clash_and_others_do_not_see_it(one: Scene) -> None:
    second_meeting(one, starts_at=moment(3))
    assert clashes_in(date(2026, 12, 1), one.officer, now=moment(20, month=11)) == []
    stranger = user(Role.COMMUNE_OFFICER, factories.commune(one.province, name="Xã Khác"))
    Meeting.objects.exclude(pk=one.meeting.pk).update(starts_at=moment(3, 18))

    assert len(clashes_in(date(2026, 12, 1), one.officer, now=moment(20, month=11))) == 1
    assert clashes_in(date(2026, 12, 1), stranger, now=moment(20, month=11)) == []


def test_move_onto_another_meeting_of_the_attendee_asks_once(client: Client, one: Scene) -> None:
    other = second_meeting(one, on=date(2026, 12, 8))
    client.force_login(one.secretary)
    url = reverse("meetings:meeting_move", args=[one.meeting.pk])
    wanted = {"day": "2026-12-08", "time": "19:00", "reason": "Bầu trưởng xóm"}

    page = client.post(url, wanted).content.decode()
    assert f"còn dự {other.unit.committee_name} lúc 19:30 thứ Ba, 08/12/2026" in page
    assert "Bầu trưởng xóm" in page
    client.post(url, {**wanted, "despite_clash": "on"})

    assert Meeting.objects.get(pk=one.meeting.pk).held_on == date(2026, 12, 8)


def test_own_page_names_the_clash(client: Client, one: Scene) -> None:
    second_meeting(one)
    client.force_login(one.attendee)

    for name in ("my_meetings", "my_month"):
        page = client.get(reverse(f"meetings:{name}"), {"month": "2026-12"})
        assert "Trùng lịch" in page.content.decode()


def test_days_of_a_province_count_the_live_meetings_and_open_their_list(
    client: Client, one: Scene
) -> None:
    second_meeting(one)
    gone = second_meeting_in(one, "Chi bộ xóm 15")
    calendar.cancel_meeting(gone, reason="Nghỉ", by=one.officer)
    client.force_login(one.commission)

    page = client.get(reverse("meetings:month_days"), {"month": "2026-12"})

    days = {day.on: day for week in page.context["weeks"] for day in week if day.count}
    assert {day: (row.count, row.unconfirmed) for day, row in days.items()} == {
        date(2026, 12, 3): (2, 2)
    }
    link = f"{reverse('meetings:meeting_list')}?month=2026-12&amp;on=2026-12-03"
    assert link in page.content.decode()
    listed = client.get(link.replace("&amp;", "&"))
    assert {line.meeting.held_on for line in listed.context["lines"]} == {date(2026, 12, 3)}


def second_meeting_in(one: Scene, name: str) -> Meeting:
    branch = factories.branch(one.commune, name=name)
    return factories.meeting(branch, on=date(2026, 12, 4), month=date(2026, 12, 1))


def test_word_of_the_branch_stands_beside_the_report_and_the_desk_sees_the_difference(
    client: Client, one: Scene, time_machine: Any
) -> None:
    with pytest.raises(Refused, match="chưa tới giờ"):
        attendance.note_branch_word(one.meeting, one.official, came=True, by=one.secretary)
    time_machine.move_to(moment(4))
    attendance.note_attended(one.meeting, one.official, by=one.attendee)

    attendance.note_branch_word(one.meeting, one.official, came=False, by=one.secretary)

    said = Attendance.objects.get()
    assert (said.status, said.branch_says) == ("attended", "missed")
    client.force_login(one.officer)
    url = reverse("meetings:difference_list")
    page = client.get(url, {"month": "2026-12"})
    assert list(page.context["page"].rows) == [said]
    attendance.note_branch_word(one.meeting, one.official, came=True, by=one.secretary)
    assert not client.get(url, {"month": "2026-12"}).context["page"].rows


def test_only_those_sent_are_spoken_of(one: Scene, time_machine: Any) -> None:
    time_machine.move_to(moment(4))
    stranger = factories.OfficialFactory(agency=factories.agency(one.province))

    with pytest.raises(Refused, match="không được phân công"):
        attendance.note_branch_word(one.meeting, stranger, came=True, by=one.secretary)


@pytest.mark.parametrize(
    ("level", "elsewhere", "is_read"),
    [
        ("", False, True),
        (Level.PROVINCE, False, True),
        (Level.COMMUNE, False, False),
        ("", True, False),
    ],
)
def test_material_reaches_the_level_and_the_subtree_it_is_meant_for(
    client: Client, one: Scene, level: str, elsewhere: bool, is_read: bool
) -> None:
    scope = factories.commune(one.province, name="Xã Khác") if elsewhere else one.commune
    publish(one, Audience(level, scope))
    client.force_login(one.attendee)

    page = client.get(one.meeting.get_absolute_url()).content.decode()

    assert ("Bản tin tháng 12" in page) == is_read
    answer = client.get(Briefing.objects.get().get_absolute_url())
    assert answer.status_code == (200 if is_read else 404)


def publish(one: Scene, audience: Audience) -> Briefing:
    return briefings.publish_briefing(
        month=date(2026, 12, 1), title="Bản tin tháng 12", text="Nội dung", files=[],
        by=one.commission, audience=audience,
    )  # fmt: skip


def test_opening_is_noted_once_and_shown_on_the_meeting(
    client: Client, one: Scene, time_machine: Any
) -> None:
    briefing = publish(one, Audience())
    client.force_login(one.attendee)
    client.get(briefing.get_absolute_url())
    time_machine.shift(timedelta(days=1))
    client.get(briefing.get_absolute_url())

    opening = BriefingOpening.objects.get()

    assert (opening.user, timezone.localdate(opening.at)) == (one.attendee, date(2026, 11, 20))
    client.force_login(one.officer)
    page = client.get(one.meeting.get_absolute_url()).content.decode()
    assert f"{one.attendee} đã mở 08:00 ngày 20/11/2026" in page
