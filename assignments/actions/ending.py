"""Assignments that hold no longer than a day."""

from datetime import date
from typing import Any

from django.urls import reverse

from assignments.models import Assignment
from notices import actions as notices
from notices.actions import Due
from roster.models import User


def end_rows(rows: Any, last: date, reason: str) -> int:
    """Assignments end on `last`; those that would begin later never come into force."""
    never = rows.filter(starts_on__gt=last)
    count: int = never.update(in_force=False, ended_because=reason)
    ended = rows.filter(starts_on__lte=last, in_force=True)
    return count + int(ended.update(ends_on=last, ended_because=reason))


def tell_ended(rows: list[Assignment], last: date, reason: str) -> None:
    """One message for each line that ends; the rows need their unit."""
    users = User.objects.in_bulk({row.official_id for row in rows}, field_name="official_id")
    notices.owe_many(
        "assignments.ended",
        [
            Due(
                users[row.official_id],
                f"assignment:{row.pk}:ended",
                {
                    "unit": row.unit.committee_name,
                    "ended_on": f"{last:%d/%m/%Y}",
                    "reason": reason,
                    "url": reverse("assignments:assignment_mine"),
                },
            )
            for row in rows
            if row.official_id in users
        ],
    )
