"""What happens when: acts in order of time, each done on its day; what would come later is left undone."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.db import transaction

from reports.demo import clock

Act = Callable[[], None]


@dataclass
class Agenda:
    """Acts up to `until`. An act may add later ones: an answer brings its reading out."""

    until: datetime
    acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    order: "count[int]" = field(default_factory=count)

    def add(self, when: datetime, act: Act) -> None:
        heapq.heappush(self.acts, (when, next(self.order), act))

    def run(self) -> int:
        """Do what lies in the past; how many acts that were."""
        done = 0
        while self.acts and self.acts[0][0] <= self.until:
            when, _, act = heapq.heappop(self.acts)
            with clock.at(when), transaction.atomic():
                act()
            done += 1
        return done
