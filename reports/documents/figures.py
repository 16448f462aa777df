"""Figures as they are written in a report: 1.234 and 94,2 %, never a share above the whole."""

from decimal import Decimal
from typing import Final

NBSP: Final = "\N{NO-BREAK SPACE}"
DASH: Final = "–"


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def share(part: int, whole: int) -> float | None:
    """Percent with one decimal; nothing of nothing has no share. A part above its whole is an error of counting."""
    if part > whole:
        raise ValueError(f"{part} of {whole} is more than all")
    return float(round(Decimal(100 * part) / whole, 1)) if whole else None


def percent(part: int, whole: int) -> str:
    """`94,2 %`, `100 %`; a dash where there is no whole."""
    value = share(part, whole)
    if value is None:
        return DASH
    return f"{value:.1f}".removesuffix(".0").replace(".", ",") + f"{NBSP}%"


def day(iso: str) -> str:
    """`2026-11-23` → `23/11/2026`."""
    year, month, date = iso.split("-")
    return f"{date}/{month}/{year}"
