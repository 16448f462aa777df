"""Reading a list of changes: old_code, new_code, change (new_name and parent_code where a unit is established)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from config.lib.errors import Refused
from config.lib.spreadsheets.reading import Cell, read_sheets
from config.lib.text import fold
from roster.states import OperationKind

# Folded captions, as our own lists and as offices write them.
CAPTIONS: Final = {
    "old_code": "old_code",
    "ma don vi cu": "old_code",
    "ma cu": "old_code",
    "new_code": "new_code",
    "ma don vi moi": "new_code",
    "ma moi": "new_code",
    "change": "change",
    "viec": "change",
    "hinh thuc": "change",
    "new_name": "new_name",
    "ten don vi moi": "new_name",
    "ten moi": "new_name",
    "parent_code": "parent_code",
    "ma cap tren": "parent_code",
    "branch_code": "branch_code",
    "ma chi bo": "branch_code",
}
KINDS: Final = {
    "merged": OperationKind.MERGE,
    "divided": OperationKind.SPLIT,
    "divided_main": OperationKind.SPLIT_MAIN,
    "renamed_or_kept": OperationKind.RENAME,
    "renamed": OperationKind.RENAME,
    "established": OperationKind.ESTABLISH,
    "dissolved": OperationKind.DISSOLVE,
    "moved": OperationKind.MOVE,
    **{fold(kind.label): kind for kind in OperationKind},
    "sap nhap": OperationKind.MERGE,
    "chia": OperationKind.SPLIT,
    "doi ten": OperationKind.RENAME,
}
HEADER_ROWS: Final = 30


@dataclass(frozen=True)
class Change:
    kind: OperationKind
    old_code: str
    new_code: str
    new_name: str = ""
    parent_code: str = ""


def rows_of(content: bytes, *needed: str) -> list[tuple[int, dict[str, str]]]:
    """Each row below the header with its number, of the first sheet that has these columns (Excel, CSV)."""
    sheets = read_sheets(content)
    for sheet in sheets:
        for number, cells in enumerate(sheet.rows[:HEADER_ROWS], start=1):
            names = [CAPTIONS.get(fold(text_of(cell)), "") for cell in cells]
            if set(needed) <= set(names):
                return list(under(names, sheet.rows[number:], number + 1))
    raise Refused(f"Không thấy dòng tiêu đề có các cột {', '.join(needed)}.")


def under(
    names: Sequence[str], rows: Iterable[Sequence[Cell]], first: int
) -> Iterable[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(rows, start=first):
        row = {name: text_of(cell) for name, cell in zip(names, cells, strict=False) if name}
        if any(row.values()):
            yield number, row


def text_of(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()


def read_changes(content: bytes) -> list[Change]:
    return list(changes_in(rows_of(content, "old_code", "new_code", "change")))


def changes_in(rows: Iterable[tuple[int, dict[str, str]]]) -> Iterable[Change]:
    for number, row in rows:
        kind = KINDS.get(row["change"]) or KINDS.get(fold(row["change"]))
        if kind is None:
            raise Refused(f"Dòng {number}: không hiểu việc “{row['change']}”.")
        yield Change(
            kind,
            row["old_code"],
            row["new_code"],
            row.get("new_name", ""),
            row.get("parent_code", ""),
        )


def read_mapping(content: bytes) -> dict[str, str]:
    """branch_code → new_code."""
    rows = rows_of(content, "branch_code", "new_code")
    return {row["branch_code"]: row["new_code"] for _, row in rows if row["branch_code"]}
