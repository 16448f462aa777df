"""A figure beside its floor: both run in turns, at least five rounds, medians are compared.

The machine is noisy: a ratio to a floor measured in the same run says something, seconds do not.
"""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 7


@dataclass(frozen=True)
class Figure:
    """One line of `make bench`: the subject's median and the floor's, in `unit`."""

    name: str
    value: float
    floor: float
    unit: str = "s"

    @property
    def line(self) -> str:
        ratio = round(self.value / self.floor, 3) if self.floor else None
        return json.dumps(
            {
                "name": self.name,
                "value": round(self.value, 5),
                "floor": round(self.floor, 5),
                "ratio": ratio,
                "unit": self.unit,
            }
        )


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def beside_floor(
    name: str,
    subject: Callable[[], object],
    floor: Callable[[], object],
    *,
    between: Callable[[], object] = lambda: None,
    rounds: int = ROUNDS,
) -> Figure:
    """Run `floor` and `subject` in turns, `between` before each (not timed), after one round to warm up."""
    taken: dict[str, list[float]] = {"floor": [], "subject": []}
    for turn in range(rounds + 1):
        for which, act in (("floor", floor), ("subject", subject)):
            between()
            took = seconds(act)
            if turn:
                taken[which].append(took)
    return Figure(name, statistics.median(taken["subject"]), statistics.median(taken["floor"]))
