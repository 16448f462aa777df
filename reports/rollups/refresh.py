"""Keeping the roll-ups: refresh what is marked, mark what time has passed, compare all with the facts at night."""

import logging
from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from config.lib.months import add_months, month_of
from meetings.models import Meeting
from reports.facts import COUNTS
from reports.models import DirtyMark, MeetingReport, RollUp
from reports.rollups.counting import Counted, count, total
from reports.rollups.marks import mark_places_dirty

logger = logging.getLogger(__name__)

BATCH: Final = 2000
PLACE: Final = Coalesce("commune", "district", "province")
CHECKED_MONTHS_BACK: Final = 14
CHECKED_MONTHS_AHEAD: Final = 2
LONGEST_TO_DEADLINE: Final = 62
DAYS_WATCHED: Final = 14

Key = tuple[int, date]  # a place of the day, and its month
Columns = dict[str, object]


def refresh_all(now: datetime) -> int:
    """Mark what time has changed of late, then refresh until nothing is marked; how many months were counted."""
    mark_passed(now, days=DAYS_WATCHED)
    return drain(now)


def drain(now: datetime) -> int:
    number = 0
    while refreshed := refresh(now):
        number += refreshed
    return number


@transaction.atomic
def refresh(now: datetime) -> int:
    """Count the marked months anew; how many. Marks go first: an act that comes meanwhile leaves its own."""
    marks = list(
        DirtyMark.objects.select_for_update(skip_locked=True)
        .order_by("pk")
        .values_list("pk", "unit", "month")[:BATCH]
    )
    DirtyMark.objects.filter(pk__in=[pk for pk, _, _ in marks]).delete()
    return write({(place, month) for _, place, month in marks}, now)


def write(keys: set[Key], now: datetime) -> int:
    """Compute and store the roll-ups of these (place, month): a row for each place in which its meetings count today."""
    facts = from_facts(keys, now)
    rows = [
        RollUp(unit_id=place, home_id=home, month=month, as_of=now, **columns)
        for (place, month), homes in sorted(facts.items())
        for home, columns in sorted(homes.items())
    ]
    forget_left(keys, rows)
    RollUp.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "home", "month"],
        update_fields=["as_of", "bands", *COUNTS],
    )
    return len(keys)


def forget_left(keys: set[Key], rows: list[RollUp]) -> None:
    """Roll-ups of homes that have none of the month's meetings any more."""
    kept = {(row.unit_id, row.month, row.home_id) for row in rows}
    there = RollUp.objects.filter(
        unit__in={place for place, _ in keys}, month__in={month for _, month in keys}
    )
    left = [
        pk
        for pk, place, month, home in there.values_list("pk", "unit", "month", "home")
        if (place, month) in keys and (place, month, home) not in kept
    ]
    RollUp.objects.filter(pk__in=left).delete()


def from_facts(keys: set[Key], now: datetime) -> dict[Key, dict[int, Columns]]:
    """The columns of each roll-up by home, counted from the meetings and reports themselves."""
    found: dict[Key, dict[int, Columns]] = {}
    by_month: dict[date, list[int]] = defaultdict(list)
    for place, month in keys:
        by_month[month].append(place)
    for month, places in by_month.items():
        rows: dict[tuple[int, int], list[Counted]] = defaultdict(list)
        for row in count(month, month, now=now, places=places):
            if row.place is not None:
                rows[row.place, row.home or row.place].append(row)
        bands = bands_of(month, places)
        for place in places:
            found[place, month] = {}
        for (place, home), counted in rows.items():
            found[place, month][home] = {**total(counted), "bands": bands[place, home]}
    return found


def bands_of(month: date, places: list[int]) -> dict[tuple[int, int], dict[str, int]]:
    """How many filed reports of each place and home fell into which band."""
    rows = (
        MeetingReport.objects.filter(meeting__month=month, first_submitted_at__isnull=False)
        .exclude(band="")
        .annotate(place=Coalesce("meeting__commune", "meeting__district", "meeting__province"))
        .annotate(home=Coalesce("meeting__unit__home__place", "place"))
        .filter(place__in=places)
        .values("place", "home", "band")
        .annotate(count=Count("pk"))
        .order_by("place", "home", "band")
    )
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["place"], row["home"]][row["band"]] = row["count"]
    return found


def mark_passed(now: datetime, *, days: int) -> int:
    """Mark the months in which, without any act, a meeting began or a deadline passed since they were counted.

    Looks at meetings of the last `days` days; a month that was never counted is marked too.
    """
    today = timezone.localdate(now)
    stored = RollUp.objects.filter(unit=OuterRef("counts_for"), month=OuterRef("month"))
    counted_at = stored.values("as_of")[:1]  # the rows of one place and month are counted together
    passed = (
        Meeting.objects.begun(now)
        .filter(held_on__gte=today - timedelta(days=days))
        .annotate(counts_for=PLACE, counted_at=Subquery(counted_at))
        .filter(
            Q(counted_at=None)
            | Q(starts_at__gt=F("counted_at"))
            | Q(late_after__lt=today, late_after__gte=TruncDate("counted_at"))
        )
        .exclude(counts_for=None)
    )
    keys = set(passed.values_list("counts_for", "month"))
    mark_places_dirty(keys)
    return len(keys)


def check(now: datetime) -> list[Key]:
    """Compare the roll-ups of the last and next months with the facts; repair and return those that differ."""
    mark_passed(now, days=LONGEST_TO_DEADLINE)
    drain(now)
    first, last = window(timezone.localdate(now))
    keys = {(row.place, row.month) for row in count(first, last, now=now) if row.place}
    kept: dict[Key, dict[int, Columns]] = defaultdict(dict)
    for row in RollUp.objects.filter(month__range=(first, last)):
        columns = {name: getattr(row, name) for name in ("bands", *COUNTS)}
        kept[row.unit_id, row.month][row.home_id] = columns
    facts = from_facts(keys | set(kept), now)
    wrong = sorted(key for key, values in facts.items() if kept[key] != values)
    for place, month in wrong:
        logger.warning("roll-up differs from the facts: unit %s, month %s", place, month)
    write(set(wrong), now)
    return wrong


def window(today: date) -> tuple[date, date]:
    """The months the nightly check looks at."""
    this_month = month_of(today)
    return add_months(this_month, -CHECKED_MONTHS_BACK), add_months(
        this_month, CHECKED_MONTHS_AHEAD
    )
