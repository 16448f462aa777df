"""A schedule beside our calendar: what is new, changed, the same, or cannot be placed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from config.lib.months import month_of
from meetings.models import Meeting
from meetings.planning.dates import DEFAULT_HOUR
from meetings.schedules.reading import Schedule, ScheduleRow
from meetings.states import MeetingStatus
from roster.models import Unit, User
from roster.sheets.known import KnownBranches, KnownUnits
from roster.sheets.preview import Action
from roster.states import UnitKind


@dataclass
class ScheduleItem:
    """One meeting of the file, the branch it means and the meeting that we have of that month."""

    row: ScheduleRow
    branch: Unit | None = None
    meeting: Meeting | None = None

    @property
    def is_off(self) -> bool:
        return self.row.values["status"] == "cancelled"

    @property
    def held_on(self) -> date:
        return date.fromisoformat(self.row.values["date"] or "")

    @property
    def starts_at(self) -> datetime:
        """Without an hour in the file, the one the meeting has."""
        clock = (
            DEFAULT_HOUR
            if self.meeting is None
            else timezone.localtime(self.meeting.starts_at).time()
        )
        if said := self.row.values["time"]:
            clock = time.fromisoformat(said)
        return timezone.make_aware(datetime.combine(self.held_on, clock))

    @property
    def place(self) -> str:
        return self.row.values["place"] or (self.meeting.place if self.meeting else "")

    @property
    def action(self) -> Action:
        if self.row.problems:
            return Action.PROBLEM
        if self.meeting is None:
            return Action.NEW
        if self.is_off:
            same = self.meeting.status == MeetingStatus.CANCELLED
        else:
            same = (self.meeting.starts_at, self.meeting.place) == (self.starts_at, self.place)
        return Action.SAME if same else Action.CHANGED

    def facts(self, sheet: str) -> dict[str, Any]:
        before = timezone.localtime(self.meeting.starts_at).isoformat() if self.meeting else None
        return {
            "sheet": sheet,
            "row": self.row.row,
            "action": self.action.value,
            "values": dict(self.row.values),
            "before": before,
            "meeting": self.meeting.pk if self.meeting else None,
        }


def compare_schedule(
    schedule: Schedule, owner: Unit, by: User, *, now: datetime
) -> list[ScheduleItem]:
    """Only units below `owner` are found; four queries however long the file."""
    items = [ScheduleItem(row) for row in schedule.rows]
    dated = [item for item in items if not item.row.problems]
    on = min((item.held_on for item in dated), default=timezone.localdate(now))
    find_branches(dated, owner, on)
    find_meetings(dated)
    complain_of_twins(dated)
    for item in dated:
        if item.branch and (problem := why_not_take(item, by, now)):
            item.row.complain("date", problem)
    return items


def find_branches(items: Sequence[ScheduleItem], owner: Unit, on: date) -> None:
    known = KnownUnits(owner, on)
    parents: dict[int, Unit] = {}
    for item in items:
        try:
            parents[item.row.row] = commune_of(item, known)
        except ValueError as problem:
            item.row.complain("commune" if item.row.values["commune"] else "branch", str(problem))
    branches = KnownBranches(parents.values(), on)
    for item in items:
        if parent := parents.get(item.row.row):
            find_branch(item, parent, branches)


def commune_of(item: ScheduleItem, known: KnownUnits) -> Unit:
    if name := item.row.values["commune"]:
        return known.commune(name)
    if known.owner.kind == UnitKind.COMMUNE:
        return known.owner
    raise ValueError("Chưa rõ chi bộ này của xã, phường nào. Thêm cột xã, phường.")


def find_branch(item: ScheduleItem, parent: Unit, branches: KnownBranches) -> None:
    name = item.row.values["branch"] or ""
    alike = branches.alike(parent, name)
    item.branch = branches.named(parent, name) or (alike[0] if len(alike) == 1 else None)
    if item.branch is None:
        item.row.complain("branch", f"{parent.name} không có “{name}” trong danh bạ.")


def find_meetings(items: Sequence[ScheduleItem]) -> None:
    months = {month_of(item.held_on) for item in items}
    units = {item.branch.pk for item in items if item.branch}
    rows = Meeting.objects.filter(unit__in=units, month__in=months).select_related(
        "unit", "commune"
    )
    known = {(row.unit_id, row.month, row.kind): row for row in rows}
    for item in items:
        if item.branch:
            key = (item.branch.pk, month_of(item.held_on), item.row.values["kind"] or "")
            item.meeting = known.get(key)


def complain_of_twins(items: Sequence[ScheduleItem]) -> None:
    """A branch meets once a month for a kind: two rows for it cannot both hold."""
    counted = Counter(twin_key(item) for item in items if item.branch)
    for item in items:
        if item.branch and counted[twin_key(item)] > 1:
            item.row.complain("branch", "Tệp có hai dòng cho chi bộ này trong cùng một tháng.")


def twin_key(item: ScheduleItem) -> tuple[int, date, str | None]:
    return item.branch.pk if item.branch else 0, month_of(item.held_on), item.row.values["kind"]


def why_not_take(item: ScheduleItem, by: User, now: datetime) -> str | None:
    if item.meeting is None:
        if item.is_off:
            return "Tháng này chưa có cuộc họp nào để ghi không họp."
        return None if item.starts_at > now else "Ngày này đã qua; chỉ nhập lịch sắp tới."
    if item.action == Action.SAME:
        return None
    if item.meeting.status != MeetingStatus.PLANNED:
        return f"Cuộc họp này trong lịch: {item.meeting.get_status_display().lower()}."
    past = item.meeting.starts_at <= now or (not item.is_off and item.starts_at <= now)
    return "Ngày này đã qua; chỉ nhập lịch sắp tới." if past else None


def facts_of(items: Sequence[ScheduleItem], schedule: Schedule, name: str) -> Mapping[str, Any]:
    """The preview, in the shape that rosters have (DESIGN.md §3)."""
    counted = Counter(item.action for item in items)
    return {
        "kind": "schedules",
        "file": name,
        "sheet": schedule.sheet,
        "columns": list(schedule.columns),
        "refused": None,
        "rows": len(items),
        "new": counted[Action.NEW],
        "changed": counted[Action.CHANGED],
        "same": counted[Action.SAME],
        "problems": [asdict(one) for item in items for one in item.row.problems],
        "items": [item.facts(schedule.sheet) for item in items],
    }
