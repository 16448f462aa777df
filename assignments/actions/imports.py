"""Rosters from spreadsheets: always a preview first, then all of it or nothing."""

import hashlib
import json
from datetime import date
from typing import Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from assignments import rules
from assignments.actions.import_writing import write_rows
from assignments.sheets.assignments import compare_assignments, decision_of
from assignments.states import DecisionStatus
from config.lib.errors import Conflict, Refused, refuse_if
from config.lib.spreadsheets.limits import NOTHING_WRITTEN
from config.lib.spreadsheets.reading import read_sheets
from config.lib.status import change_status
from roster import audit
from roster.actions.copying import copy_row
from roster.actions.files import store_bytes, why_not_keep
from roster.file_types import content_type_of
from roster.models import ColumnMemory, RosterImport, StoredFile, Unit, User
from roster.sheets.branches import compare_branches
from roster.sheets.choices import Choices, remembered_columns
from roster.sheets.known import KnownUnits, issuing_unit, not_there, unit_with_code
from roster.sheets.officials import compare_officials, near_agencies, new_agencies
from roster.sheets.preview import ListOptions, Preview
from roster.sheets.rosters import Roster, find_list, guess_kind, read_list, read_roster
from roster.sheets.rows import Problem
from roster.sheets.titles import Title, TitledDecision
from roster.states import ImportStatus, RosterKind, UnitKind

LONGEST_SHEET_NAME: Final = 60
IMPORTING: Final = 730_002  # the advisory lock of those who write lists


def kind_of(content: bytes, told: str) -> RosterKind:
    """As told, else as the list looks."""
    if told:
        return RosterKind(told)
    if kind := guess_kind(content):
        return kind
    raise Refused(
        f"Không nhận ra đây là danh sách gì trong 30 dòng đầu: chọn loại danh sách; {NOTHING_WRITTEN}"
    )


def preview_list(
    content: bytes, kind: RosterKind, options: ListOptions, *, by: User | None, today: date
) -> Preview:
    """What the list would change on its own day. Nothing is written. Refused when it cannot be read."""
    found = find_list(read_sheets(content), kind, Choices(header=options.header))
    on = options.on or found.title.day or today
    owner = owner_of(found.title, options, on, by)
    if by:
        refuse_if(rules.why_not_import(by, kind, owner))
    known = remembered_columns(found.header.captions, memory_of(owner, kind))
    roster = read_list(found.with_columns(known), today)
    return preview_of(roster, owner, on, options.decision)


def memory_of(owner: Unit, kind: RosterKind) -> dict[str, str]:
    """What the captions of this sender mean, as a clerk said once."""
    memory = ColumnMemory.objects.filter(unit=owner, kind=kind).first()
    return dict(memory.meanings) if memory else {}


def preview_of(roster: Roster, owner: Unit, on: date, number: str) -> Preview:
    """The list beside what we know of the owner's units on the day; `number` is the decision's, if told."""
    known, decision = KnownUnits(owner, on), decision_named(roster, number, on)
    preview = Preview(roster=roster, owner=owner, on=on, items=(), decision=decision)
    if roster.kind == RosterKind.BRANCHES:
        preview.items = compare_branches(roster, known)
    elif roster.kind == RosterKind.OFFICIALS:
        preview.items = officials = compare_officials(roster, known)
        preview.new_agencies = new_agencies(officials)
        preview.near_agencies = near_agencies(preview.new_agencies, known)
    else:
        fill_assignments(preview, known)
    return preview


def fill_assignments(preview: Preview, known: KnownUnits) -> None:
    titled = preview.decision
    if titled is None:
        sentence = (
            "Tiêu đề không nêu số quyết định hay công văn phân công: ghi số vào ô “Số quyết định”."
        )
        preview.whole.append(Problem(1, "A1", sentence))
        titled = TitledDecision("Quyết định", "", preview.on, "")
    decision = decision_of(titled, known.owner, preview.roster.title.subject, preview.on)
    if decision.status not in DecisionStatus.standing():
        sentence = f"{decision} đang ở trạng thái “{decision.get_status_display()}” nên không nhận thêm danh sách."
        preview.whole.append(Problem(1, "A1", sentence))
    preview.items = compare_assignments(preview.roster, known, decision)


def owner_of(title: Title, options: ListOptions, on: date, by: User | None) -> Unit:
    """Whose list it is: as told, else as its title says, else the user's own unit."""
    if options.unit:
        return valid_unit(options.unit, on)
    if options.unit_code:
        return unit_with_code(options.unit_code, on)
    if unit := issuing_unit(title.issuers, on):
        return unit
    if (
        by
        and by.unit
        and by.unit.kind not in {UnitKind.BRANCH, UnitKind.AGENCY}
        and by.unit.is_on(on)
    ):
        return by.unit
    raise Refused(
        f"Tiêu đề không cho biết danh sách này của đơn vị nào: chọn đơn vị; {NOTHING_WRITTEN}"
    )


def valid_unit(unit: Unit, on: date) -> Unit:
    if not unit.is_on(on):
        raise Refused(not_there(unit, on))
    return unit


def decision_named(roster: Roster, number: str, on: date) -> TitledDecision | None:
    """The decision that the title names, unless another number was told."""
    titled = roster.title.decision
    if not number or (titled and titled.number == number):
        return titled
    return TitledDecision("Quyết định", number, on, "")


@transaction.atomic
def keep_preview(preview: Preview, content: bytes, name: str, *, by: User | None) -> RosterImport:
    """Keep the file and its preview, for a person to look at and confirm."""
    refuse_if(why_not_keep(name, len(content)))
    return keep_preview_of(
        preview, store_bytes(content, name, content_type_of(content), by=by), by=by
    )


def keep_preview_of(preview: Preview, file: StoredFile, *, by: User | None) -> RosterImport:
    kept = RosterImport(
        kind=preview.kind,
        file=file,
        sheet=preview.roster.sheet[:LONGEST_SHEET_NAME],
        unit=preview.owner,
        valid_on=preview.on,
        decision=preview.decision.number if preview.decision else "",
        choices=preview.roster.choices.kept(),
        by=by,
    )
    copy_row(kept, "facts", preview.written_details(file.name))
    return kept


@transaction.atomic
def commit_import(
    roster_import: RosterImport, *, by: User | None, leave_problems: bool = False
) -> None:
    """Write the list as it was previewed, whole or not at all.

    Refused while a row has a problem, unless the person says to leave those rows out; Conflict
    when what we know has changed since the preview.
    """
    lock_imports()
    preview = preview_again(roster_import)
    refuse_if(why_not_write(preview, leave_problems=leave_problems))
    change_status(roster_import, ImportStatus.COMMITTED, committed_at=timezone.now())
    write(preview, roster_import, by=by)


@transaction.atomic
def import_list(
    content: bytes, name: str, kind: RosterKind, options: ListOptions, *, today: date
) -> Preview:
    """Preview and write at one go, for the command line. With a problem in it nothing is written."""
    lock_imports()
    preview = preview_list(content, kind, options, by=None, today=today)
    if not preview.problems:
        roster_import = keep_preview(preview, content, name, by=None)
        change_status(roster_import, ImportStatus.COMMITTED, committed_at=timezone.now())
        write(preview, roster_import, by=None)
    return preview


def lock_imports() -> None:
    """Imports follow one another, so that what was compared is what is written to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORTING])


def preview_again(roster_import: RosterImport) -> Preview:
    """The same preview as the confirmed one, or Conflict."""
    refuse_if(why_not_refresh(roster_import))
    preview = preview_now(roster_import, Choices.of(roster_import.choices))
    if fingerprint(preview.details(roster_import.file.name)) != fingerprint(roster_import.facts):
        raise Conflict(
            "Danh bạ đã thay đổi sau khi xem trước. Bấm “Xem trước lại” rồi xác nhận; chưa có gì được ghi."
        )
    return preview


def preview_now(roster_import: RosterImport, choices: Choices) -> Preview:
    """The kept file beside what we know now, read as chosen."""
    with roster_import.file.content.open("rb") as file:
        content = file.read()
    kind, today = RosterKind(roster_import.kind), timezone.localdate(roster_import.at)
    roster = read_roster(content, kind, today, choices)
    return preview_of(roster, roster_import.unit, roster_import.valid_on, roster_import.decision)


@transaction.atomic
def refresh_import(roster_import: RosterImport, choices: Choices | None = None) -> None:
    """Look again: with other choices, or because somebody changed what the preview was compared with."""
    refuse_if(why_not_refresh(roster_import))
    chosen = choices or Choices.of(roster_import.choices)
    preview = preview_now(roster_import, chosen)
    waiting = RosterImport.objects.filter(pk=roster_import.pk, status=ImportStatus.PREVIEWED)
    waiting.update(
        facts=preview.details(roster_import.file.name),
        choices=chosen.kept(),
        sheet=preview.roster.sheet[:LONGEST_SHEET_NAME],
    )


def why_not_refresh(roster_import: RosterImport) -> str | None:
    if roster_import.status != ImportStatus.PREVIEWED:
        return f"Lần nhập này: {roster_import.get_status_display().lower()}."
    return None


def fingerprint(facts: dict[str, Any]) -> str:
    """Of what a person saw and confirmed."""
    seen = json.dumps([facts["problems"], facts["items"]], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()


@transaction.atomic
def discard_import(roster_import: RosterImport, *, by: User) -> None:
    """The clerk does not want it; the file and the preview stay in the books."""
    change_status(roster_import, ImportStatus.DISCARDED)
    audit.record("roster_discarded", roster_import, by=by)


def why_not_write(preview: Preview, *, leave_problems: bool = False) -> str | None:
    count = len(preview.whole) if leave_problems else len(preview.problems)
    return (
        f"Còn {count} chỗ có vấn đề. Sửa trong tệp rồi chọn lại; {NOTHING_WRITTEN}"
        if count
        else None
    )


def write(preview: Preview, roster_import: RosterImport, *, by: User | None) -> None:
    """The rows without a problem, and what that made and changed, for the day somebody undoes it."""
    counts = {action.value: number for action, number in preview.counts().items()}
    RosterImport.objects.filter(pk=roster_import.pk).update(footprint=write_rows(preview, by=by))
    audit.record(
        "roster_imported",
        roster_import,
        by=by,
        kind=roster_import.kind,
        unit=preview.owner.pk,
        **counts,
    )
