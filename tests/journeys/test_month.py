"""One month of xã Quang Thiện, from the Excel rosters to the summary that goes up.

Real views, real rosters, the real broker and a worker in a process of its own, mail over real SMTP.
The clocks of this process and of the worker are set together, because a month has to pass.
"""

import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction
from docx import Document
from pypdf import PdfReader

from assignments.models import Assignment
from config.celery import app
from meetings import tasks as meeting_tasks
from meetings.models import Meeting
from meetings.states import MeetingStatus
from notices import tasks as notice_tasks
from notices.models import Notice
from notices.states import NoticeStatus
from reports import tasks as report_tasks
from reports.models import MeetingReport, Recommendation, Summary
from reports.states import RecommendationStatus, ReportStatus, SummaryStatus
from roster.models import Job, Official
from tests import processes
from tests.journeys.people import People, Person, moment
from tests.processes import Sink, eventually

NOVEMBER = date(2026, 11, 1)
ROSTERS_2021 = {
    "2021-kim-son-chi-bo.xlsx": ("branches", 294),
    "2021-kim-son-can-bo.xlsx": ("officials", 50),
    "2021-kim-son-huyen-uy-vien.xlsx": ("officials", 35),
    "2021-tinh-can-bo.xlsx": ("officials", 56),
    "2021-kim-son-phan-cong.xlsx": ("assignments", 50),
    "2021-kim-son-phan-cong-dang-uy.xlsx": ("assignments", 25),
}
ROSTERS_2026 = {
    "2026-quang-thien-chi-bo.xlsx": ("branches", 38),
    "2026-tinh-can-bo.xlsx": ("officials", 243),
    "2026-phan-cong-quang-thien.xlsx": ("assignments", 34),
}
PROBLEM = "Mương tiêu đầu xóm bồi lắng 420 m, vụ mùa vừa qua ngập 11,5 mẫu lúa."
ASKED = "Đề nghị nạo vét 420 m mương tiêu từ cống đầu xóm đến sông Ân trước ngày 15/01/2027."
ANSWER = "Nạo vét toàn tuyến 420 m, khởi công ngày 20/12/2026, xong trước ngày 12/01/2027."


@contextmanager
def on(now: datetime, log: Path, sink: Sink) -> Iterator[None]:
    """From `now` on, here and in a worker that starts with it."""
    with (
        time_machine.travel(now, tick=True),
        processes.worker(log, at=now, EMAIL_PORT=str(sink.port)) as process,
    ):
        [state] = app.control.inspect(timeout=5).stats().values()
        assert state["pid"] == process.pid != os.getpid()
        yield


def run(task: object) -> None:
    """Send a task over the broker and wait until nothing is waiting or running."""
    task.delay()  # type: ignore[attr-defined]
    eventually(is_idle, what="the worker is idle")


def is_idle() -> bool:
    """Nothing waits in our queue, and nothing is taken from it but not yet done (late acknowledgement)."""
    queue = app.conf.task_default_queue
    with app.connection_for_read() as connection:
        broker = connection.default_channel.client
        taken = [row for row in broker.hvals("unacked") if queue.encode() in row]
        return not taken and broker.llen(queue) == 0


def import_rosters(person: Person, files: dict[str, tuple[str, int]]) -> None:
    for file, (kind, rows) in files.items():
        assert str(rows) in person.imports(file, kind), file


def branch_meeting_on(day: int) -> Meeting:
    """A regular meeting with an attendee on that day of November."""
    assigned = Assignment.objects.values("unit")
    return Meeting.objects.filter(month=NOVEMBER, held_on__day=day, unit__in=assigned).earliest(
        "pk"
    )


def sheet(points: tuple[int, ...], who: str) -> dict[str, int]:
    return {f"score-{who}-{number}": value for number, value in enumerate(points, 1)}


def paper(page: str, **changes: object) -> dict[str, object]:
    """What the official types into the form, with the hidden fields of the page."""
    hidden = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]  # type: ignore[index]
        for name in ("version", "idempotency_key")
    }
    typed = {
        "began_at": "19:30", "ended_at": "21:15", "chaired_by": "Bí thư chi bộ",
        "member_count": 24, "obliged_count": 24, "present_count": 22, "excused_count": 1, "unexcused_count": 1,
        "committee_met": "yes", "documents_sent": "day_before", "preparation": "Chu đáo.",
        "agenda": ["news", "results"], "news": "Bản tin tháng 11.", "results": "Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.",
        "pressing_problem": PROBLEM, "pressing_field": field_code("thuy-loi"),
        "pressing_resolution": "Huy động 60 công, xong trước 15/12/2026.",
        "conveyed": "Kết quả kỳ họp Hội đồng nhân dân tỉnh.", "explained": "Chính sách đất dôi dư.",
        "suggested": "Phân công từng chi ủy viên theo dõi cụm.", "opinion_count": 7, "openness": "open",
        "discussion": "Kênh mương, thu quỹ.", "good_example": "Tổ tự quản thu gom rác.",
        **sheet((5, 5, 9, 36, 5, 26, 5), "attendee"), **sheet((5, 5, 9, 38, 5, 27, 5), "branch"),
        "moods-TOTAL_FORMS": 1, "moods-INITIAL_FORMS": 0, "moods-0-field": field_code("thuy-loi"),
        "moods-0-tone": "concerned", "moods-0-text": "Lo úng vụ đông.",
        "recommendations-TOTAL_FORMS": 1, "recommendations-INITIAL_FORMS": 0,
        "recommendations-0-text": ASKED, "recommendations-0-proposal": "Bố trí kinh phí năm 2027.",
        "recommendations-0-field": field_code("thuy-loi"), "recommendations-0-urgency": "soon",
    }  # fmt: skip
    return {**hidden, **typed, **changes}


def field_code(code: str) -> str:
    from reports.models import Field  # noqa: PLC0415 - read when the database is there

    return str(Field.objects.get(code=code).pk)


@pytest.mark.django_db(transaction=True)
def test_a_month_from_the_rosters_to_the_summary(smtp_sink: Sink, tmp_path: Path) -> None:
    people = People()
    with on(moment(11, 1), tmp_path / "worker-1.log", smtp_sink):
        rosters_become_assignments(people)
        the_month_is_planned_and_reminded(people, smtp_sink)
    with on(moment(11, 5, 20), tmp_path / "worker-2.log", smtp_sink):
        the_report_is_filed_returned_and_accepted(people)
        the_recommendation_is_answered(people)
    with on(moment(11, 12), tmp_path / "worker-3.log", smtp_sink):
        who_is_late_is_reminded_once(smtp_sink)
    with on(moment(12, 20, 20), tmp_path / "worker-4.log", smtp_sink):
        the_answer_is_read_out(people)
        the_summaries_go_up(people)


def rosters_become_assignments(people: People) -> None:
    call_command("load_units", verbosity=0)
    import_rosters(people.commission, ROSTERS_2021)
    import_rosters(people.commission, ROSTERS_2026)

    assert Official.objects.count() == 50 + 35 + 56 + 243
    assert (
        Assignment.objects.filter(
            in_force=True, ends_on=None, unit__path__startswith=people.commune.path
        ).count()
        == 34
    )
    page = people.desk.opens("assignments:assignment_list", commune=people.commune.pk)
    assert "Chi bộ xóm 13 (xã Đồng Hướng cũ)" in page


def the_month_is_planned_and_reminded(people: People, sink: Sink) -> None:
    for _ in range(2):
        run(meeting_tasks.plan_months)
    november = Meeting.objects.of_month(NOVEMBER)
    assert november.under(people.commune).count() == 38
    assert Counter(november.values_list("unit").distinct()).most_common(1)[0][1] == 1

    moved = branch_meeting_on(15)
    people.desk.does(
        "meetings:meeting_move",
        moved.pk,
        day="16/11/2026",
        time="19:30",
        reason="Trùng ngày hội thôn.",
    )
    cancelled = branch_meeting_on(10)
    people.desk.does(
        "meetings:meeting_cancel", cancelled.pk, reason="other", note="Thôn có việc tang."
    )
    moved.refresh_from_db()
    assert (moved.held_on, moved.report_due_on, moved.sequence) == (
        date(2026, 11, 16),
        date(2026, 11, 21),
        1,
    )

    for _ in range(2):
        run(meeting_tasks.owe_reminders)
        run(notice_tasks.deliver_waiting)
    reminders = Notice.objects.filter(kind="meetings.t3", channel="email")
    assert reminders.filter(status=NoticeStatus.SENT).exists()
    sent = Counter(
        (message["To"], message["Subject"], message.get_content()) for message in sink.messages()
    )
    assert set(sent.values()) == {1}
    attendee = people.attendee_of(branch_meeting_on(4).unit)
    assert any(attendee.user.email in str(to) and "/n/" in text for to, _, text in sent)
    assert branch_meeting_on(4).unit.name in attendee.opens("notices:inbox")


def the_report_is_filed_returned_and_accepted(people: People) -> None:
    meeting = branch_meeting_on(3)
    attendee = people.attendee_of(meeting.unit)
    page = attendee.opens("reports:report_edit", meeting.pk)
    too_many = attendee.client.post(
        f"/reports/meetings/{meeting.pk}/report/", paper(page, present_count=25)
    )
    assert "Số có mặt (25) lớn hơn tổng số đảng viên (24)" in too_many.content.decode()

    filled = paper(attendee.opens("reports:report_edit", meeting.pk))
    for _ in range(2):
        attendee.does("reports:report_edit", meeting.pk, **filled)
    report = MeetingReport.objects.get()
    assert report.status == ReportStatus.SUBMITTED
    assert (report.is_on_time, report.band, report.recommendations.count()) == (True, "Tốt", 1)
    assert report.number in attendee.opens("reports:report_receipt", report.pk)

    data = {"due_on": "08/11/2026", "remark-results": "Ghi rõ số hộ chưa nộp theo từng tổ."}
    people.desk.does("reports:report_return", report.pk, **data)
    page = attendee.opens("reports:report_edit", meeting.pk)
    assert "Ghi rõ số hộ chưa nộp theo từng tổ." in page
    number = report.recommendations.get().number
    better = {
        "results": "Thu quỹ đạt 96 %; chưa nộp: tổ 1 hai hộ, tổ 3 một hộ.",
        "recommendations-0-number": number,
    }
    attendee.does("reports:report_edit", meeting.pk, **paper(page, **better))
    people.desk.does("reports:report_accept", report.pk)
    report.refresh_from_db()
    assert (report.status, report.versions.count(), Recommendation.objects.count()) == (
        ReportStatus.ACCEPTED,
        2,
        1,
    )


def the_recommendation_is_answered(people: People) -> None:
    recommendation = Recommendation.objects.get()
    data = {"authority": people.agency.pk, "due_on": "05/12/2026", "note": ""}
    people.desk.does("reports:recommendation_forward", recommendation.pk, **data)
    assert recommendation.number in people.authority.opens("reports:recommendation_list")
    answer = {
        "outcome": "scheduled",
        "text": ANSWER,
        "settled_by": "12/01/2027",
        "document_number": "214/SXD",
    }
    people.authority.does("reports:recommendation_answer", recommendation.pk, **answer)
    recommendation.refresh_from_db()
    assert recommendation.status == RecommendationStatus.ANSWERED


def who_is_late_is_reminded_once(sink: Sink) -> None:
    before = len(sink.messages())
    for _ in range(2):
        run(report_tasks.owe_reminders)
        run(notice_tasks.deliver_waiting)

    steps = ("reports.late", "reports.later")
    late = Notice.objects.filter(kind__in=steps, channel="email", status=NoticeStatus.SENT)
    assert late.count() > 10
    new = Counter(
        (message["To"], message["Subject"], message.get_content())
        for message in sink.messages()[before:]
    )
    assert set(new.values()) == {1}
    filed = MeetingReport.objects.get().author
    assert not late.filter(user__official=filed).exists()


def the_answer_is_read_out(people: People) -> None:
    run(meeting_tasks.plan_months)
    recommendation = Recommendation.objects.get()
    december = Meeting.objects.get(unit=recommendation.unit, month=date(2026, 12, 1))
    attendee = people.attendee_of(recommendation.unit)
    page = attendee.opens("reports:meeting_brief", december.pk)
    assert "Trả lời kiến nghị kỳ trước" in page
    assert ANSWER in page

    data = {"meeting": december.pk, "said": "yes", "note": ""}
    attendee.does("reports:recommendation_read_out", recommendation.pk, **data)
    recommendation.refresh_from_db()
    assert recommendation.status == RecommendationStatus.CLOSED


def the_summaries_go_up(people: People) -> None:
    run(report_tasks.refresh_rollups)
    for unit in (people.commune, people.province):
        people.leader.does("reports:summary_build", unit=unit.pk, period="2026-11")
        job = Job.objects.latest("pk")
        eventually(
            lambda pk=job.pk: Job.objects.get(pk=pk).status == "done", what="the summary is built"
        )
    summary = Summary.objects.get(unit=people.province)
    the_figures_are_right(summary.facts)
    form = {"authority": "", "office": "TRƯỞNG BAN", "name": "Đinh Thị Thử", "seen": summary.sha256}
    people.leader.does("reports:summary_approve", summary.pk, **form)
    people.leader.does("reports:summary_send", summary.pk)
    summary.refresh_from_db()
    assert summary.status == SummaryStatus.SENT
    the_files_say_the_same(people.leader, summary)
    with pytest.raises(DatabaseError), transaction.atomic():
        Summary.objects.filter(pk=summary.pk).update(number="1-BC/X")


def the_figures_are_right(facts: dict[str, Any]) -> None:
    """Somebody goes to 34 of 38 branches: one meeting cancelled, one reported on time, 32 not."""
    november = Meeting.objects.of_month(NOVEMBER)
    assert november.filter(status=MeetingStatus.HELD).count() == 1
    assert PROBLEM in json.dumps(facts, ensure_ascii=False)
    totals = facts["totals"]
    assert {name: totals[name] for name in ("planned", "unassigned", "cancelled", "held", "on_time", "late", "missing")} == {
        "planned": 34, "unassigned": 4, "cancelled": 1, "held": 1, "on_time": 1, "late": 0, "missing": 32,
    }  # fmt: skip


def the_files_say_the_same(leader: Person, summary: Summary) -> None:
    docx = Document(io.BytesIO(leader.downloads("reports:summary_file", summary.pk, "docx")))
    pdf = PdfReader(io.BytesIO(leader.downloads("reports:summary_file", summary.pk, "pdf")))
    book = openpyxl.load_workbook(
        io.BytesIO(leader.downloads("reports:summary_file", summary.pk, "xlsx"))
    )
    written = " ".join(
        node.text or "" for node in docx.element.body.iter() if node.tag.endswith("}t")
    )
    printed = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    cells = {cell.value for page in book for row in page.iter_rows() for cell in row}

    for words in (written, printed):
        assert f"Số {summary.number}" in words
        assert "bồi lắng" in words
    assert 34 in cells
    assert any("Quang Thiện" in str(cell) for cell in cells)
