"""How numbers, days and places are written in a Party document."""

import re
from datetime import date

from config.lib.documents.party import Letterhead, PartyDocument
from config.lib.documents.rules import FormRules

NBSP = "\u00a0"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def printable(text: str) -> str:
    """The text on one line, without the control characters that no renderer takes."""
    return re.sub(r"\s*[\t\n]\s*", " ", UNPRINTABLE.sub("", text)).strip()


def number_form(number: int) -> str:
    return f"{number:02d}"


def symbol_line(letterhead: Letterhead) -> str:
    """`Số 05-BC/BTCTU`; a draft leaves room for the number."""
    number = number_form(letterhead.number) if letterhead.number is not None else NBSP * 8
    return f"Số {number}-{letterhead.symbol}"


def day_in_words(day: date, rules: FormRules) -> str:
    """`ngày 05 tháng 12 năm 2026`: days below 10 are padded, of the months only January and February."""
    month = f"{day.month:02d}" if day.month in rules.months_padded else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(letterhead: Letterhead, rules: FormRules) -> str:
    """`Ninh Bình, ngày 05 tháng 12 năm 2026`; a draft leaves room for the day."""
    if letterhead.dated:
        return f"{letterhead.place}, {day_in_words(letterhead.dated, rules)}"
    drafted = letterhead.drafted
    rest = (
        day_in_words(drafted, rules).partition(" tháng ")[2]
        if drafted
        else f"{NBSP * 6} năm {NBSP * 8}"
    )
    return f"{letterhead.place}, ngày {NBSP * 6} tháng {rest}"


def attached_to(document: PartyDocument, rules: FormRules) -> str:
    """`(Kèm theo Báo cáo số 05-BC/BTCTU, ngày 05 tháng 12 năm 2026 của …)`, the line under an annex's title."""
    letterhead = document.letterhead
    kind = (document.kind or "CÔNG VĂN").capitalize()
    number = symbol_line(letterhead).replace("Số ", "số ", 1)
    day = place_and_date(letterhead, rules).partition(", ")[2]
    return f"(Kèm theo {kind} {number}, {day} của {document.issuer_name})"


def recipient_lines(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """`- Thường trực Tỉnh ủy;` … `- Lưu Văn phòng.`"""
    last = len(recipients) - 1
    return tuple(
        f"- {printable(text).rstrip(' .;')}{'.' if index == last else ';'}"
        for index, text in enumerate(recipients)
    )
