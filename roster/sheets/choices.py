"""What a person chose instead of our guess: the sheet, the header, the columns, single cells, who is meant."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from config.lib.spreadsheets.reading import Cell, Sheet, address
from config.lib.text import fold

ADDRESS: Final = re.compile(r"[A-Z]{1,3}[1-9]\d{0,5}")
LONGEST_CORRECTION: Final = 300
MOST_CORRECTIONS: Final = 5_000


@dataclass(frozen=True)
class Choices:
    """`columns` maps a column (from 0) to the field it holds, "" for one to leave alone; `cells` an
    address to what should stand there; `people` a row's number to the record that is meant, `agencies`
    a folded name to the agency that is. `header` is the number of the row that holds the captions, 0
    where it was found by what they mean.
    """

    sheet: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)
    header: int = 0
    agencies: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what `kept` made: JSON knows no numbers as names."""
        return cls(
            sheet=kept.get("sheet", ""),
            columns={int(column): name for column, name in kept.get("columns", {}).items()},
            cells=dict(kept.get("cells", {})),
            people={int(row): pk for row, pk in kept.get("people", {}).items()},
            header=kept.get("header", 0),
            agencies=dict(kept.get("agencies", {})),
        )

    def kept(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "columns": {str(column): name for column, name in self.columns.items()},
            "cells": dict(self.cells),
            "people": {str(row): pk for row, pk in self.people.items()},
            "header": self.header,
            "agencies": dict(self.agencies),
        }

    def corrected(
        self, cells: Mapping[str, str], people: Mapping[int, int], agencies: Mapping[str, int]
    ) -> Self:
        return replace(
            self,
            cells={**self.cells, **cells},
            people={**self.people, **people},
            agencies={**self.agencies, **agencies},
        )


NONE: Final = Choices()


def with_corrections(sheet: Sheet, cells: Mapping[str, str]) -> Sheet:
    """The sheet as if the person had corrected it in Excel."""
    if not cells:
        return sheet
    rows: list[Sequence[Cell]] = list(sheet.rows)
    for at, text in cells.items():
        letters, number = re.sub(r"\d", "", at), int(re.sub(r"\D", "", at))
        column = next((one for one in range(256) if address(0, one) == f"{letters}1"), None)
        if column is None or number > len(rows):
            continue
        row = list(rows[number - 1])
        row.extend([None] * (column + 1 - len(row)))
        row[column] = text or None
        rows[number - 1] = row
    return replace(sheet, rows=rows)


def remembered_columns(captions: Mapping[int, str], memory: Mapping[str, str]) -> dict[int, str]:
    """The columns whose captions this sender's earlier lists gave another meaning than we would."""
    return {
        column: memory[fold(caption)]
        for column, caption in captions.items()
        if fold(caption) in memory
    }
