"""What each role has to do now, in how many questions, and where each figure leads."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from config.lib import heartbeat
from meetings.actions.attendance import confirm_attendance
from meetings.models import Meeting
from reports.models import MeetingReport, Summary
from reports.rollups.refresh import refresh
from reports.states import Outcome, ReportStatus
from reports.work import Desk, tasks_of, visiting
from roster.models import User
from roster.states import Role
from tests import factories
from tests.reports.recommending import (
    Village,
    answer,
    filed_report,
    forward,
    recommendation,
    village,
)

TODAY = "2026-11-23 08:00+07:00"
HOME_QUERIES = {"commission": 20, "attendee": 11, "secretary": 7, "officer": 9}

pytestmark = pytest.mark.django_db


def work_of(user: User) -> dict[str, tuple[int, bool]]:
    """What it says → (count, is late)."""
    desk = Desk(user, timezone.now())
    tasks = tasks_of(desk, visiting.coming_meetings(desk))
    return {task.what: (task.count, task.is_late) for task in tasks}


def unreported(place: Village, on: date, name: str = "Chi bộ xóm 14") -> Meeting:
    """A meeting of another branch to which the village's official goes, without a report."""
    branch = factories.branch(place.commune, name=name)
    decision = factories.DecisionFactory(issuer=place.province)
    factories.AssignmentFactory(decision=decision, official=place.official, unit=branch)
    return factories.meeting(branch, on=on)


@time_machine.travel(TODAY, tick=False)
def test_a_desk_begins_with_what_is_overdue() -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    unreported(place, date(2026, 11, 10))
    factories.branch(place.commune, name="Chi bộ xóm 15")

    assert work_of(place.desk) == {
        "Báo cáo đã quá hạn, chưa nộp": (1, True),
        "Kiến nghị quá hạn trả lời": (1, True),
        "Báo cáo chờ tiếp nhận": (1, False),
        "Chi bộ chưa có người dự tháng 12": (1, False),
        "Báo cáo tổng hợp tháng 11": (1, False),
    }


@time_machine.travel("2026-11-26 08:00+07:00", tick=False)
def test_a_desk_calls_branches_that_have_not_confirmed_once_their_day_is_over(
    client: Client,
) -> None:
    place = village()
    with time_machine.travel("2026-11-25 20:00+07:00", tick=False):
        before = work_of(place.desk)
    client.force_login(place.desk)
    task = next(one for one in client.get("/").context["tasks"] if "chưa xác nhận" in one.what)

    assert "Cuộc họp tháng 12 chưa xác nhận" not in before
    assert (task.count, task.is_late) == (1, True)
    assert [line["meeting"] for line in client.get(task.url).context["lines"]] == [
        place.next_meeting
    ]


@time_machine.travel(TODAY, tick=False)
def test_a_locked_report_is_no_work_of_a_desk() -> None:
    place = village()
    meeting = unreported(place, date(2026, 11, 10))
    before = work_of(place.commission)

    Meeting.objects.filter(pk=meeting.pk).update(locked_on=date(2026, 11, 23))

    assert before["Báo cáo đã quá hạn, chưa nộp"] == (1, True)
    assert "Báo cáo đã quá hạn, chưa nộp" not in work_of(place.commission)


@time_machine.travel(TODAY, tick=False)
def test_a_desk_is_told_whom_to_call_about_late_answers() -> None:
    place = village()
    other = recommendation(filed_report(unreported(place, date(2026, 11, 9)), place.official))
    forward(place, due_on=date(2026, 11, 20))
    place.recommendation = other
    forward(place, authority=place.other_agency, due_on=date(2026, 11, 21))

    tasks = tasks_of(Desk(place.commission, timezone.now()), [])

    assert [task.text for task in tasks if task.what == "Kiến nghị quá hạn trả lời"] == [
        "1 ở Sở Nông nghiệp và Môi trường, 1 ở Sở Xây dựng."
    ]


@time_machine.travel(TODAY, tick=False)
def test_the_neighbours_desk_sees_nothing_of_it() -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    unreported(place, date(2026, 11, 10))
    commune = factories.commune(place.province)
    neighbour = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=commune)

    assert set(work_of(neighbour)) == {"Báo cáo tổng hợp tháng 11"}


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2026-11-19 08:00+07:00", None),
        ("2026-11-20 08:00+07:00", (1, False)),
        ("2026-11-25 08:00+07:00", (1, False)),
        ("2026-11-26 08:00+07:00", (1, True)),
    ],
)
def test_the_summary_is_asked_for_five_days_before_its_day(
    today: str, shown: tuple[int, bool] | None
) -> None:
    place = village()

    with time_machine.travel(today, tick=False):
        work = work_of(place.commission)

    assert work.get("Báo cáo tổng hợp tháng 11") == shown


@time_machine.travel(TODAY, tick=False)
def test_a_leader_approves() -> None:
    place = village()
    leader = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=place.province)
    Summary.objects.create(
        unit=place.province, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31),
        built_at=timezone.now(), as_of=date(2026, 11, 1), facts={}, sha256="0" * 64,
    )  # fmt: skip

    work = work_of(leader)

    assert work["Báo cáo tổng hợp chờ duyệt"] == (1, False)
    assert "Báo cáo tổng hợp chờ duyệt" not in work_of(place.commission)


@time_machine.travel(TODAY, tick=False)
def test_an_attendee_reports_confirms_and_reads_out() -> None:
    place = village()
    forward(place)
    answer(place, at="2026-11-20 08:00+07:00")
    unreported(place, date(2026, 11, 10), "Chi bộ xóm 14")
    unreported(place, date(2026, 11, 20), "Chi bộ xóm 15")

    assert work_of(place.attendee) == {
        "Báo cáo đã quá hạn": (1, True),
        "Báo cáo phải nộp": (1, False),
        "Cuộc họp chưa xác nhận dự": (1, False),
        "Trả lời kiến nghị cần đọc tại chi bộ": (1, False),
    }


@time_machine.travel(TODAY, tick=False)
def test_what_was_returned_and_what_was_confirmed() -> None:
    place = village()
    MeetingReport.objects.update(status=ReportStatus.RETURNED, due_on=date(2026, 11, 20))
    confirm_attendance(place.next_meeting, place.official, by=place.attendee)

    assert work_of(place.attendee) == {"Báo cáo trả lại, cần bổ sung": (1, True)}


@time_machine.travel(TODAY, tick=False)
def test_who_is_replaced_owes_no_report() -> None:
    place = village()
    meeting = unreported(place, date(2026, 11, 10))
    substitute = factories.OfficialFactory(agency=place.agency)
    assignment = meeting.unit.assignments.get()
    assignment.substitutions.create(
        substitute=substitute, reason="illness", status="accepted",
        starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30),
    )  # fmt: skip

    assert "Báo cáo đã quá hạn" not in work_of(place.attendee)
    assert work_of(factories.attendee(substitute))["Báo cáo đã quá hạn"] == (1, True)


@time_machine.travel(TODAY, tick=False)
def test_a_secretary_sees_the_next_meeting_and_what_the_branch_waits_for() -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    stranger = factories.branch(place.commune, name="Chi bộ xóm 12")
    recommendation(filed_report(factories.meeting(stranger), place.official))

    assert work_of(place.secretary) == {
        "Ngày họp tháng 12/2026 chưa xác nhận": (1, False),
        "Kiến nghị của chi bộ đang chờ trả lời": (1, False),
    }


@time_machine.travel(TODAY, tick=False)
def test_an_authority_answers_its_own() -> None:
    place = village()
    late = recommendation(filed_report(unreported(place, date(2026, 11, 9)), place.official))
    forward(place)
    place.recommendation = late
    forward(place, due_on=date(2026, 11, 20))

    assert work_of(place.officer) == {
        "Kiến nghị quá hạn trả lời": (1, True),
        "Kiến nghị chờ trả lời": (1, False),
    }
    assert work_of(place.other_officer) == {}


@time_machine.travel(TODAY, tick=False)
def test_what_was_passed_on_is_nobodys_work_any_more() -> None:
    place = village()
    forward(place)
    answer(
        place,
        at="2026-11-20 08:00+07:00",
        outcome=Outcome.NOT_COMPETENT,
        owner=place.other_agency,
    )

    assert work_of(place.officer) == {}
    assert work_of(place.other_officer) == {"Kiến nghị chờ trả lời": (1, False)}


@time_machine.travel(TODAY, tick=False)
def test_an_administrator_hears_of_silence_and_of_lost_accounts() -> None:
    place = village()
    admin = factories.UserFactory(role=Role.SYSTEM_ADMIN, unit=place.province)
    heartbeat.note(heartbeat.WORKER)
    silent = work_of(admin)
    heartbeat.note(heartbeat.BEAT)
    place.branch.ends_on = date(2026, 11, 1)
    place.branch.save()

    assert silent == {"Tiến trình chạy nền không hoạt động": (1, True)}
    assert work_of(admin) == {"Tài khoản thiếu đơn vị hoặc thư công vụ": (1, False)}


@pytest.mark.parametrize("count", [0, 2])
@pytest.mark.parametrize("who", HOME_QUERIES)
@time_machine.travel(TODAY, tick=False)
def test_the_first_page_asks_the_same_however_much_there_is_to_do(
    who: str, count: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = village()
    forward(place)
    for index in range(count + 1):
        unreported(place, date(2026, 11, 10 + index), f"Chi bộ thôn {index}")
    refresh(timezone.now() - timedelta(minutes=1))
    client.force_login(getattr(place, who))
    client.get("/")

    with django_assert_num_queries(HOME_QUERIES[who]):
        response = client.get("/")

    assert response.status_code == 200


@time_machine.travel(TODAY, tick=False)
def test_the_first_page_greets_and_counts(client: Client) -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    User.objects.filter(pk=place.officer.pk).update(full_name="Đinh Thị Lụa")
    client.force_login(User.objects.get(pk=place.officer.pk))

    said = client.get("/").content.decode()

    assert "Chào đồng chí Lụa. Hôm nay có 1 việc, 1 việc đã quá hạn." in said


@time_machine.travel(TODAY, tick=False)
def test_nothing_to_do_names_the_next_meeting(client: Client) -> None:
    place = village()
    confirm_attendance(place.next_meeting, place.official, by=place.attendee)
    client.force_login(place.attendee)

    said = client.get("/").content.decode()

    assert "Hôm nay không có việc nào đến hạn." in said
    assert "Cuộc họp gần nhất: thứ Năm, 03/12/2026, Chi bộ xóm 13." in said


@time_machine.travel(TODAY, tick=False)
def test_every_button_of_a_desk_opens_as_many_rows_as_it_says(client: Client) -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    unreported(place, date(2026, 11, 10))
    factories.branch(place.commune, name="Chi bộ xóm 15")
    client.force_login(place.desk)
    tasks = client.get("/").context["tasks"]

    opened = {
        task.what: len(client.get(task.url).context["page"].rows)
        for task in tasks
        if not task.what.startswith("Báo cáo tổng hợp")
    }

    assert opened == {task.what: task.count for task in tasks if task.what in opened}
    assert len(opened) == 4
