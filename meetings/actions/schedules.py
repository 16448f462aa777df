"""Taking a schedule that another program keeps into the calendar: preview, then one act (M16)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from config.lib.errors import Refused, refuse_if
from config.lib.months import month_of
from config.lib.status import change_status
from meetings import rules
from meetings.actions import calendar
from meetings.actions.effects import meetings_changed
from meetings.models import Meeting, ScheduleImport
from meetings.planning.deadlines import deadlines_of
from meetings.schedules.comparing import ScheduleItem, compare_schedule, facts_of
from meetings.schedules.reading import read_schedule
from meetings.states import ScheduleStatus
from roster import audit
from roster.actions.files import store_bytes, why_not_keep
from roster.file_types import content_type_of
from roster.models import Unit, UnitParent, User
from roster.sheets.preview import Action
from roster.states import UnitKind

REASON: Final = "Theo lịch chi bộ đã ghi ở Sổ tay đảng viên điện tử."
CHANGED_MEANWHILE: Final = (
    "Lịch đã đổi từ lúc xem trước; chưa có gì được ghi. Xem lại bảng dưới đây rồi xác nhận lần nữa."
)


@transaction.atomic
def preview_schedule(upload: "UploadedFile[bytes]", *, by: User) -> ScheduleImport:
    """Keep the file and what it would do; nothing in the calendar changes yet."""
    refuse_if(rules.why_not_plan(by))
    if by.unit is None:
        raise Refused("Tài khoản này chưa gắn với đơn vị.")
    name, content = str(upload.name or "lịch"), upload.read()
    refuse_if(why_not_keep(name, len(content)))
    stored = store_bytes(content, name, content_type_of(content), by=by)
    found = ScheduleImport(file=stored, unit=by.unit, by=by)
    _, found.facts = compared(found, content, by, now=timezone.now())
    found.save()
    return found


@transaction.atomic
def match_columns(found: ScheduleImport, columns: Mapping[int, str], *, by: User) -> None:
    """Look at the file again, its columns taken for what a clerk says; nothing in the calendar changes."""
    refuse_if(rules.why_not_plan(by))
    if found.status != ScheduleStatus.PREVIEWED:
        raise Refused(f"Tệp lịch này: {found.get_status_display().lower()}.")
    found.columns = {str(column): name for column, name in columns.items()}
    _, found.facts = compared(found, content_of(found), by, now=timezone.now())
    found.save(update_fields=["columns", "facts"])


def content_of(found: ScheduleImport) -> bytes:
    with found.file.content.open("rb") as file:
        return bytes(file.read())


def compared(
    found: ScheduleImport, content: bytes, by: User, *, now: datetime
) -> tuple[list[ScheduleItem], Mapping[str, Any]]:
    chosen = {int(column): name for column, name in found.columns.items()}
    schedule = read_schedule(content, today=timezone.localdate(now), chosen=chosen)
    items = compare_schedule(schedule, found.unit, by, now=now)
    return items, facts_of(items, schedule, found.file.name)


def commit_schedule(found: ScheduleImport, *, by: User) -> bool:
    """Do what the preview said, without the rows that have problems; False when the calendar has changed since.

    New meetings are made, others moved (those who come are told), cancelled or confirmed.
    """
    refuse_if(rules.why_not_plan(by))
    content, now = content_of(found), timezone.now()
    with transaction.atomic():
        items, facts = compared(found, content, by, now=now)
        if facts != found.facts:
            ScheduleImport.objects.filter(pk=found.pk).update(facts=facts)
            return False
        before = {one.meeting.pk: snapshot(one.meeting) for one in items if one.meeting}
        for item in items:
            take(item, by=by, now=now)
        done = [
            {"meeting": row.pk, "before": before.get(row.pk), "after": snapshot(row)}
            for row in Meeting.objects.filter(
                pk__in=[one.meeting.pk for one in items if one.meeting]
            )
        ]
        change_status(found, ScheduleStatus.COMMITTED, committed_at=now, done=done)
        counts = {name: facts[name] for name in ("new", "changed", "same")}
        audit.record("schedule_imported", found, by=by, **counts)
    return True


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """What an import may change of a meeting."""
    return {
        "starts_at": meeting.starts_at.astimezone(UTC).isoformat(),
        "place": meeting.place,
        "status": str(meeting.status),
        "is_confirmed": meeting.confirmed_at is not None,
    }


def take(item: ScheduleItem, *, by: User, now: datetime) -> None:
    if item.action == Action.PROBLEM:
        return
    if item.meeting is None:
        make_meeting(item, by=by, now=now)
    elif item.is_off:
        if item.action == Action.CHANGED:
            calendar.cancel_meeting(item.meeting, reason=REASON, by=by)
    elif item.meeting.starts_at != item.starts_at:
        put_place(item.meeting, item.place)
        calendar.move_meeting(item.meeting, starts_at=item.starts_at, reason=REASON, by=by)
    else:
        put_place(item.meeting, item.place)
        if rules.why_not_confirm_date(item.meeting, by, now) is None:
            calendar.confirm_date(item.meeting, by=by)


def put_place(meeting: Meeting, place: str) -> None:
    if meeting.place != place:
        Meeting.objects.filter(pk=meeting.pk).update(place=place)
        meeting.place = place


def make_meeting(item: ScheduleItem, *, by: User, now: datetime) -> None:
    branch = item.branch
    if branch is None:
        return
    day = item.held_on
    dates = deadlines_of([day]).get(day)
    if dates is None:
        raise Refused(f"Chưa có quy định hạn báo cáo cho ngày {day:%d/%m/%Y}.")
    meeting = Meeting.objects.create(
        unit=branch, month=month_of(day), kind=item.row.values["kind"] or "", starts_at=item.starts_at,
        held_on=day, place=item.place, report_due_on=dates.due_on, late_after=dates.late_after,
        locked_on=dates.locked_on, confirmed_at=now, confirmed_by=by, **places_of(branch, item),
    )  # fmt: skip
    item.meeting = meeting
    audit.record("created", meeting, by=by)
    meetings_changed([meeting])


def places_of(branch: Unit, item: ScheduleItem) -> dict[str, Unit | None]:
    """Commune, district and province of the day, climbed in that day's tree."""
    found: dict[str, Unit | None] = {"commune": None, "district": None, "province": None}
    names = {
        UnitKind.COMMUNE: "commune", UnitKind.DISTRICT: "district", UnitKind.PROVINCIAL: "province",
    }  # fmt: skip
    unit: Unit | None = branch
    while unit is not None:
        row = UnitParent.objects.on(item.held_on).filter(unit=unit).select_related("parent").first()
        unit = row.parent if row else None
        if unit is not None and unit.kind in names:
            found[names[UnitKind(unit.kind)]] = unit
    return found


def discard_schedule(found: ScheduleImport, *, by: User) -> None:
    with transaction.atomic():
        change_status(found, ScheduleStatus.DISCARDED)
        audit.record("schedule_discarded", found, by=by)
