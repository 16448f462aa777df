"""Reading a list of changes: old_code, new_code, change (new_name and parent_code where a unit is established)."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from config.lib.errors import Refused
from roster.states import OperationKind

KINDS: Final = {
    "merged": OperationKind.MERGE,
    "divided": OperationKind.SPLIT,
    "divided_main": OperationKind.SPLIT_MAIN,
    "renamed_or_kept": OperationKind.RENAME,
    "renamed": OperationKind.RENAME,
    "established": OperationKind.ESTABLISH,
    "dissolved": OperationKind.DISSOLVE,
    "moved": OperationKind.MOVE,
}


@dataclass(frozen=True)
class Change:
    kind: OperationKind
    old_code: str
    new_code: str
    new_name: str = ""
    parent_code: str = ""


def rows_of(content: bytes, *needed: str) -> list[dict[str, str]]:
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
        rows = [
            {name: (value or "").strip() for name, value in row.items() if name} for row in reader
        ]
    except (UnicodeDecodeError, csv.Error, AttributeError) as error:
        raise Refused("Không đọc được tệp: cần CSV mã hóa UTF-8.") from error
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise Refused(f"Tệp thiếu cột {', '.join(missing)}.")
    return rows


def read_changes(content: bytes) -> list[Change]:
    return list(changes_in(rows_of(content, "old_code", "new_code", "change")))


def changes_in(rows: Iterable[dict[str, str]]) -> Iterable[Change]:
    for number, row in enumerate(rows, start=2):
        if row["change"] not in KINDS:
            raise Refused(f"Dòng {number}: không hiểu việc “{row['change']}”.")
        yield Change(
            KINDS[row["change"]],
            row["old_code"],
            row["new_code"],
            row.get("new_name", ""),
            row.get("parent_code", ""),
        )


def read_mapping(content: bytes) -> dict[str, str]:
    """branch_code → new_code."""
    rows = rows_of(content, "branch_code", "new_code")
    return {row["branch_code"]: row["new_code"] for row in rows if row["branch_code"]}
