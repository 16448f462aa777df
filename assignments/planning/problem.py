"""What is to be planned: officials, branches, weights, and what each pair would cost.

Everything is an integer and stands in the order of the keys, so the same rows give the same plan
in whatever order they come.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from config.lib.errors import Refused

Numbers = NDArray[np.int64]
Pair = tuple[int, int]  # the keys of an official and of a branch

FORBIDDEN: Final = np.iinfo(np.int32).max
MOST_BRANCHES: Final = 4
EARTH_KM: Final = 6371.0
AT_ONCE: Final = 256  # branches whose costs are worked out together, to keep memory low


@dataclass(frozen=True)
class Place:
    """A point in degrees: the seat of an agency or a commune."""

    lat: float
    lon: float

    @cached_property
    def on_the_globe(self) -> tuple[float, float, float]:
        lat, lon = math.radians(self.lat), math.radians(self.lon)
        return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))

    def km(self, other: "Place") -> float:
        """Straight through the globe, as the costs count it."""
        axes = zip(self.on_the_globe, other.on_the_globe, strict=True)
        return math.sqrt(sum((here - there) ** 2 for here, there in axes)) * EARTH_KM


@dataclass(frozen=True)
class Traveller:
    """An official as the planner sees one; `barred`: the own branch, the own unit's branches, those held too long."""

    key: int
    capacity: int
    seat: Place
    seniority: int = 0
    is_absent: bool = False
    barred: frozenset[int] = frozenset()
    fields: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Stop:
    """A branch as the planner sees one: `slot` is its day of the month, one meeting a day for everybody.

    `holder` is in the running assignment; `attended` are those of the last years, one entry a term.
    """

    key: int
    slot: int
    seat: Place
    priority: int = 0
    holder: int | None = None
    attended: tuple[int, ...] = ()
    fields: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Weights:
    """Points for a kilometre, for each branch an official already has, for each step that seniority is below
    priority, for taking a branch from its holder, for each term somebody was there before, and for somebody
    whose field of work is none of those the branch asked for."""

    distance: int = 10
    load: int = 50
    seniority: int = 100
    keep: int = 200
    rotation: int = 100
    fields: int = 0


@dataclass(frozen=True)
class Problem:
    """A month to plan. Make it with `Problem.of`, which sorts and refuses what cannot be.

    `former` is an earlier plan of it: then as few of its pairs as possible are given up, whatever the cost.
    """

    officials: tuple[Traveller, ...]
    branches: tuple[Stop, ...]
    weights: Weights = field(default_factory=Weights)
    pins: frozenset[Pair] = frozenset()
    forbids: frozenset[Pair] = frozenset()
    former: frozenset[Pair] = frozenset()

    @classmethod
    def of(
        cls,
        officials: Iterable[Traveller],
        branches: Iterable[Stop],
        *,
        weights: Weights | None = None,
        pins: Collection[Pair] = (),
        forbids: Collection[Pair] = (),
        former: Collection[Pair] = (),
    ) -> Self:
        problem = cls(
            tuple(sorted(officials, key=lambda official: official.key)),
            tuple(sorted(branches, key=lambda branch: branch.key)),
            weights or Weights(),
            frozenset(pins),
            frozenset(forbids),
            frozenset(former),
        )
        problem._refuse_misshapen()
        problem._refuse_clashing_pins()
        return problem

    @cached_property
    def row(self) -> dict[int, int]:
        """Where a branch stands."""
        return {branch.key: place for place, branch in enumerate(self.branches)}

    @cached_property
    def column(self) -> dict[int, int]:
        """Where an official stands."""
        return {official.key: place for place, official in enumerate(self.officials)}

    @cached_property
    def capacities(self) -> Numbers:
        return np.array([0 if one.is_absent else one.capacity for one in self.officials], np.int64)

    @cached_property
    def slots(self) -> Numbers:
        """The place of each branch's day among the days that occur."""
        days = np.array([branch.slot for branch in self.branches], np.int64)
        return np.searchsorted(np.unique(days), days)

    @cached_property
    def slot_count(self) -> int:
        return int(self.slots.max(initial=-1)) + 1

    @cached_property
    def costs(self) -> NDArray[np.int32]:
        """Branches down, officials across; `FORBIDDEN` where somebody may not go. Load is not in it."""
        table = np.empty((len(self.branches), len(self.officials)), np.int32)
        for first in range(0, len(self.branches), AT_ONCE):
            rows = range(first, min(first + AT_ONCE, len(self.branches)))
            points = np.asarray(sum(self.terms(rows).values()))
            if points.max(initial=0) >= FORBIDDEN:
                raise Refused("Trọng số quá lớn để tính. Hãy giảm trọng số rồi lập lại.")
            table[rows.start : rows.stop] = points
        table[:, self.capacities == 0] = FORBIDDEN
        for official, branch in self._never():
            table[self.row[branch], self.column[official]] = FORBIDDEN
        for official, branch in self.pins:
            others = np.arange(len(self.officials)) != self.column[official]
            table[self.row[branch], others] = FORBIDDEN
        return table

    @cached_property
    def pinned(self) -> NDArray[np.bool_]:
        keys = {branch for _, branch in self.pins}
        return np.array([branch.key in keys for branch in self.branches], np.bool_)

    @cached_property
    def uncovered(self) -> int:
        """What a branch without anybody costs: more than twice what any rearrangement could save,
        so a sum of both can be told apart again."""
        return self.low_price * (len(self.branches) + 1)

    @cached_property
    def low_price(self) -> int:
        """A little more than two pairs cost, whoever goes."""
        dearest = int(self.costs.max(where=self.costs != FORBIDDEN, initial=0))
        return 2 * (dearest + MOST_BRANCHES * self.weights.load + 1)

    def may_go(self, official: int, branch: int) -> bool:
        return bool(self.costs[self.row[branch], self.column[official]] != FORBIDDEN)

    def cost(self, official: int, branch: int) -> dict[str, int]:
        """The named terms of one pair, whether or not it is allowed. Their sum is what the plan counts."""
        row, column = self.row[branch], self.column[official]
        terms = self.terms(range(row, row + 1))
        return {name: int(values[0, column]) for name, values in terms.items()}

    def terms(self, rows: range) -> dict[str, Numbers]:
        """The named terms of some branches × all officials."""
        terms = self._own_terms(rows)
        return terms | {"moved": self._moved(rows)} if self.former else terms

    def _own_terms(self, rows: range) -> dict[str, Numbers]:
        branches = self.branches[rows.start : rows.stop]
        return {
            "distance": self._distances(branches),
            "seniority": self._seniority(branches),
            "keep": self._keep(branches),
            "rotation": self._rotation(branches),
            "fields": self._fields(branches),
        }

    def _distances(self, branches: Sequence[Stop]) -> Numbers:
        """Straight through the globe: within a province the chord is the arc to a hand's breadth,
        and its arithmetic is exact to the last bit for one pair and for a million."""
        squares = np.zeros((len(branches), len(self.officials)))
        for axis in range(3):
            there = np.array([branch.seat.on_the_globe[axis] for branch in branches])
            squares += (there[:, None] - self._seats[axis][None, :]) ** 2
        kilometres = np.rint(np.sqrt(squares) * EARTH_KM).astype(np.int64)
        return kilometres * self.weights.distance

    @cached_property
    def _seats(self) -> NDArray[np.float64]:
        return np.array([one.seat.on_the_globe for one in self.officials]).reshape(-1, 3).T

    def _seniority(self, branches: Sequence[Stop]) -> Numbers:
        wanted = np.array([branch.priority for branch in branches], np.int64)
        found = np.array([official.seniority for official in self.officials], np.int64)
        short: Numbers = np.maximum(wanted[:, None] - found[None, :], 0)
        return short * self.weights.seniority

    def _keep(self, branches: Sequence[Stop]) -> Numbers:
        points = np.zeros((len(branches), len(self.officials)), np.int64)
        for row, branch in enumerate(branches):
            if branch.holder in self.column:
                points[row] = self.weights.keep
                points[row, self.column[branch.holder]] = 0
        return points

    def _rotation(self, branches: Sequence[Stop]) -> Numbers:
        points = np.zeros((len(branches), len(self.officials)), np.int64)
        for row, branch in enumerate(branches):
            for official in branch.attended:
                if official in self.column:
                    points[row, self.column[official]] += self.weights.rotation
        return points

    def _fields(self, branches: Sequence[Stop]) -> Numbers:
        points = np.zeros((len(branches), len(self.officials)), np.int64)
        for row, branch in enumerate(branches):
            if branch.fields:
                points[row] = self.weights.fields
                for field_ in branch.fields:
                    points[row, self._versed.get(field_, [])] = 0
        return points

    @cached_property
    def _versed(self) -> dict[int, list[int]]:
        """The places of those who work in each field."""
        found: dict[int, list[int]] = {}
        for place, official in enumerate(self.officials):
            for key in official.fields:
                found.setdefault(key, []).append(place)
        return found

    def _moved(self, rows: range) -> Numbers:
        """Points for each pair that is not of the former plan: one is more than all other terms of a plan
        together. As many branches are served in any case, so the fewest new pairs give up the fewest old ones.
        """
        points = np.full((len(rows), len(self.officials)), self._move, np.int64)
        for official, branch in self.former:
            if official in self.column and self.row.get(branch, -1) in rows:
                points[self.row[branch] - rows.start, self.column[official]] = 0
        return points

    @cached_property
    def _move(self) -> int:
        dearest = 0
        for first in range(0, len(self.branches), AT_ONCE):
            rows = range(first, min(first + AT_ONCE, len(self.branches)))
            points = np.asarray(sum(self._own_terms(rows).values()))
            dearest = max(dearest, int(points.max(initial=0)))
        return (dearest + MOST_BRANCHES * self.weights.load + 1) * (len(self.branches) + 1)

    def _never(self) -> set[Pair]:
        own = {(one.key, key) for one in self.officials for key in one.barred if key in self.row}
        return own | {(o, b) for o, b in self.forbids if o in self.column and b in self.row}

    def _refuse_misshapen(self) -> None:
        if len(self.row) < len(self.branches) or len(self.column) < len(self.officials):
            raise Refused(
                "Một đồng chí hoặc một chi bộ có hai dòng. Hãy xóa dòng trùng rồi lập lại."
            )
        if any(not 0 <= one.capacity <= MOST_BRANCHES for one in self.officials):
            raise Refused(f"Định mức phải từ 0 đến {MOST_BRANCHES} chi bộ. Hãy sửa rồi lập lại.")
        if min(vars(self.weights).values()) < 0:
            raise Refused("Trọng số không được âm. Hãy nhập số từ 0 trở lên.")

    def _refuse_clashing_pins(self) -> None:
        """Pins hold whatever they cost, so they must be able to hold together."""
        if any(o not in self.column or b not in self.row for o, b in self.pins):
            raise Refused("Có cặp ghim không còn trong danh sách. Hãy bỏ ghim rồi lập lại.")
        if len({branch for _, branch in self.pins}) < len(self.pins):
            raise Refused("Một chi bộ được ghim cho hai đồng chí. Hãy bỏ bớt một ghim.")
        if any(not self.may_go(*pair) for pair in self.pins):
            raise Refused(
                "Có cặp ghim không được phép (vắng, chi bộ của mình hoặc bị cấm). Hãy bỏ ghim."
            )
        days = {(o, int(self.slots[self.row[b]])) for o, b in self.pins}
        if len(days) < len(self.pins):
            raise Refused("Một đồng chí được ghim hai chi bộ cùng ngày. Hãy bỏ bớt một ghim.")
        each = np.bincount([self.column[o] for o, _ in self.pins], minlength=len(self.officials))
        if (each > self.capacities).any():
            raise Refused(
                "Một đồng chí được ghim quá định mức. Hãy nâng định mức hoặc bỏ bớt ghim."
            )
