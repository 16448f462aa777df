"""Work with reports and summaries, for the desk and its leader."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from config.lib.months import add_months, day_in, last_day, month_of
from meetings.models import Meeting
from reports import inbox
from reports.models import MeetingReport, Summary
from reports.states import ReportStatus, SummaryStatus
from reports.work import links
from reports.work.task import Desk, Task
from roster.models import Policy, Unit
from roster.states import PolicyKey, Role, UnitKind

LONGEST: Final = "overdue reports"
ROWS_SHOWN: Final = 3
SUMMARY_SHOWN_BEFORE: Final = timedelta(days=5)


def unreported(desk: Desk) -> QuerySet[Meeting]:
    """Meetings somebody was sent to, whose report is overdue: the same as the inbox counts."""
    rows = inbox.in_state(Meeting.objects.visible_to(desk.user), inbox.MISSING, desk.now)
    plain = rows.select_related(None).prefetch_related(None)
    return plain.select_related("unit", "commune", "unit__home__place").order_by("late_after", "pk")


def longest_overdue(desk: Desk) -> list[Meeting]:
    """The first few, asked for once a page."""
    if LONGEST not in desk.asked:
        desk.asked[LONGEST] = list(unreported(desk)[:ROWS_SHOWN])
    return desk.asked[LONGEST]


def overdue_reports(desk: Desk) -> Task | None:
    rows = longest_overdue(desk)
    if not rows:
        return None
    worst = rows[0]
    days = (desk.today - worst.late_after).days
    return Task(
        unreported(desk).count(),
        "Báo cáo đã quá hạn, chưa nộp",
        f"Lâu nhất {days} ngày: {worst.unit}, {worst.commune}.",
        links.reports(inbox.MISSING),
        "Mở danh sách gọi",
        is_late=True,
    )


def reports_to_accept(desk: Desk) -> Task | None:
    found = (
        MeetingReport.objects.visible_to(desk.user)
        .filter(status=ReportStatus.SUBMITTED)
        .aggregate(count=Count("pk"), oldest=Min("submitted_at"))
    )
    if not found["count"]:
        return None
    oldest = timezone.localtime(found["oldest"])
    return Task(
        found["count"],
        "Báo cáo chờ tiếp nhận",
        f"Chờ lâu nhất: nộp ngày {oldest:%d/%m/%Y}.",
        links.reports("submitted"),
        "Tiếp nhận",
    )


def paper_to_type(desk: Desk) -> Task | None:
    """Photos of filled paper forms that nobody has typed in yet."""
    waiting = inbox.in_state(Meeting.objects.visible_to(desk.user), inbox.PAPER, desk.now)
    count = waiting.order_by().count()
    if not count:
        return None
    return Task(
        count,
        "Báo cáo bản giấy chờ nhập",
        "Người dự đã gửi ảnh bản giấy.",
        links.reports(inbox.PAPER),
        "Nhập thay",
    )


def summary_due(desk: Desk) -> Task | None:
    """The own unit's summary of this month, from a few days before its day until it is sent."""
    unit, month = desk.user.unit, month_of(desk.today)
    if unit is None or unit.kind not in {UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.COMMUNE}:
        return None
    due_on = day_in(month, Policy.value_on(PolicyKey.SUMMARY_DAY, desk.today))
    if desk.today < due_on - SUMMARY_SHOWN_BEFORE:
        return None
    summary = summary_of(unit, month)
    if summary and summary.status == SummaryStatus.SENT:
        return None
    return Task(
        1,
        f"Báo cáo tổng hợp tháng {month.month}",
        summary_sentence(summary, due_on, desk),
        summary.get_absolute_url() if summary else reverse("reports:summary_list"),
        "Mở dự thảo" if summary else "Dựng báo cáo",
        is_late=desk.today > due_on,
    )


def summary_of(unit: Unit, month: date) -> Summary | None:
    return Summary.objects.filter(unit=unit, starts_on=month, ends_on=last_day(month)).first()


def summary_sentence(summary: Summary | None, due_on: date, desk: Desk) -> str:
    left = (due_on - desk.today).days
    when = f"còn {left} ngày" if left > 0 else "hôm nay" if left == 0 else f"quá {-left} ngày"
    how = f"{summary.get_status_display()}." if summary else "Chưa dựng dự thảo."
    return f"Hạn trình {due_on:%d/%m/%Y}, {when}. {how}"


def summaries_to_approve(desk: Desk) -> Task | None:
    """Drafts of the own unit's finished or present periods that wait for the leader."""
    drafts = Summary.objects.visible_to(desk.user).filter(
        status=SummaryStatus.DRAFT, unit=desk.user.unit, starts_on__lte=desk.today
    )
    newest = drafts.order_by("-starts_on").first()
    if newest is None or desk.user.role != Role.COMMISSION_LEADER:
        return None
    return Task(
        drafts.count(),
        "Báo cáo tổng hợp chờ duyệt",
        f"Mới nhất: kỳ từ {newest.starts_on:%d/%m/%Y} đến {newest.ends_on:%d/%m/%Y}.",
        newest.get_absolute_url(),
        "Xem và duyệt",
    )


def summaries_sent(desk: Desk) -> Task | None:
    """What went up in the last month, for those who read it."""
    since = add_months(month_of(desk.today), -1)
    sent = Summary.objects.visible_to(desk.user).filter(
        status=SummaryStatus.SENT, sent_at__date__gte=since
    )
    newest = sent.order_by("-sent_at").first()
    if newest is None:
        return None
    return Task(
        sent.count(),
        "Báo cáo tổng hợp mới gửi",
        f"Gần nhất: số {newest.number}.",
        newest.get_absolute_url(),
        "Đọc báo cáo",
    )
