"""The calendar's pages."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meetings.actions import attendance, calendar
from meetings.models import Briefing, Meeting
from meetings.states import MeetingStatus
from roster.models import StoredFile, Unit, User
from roster.states import AbsenceReason, Role
from tests import factories
from tests.meetings.scenes import Scene, moment, scene, user

pytestmark = pytest.mark.django_db
DECEMBER = {"month": "2026-12"}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(1), tick=False)


def get(client: Client, who: User, name: str, *args: Any, **query: str) -> str:
    client.force_login(who)
    answer = client.get(reverse(f"meetings:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def more_meetings(place: Scene, count: int) -> None:
    for number in range(count):
        branch = factories.branch(place.commune, name=f"Chi bộ xóm {20 + number}")
        official = factories.OfficialFactory(agency=place.official.agency)
        factories.AssignmentFactory(
            decision=place.assignment.decision, official=official, unit=branch
        )
        meeting = factories.meeting(branch, on=date(2026, 12, 4))
        attendance.confirm_attendance(meeting, official, by=place.officer)


@pytest.mark.parametrize("others", [0, 2])
def test_list_asks_as_little_for_three_as_for_one(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    place = scene()
    more_meetings(place, others)
    client.force_login(place.commission)

    # user, unit; communes, tabs, page, attendees, substitutes, answers, missing branches
    with django_assert_num_queries(9):
        client.get(reverse("meetings:meeting_list"), DECEMBER)


@pytest.mark.parametrize("others", [0, 2])
def test_grid_asks_as_little_for_three_as_for_one(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    place = scene()
    more_meetings(place, others)
    client.force_login(place.officer)

    with django_assert_num_queries(8):
        client.get(reverse("meetings:commune_month", args=[place.commune.pk]), DECEMBER)


@pytest.mark.parametrize("others", [0, 2])
def test_own_meetings_ask_as_little_for_three_as_for_one(
    client: Client, others: int, django_assert_num_queries: Any
) -> None:
    place = scene()
    for _ in range(others):
        branch = factories.branch(place.commune)
        decision = place.assignment.decision
        factories.AssignmentFactory(decision=decision, official=place.official, unit=branch)
        factories.meeting(branch, on=date(2026, 12, 4))
    client.force_login(place.attendee)

    with django_assert_num_queries(6):
        client.get(reverse("meetings:my_meetings"))


def test_list_shows_the_month_its_states_and_who_goes(client: Client) -> None:
    place = scene()
    attendance.excuse_attendance(
        place.meeting, place.official, reason=AbsenceReason.DUTY, by=place.attendee
    )

    shown = get(client, place.commission, "meeting_list", **DECEMBER)

    assert "Lịch sinh hoạt tháng 12/2026" in shown
    assert "thứ Năm, 03/12/2026, 19:30" in shown
    assert place.official.full_name in shown
    assert "Vắng có lý do: Công tác" in shown


def test_list_filters_by_state_commune_and_words(client: Client) -> None:
    place = scene()
    more_meetings(place, 1)
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)

    for query in (
        {"state": "planned"},
        {"q": "xom 20"},
        {"q": "XÓM 20", "commune": str(place.commune.pk), "kind": "regular"},
    ):
        shown = get(client, place.commission, "meeting_list", **DECEMBER, **query)
        assert "Chi bộ xóm 20" in shown
        assert "Chi bộ xóm 13" not in shown


@pytest.mark.parametrize(
    "query", [{"month": "2026-13"}, {"state": "lost"}, {"kind": "party"}, {"commune": "0"}]
)
def test_address_that_somebody_made_up_is_a_bad_request(
    client: Client, query: dict[str, str]
) -> None:
    client.force_login(scene().commission)

    assert client.get(reverse("meetings:meeting_list"), query).status_code == 400


def test_search_without_a_hit_says_so_and_how_to_go_on(client: Client) -> None:
    place = scene()

    shown = get(client, place.commission, "meeting_list", **DECEMBER, q="xóm 31")

    assert "Không có cuộc họp nào khớp “xóm 31” trong tháng 12/2026." in shown
    assert "Bỏ từ tìm" in shown


def test_branches_without_a_meeting_are_counted_and_named_with_the_reason(client: Client) -> None:
    place = scene()
    factories.branch(place.commune, name="Chi bộ chưa ghi ngày")
    planned_later = factories.branch(place.commune, name="Chi bộ mới ghi ngày")
    factories.MeetingRuleFactory(unit=planned_later, day=9)

    listed = get(client, place.officer, "meeting_list", **DECEMBER)
    shown = get(client, place.officer, "unplanned_list", **DECEMBER)

    assert "2 chi bộ</a> chưa có cuộc họp" in listed
    assert "2 chi bộ chưa có cuộc họp tháng 12/2026" in shown
    assert "Chưa ghi ngày họp cố định" in shown
    assert "Có ngày cố định, chưa lập lịch" in shown
    assert "Chi bộ xóm 13" not in shown


def test_desk_plans_the_own_subtree_only(client: Client) -> None:
    place, other = scene(), scene()
    for one in (place, other):
        factories.MeetingRuleFactory(unit=one.branch, day=3)
    client.force_login(place.officer)

    answer = client.post(reverse("meetings:month_plan"), {"month": "2027-01"}, follow=True)

    assert "Đã lập 1 cuộc họp cho tháng 01/2027." in answer.content.decode()
    assert Meeting.objects.get(month=date(2027, 1, 1)).unit == place.branch


@pytest.mark.parametrize("month", ["2030-01", "2020-01", "x", ""])
def test_plan_of_a_far_or_impossible_month_is_refused(client: Client, month: str) -> None:
    client.force_login(scene().officer)

    answer = client.post(reverse("meetings:month_plan"), {"month": month})

    assert answer.status_code == 422


def test_grid_marks_days_meetings_and_holidays(client: Client) -> None:
    place = scene()
    factories.meeting(factories.branch(place.commune), on=date(2026, 12, 4))

    shown = get(client, place.officer, "commune_month", place.commune.pk, **DECEMBER)
    november = get(client, place.officer, "commune_month", place.commune.pk, month="2026-11")

    assert "Chi bộ xóm 13" in shown
    assert shown.count("chưa có người dự") == 1
    assert "Ngày Văn hóa Việt Nam" in november


def test_attendee_sees_what_to_say(client: Client) -> None:
    place = scene()

    shown = get(client, place.attendee, "my_meetings")

    assert "Chi bộ xóm 13" in shown
    assert "Chưa xác nhận" in shown
    assert "Tôi sẽ dự" in shown
    assert "Dời lịch" not in shown


def test_secretary_sees_who_comes_and_may_move(client: Client) -> None:
    place = scene()

    shown = get(client, place.secretary, "my_meetings")

    assert place.official.full_name in shown
    assert "Dời lịch" in shown
    assert "Tôi sẽ dự" not in shown


def test_who_has_no_meeting_ahead_is_told_what_will_come(client: Client) -> None:
    place = scene()
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    stranger = factories.attendee(factories.OfficialFactory(agency=place.official.agency))

    assert "Chưa có cuộc họp nào trong hai tháng tới." in get(client, stranger, "my_meetings")


def test_move_form_moves_and_keeps_what_was_typed_when_refused(client: Client) -> None:
    place = scene()
    url = reverse("meetings:meeting_move", args=[place.meeting.pk])
    client.force_login(place.secretary)

    refused = client.post(url, {"day": "02/01/2027", "time": "19:30", "reason": "Mưa bão"})
    moved = client.post(url, {"day": "05/12/2026", "time": "20:00", "reason": "Mưa bão"})

    assert "phải nằm trong tháng ấy" in refused.content.decode()
    assert "Mưa bão" in refused.content.decode()
    assert moved.status_code == 302
    assert Meeting.objects.get().starts_at == moment(5, 20)


def test_stale_move_page_is_a_conflict_and_overwrites_nothing(client: Client) -> None:
    place = scene()
    stale = Meeting.objects.get()
    calendar.move_meeting(place.meeting, starts_at=moment(5, 19), reason="Bão", by=place.officer)
    calendar.cancel_meeting(place.meeting, reason="Nghỉ Tết", by=place.officer)
    client.force_login(place.secretary)

    answer = client.post(
        reverse("meetings:meeting_move", args=[stale.pk]),
        {"day": "06/12/2026", "time": "19:30", "reason": "Muộn"},
    )

    assert answer.status_code == 422
    assert "đã ghi không họp" in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"reason": "holiday"}, "Nghỉ Tết, nghỉ lễ"),
        ({"reason": "disaster", "note": "Nước lũ"}, "Thiên tai, dịch bệnh: Nước lũ"),
        ({"reason": "other", "note": "Mất điện"}, "Mất điện"),
    ],
)
def test_cancel_form_says_why(client: Client, data: dict[str, str], reason: str) -> None:
    place = scene()
    client.force_login(place.secretary)

    client.post(reverse("meetings:meeting_cancel", args=[place.meeting.pk]), data)

    assert Meeting.objects.values_list("status", "reason").get() == (
        MeetingStatus.CANCELLED,
        reason,
    )


@pytest.mark.parametrize("url", ["meeting_cancel", "attendance_excuse"])
def test_other_reason_needs_words(client: Client, url: str) -> None:
    place = scene()
    args = [place.meeting.pk] + ([place.official.pk] if url == "attendance_excuse" else [])
    client.force_login(place.officer)

    answer = client.post(reverse(f"meetings:{url}", args=args), {"reason": "other"})

    assert "Ghi lý do cụ thể." in answer.content.decode()
    assert Meeting.objects.get().status == MeetingStatus.PLANNED


def commission_leader() -> User:
    return user(Role.COMMISSION_LEADER, factories.province())


def test_briefing_is_published_with_its_files_and_read_by_those_who_go(client: Client) -> None:
    place = scene()
    client.force_login(place.commission)
    files = [SimpleUploadedFile(f"ban-tin-{n}.pdf", b"%PDF-1.7 ban tin") for n in (1, 2)]

    client.post(
        reverse("meetings:briefing_publish"),
        {"month": "2026-12", "title": "Bản tin tháng 12", "text": "", "attachments": files},
    )

    briefing = Briefing.objects.get()
    shown = get(client, place.attendee, "briefing_detail", briefing.pk)
    assert briefing.month == date(2026, 12, 1)
    assert "ban-tin-1.pdf" in shown
    assert "ban-tin-2.pdf" in shown


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("TAI LIEU MAT.pdf", b"%PDF-1.7", "có dấu hiệu MẬT"),
        (
            "ban-tin.pdf",
            b"MZ\x00\x00",
            "không phải PDF, ảnh, Word (.docx) hoặc Excel (.xlsx). Chọn tệp khác.",
        ),
    ],
)
def test_briefing_with_a_file_that_may_not_be_kept_is_refused_whole(
    client: Client, name: str, content: bytes, sentence: str
) -> None:
    client.force_login(commission_leader())

    answer = client.post(
        reverse("meetings:briefing_publish"),
        {
            "month": "2026-12",
            "title": "Bản tin",
            "attachments": [SimpleUploadedFile(name, content)],
        },
    )

    assert sentence in answer.content.decode()
    assert (Briefing.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_empty_briefing_is_refused(client: Client) -> None:
    client.force_login(commission_leader())

    answer = client.post(
        reverse("meetings:briefing_publish"), {"month": "2026-12", "title": "Bản tin"}
    )

    assert "Ghi nội dung, hoặc chọn ít nhất một tệp." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_briefings_ask_as_little_for_three_as_for_one(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    province: Unit = factories.province()
    for number in range(count):
        Briefing.objects.create(month=date(2026, 12, 1), issuer=province, title=f"Bản tin {number}")
    client.force_login(user(Role.VIEWER, province))

    with django_assert_num_queries(4):
        client.get(reverse("meetings:briefing_list"))
