"""Work of the administrator of the system."""

from datetime import timedelta
from typing import Final

from django.db.models import Q
from django.urls import reverse

from config.lib import heartbeat
from notices.models import Notice
from notices.states import NoticeStatus
from reports.work import links
from reports.work.task import Desk, Task
from roster.models import Job, RosterImport, User
from roster.states import ImportStatus, JobStatus

SILENT_AFTER: Final = 180
PROCESSES: Final = {heartbeat.WORKER: "tiến trình xử lý", heartbeat.BEAT: "lịch định kỳ"}
LOOKED_BACK: Final = timedelta(days=7)


def silent_processes(desk: Desk) -> Task | None:
    """Without worker or beat nobody is reminded and no figure is counted anew."""
    silent = [
        (name, age)
        for process, name in PROCESSES.items()
        if (age := heartbeat.seconds_since(process)) is None or age > SILENT_AFTER
    ]
    if not silent:
        return None
    said = ", ".join(
        f"{name}: chưa thấy nhịp nào"
        if age is None
        else f"{name}: nhịp cuối {age // 60} phút trước"
        for name, age in silent
    )
    return Task(
        len(silent),
        "Tiến trình chạy nền không hoạt động",
        f"{said[0].upper()}{said[1:]}. Tin nhắc không gửi, số liệu không tính lại.",
        reverse("readyz"),
        "Xem tình trạng",
        is_late=True,
    )


def failed_notices(desk: Desk) -> Task | None:
    failed = Notice.objects.filter(status=NoticeStatus.FAILED, owed_at__gte=desk.now - LOOKED_BACK)
    newest = failed.order_by("-owed_at").first()
    if newest is None:
        return None
    return Task(
        failed.count(),
        "Tin nhắc không gửi được",
        f"Bảy ngày qua. Gần nhất: {newest.reason or 'không rõ lý do'}.",
        links.listing("admin:notices_notice_changelist", status__exact=NoticeStatus.FAILED),
        "Xem lý do",
        is_late=True,
    )


def failed_jobs(desk: Desk) -> Task | None:
    failed = Job.objects.filter(
        status=JobStatus.FAILED, started_at__gte=desk.now - LOOKED_BACK
    ).order_by("-started_at")
    newest = failed.first()
    if newest is None:
        return None
    return Task(
        failed.count(),
        "Việc chạy nền không xong",
        f"Bảy ngày qua. Gần nhất: {newest.kind}, {newest.sentence or 'không có lời báo'}.",
        links.listing("admin:roster_job_changelist", status__exact=JobStatus.FAILED),
        "Xem",
    )


def open_imports(desk: Desk) -> Task | None:
    rows = RosterImport.objects.visible_to(desk.user).filter(status=ImportStatus.PREVIEWED)
    newest = rows.select_related("file").order_by("-at").first()
    if newest is None:
        return None
    return Task(
        rows.count(),
        "Danh sách xem trước, chưa nhập",
        f"Gần nhất: {newest.file.name}.",
        links.listing("admin:roster_rosterimport_changelist"),
        "Mở danh sách",
    )


def misplaced_users(desk: Desk) -> Task | None:
    """Accounts that can do nothing: their unit ended, or no message reaches them."""
    ended = Q(unit__ends_on__lt=desk.today)
    users = User.objects.filter(ended | Q(email=""), is_active=True)
    first = users.order_by("name_key", "pk").first()
    if first is None:
        return None
    return Task(
        users.count(),
        "Tài khoản thiếu đơn vị hoặc thư công vụ",
        f"Ví dụ: {first}. Đơn vị đã kết thúc hoặc chưa có địa chỉ thư.",
        links.listing("admin:roster_user_changelist"),
        "Sửa tài khoản",
    )
