"""Each row of a list with its values as we keep them, and its problems at their cells."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from config.lib.spreadsheets.reading import Cell, address
from roster.sheets import dates, meeting_days, values
from roster.sheets.lines import Body, Line
from roster.sheets.vocabulary import PARTS, SHOWN
from roster.states import RosterKind

Value = str | int | None
NONE: Final[Mapping[str, str]] = {}
TOGETHER: Final = ("name_title_agency", "name_title")
PART_LABELS: Final = {"full_name": "họ và tên", "title": "chức vụ", "agency": "đơn vị công tác"}
PERSON: Final = ("full_name", "family_name", "given_name")

LONGEST: Final[Mapping[str, int]] = {
    "full_name": 120, "secretary_name": 120, "title": 200, "agency": 200, "name": 200, "branch": 200,
    "commune": 200, "place": 200, "note": 300, "group": 120, "branch_type": 60, "email": 200,
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """What is wrong, at its cell."""

    row: int
    cell: str
    text: str


@dataclass(slots=True)
class Row:
    """One row of a roster, understood as far as possible; a list holds thousands, so it is kept small.

    `columns` says where each value stands, `written` what stands there; `codes` are of the units it names;
    `is_hidden` says that the file does not show the row.
    """

    sheet: str
    row: int
    values: dict[str, Value]
    columns: Mapping[str, int]
    written: Mapping[str, str] = field(default_factory=lambda: NONE)
    problems: Sequence[Problem] = ()
    codes: Mapping[str, str] = field(default_factory=lambda: NONE)
    is_hidden: bool = False

    def text(self, name: str) -> str:
        value = self.values[name]
        return "" if value is None else str(value)

    @property
    def cells(self) -> dict[str, str]:
        """The address of each value: `G10`."""
        return {name: self.cell(name) for name in self.columns}

    def cell(self, name: str) -> str:
        return address(self.row - 1, self.columns.get(name, 0))

    def complain(self, name: str, sentence: str) -> None:
        self.problems = [*self.problems, Problem(self.row, self.cell(name), sentence)]


class Reader:
    """Fills a row from a line; what cannot be understood becomes a problem at its cell."""

    __slots__ = ("line", "row")

    def __init__(self, sheet: str, line: Line, kind: RosterKind) -> None:
        self.line = line
        self.row = Row(sheet, line.row, dict.fromkeys(SHOWN[kind]), line.columns)

    def take(self, name: str, parse: Callable[[Cell], Value], raw: Cell, *, at: str = "") -> None:
        """Put `parse(raw)` under `name`; `at` names the field whose cell it came from, if another one."""
        row = self.row
        if at in row.columns and at != name:
            row.columns = {**row.columns, name: row.columns[at]}
        try:
            row.values[name] = short_enough(parse(raw), LONGEST.get(name))
        except ValueError as problem:
            row.complain(name, str(problem))

    def take_texts(self, *names: str) -> None:
        for name in filter(self.line.has, names):
            self.take(name, values.text, self.line.words(name))

    def take_person(self) -> None:
        """A full name, which many lists write in two columns: "Nguyễn Văn" and "An", or together with the office."""
        at = next((name for name in PERSON if self.line.has(name)), "")
        if not at and (whole := next(filter(self.line.has, TOGETHER), None)):
            self.take_apart(whole)
            return
        parts = [words for name in PERSON if (words := self.line.words(name))]
        self.take("full_name", values.name, " ".join(parts), at=at)
        self.require("full_name", "Thiếu họ và tên.")

    def take_apart(self, whole: str) -> None:
        """A person and the office out of one cell, which has all of it or is a problem."""
        row, names = self.row, PARTS[whole]
        row.columns = {**dict.fromkeys(names, row.columns[whole]), **row.columns}
        raw = self.line.cell(whole)
        if raw is None:
            row.complain(whole, "Thiếu họ và tên.")
            return
        try:
            texts = values.parts_of(raw, [PART_LABELS[name] for name in names])
        except ValueError as problem:
            row.complain(whole, str(problem))
            return
        self.take("full_name", values.name, texts[0], at=whole)
        if "agency" in row.values:
            for name, text in zip(names[1:], texts[1:], strict=True):
                self.take(name, values.text, text, at=whole)
        else:
            self.take("title", values.text, ", ".join(texts[1:]), at=whole)
        self.require("full_name", "Thiếu họ và tên.")

    def take_codes(self, *names: str) -> None:
        for name in names:
            if code := re.sub(r"\s", "", self.line.words(name) or ""):
                self.row.codes = {**self.row.codes, name: code}

    def keep_written(self) -> None:
        names = self.line.layout.places
        written = {name: words for name in names if (words := self.line.words(name))}
        wholes = {PARTS[name][0]: words for name, words in written.items() if name in PARTS}
        self.row.written = {**wholes, **written}

    def require(self, name: str, sentence: str) -> None:
        if self.row.values[name] is None:
            cell = self.row.cell(name)
            if not any(problem.cell == cell for problem in self.row.problems):
                self.row.complain(name, sentence)


def short_enough(value: Value, longest: int | None) -> Value:
    if longest and isinstance(value, str) and len(value) > longest:
        raise ValueError(f"Ô này dài {len(value)} ký tự, nhiều nhất {longest}.")
    return value


def read_rows(body: Body, on: date) -> Iterator[Row]:
    understand = {
        RosterKind.BRANCHES: understand_branch,
        RosterKind.OFFICIALS: understand_official,
        RosterKind.ASSIGNMENTS: understand_assignment,
    }[body.header.kind]
    for line in body.lines():
        reader = Reader(body.sheet.name, line, body.header.kind)
        understand(reader, on)
        reader.row.is_hidden = line.row - 1 in body.sheet.hidden
        if reader.row.problems:
            reader.keep_written()
        yield reader.row


def understand_branch(reader: Reader, _on: date) -> None:
    line = reader.line
    reader.take("name", values.branch, line.words("name"))
    reader.require("name", "Thiếu tên chi bộ.")
    reader.take_codes("branch_code", "commune_code")
    reader.take("commune", values.commune, commune_of(line))
    reader.take("member_count", values.count, line.cell("member_count"))
    reader.take("secretary_name", values.name, line.words("secretary_name"))
    reader.take("secretary_phone", values.phone, line.cell("secretary_phone"))
    reader.take_texts("branch_type", "place")
    reader.take("note", values.note, line.words("note"))
    take_meeting(reader)


def commune_of(line: Line) -> str | None:
    """The commune from its column, else from the heading that names one ("I. Xã Quang Thiện")."""
    return line.words("commune") if line.has("commune") else line.place


def take_meeting(reader: Reader) -> None:
    day, hour = reader.line.cell("meeting_day"), reader.line.cell("meeting_time")
    shown = reader.row.columns
    day_at = shown.get("meeting_day", shown.get("meeting_time", shown.get("name", 0)))
    reader.row.columns = {"meeting_time": day_at, **shown, "meeting_day": day_at}
    reader.take("meeting_time", lambda raw: meeting_days.hour_of(raw, hour), day)
    named = hour if isinstance(hour, str) and not dates.is_only_hour(hour) else None
    reader.take("meeting_day", meeting_days.meeting_day, named if day is None else day)


def understand_official(reader: Reader, on: date) -> None:
    line = reader.line
    reader.take_person()
    reader.take("birth_date", lambda raw: dates.birth(raw, on), line.cell("birth_date"))
    reader.take("phone", values.phone, line.cell("phone"))
    reader.take("email", values.email, line.cell("email"))
    reader.take_texts("title", "agency")
    reader.take("note", values.note, line.words("note"))
    if both := line.words("title_and_agency"):
        title, agency = values.title_and_agency(both)
        reader.take("title", values.text, title, at="title_and_agency")
        reader.take(
            "agency", values.text, reader.row.values["agency"] or agency, at="title_and_agency"
        )
    reader.row.values["group"] = short_enough(line.group, None)


def understand_assignment(reader: Reader, _on: date) -> None:
    line = reader.line
    reader.take_person()
    reader.take_texts("title")
    reader.take_codes("commune_code")
    branch, commune = line.words("branch"), line.words("commune")
    if branch and commune is None:
        branch, commune = values.branch_and_commune(branch)
    reader.take("branch", values.branch, branch)
    reader.take(
        "commune",
        values.commune,
        commune or line.words("committee"),
        at="" if commune else "committee",
    )
    if branch is None and line.has("branch") and not line.words("committee"):
        reader.require("branch", "Thiếu chi bộ mà đồng chí này dự sinh hoạt.")
