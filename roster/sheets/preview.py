"""What a roster would change: the preview that a person confirms (DESIGN.md §3)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Final, Generic, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, TextChoices

from config.lib.spreadsheets.reading import column_letters
from roster.models import Unit
from roster.sheets.rosters import Roster
from roster.sheets.rows import Problem, Row, Value
from roster.sheets.titles import TitledDecision
from roster.sheets.vocabulary import FIELDS, PARTS, SHOWN
from roster.states import RosterKind

M = TypeVar("M", bound=Model)
SLICE: Final = 200  # items that are written at once
UNCHANGED: Final[Mapping[str, Value]] = {}


class Action(TextChoices):
    NEW = "new", "Mới"
    CHANGED = "changed", "Thay đổi"
    SAME = "same", "Giữ nguyên"
    PROBLEM = "problem", "Có vấn đề"


@dataclass(frozen=True)
class Near:
    """A record that a row may mean, offered with a reason: a person decides."""

    pk: int
    label: str
    reason: str


@dataclass(slots=True)
class Item(Generic[M]):
    """One row beside what we know: `target` is the row it would change, `changes` what was there before.

    `created` is the row that writing a new item made, where it is needed; `near` are records it may mean,
    `why` says by what it was matched when not by its plain name.
    """

    row: Row
    target: M | None = None
    created: M | None = None
    changes: Mapping[str, Value] = field(default_factory=lambda: UNCHANGED)
    near: Sequence[Near] = ()
    why: str = ""

    @property
    def action(self) -> Action:
        if self.row.problems:
            return Action.PROBLEM
        if self.target is None:
            return Action.NEW
        return Action.CHANGED if self.changes else Action.SAME

    @property
    def kept(self) -> M | None:
        """The row that stands for the item once the list is written."""
        return self.target or self.created

    def compare(self, name: str, before: Value, *, same: bool | None = None) -> None:
        """Note a change of `name`; what the list leaves blank is kept as it is."""
        now = self.row.values[name]
        differs = before != now if same is None else not same
        if now is not None and differs:
            self.changes = {**self.changes, name: before}

    def facts(self) -> dict[str, Any]:
        """As the interface has it (DESIGN.md §3)."""
        return {
            "sheet": self.row.sheet,
            "row": self.row.row,
            "action": self.action.value,
            "values": self.row.values,
        }

    def details(self) -> dict[str, Any]:
        """The facts, and what a page shows beside them."""
        found: dict[str, Any] = self.facts()
        if self.row.problems:
            found |= {"cells": self.row.cells, "written": self.row.written}
        elif self.changes:
            found |= {"changes": self.changes}
        if self.near and self.action is Action.NEW:
            found["near"] = [asdict(one) for one in self.near]
        if self.row.is_hidden:
            found["hidden"] = True
        return found | ({"why": self.why} if self.why else {})


@dataclass(frozen=True)
class ListOptions:
    """What a person may say about a list instead of its title."""

    unit: Unit | None = None
    unit_code: str = ""
    on: date | None = None
    decision: str = ""
    header: int = 0


@dataclass
class Preview:
    """All rows of a list, what each would change, and what would be created beside."""

    roster: Roster
    owner: Unit
    on: date
    items: Sequence[Item[Any]]
    new_agencies: Sequence[str] = ()
    near_agencies: Sequence[Mapping[str, Any]] = ()
    decision: TitledDecision | None = None
    whole: list[Problem] = field(default_factory=list)

    @property
    def kind(self) -> RosterKind:
        return self.roster.kind

    @property
    def problems(self) -> list[Problem]:
        """Of the list as a whole, then row by row."""
        return [*self.whole, *(problem for item in self.items for problem in item.row.problems)]

    def chosen(self, action: Action) -> list[Item[Any]]:
        return [item for item in self.items if item.action == action]

    def counts(self) -> Mapping[Action, int]:
        return Counter(item.action for item in self.items)

    def facts(self, file: str) -> dict[str, Any]:
        """As JSON-able facts: the interface of DESIGN.md §3."""
        return {**self.summary(file), "items": [item.facts() for item in self.items]}

    def details(self, file: str) -> dict[str, Any]:
        """The facts, and what a page shows beside them."""
        return {**self.surroundings(file), "items": [item.details() for item in self.items]}

    def written_details(self, file: str) -> Iterator[str]:
        """The details as JSON in pieces, so that those of thousands of rows are never there all at once."""
        write = DjangoJSONEncoder(ensure_ascii=False).encode
        yield write(self.surroundings(file))[:-1]
        for first in range(0, len(self.items), SLICE):
            items = [item.details() for item in self.items[first : first + SLICE]]
            yield (", " if first else ', "items": [') + write(items)[1:-1]
        yield "]}" if self.items else ', "items": []}'

    def summary(self, file: str) -> dict[str, Any]:
        """The facts without the rows."""
        counts = self.counts()
        return {
            "kind": self.kind.value,
            "file": file,
            "sheet": self.roster.sheet,
            "refused": None,
            "rows": len(self.items),
            "new": counts.get(Action.NEW, 0),
            "changed": counts.get(Action.CHANGED, 0),
            "same": counts.get(Action.SAME, 0),
            "problems": [asdict(problem) for problem in self.problems],
        }

    def surroundings(self, file: str) -> dict[str, Any]:
        """The details without the rows."""
        header = self.roster.header
        return {
            **self.summary(file),
            "letters": self.letters(),
            "shown": self.shown(),
            "unknown_columns": [header.captions[column] for column in header.unknown],
            "new_agencies": list(self.new_agencies),
            "near_agencies": list(self.near_agencies),
            "whole": [problem.text for problem in self.whole],
            "decision": str(self.decision or ""),
            "conversion": self.roster.conversion,
            "hidden": self.roster.hidden,
            "sheets": list(self.roster.sheets),
            "columns": self.columns(),
            "header": header.first + 1,
            "corrected": len(self.roster.choices.cells),
            "around": [one.facts() for one in self.roster.around],
        }

    def letters(self) -> dict[str, str]:
        """Where each field stands in the file; the parts of a column that is taken apart stand in it."""
        own = {name: column_letters(one[0]) for name, one in self.roster.header.columns.items()}
        parts = {part: at for name, at in own.items() for part in PARTS.get(name, ())}
        return {**parts, **own}

    def shown(self) -> list[str]:
        """The fields that the file has, or that tell its rows apart."""
        letters, rows = self.letters(), [item.row.values for item in self.items]
        return [
            name
            for name in SHOWN[self.kind]
            if name in letters or any(values[name] != rows[0][name] for values in rows)
        ]

    def columns(self) -> list[dict[str, Any]]:
        """Each column with a caption: its letter, what it is taken for, and its first cells."""
        header = self.roster.header
        meaning = {column: name for name, columns in header.columns.items() for column in columns}
        labels = {one.name: one.label for one in FIELDS[RosterKind.OFFICIALS]}
        return [
            {
                "column": column,
                "letter": column_letters(column),
                "caption": caption,
                "field": meaning.get(column, ""),
                "top": list(self.roster.top.get(column, ())),
                "parts": [labels[part] for part in PARTS.get(meaning.get(column, ""), ())],
            }
            for column, caption in header.captions.items()
        ]


def refused(kind: str, file: str, sentence: str) -> dict[str, Any]:
    """The facts of a file that could not be read."""
    return {
        "kind": kind,
        "file": file,
        "sheet": None,
        "refused": sentence,
        "rows": 0,
        "new": 0,
        "changed": 0,
        "same": 0,
        "problems": [],
        "items": [],
    }


def complain_of_twins(items: Iterable[Item[Any]], key: Any, name: str) -> None:
    """A row that says the same as one above it names that row."""
    first: dict[Any, int] = {}
    for item in items:
        if (value := key(item)) is None:
            continue
        if value in first:
            item.row.complain(name, f"Trùng dòng {first[value]}.")
        first.setdefault(value, item.row.row)
