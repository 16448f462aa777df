"""The title block above a list: who issued it, of which day it is, with which decision."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.lib.spreadsheets.reading import Cell
from config.lib.text import fold, nfc
from roster.sheets import dates

MOTTO: Final = "dang cong san viet nam"
TITLE: Final = re.compile(r"^(danh sach|bieu|bang|phu luc|thong ke|tong hop|lich)\b")
DECISION: Final = re.compile(
    r"(?P<kind>Quyết định|Công văn|Kế hoạch|Thông báo|Kết luận)\s+số\s*:?\s*(?P<number>\d+[\w]*\s*[-/–]\s*[\w/\-–]*\w)"
    r"(?:,?\s*ngày\s+(?P<day>\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}))?"
    r"(?:\s*,?\s*của\s+(?P<issuer>[^()]+))?",
    re.IGNORECASE,
)
AS_OF: Final = re.compile(r"tinh den|den ngay|co mat den")
CONGRESS_TERM: Final = re.compile(r"nhiem ky (\d{4}) ?[-–] ?(\d{4})")


@dataclass(frozen=True)
class TitledDecision:
    """A decision that the title names: "(Kèm theo Quyết định số 512-QĐ/HU, ngày 15/12/2021 của …)"."""

    kind: str
    number: str
    signed_on: date | None
    issuer: str

    def __str__(self) -> str:
        day = f", ngày {self.signed_on:%d/%m/%Y}" if self.signed_on else ""
        return f"{self.kind} số {self.number}{day}"


@dataclass(frozen=True)
class Title:
    """What stands above the header."""

    issuers: Sequence[str] = ()
    subject: str = ""
    day: date | None = None
    decision: TitledDecision | None = None
    words: str = ""


def read_title(rows: Sequence[Sequence[Cell]]) -> Title:
    """`rows` are those above the header."""
    lines = [[nfc(cell) for cell in row if isinstance(cell, str) and nfc(cell)] for row in rows]
    heads = [
        index for index, line in enumerate(lines) if any(TITLE.match(fold(text)) for text in line)
    ]
    top = lines[: heads[0]] if heads else lines
    words = " ".join(text for line in lines for text in line)
    decision = titled_decision(words)
    return Title(
        issuers=[text for line in top for text in line[:1] if is_body(text)],
        subject=next((text for line in lines for text in line if TITLE.match(fold(text))), ""),
        day=own_day([text for line in lines for text in line], decision),
        decision=decision,
        words=fold(words),
    )


def is_body(text: str) -> bool:
    folded = fold(text)
    return len(folded) > 1 and folded != MOTTO and not re.match(r"so\b|ngay\b|.*\bngay \d", folded)


def titled_decision(words: str) -> TitledDecision | None:
    match = DECISION.search(words)
    if not match:
        return None
    days = dates.days_in(match["day"] or "")
    return TitledDecision(
        kind=match["kind"].capitalize(),
        number=re.sub(r"\s+", "", match["number"]),
        signed_on=days[0] if days else None,
        issuer=(match["issuer"] or "").strip(" .,;"),
    )


def own_day(texts: Sequence[str], decision: TitledDecision | None) -> date | None:
    """The day of which the list is: as it says itself, else its decision's, else the first day of its year or term.

    A list "Nhiệm kỳ 2020 - 2025" is dated to the end of its first year, when the committee had been elected.
    """
    for text in texts:
        if AS_OF.search(fold(text)) and (days := dates.days_in(text)):
            return days[0]
    if decision and decision.signed_on:
        return decision.signed_on
    words = fold(" ".join(texts))
    if days := dates.days_in(words):
        return days[0]
    return month_of_list(words) or year_of_list(words)


def month_of_list(words: str) -> date | None:
    match = re.search(r"thang (\d{1,2})\s*(?:/|nam )\s*(\d{4})", words)
    return dates.calendar_day(1, int(match[1]), int(match[2])) if match else None


def year_of_list(words: str) -> date | None:
    if term := CONGRESS_TERM.search(words):
        return date(int(term[1]), 12, 31)
    if year := re.search(r"\bnam (\d{4})\b", words):
        return date(int(year[1]), 1, 1)
    return None
