"""Sub-criteria as data: what one may choose, what was chosen, what it adds up to. Nothing is asked of the database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from reports.states import ScoredBy

Part = Mapping[str, Any]
Chosen = Mapping[str, str]
# ticked by who has no scripts and wants to give one number after all: a radio cannot be unchosen
WHOLE: Final = "whole"


@dataclass(frozen=True)
class Group:
    """Parts under one heading: criterion 4 of HD 42 has two."""

    name: str
    most: Decimal
    parts: list[Part]


def name_of(who: str, number: int, part: str = "") -> str:
    """The name of the field of a criterion, or of one of its parts."""
    return "-".join(filter(None, ("score", ScoredBy(who).value, str(number), part)))


def chosen_in(typed: Mapping[str, Any], name: str, parts: Sequence[Part]) -> dict[str, str]:
    """What was chosen, by part, among the fields of a POST or of a draft."""
    if not parts or typed.get(f"{name}-{WHOLE}"):
        return {}
    given = ((part["key"], typed.get(f"{name}-{part['key']}")) for part in parts)
    return {key: value for key, value in given if value and isinstance(value, str)}


def choice_of(part: Part, chosen: Chosen) -> Mapping[str, Any] | None:
    key = chosen.get(part["key"])
    return next((choice for choice in part["choices"] if choice["key"] == key), None)


def points_of(parts: Sequence[Part], chosen: Chosen) -> Decimal:
    found = (choice_of(part, chosen) for part in parts)
    return sum((Decimal(str(choice["points"])) for choice in found if choice), start=Decimal())


def most_of(parts: Sequence[Part]) -> Decimal:
    """The sum of the highest choices."""
    highest = (max(Decimal(str(choice["points"])) for choice in part["choices"]) for part in parts)
    return sum(highest, start=Decimal())


def groups(parts: Sequence[Part]) -> list[Group]:
    """In order; parts without a heading stand in a group without a name."""
    found = groupby(parts, key=lambda part: part.get("group", ""))
    rows = [(name, list(members)) for name, members in found]
    return [Group(name, most_of(members), members) for name, members in rows]


def why_not_chosen(parts: Sequence[Part], chosen: Chosen) -> str | None:
    """Every part or none, and only what the frame offers."""
    for part in parts:
        if part["key"] in chosen and choice_of(part, chosen) is None:
            return f"Lựa chọn ở ý “{part['label']}” không có trong khung. Chọn lại."
    missing = [part["label"] for part in parts if part["key"] not in chosen]
    if missing:
        done = len(parts) - len(missing)
        return (
            f"Mới chọn {done}/{len(parts)} ý, còn “{missing[0]}”. "
            "Chọn nốt, hoặc bỏ chọn các ý để chấm bằng một số điểm."
        )
    return None


def in_words(parts: Sequence[Part], chosen: Chosen) -> Iterator[tuple[Part, Mapping[str, Any]]]:
    """(part, choice) in the frame's order."""
    for part in parts:
        if choice := choice_of(part, chosen):
            yield part, choice
