"""Meetings as an iCalendar file (RFC 5545). Facts in, bytes out: no query, no request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

ZONE: Final = "Asia/Ho_Chi_Minh"
OFFSET: Final = timedelta(hours=7)
LASTS: Final = timedelta(minutes=90)  # HD 42-HD/BTCTW: a branch meets for 90 minutes at least
ALARMS: Final = (timedelta(days=1), timedelta(hours=2))
REFRESH: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """What a calendar shows of one meeting; `sequence` grows with each change of `starts_at` or `is_cancelled`.

    It `rings` before the meeting unless that is off, or the person has said that he or she cannot come.
    """

    uid: str
    sequence: int
    starts_at: datetime
    is_cancelled: bool
    rings: bool
    summary: str
    place: str
    description: str
    url: str


def fingerprint(name: str, entries: Iterable[Entry]) -> str:
    """The same for the same calendar, whenever it is written."""
    return sha256(repr((name, list(entries))).encode()).hexdigest()


def write_calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Du sinh hoat chi bo//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(zone())
    for entry in entries:
        calendar.add_component(event(entry, now))
    return bytes(calendar.to_ical())


def zone() -> Timezone:
    """The one offset since 1975; nothing older is in the program."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1976, 1, 1))  # noqa: DTZ001 - local by definition
    standard.add("tzoffsetfrom", OFFSET)
    standard.add("tzoffsetto", OFFSET)
    standard.add("tzname", "+07")
    found = Timezone()
    found.add("tzid", ZONE)
    found.add_component(standard)
    return found


def event(entry: Entry, now: datetime) -> Event:
    starts_at = entry.starts_at.astimezone(ZoneInfo(ZONE))
    made = Event()
    made.add("uid", entry.uid)
    made.add("dtstamp", now)
    made.add("sequence", entry.sequence)
    made.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if entry.is_cancelled else "OPAQUE")
    made.add("dtstart", starts_at)
    made.add("dtend", starts_at + LASTS)
    made.add("summary", entry.summary)
    if entry.place:
        made.add("location", entry.place)
    made.add("description", entry.description)
    made.add("url", entry.url)
    for before in ALARMS if entry.rings else ():
        made.add_component(alarm(entry, before))
    return made


def alarm(entry: Entry, before: timedelta) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", -before)
    made.add("description", entry.summary)
    return made
