"""The preview of an import as a table: what each cell says, what was there before, what is wrong with it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection

from config.lib.text import phone_shown
from roster.models import RosterImport
from roster.sheets.preview import Action
from roster.sheets.vocabulary import FIELDS, SHOWN
from roster.states import RosterKind

PAGE: Final = 200
SHAPES: Final[Mapping[str, str]] = {
    Action.NEW: "new",
    Action.CHANGED: "info",
    Action.SAME: "",
    Action.PROBLEM: "late",
}
WIDTHS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("name", "branch", "title", "agency", "place"), "min-long"),
    **dict.fromkeys(
        ("full_name", "secretary_name", "group", "email", "note", "commune"), "min-mid"
    ),
    **dict.fromkeys(("phone", "secretary_phone"), "min-short"),
}
LABELS: Final[Mapping[str, str]] = {
    "group": "Nhóm",
    "commune": "Xã, phường",
    "agency": "Đơn vị công tác",
}
EXAMPLES: Final[Mapping[str, str]] = {
    "phone": "0912 …",
    "secretary_phone": "0912 …",
    "meeting_day": "Ví dụ: 5, 19h30",
    "meeting_time": "Ví dụ: 19h30",
    "birth_date": "Ví dụ: 20/10/1979",
    "name": "Tên đúng",
    "full_name": "Họ và tên đúng",
}
FULL_DATE: Final = 10


@dataclass(frozen=True)
class Column:
    """A column of the table and the letter it has in the file."""

    name: str
    label: str
    letter: str

    @property
    def example(self) -> str:
        return EXAMPLES.get(self.name, "Giá trị đúng")

    @property
    def width(self) -> str:
        return WIDTHS.get(self.name, "")


@dataclass
class ShownCell:
    """One cell: its words, what was there before if that changes, and what is wrong."""

    column: Column
    words: str
    before: str | None = None
    address: str = ""
    problems: list[str] = field(default_factory=list)
    is_own: bool = False


@dataclass(frozen=True)
class ShownRow:
    row: int
    action: Action
    cells: Sequence[ShownCell]
    near: Sequence[Mapping[str, Any]] = ()
    why: str = ""
    is_hidden: bool = False

    @property
    def shape(self) -> str:
        return SHAPES[self.action]


@dataclass(frozen=True)
class Table:
    """The rows of one result, from one row on."""

    columns: Sequence[Column]
    rows: Sequence[ShownRow]
    next_from: int | None

    @property
    def has_near(self) -> bool:
        return any(row.near for row in self.rows)


ITEMS: Final = """
    SELECT item FROM roster_rosterimport, jsonb_array_elements(facts->'items') WITH ORDINALITY AS one(item, place)
    WHERE id = %s AND (item->>'row')::int >= %s AND %s IN ('', item->>'action') ORDER BY place LIMIT %s
"""


def facts_without_rows(roster_import: RosterImport) -> dict[str, Any]:
    """What a page says around the rows: those of a long list take seconds to load."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts - 'items' FROM roster_rosterimport WHERE id = %s", [roster_import.pk]
        )
        facts: dict[str, Any] = json.loads(cursor.fetchone()[0])
        return facts


def items_from(roster_import: RosterImport, action: str, first: int) -> list[Mapping[str, Any]]:
    """A page of rows and the first of the next."""
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [roster_import.pk, first, action, PAGE + 1])
        return [json.loads(item) for (item,) in cursor.fetchall()]


def table(roster_import: RosterImport, action: str, first: int) -> Table:
    """The rows with that result (all, if empty) from row number `first` of the file on."""
    facts, kind = roster_import.facts, RosterKind(roster_import.kind)
    chosen = items_from(roster_import, action, first)
    columns = columns_of(facts, kind)
    problems: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for problem in facts["problems"]:
        problems[problem["row"]].append(problem)
    rows = [shown_row(item, columns, problems.get(item["row"], ())) for item in chosen[:PAGE]]
    return Table(columns, rows, chosen[PAGE]["row"] if len(chosen) > PAGE else None)


def columns_of(facts: Mapping[str, Any], kind: RosterKind) -> list[Column]:
    """Those that the file has, or that tell its rows apart; an old preview does not say which these are."""
    labels = {**LABELS, **{one.name: one.label for one in FIELDS[kind]}}
    return [
        Column(name, labels[name], facts["letters"].get(name, ""))
        for name in facts.get("shown", SHOWN[kind])
    ]


def shown_row(
    item: Mapping[str, Any], columns: Sequence[Column], problems: Sequence[Mapping[str, Any]]
) -> ShownRow:
    cells = [shown_cell(item, column) for column in columns]
    for problem in problems:
        own = next((cell for cell in cells if cell.address == problem["cell"]), None)
        place = own or cells[0]
        place.problems.append(problem["text"])
        place.address, place.is_own = problem["cell"], own is not None
    near, why = item.get("near", ()), item.get("why", "")
    is_hidden = item.get("hidden", False)
    return ShownRow(item["row"], Action(item["action"]), cells, near, why, is_hidden)


def shown_cell(item: Mapping[str, Any], column: Column) -> ShownCell:
    """What we understood; where that is nothing, what is written in the file."""
    value, changes = item["values"].get(column.name), item.get("changes", {})
    words = shown(column.name, value) or item.get("written", {}).get(column.name, "")
    before = shown(column.name, changes[column.name]) if column.name in changes else None
    return ShownCell(column, words, before, item.get("cells", {}).get(column.name, ""))


def shown(name: str, value: str | int | None) -> str:
    """A value as a person reads it."""
    if value is None:
        return ""
    if name in {"phone", "secretary_phone"}:
        return phone_shown(str(value))
    if name == "birth_date" and len(str(value)) == FULL_DATE:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    if name == "meeting_day":
        return f"{value} hằng tháng"
    return str(value)
