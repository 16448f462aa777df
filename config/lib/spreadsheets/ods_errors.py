"""Error cells of an OpenDocument sheet (.ods): formulas that show an error."""

import re
import zipfile
from collections.abc import Mapping
from itertools import islice
from typing import Any, Final
from xml.parsers import expat

from config.lib.spreadsheets.error_words import ERROR, Place
from config.lib.spreadsheets.limits import chunks

CELLS: Final = frozenset({"table:table-cell", "table:covered-table-cell"})
MAYBE: Final = re.compile(rb">\s*(?:#[A-Z]|Err:\d)")


class ErrorCells:
    """Goes along the sheets, where repeated rows and cells are written once with a number."""

    def __init__(self, most: int) -> None:
        self.found: dict[str, dict[Place, str]] = {}
        self.left = most
        self.sheet, self.row, self.rows, self.column, self.columns = "", 0, 1, 0, 1
        self.is_formula, self.words = False, ""

    def start(self, name: str, attributes: Mapping[str, Any]) -> None:
        if name == "table:table":
            self.sheet, self.row, self.rows = attributes.get("table:name", ""), 0, 0
        elif name == "table:table-row":
            self.row, self.column = self.row + self.rows, 0
            self.rows = int(attributes.get("table:number-rows-repeated", 1))
        elif name in CELLS:
            self.columns = int(attributes.get("table:number-columns-repeated", 1))
            self.is_formula, self.words = "table:formula" in attributes, ""

    def text(self, words: str) -> None:
        if self.is_formula:
            self.words += words

    def end(self, name: str) -> None:
        if name not in CELLS:
            return
        if self.is_formula and ERROR.fullmatch(self.words.strip()):
            self.note()
        self.column, self.is_formula = self.column + self.columns, False

    def note(self) -> None:
        across = range(self.column, self.column + self.columns)
        down = range(self.row, self.row + self.rows)
        places = [*islice(((row, column) for row in down for column in across), self.left)]
        self.left -= len(places)
        self.found.setdefault(self.sheet, {}).update(dict.fromkeys(places, self.words.strip()))


def errors_by_name(archive: zipfile.ZipFile, most: int) -> Mapping[str, Mapping[Place, str]]:
    """Sheet → (row, column) from 0 → the error; `most` of them."""
    if not any(MAYBE.search(chunk) for chunk in chunks(archive, "content.xml")):
        return {}
    cells, parser = ErrorCells(most), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = cells.start, cells.end
    parser.CharacterDataHandler = cells.text
    with archive.open("content.xml") as member:
        parser.ParseFile(member)
    return cells.found
