"""Reorganisations: draft, dry run, schedule, run in batches, undo for a while (R2, R3)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from roster import audit
from roster.actions import reorganised_units
from roster.changes import Change
from roster.models import Rehoming, Reorganisation, Unit, User
from roster.rehoming import Thing, know_sizes
from roster.states import OperationKind, ReorganisationStatus

UNDO_DAYS: Final = 30
Progress = Callable[[int, int], None]


def effects() -> list[ModuleType]:
    return [import_module(path) for path in settings.REORGANISATION_EFFECTS]


@transaction.atomic
def draft_reorganisation(
    decision: str, effective_on: date, changes: Iterable[Change], *, by: User | None
) -> Reorganisation:
    """Note what the decision does, and find all that it touches."""
    same = Reorganisation.objects.filter(decision=decision, effective_on=effective_on)
    if same.exclude(status=ReorganisationStatus.UNDONE).exists():
        raise Refused("Quyết định này, ngày hiệu lực này đã được nhập.")
    reorganisation = Reorganisation.objects.create(
        decision=decision, effective_on=effective_on, status=ReorganisationStatus.DRAFT, by=by
    )
    note(reorganisation, changes, by=by)
    audit.record("reorganisation_drafted", reorganisation, by=by, touched=reorganisation.facts)
    return reorganisation


def note(reorganisation: Reorganisation, changes: Iterable[Change], *, by: User | None) -> None:
    reorganised_units.note_operations(reorganisation, changes)
    refuse_if(why_not_touch(reorganisation, by))
    look_again(reorganisation)


@transaction.atomic
def look_again(reorganisation: Reorganisation) -> None:
    """Dry run: note what is touched now; what a person chose stays."""
    know_sizes()
    things = [thing for effect in effects() for thing in effect.preview(reorganisation)]
    reorganisation.facts = {**reorganisation.facts, "touched": counts(reorganisation, things)}
    reorganisation.save(update_fields=["facts"])


def counts(reorganisation: Reorganisation, things: Iterable[Thing]) -> list[dict[str, Any]]:
    rows = reorganisation.rehomings.values_list("what")
    found = {
        what: (count, waiting)
        for what, count, waiting in rows.annotate(
            Count("pk"), waiting=Count("pk", filter=Q(new=None))
        )
    }
    touched = [(one.what, one.title, one.is_asked, *found.get(one.what, (0, 0))) for one in things]
    names = ("what", "title", "asked", "count", "unmapped")
    return [dict(zip(names, row, strict=True)) for row in touched]


@transaction.atomic
def map_things(
    reorganisation: Reorganisation, homes: Mapping[int, Unit], *, by: User | None
) -> None:
    """Say where things go: key of the rehoming → unit, which must be one that its old unit becomes."""
    refuse_if(why_not_change(reorganisation))
    own = Rehoming.objects.filter(reorganisation=reorganisation, pk__in=homes)
    rows = list(own.select_related("old"))
    allowed = set(reorganisation.operations.values_list("old", "new"))
    dissolved = set(
        reorganisation.operations.filter(kind=OperationKind.DISSOLVE).values_list("old", flat=True)
    )
    for row in rows:
        row.new = homes[row.pk]
        if (row.old_id, row.new_id) not in allowed and row.old_id not in dissolved:
            raise Refused(f"{row.label}: {row.new} không phải đơn vị kế thừa của {row.old}.")
        if row.new_id != row.old_id and not row.new.is_on(reorganisation.effective_on):
            raise Refused(f"{row.new} không còn hoạt động từ ngày hiệu lực.")
    Rehoming.objects.bulk_update(rows, ["new"], batch_size=1000)
    look_again(reorganisation)
    audit.record("reorganisation_mapped", reorganisation, by=by, count=len(rows))


def map_branches(
    reorganisation: Reorganisation, codes: Mapping[str, str], *, by: User | None
) -> None:
    """The same by the codes of branches (`#17`: by its key; `user#17`: another thing) and of their new units."""
    units = reorganised_units.successors_by_code(reorganisation)
    unknown = sorted(set(codes.values()) - units.keys())
    if unknown:
        raise Refused(f"Bảng chi bộ ghi mã không có trong quyết định: {', '.join(unknown)}.")
    branches = reorganisation.rehomings.filter(what="child")
    known = dict(Unit.objects.filter(pk__in=branches.values("object_id")).values_list("pk", "code"))
    homes = {}
    for pk, what, key in reorganisation.rehomings.values_list("pk", "what", "object_id"):
        names = (known.get(key, ""), f"#{key}") if what == "child" else (f"{what}#{key}",)
        if code := next((codes[name] for name in names if name in codes), None):
            homes[pk] = units[code]
    map_things(reorganisation, homes, by=by)


@transaction.atomic
def map_rest_to_main(reorganisation: Reorganisation, *, by: User | None) -> int:
    """People and open work of a split unit go to the part that the decision itself calls the main one."""
    mains = dict(
        reorganisation.operations.filter(kind=OperationKind.SPLIT_MAIN).values_list("old", "new")
    )
    waiting = reorganisation.rehomings.filter(new=None).exclude(what="child")
    units = Unit.objects.in_bulk(mains.values())
    pairs = waiting.values_list("pk", "old")
    homes = {pk: units[mains[old]] for pk, old in pairs if old in mains}
    map_things(reorganisation, homes, by=by)
    return len(homes)


def unmapped(reorganisation: Reorganisation) -> list[Rehoming]:
    """What nobody has said a new home for."""
    waiting = reorganisation.rehomings.filter(new=None).exclude(what__in=followers(reorganisation))
    return list(waiting.select_related("old").order_by("what", "old__name_key", "label", "pk"))


def followers(reorganisation: Reorganisation) -> list[str]:
    """The kinds of things that follow others, or the main part, unasked."""
    return [row["what"] for row in reorganisation.facts.get("touched", ()) if not row["asked"]]


def why_not_touch(reorganisation: Reorganisation, user: User | None) -> str | None:
    """One reorganises one's own subtree only; the command (no user) may all."""
    rows = reorganisation.operations.select_related("old", "new")
    units = [unit for row in rows for unit in (row.old, row.new) if unit]
    outside = user and next((unit for unit in units if not user.oversees(unit)), None)
    return f"{outside} ngoài phạm vi của đồng chí." if outside else None


def why_not_change(reorganisation: Reorganisation) -> str | None:
    if reorganisation.status != ReorganisationStatus.DRAFT:
        return "Chỉ dự thảo mới sửa được."
    return None


def why_not_schedule(reorganisation: Reorganisation) -> str | None:
    if reorganisation.status != ReorganisationStatus.DRAFT:
        return "Việc sắp xếp này không còn là dự thảo."
    if not reorganisation.operations.exists():
        return "Chưa có việc nào: thêm ít nhất một việc của quyết định."
    waiting = unmapped(reorganisation)
    if waiting:
        named = "; ".join(f"{row.label} ({row.old})" for row in waiting[:3])
        return f"Còn {len(waiting)} mục của đơn vị chia tách chưa chọn nơi về: {named}…"
    return None


def why_not_undo(reorganisation: Reorganisation, now: datetime) -> str | None:
    if reorganisation.status not in {ReorganisationStatus.DONE, ReorganisationStatus.UNDOING}:
        return "Chỉ việc sắp xếp đã thực hiện mới hoàn tác được."
    if reorganisation.done_at is None:
        return "Lần sắp xếp này ghi nhận từ danh mục, không hoàn tác được."
    if reorganisation.done_at + timedelta(days=UNDO_DAYS) < now:
        return f"Đã quá {UNDO_DAYS} ngày kể từ khi thực hiện, không hoàn tác được nữa."
    later = Reorganisation.objects.filter(
        status__in=[ReorganisationStatus.RUNNING, ReorganisationStatus.DONE],
        effective_on__gt=reorganisation.effective_on,
        operations__isnull=False,
    ).first()
    return f"Hoàn tác “{later}” trước: việc ấy dựa trên việc này." if later else None


@transaction.atomic
def schedule_reorganisation(reorganisation: Reorganisation, *, by: User | None) -> None:
    """It will run on its day (at once if the day has come)."""
    refuse_if(why_not_schedule(reorganisation))
    change_status(reorganisation, ReorganisationStatus.SCHEDULED)
    audit.record("reorganisation_scheduled", reorganisation, by=by)


def run_reorganisation(
    reorganisation: Reorganisation,
    *,
    by: User | None,
    today: date,
    progress: Progress | None = None,
) -> None:
    """Carry it out in batches, each in its own transaction; started again, it goes on where it stopped."""
    if reorganisation.effective_on > today:
        raise Refused(f"Quyết định có hiệu lực từ {reorganisation.effective_on:%d/%m/%Y}.")
    if reorganisation.status == ReorganisationStatus.SCHEDULED:
        begin(reorganisation)
    work(reorganisation, effects(), "apply", progress)
    with transaction.atomic():
        settle(reorganisation, undone=False)
        change_status(reorganisation, ReorganisationStatus.DONE, done_at=timezone.now())
        audit.record("reorganisation_done", reorganisation, by=by, touched=reorganisation.facts)


@transaction.atomic
def begin(reorganisation: Reorganisation) -> None:
    """The units change in one transaction; what was added since the dry run is found first."""
    look_again(reorganisation)
    waiting = unmapped(reorganisation)
    if waiting:
        raise Refused(f"Từ khi duyệt có thêm {len(waiting)} mục chưa chọn nơi về.")
    change_status(reorganisation, ReorganisationStatus.RUNNING)
    reorganised_units.end_old_and_begin_new(reorganisation)


def undo_reorganisation(
    reorganisation: Reorganisation,
    *,
    by: User | None,
    now: datetime,
    progress: Progress | None = None,
) -> None:
    """Take everything back, top down; also resumable."""
    refuse_if(why_not_undo(reorganisation, now))
    if reorganisation.status == ReorganisationStatus.DONE:
        change_status(reorganisation, ReorganisationStatus.UNDOING)
    know_sizes()
    work(reorganisation, effects()[::-1], "undo", progress)
    with transaction.atomic():
        settle(reorganisation, undone=True)
        reorganised_units.begin_old_again(reorganisation)
        change_status(reorganisation, ReorganisationStatus.UNDONE)
        audit.record("reorganisation_undone", reorganisation, by=by)


def work(
    reorganisation: Reorganisation, rooms: list[ModuleType], act: str, progress: Progress | None
) -> None:
    total = reorganisation.rehomings.filter(is_applied=act == "undo").exclude(new=None).count()
    done = 0
    for room in rooms:
        while count := getattr(room, act)(reorganisation):
            done = min(done + count, total)
            if progress:
                progress(done, total)


def settle(reorganisation: Reorganisation, *, undone: bool) -> None:
    """What a room does once, when everything has its new home (or is back)."""
    for room in effects():
        if act := getattr(room, "settle", None):
            act(reorganisation, undone=undone)
