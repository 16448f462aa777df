"""The ladder of reminders: dated rows, read by the rooms that owe the steps (R14, M13)."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from config.lib.working_days import add_working_days
from notices.models import LadderStep

LONGEST: Final = 60  # days that a step in working days can lie behind, with all holidays between


def steps_on(day: date, kinds: Collection[str]) -> dict[str, LadderStep]:
    """The steps in force on `day`, by kind, in the order of `kinds`; one that was ended is missing."""
    found = {step.kind: step for step in LadderStep.objects.on(day).filter(kind__in=kinds)}
    return {kind: found[kind] for kind in kinds if kind in found}


def day_of(step: LadderStep, anchor: date) -> date:
    """The day on which the step is due for something that happens (or is due) on `anchor`."""
    if step.in_working_days and step.days > 0:
        return add_working_days(anchor, step.days)
    return anchor + timedelta(days=step.days)


def anchors(step: LadderStep, today: date) -> tuple[date, date] | None:
    """The first and last anchor whose step is due today or is caught up today; None: there is none."""
    near = [today + timedelta(days=index) for index in range(-LONGEST, LONGEST + 1)]
    earliest = today - timedelta(days=step.grace)
    found = [anchor for anchor in near if earliest <= day_of(step, anchor) <= today]
    return (found[0], found[-1]) if found else None
