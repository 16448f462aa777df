"""A figure beside its floor: both run in turns, at least five rounds, medians are compared.

The machine is noisy: a ratio to a floor measured in the same run says something, seconds do not.
"""

import gc
import json
import os
import pickle
import statistics
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

ROUNDS = 7
KILOBYTE = 1024


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


@dataclass(frozen=True)
class Apart:
    """What an act told, how long it took, and the megabytes of its process before it and at the highest."""

    told: Any
    seconds: float
    before: float
    peak: float


def apart(act: Callable[[], Any]) -> Apart:
    """Run an act in a process forked for it, so that its highest point is its own."""
    connections.close_all()
    gc.collect()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            with os.fdopen(write, "wb") as pipe:
                pickle.dump(measured(act), pipe)
        except Exception:  # the child must end here, whatever happened
            traceback.print_exc()
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    result: Apart = pickle.loads(told)  # noqa: S301 - our own child wrote it
    return result


def measured(act: Callable[[], Any]) -> Apart:
    Path("/proc/self/clear_refs").write_text("5")  # the highest point so far is forgotten
    before, began = megabytes("VmRSS"), time.perf_counter()
    told = act()
    return Apart(told, time.perf_counter() - began, before, megabytes("VmHWM"))


def megabytes(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / KILOBYTE
