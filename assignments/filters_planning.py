"""What one can look for in a plan; the filters live in the address."""

from typing import Any

import django_filters as df
from django.db.models import Q

from assignments.filters import PlaceFilter
from assignments.models import Decision
from assignments.plan_grid import PlanTable, Shown
from roster.filters import choice_box
from roster.models import Official, Unit


class PlanFilter(PlaceFilter):
    day = df.ChoiceFilter(
        method="on_day",
        label="Ngày họp",
        choices=[(day, f"Ngày {day}") for day in range(1, 32)],
        empty_label="Mọi ngày họp",
        widget=choice_box(),
    )
    only = df.ChoiceFilter(
        method="only_some",
        label="So với nay",
        choices=Shown,
        empty_label="Mọi trạng thái",
        widget=choice_box(),
    )
    decision = None

    def __init__(self, *args: Any, table: PlanTable, **kwargs: Any) -> None:
        self.table = table
        super().__init__(*args, decisions=Decision.objects.none(), **kwargs)

    def search(self, units: Any, name: str, words: str) -> Any:
        people = set(Official.objects.matching(words).values_list("pk", flat=True))
        theirs = {unit for unit, official in self.table.holders.items() if official in people}
        return units.filter(Q(pk__in=Unit.objects.matching(words).values("pk")) | Q(pk__in=theirs))

    def only_some(self, units: Any, name: str, choice: str) -> Any:
        return units.filter(pk__in=self.table.units_shown(Shown(choice)))

    def on_day(self, units: Any, name: str, day: str) -> Any:
        return units.filter(pk__in=self.table.units_on(int(day)))
