"""The period that most rows of the roster have, and its constraints."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import Combinable


class Period(models.Model):
    """From–to, both days inclusive; an open end is null."""

    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def is_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
    )


def days() -> Func:
    """`daterange(starts_on, ends_on, '[]')`, for exclusion constraints."""
    return Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange")


def never_twice(
    *same: str | Combinable, name: str, message: str, condition: Q | None = None
) -> ExclusionConstraint:
    """Refuse two rows with equal `same` whose periods share a day."""
    equal: list[tuple[str | Combinable, str]] = [(field, RangeOperators.EQUAL) for field in same]
    return ExclusionConstraint(
        name=name,
        expressions=[*equal, (days(), RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=message,
    )
