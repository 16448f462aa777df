"""What a clerk says about a list in the wizard: which sheet, which columns, what a cell should say, who is meant."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from assignments.actions.imports import memory_of, refresh_import
from config.lib.errors import Refused
from config.lib.text import fold
from roster.models import ColumnMemory, RosterImport
from roster.sheets.choices import LONGEST_CORRECTION, MOST_CORRECTIONS, Choices
from roster.sheets.vocabulary import FIELDS, KEY
from roster.states import RosterKind


@transaction.atomic
def choose_columns(
    roster_import: RosterImport, sheet: str, columns: Mapping[int, str], header: int = 0
) -> None:
    """Read the list again with these columns, and remember them for the sender's next list.

    Another sheet, or another row of captions (`header`), has its columns guessed anew.
    """
    kind = RosterKind(roster_import.kind)
    before = Choices.of(roster_import.choices)
    if is_another(roster_import, sheet, header):
        choices = Choices(sheet, header=header)
    else:
        if not KEY[kind] & set(columns.values()):
            raise Refused(
                f"Chọn cột “{key_label(kind)}”: thiếu cột này thì không đọc được dòng nào."
            )
        remember_columns(roster_import, columns)
        choices = replace(before, sheet=sheet, columns=columns)
    refresh_import(roster_import, choices)


def is_another(roster_import: RosterImport, sheet: str, header: int) -> bool:
    """Another sheet, or another row of captions on it."""
    facts = roster_import.facts
    return sheet != facts["sheet"] or header not in {0, facts.get("header", 0)}


def key_label(kind: RosterKind) -> str:
    return next(one.label for one in FIELDS[kind] if one.name in {"name", "full_name"})


def remember_columns(roster_import: RosterImport, columns: Mapping[int, str]) -> None:
    kind = RosterKind(roster_import.kind)
    captions = {one["column"]: one["caption"] for one in roster_import.facts["columns"]}
    guessed = {one["column"]: one["field"] for one in roster_import.facts["columns"]}
    said = {
        fold(captions[column]): name
        for column, name in columns.items()
        if captions.get(column) and name != guessed[column]
    }
    if said:
        ColumnMemory.objects.update_or_create(
            unit=roster_import.unit,
            kind=kind,
            defaults={"meanings": {**memory_of(roster_import.unit, kind), **said}},
        )


@transaction.atomic
def correct_import(
    roster_import: RosterImport,
    cells: Mapping[str, str],
    people: Mapping[int, int],
    agencies: Mapping[int, int] | None = None,
) -> None:
    """Read the list again with these cells corrected; the file stays as it came.

    Only cells that the preview finds a problem in can be corrected, and only records that it offers be meant;
    `agencies` go by the number of the new name in the preview.
    """
    wrong = {problem["cell"] for problem in roster_import.facts["problems"]}
    offered = {
        (item["row"], near["pk"])
        for item in roster_import.facts["items"]
        for near in item.get("near", ())
    }
    new = roster_import.facts.get("near_agencies", ())
    named = {
        fold(one["name"]): pk
        for number, one in enumerate(new)
        for pk in ((agencies or {}).get(number, 0),)
        if pk in {near["pk"] for near in one["near"]}
    }
    choices = Choices.of(roster_import.choices).corrected(
        {at: text[:LONGEST_CORRECTION].strip() for at, text in cells.items() if at in wrong},
        {row: pk for row, pk in people.items() if (row, pk) in offered},
        named,
    )
    if len(choices.cells) > MOST_CORRECTIONS:
        raise Refused("Quá nhiều ô phải sửa: tải tệp có đánh dấu, sửa trong Excel rồi chọn lại.")
    refresh_import(roster_import, choices)
