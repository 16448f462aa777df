"""The events of an iCalendar file, repeated ones as often as they fall within a year. No query."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar

from config.lib.errors import Refused, refuse_if

NOT_A_CALENDAR: Final = "Tệp .ics này không đọc được. Xuất lại từ chương trình lịch rồi chọn lại."
OFTEN: Final = "“{}” lặp lại nhiều lần một ngày, không phải lịch họp. Xóa mục ấy trong chương trình lịch, xuất lại rồi chọn lại."
WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
A_YEAR: Final = timedelta(days=365)
Start: TypeAlias = date | datetime | str


def occurrences(content: bytes, today: date) -> Iterator[tuple[Any, Start]]:
    """(event, start) of each meeting; of a repeated event those from `today` on for a year.

    What the calendar leaves out (EXDATE) is left out; what it gives another day (RECURRENCE-ID)
    comes as an event of its own.
    """
    try:
        events = list(Calendar.from_ical(content).walk("VEVENT"))
        instead = replaced(events)
        for event in events:
            for start in starts_of(event, instead[str(event.get("uid"))], today):
                yield event, start
    except (ValueError, IndexError, KeyError, TypeError) as problem:
        raise Refused(NOT_A_CALENDAR) from problem


def replaced(events: Sequence[Any]) -> dict[str, set[date]]:
    """UID → days of the series that have an event of their own."""
    found: dict[str, set[date]] = defaultdict(set)
    for event in events:
        if "recurrence-id" in event:
            found[str(event.get("uid"))].add(day_of(local(event.decoded("recurrence-id"))))
    return found


def starts_of(event: Any, instead: set[date], today: date) -> list[Start]:
    start = local(event.decoded("dtstart", ""))
    if "rrule" not in event or isinstance(start, str):
        return [start]
    refuse_if(why_not_repeat(event))
    is_timed = isinstance(start, datetime)
    first = start if isinstance(start, datetime) else datetime.combine(start, time.min)
    series = rrulestr(event["rrule"].to_ical().decode(), dtstart=first, ignoretz=True)
    begin = datetime.combine(today, time.min)
    off = instead | left_out(event)
    found = series.between(begin, begin + A_YEAR, inc=True)
    return [one if is_timed else one.date() for one in found if one.date() not in off]


def why_not_repeat(event: Any) -> str | None:
    """Every second of a year is 31 million meetings."""
    rule = event["rrule"]
    often = any(str(one).upper() in {"SECONDLY", "MINUTELY", "HOURLY"} for one in rule["FREQ"])
    if often or any(len(rule.get(name, ())) > 1 for name in WITHIN_A_DAY):
        return OFTEN.format(event.get("summary", "Một cuộc họp"))
    return None


def left_out(event: Any) -> set[date]:
    lists = event.get("exdate", [])
    lists = lists if isinstance(lists, list) else [lists]
    return {day_of(local(one.dt)) for each in lists for one in each.dts}


def day_of(start: Start) -> date:
    if isinstance(start, datetime):
        return start.date()
    if isinstance(start, date):
        return start
    raise ValueError(start)


def local(start: Any) -> Start:
    if isinstance(start, datetime):
        return timezone.localtime(start).replace(tzinfo=None) if start.tzinfo else start
    return start if isinstance(start, date) else str(start)
