"""Work of those who go to meetings, and of the branch's secretary."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from assignments.attendees import attendees_on
from config.lib.months import last_day
from meetings.confirming import confirm_by, next_month
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus
from reports.models import MeetingReport, Recommendation
from reports.states import RecommendationStatus, ReportStatus
from reports.work import links
from reports.work.task import Desk, Task
from roster.templatetags.vn import vn_time, weekday_date

ASKED_BEFORE: Final = timedelta(days=14)
ROWS_READ: Final = 50


def going(desk: Desk, meetings: list[Meeting]) -> list[Meeting]:
    """Of the meetings those to which the user goes in person, substitutions resolved."""
    who = attendees_on([(row.unit_id, row.held_on) for row in meetings])
    return [
        row
        for row in meetings
        if any(one.official.pk == desk.user.official_id for one in who[row.unit_id, row.held_on])
    ]


def meetings_to_report(desk: Desk) -> list[Meeting]:
    """Begun, not filed, not locked; the oldest first."""
    open_ones = (
        Meeting.objects.own(desk.user)
        .begun(desk.now)
        .filter(Q(report=None) | Q(report__status=ReportStatus.DRAFT), locked_on__gt=desk.today)
        .select_related("unit", "commune")
        .order_by("late_after", "pk")
    )
    return going(desk, list(open_ones[:ROWS_READ]))


def reports_to_write(desk: Desk) -> list[Task]:
    rows = meetings_to_report(desk)
    late = [row for row in rows if row.late_after < desk.today]
    waiting = [row for row in rows if row.late_after >= desk.today]
    return [
        *writing("Báo cáo đã quá hạn", late, is_late=True),
        *writing("Báo cáo phải nộp", waiting, is_late=False),
    ]


def writing(what: str, rows: list[Meeting], *, is_late: bool) -> list[Task]:
    if not rows:
        return []
    first = rows[0]
    text = f"{first.unit}, họp ngày {first.held_on:%d/%m/%Y}, hạn {first.report_due_on:%d/%m/%Y}."
    url = reverse("reports:report_edit", args=[first.pk])
    return [Task(len(rows), what, text, url, "Viết báo cáo", is_late=is_late)]


def returned_reports(desk: Desk) -> Task | None:
    rows = (
        MeetingReport.objects.filter(author=desk.user.official_id, status=ReportStatus.RETURNED)
        .select_related("meeting__unit")
        .order_by("due_on", "pk")
    )
    first = rows.first()
    if first is None:
        return None
    return Task(
        rows.count(),
        "Báo cáo trả lại, cần bổ sung",
        f"{first.meeting.unit}, hạn mới {first.due_on:%d/%m/%Y}.",
        reverse("reports:report_edit", args=[first.meeting_id]),
        "Bổ sung",
        is_late=first.due_on < desk.today,
    )


def answers_to_read_out(desk: Desk) -> Task | None:
    """Answers that wait for a meeting of the branches one goes to (or is secretary of)."""
    units = Meeting.objects.own(desk.user).filter(held_on__gte=desk.today - timedelta(days=62))
    rows = list(
        Recommendation.objects.to_read_out()
        .filter(unit__in=units.values("unit"))
        .select_related("unit")
        .order_by("answered_at", "pk")[:ROWS_READ]
    )
    if not rows:
        return None
    first = rows[0]
    return Task(
        len(rows),
        "Trả lời kiến nghị cần đọc tại chi bộ",
        f"{first.unit}: {first.title}.",
        first.get_absolute_url()
        if len(rows) == 1
        else links.recommendations(RecommendationStatus.ANSWERED),
        "Xem câu trả lời",
    )


def coming_meetings(desk: Desk) -> list[Meeting]:
    """The next ones, in the order of the calendar."""
    rows = Meeting.objects.own(desk.user).to_come(desk.now).select_related("unit", "commune")
    return list(rows.order_by("starts_at", "pk")[:5])


def meeting_to_confirm(desk: Desk, coming: list[Meeting]) -> Task | None:
    near = [row for row in coming if row.starts_at <= desk.now + ASKED_BEFORE]
    said = Attendance.objects.filter(meeting__in=near, official=desk.user.official_id).exclude(
        status=AttendanceStatus.EXPECTED
    )
    answered = set(said.values_list("meeting", flat=True))
    open_ones = going(desk, [row for row in near if row.pk not in answered])
    if not open_ones:
        return None
    first = open_ones[0]
    return Task(
        len(open_ones),
        "Cuộc họp chưa xác nhận dự",
        f"{first.unit}, {when(first.starts_at)}, {first.place or 'chưa ghi địa điểm'}.",
        first.get_absolute_url(),
        "Xác nhận",
    )


def date_to_confirm(desk: Desk, coming: list[Meeting]) -> Task | None:
    """For the secretary: the day of the next month's meeting (or a nearer one) that nobody has confirmed yet."""
    last = last_day(next_month(desk.today))
    mine = [row for row in coming if row.unit_id == desk.user.unit_id and row.held_on <= last]
    waiting = [row for row in mine if row.confirmed_at is None]
    if not waiting:
        return None
    first, by = waiting[0], confirm_by(waiting[0].month)
    return Task(
        len(waiting),
        f"Ngày họp tháng {first.month:%m/%Y} chưa xác nhận",
        f"{capfirst(when(first.starts_at))}, {first.place or 'chưa ghi địa điểm'}. "
        f"Xác nhận chậm nhất ngày {by:%d/%m/%Y}.",
        reverse("meetings:my_meetings"),
        "Họp đúng ngày này",
        is_late=by < desk.today,
        post=reverse("meetings:meeting_confirm", args=[first.pk]),
    )


def next_of_branch(desk: Desk, coming: list[Meeting]) -> Task | None:
    """For the secretary: when the branch meets, and whether place and hour are right."""
    if not coming:
        return None
    first = coming[0]
    return Task(
        1,
        "Cuộc họp tới của chi bộ",
        f"{capfirst(when(first.starts_at))}, {first.place or 'chưa ghi địa điểm'}. "
        "Cần đổi thì dời lịch trước ngày họp.",
        first.get_absolute_url(),
        "Xem, dời lịch",
    )


def branch_waits(desk: Desk) -> Task | None:
    """For the secretary: what the branch asked for and has no answer yet."""
    waiting = Recommendation.objects.filter(
        unit=desk.user.unit,
        status__in=(RecommendationStatus.RECEIVED, RecommendationStatus.OPEN),
    )
    count = waiting.count()
    if not count:
        return None
    late = waiting.overdue(desk.today).count()
    return Task(
        count,
        "Kiến nghị của chi bộ đang chờ trả lời",
        f"{late} kiến nghị đã quá hạn trả lời." if late else "Chưa có kiến nghị nào quá hạn.",
        links.recommendations(),
        "Xem tiến độ",
    )


def when(moment: datetime) -> str:
    day: date = timezone.localtime(moment)
    return f"{weekday_date(day)} lúc {vn_time(moment)}"
