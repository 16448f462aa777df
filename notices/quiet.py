"""When people are left in peace: a function of the moment and two settings (R13)."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from config.lib.working_days import holidays_of

SUNDAY = 6
LONGEST_PEACE = 20  # days; longer than any row of holidays


def release(now: datetime, expires_at: datetime | None) -> datetime | None:
    """Until when a message that is due now is held; None: it may go.

    It is held over quiet hours, Sundays and holidays. What would then come too late is held over
    the quiet hours only, and what would still come too late goes at once.
    """
    for moment in (end_of_peace(now), end_of_night(now)):
        if expires_at is None or moment < expires_at:
            return moment if moment > now else None
    return None


def end_of_peace(now: datetime) -> datetime:
    moment = end_of_night(now)
    for _ in range(LONGEST_PEACE):
        local = timezone.localtime(moment)
        if not is_quiet_day(local.date()):
            return moment
        moment = end_of_night(at(local.date() + timedelta(days=1), time.min))
    return moment


def end_of_night(now: datetime) -> datetime:
    """`now`, or the end of the quiet hours in which it lies."""
    hours = quiet_hours()
    if hours is None:
        return now
    start, end = hours
    local = timezone.localtime(now)
    clock = local.time()
    if start > end and clock >= start:
        return at(local.date() + timedelta(days=1), end)
    if clock < end and (start > end or clock >= start):
        return at(local.date(), end)
    return now


def quiet_hours() -> tuple[time, time] | None:
    first, _, last = settings.NOTICE_QUIET_HOURS.partition("-")
    return (time.fromisoformat(first), time.fromisoformat(last)) if last else None


def is_quiet_day(day: date) -> bool:
    kinds = settings.NOTICE_QUIET_DAYS
    if "sundays" in kinds and day.weekday() == SUNDAY:
        return True
    return "holidays" in kinds and day in holidays_of(day.year)


def next_morning(now: datetime) -> datetime:
    """The first moment of the next day at which people may be written to."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return end_of_peace(at(tomorrow, time(6, 30)))


def at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))
