"""The file of an import with its problems marked, for whoever corrects lists in Excel."""

from collections import defaultdict
from pathlib import PurePath
from typing import Final

from config.lib.errors import refuse_if
from config.lib.spreadsheets.marking import marked_workbook
from config.lib.spreadsheets.reading import read_sheets
from roster.models import RosterImport

MOST_ROWS: Final = 20_000


def why_not_mark(roster_import: RosterImport) -> str | None:
    """A styled file is held in memory whole, so very long lists are corrected in their own file."""
    if not roster_import.facts["problems"]:
        return "Danh sách này không có chỗ nào cần sửa."
    if roster_import.facts["rows"] > MOST_ROWS:
        return (
            "Danh sách dài quá 20.000 dòng: sửa trong tệp của đồng chí theo các ô nêu ở trang này."
        )
    return None


def marked_file(roster_import: RosterImport) -> bytes:
    """XLSX of the sheet that was read, each problem a comment at its cell."""
    refuse_if(why_not_mark(roster_import))
    with roster_import.file.content.open("rb") as file:
        sheets = {sheet.name: sheet for sheet in read_sheets(file.read())}
    texts: dict[str, list[str]] = defaultdict(list)
    for problem in roster_import.facts["problems"]:
        texts[problem["cell"]].append(problem["text"])
    marks = {cell: "\n".join(said) for cell, said in texts.items()}
    return marked_workbook(sheets[roster_import.facts["sheet"]], marks)


def marked_name(roster_import: RosterImport) -> str:
    return f"{PurePath(roster_import.file.name).stem} - chỗ cần sửa.xlsx"
