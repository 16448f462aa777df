"""The demo's clock: what the acts of a past day write bears that day's date.

Actions ask `timezone.now()` for what they record. The demo lives through three months in a
minute, so it tells them what time it is. Nothing but the demo may do that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from django.utils import timezone


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """That hour of the day in our zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


@contextmanager
def at(now: datetime) -> Iterator[None]:
    """Let `timezone.now()` be `now` inside the block."""
    real = timezone.now
    timezone.now = lambda: now
    try:
        yield
    finally:
        timezone.now = real
