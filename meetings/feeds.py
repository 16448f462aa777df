"""Which meetings stand in a person's feed, and in which words: no report content, no phones, nobody's name."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse

from meetings.calendars import Entry
from meetings.models import Attendance, CalendarFeed, Meeting
from meetings.models.feeds import signer
from meetings.states import AttendanceStatus, MeetingStatus
from meetings.telling import attendees_of, moment
from roster.models import User
from roster.states import MeetingKind, Role

PAST_SHOWN: Final = timedelta(days=62)  # two months
NAME: Final = "Dự sinh hoạt chi bộ"


def why_not_have_feed(user: User) -> str | None:
    if user.official_id or keeps_branch(user):
        return None
    return (
        "Lịch trên điện thoại dành cho người được phân công dự và bí thư chi bộ. "
        "Xem lịch của đơn vị ở mục Lịch sinh hoạt."
    )


def keeps_branch(user: User) -> bool:
    return user.role == Role.BRANCH_SECRETARY and user.unit_id is not None


def feed_at(token: str) -> CalendarFeed | None:
    """The open feed of this address; None for a forged, revoked or closed one."""
    try:
        key = signer().unsign(token)
    except BadSignature:
        return None
    return CalendarFeed.objects.open().select_related("user").filter(key=key).first()


def entries_of(user: User, today: date) -> list[Entry]:
    """The user's meetings from two months ago on, in four queries however many.

    Cancelled ones stay, so that a phone takes them off the day; one to which somebody else now
    goes in the user's place is gone.
    """
    rows = Meeting.objects.own(user).filter(held_on__gte=today - PAST_SHOWN).for_list()
    meetings = list(rows)
    going = {
        pk
        for pk, attendees in attendees_of(meetings).items()
        if any(one.official.pk == user.official_id for one in attendees)
    }
    excused = excused_from(meetings, user)
    own_unit = user.unit_id if keeps_branch(user) else None
    return [
        entry_of(row, attends=row.pk in going, is_excused=row.pk in excused)
        for row in meetings
        if row.pk in going or row.unit_id == own_unit
    ]


def excused_from(meetings: list[Meeting], user: User) -> set[int]:
    """Of these meetings, those to which the user has said that he or she cannot come."""
    said = Attendance.objects.filter(
        meeting__in=meetings, official=user.official_id, status=AttendanceStatus.EXCUSED
    )
    return set(said.values_list("meeting", flat=True))


def entry_of(meeting: Meeting, *, attends: bool, is_excused: bool) -> Entry:
    page = absolute("reports:meeting_brief", meeting.pk)
    is_cancelled = meeting.status == MeetingStatus.CANCELLED
    return Entry(
        uid=f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        is_cancelled=is_cancelled,
        rings=not is_cancelled and not is_excused,
        summary=f"{act_of(meeting, attends=attends)}: {whole_name(meeting)}",
        place=meeting.place,
        description="\n".join(words_of(meeting, page, attends=attends)),
        url=page,
    )


def act_of(meeting: Meeting, *, attends: bool) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return "Không họp"
    what = "hội nghị mở rộng" if meeting.kind == MeetingKind.ENLARGED else "sinh hoạt"
    return f"Dự {what}" if attends else what.capitalize()


def whole_name(meeting: Meeting) -> str:
    """`Chi bộ xóm 13, xã Quang Thiện`"""
    name, above = meeting.unit.committee_name, meeting.commune
    if above is None or above.pk == meeting.unit_id:
        return name
    return f"{name}, {above.name[:1].lower()}{above.name[1:]}"


def words_of(meeting: Meeting, page: str, *, attends: bool) -> list[str]:
    """What changed, and the links. The typed reason stays in the program: it may name people."""
    if meeting.status == MeetingStatus.CANCELLED:
        return ["Kỳ này không họp.", f"Xem: {page}"]
    words = [meeting.get_kind_display()]
    if meeting.moved_from:
        words.append(f"Dời từ {moment(meeting.moved_from)}.")
    words.append(f"Cuộc họp: {page}")
    if attends:
        words.append(f"Viết báo cáo: {absolute('reports:report_edit', meeting.pk)}")
    return words


def absolute(name: str, pk: int) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[pk])}"
