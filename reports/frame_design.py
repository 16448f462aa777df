"""A scoring frame as data while it is drafted. Nothing is saved here.

`{"code", "name", "source", "bands": [[least points, name]], "criteria": [{"key", "title", "hint", "max_points", "fields"}]}`:
criteria and their parts (`fields`) have the shape of a report form's sections and questions, so that form_design.py
finds, puts, moves, removes and compares them. A criterion with parts has the sum of their highest choices.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from reports import form_design
from reports.models import Band, Criterion, ScoringFrame
from reports.parts import most_of

Definition = Mapping[str, Any]
WHOLE_POINTS: Final = 100  # the bands are points of a hundred
ABOUT: Final = ("code", "name", "source", "bands")


def definition_of(frame: ScoringFrame) -> dict[str, Any]:
    return {
        "code": frame.code,
        "name": frame.name,
        "source": frame.source,
        "bands": [[band.min_points, band.name] for band in frame.bands.all()],
        "criteria": [
            {
                "key": f"c{one.number}",
                "title": one.name,
                "hint": one.hint,
                "max_points": one.max_points,
                "fields": one.parts,
            }
            for one in frame.criteria.all()
        ],
    }


def with_criteria(change: Callable[[form_design.Definition], Any]) -> Callable[[Definition], Any]:
    """A change of the criteria as a change of the whole definition."""
    return lambda definition: {**definition, "criteria": change(definition["criteria"])}


def points_of(criterion: Mapping[str, Any]) -> Decimal:
    parts = criterion["fields"]
    return most_of(parts) if parts else Decimal(criterion["max_points"] or 0)


def total(definition: Definition) -> Decimal:
    return sum(map(points_of, definition["criteria"]), start=Decimal())


def criteria_of(definition: Definition) -> list[Criterion]:
    """Not saved: to be shown, or given a frame."""
    return [
        Criterion(
            number=number,
            name=one["title"],
            hint=one["hint"],
            max_points=int(points_of(one)),
            parts=one["fields"],
        )
        for number, one in enumerate(definition["criteria"], 1)
    ]


def bands_of(definition: Definition) -> list[Band]:
    return [Band(min_points=least, name=name) for least, name in definition["bands"]]


def problems(definition: Definition) -> Iterator[str]:
    """What must be mended before anybody scores by it."""
    for criterion in definition["criteria"]:
        points = points_of(criterion)
        if not points or points % 1:
            yield f"Tiêu chí “{criterion['title']}” có {points:f} điểm; cần một số nguyên từ 1."
    if (sum_of := total(definition)) != WHOLE_POINTS:
        yield f"Các tiêu chí cộng lại {sum_of:f} điểm; cần đúng {WHOLE_POINTS}."


def changes(old: Definition, new: Definition) -> Iterator[tuple[str, str]]:
    names = {"code": "ký hiệu", "name": "tên", "source": "nguồn", "bands": "xếp loại"}
    for key in ABOUT:
        if old[key] != new[key]:
            yield "Sửa", names[key]
    yield from form_design.changes(old["criteria"], new["criteria"])
