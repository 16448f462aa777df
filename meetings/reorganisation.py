"""Meetings from the effective day on count under the new units. Earlier ones keep the units of their day."""

from typing import Final

from django.db import connection
from django.utils import timezone

from assignments.attendees import attendees_on
from meetings.models import Meeting
from meetings.states import MeetingStatus
from meetings.telling import LADDER, accounts_of, occasion, tell
from notices import actions as notices
from roster.models import Reorganisation, User
from roster.rehoming import (
    CAME_FROM,
    Thing,
    carry_out,
    do_all,
    facts_of,
    find,
    keep,
    put_back,
    repointed,
)
from roster.states import Role

ABOVE: Final = "unnest(string_to_array(trim(BOTH '/' FROM {path}), '/')::bigint[])"
# The nearest of the units above (or the unit itself) that the decision names.
SOURCE: Final = f"""
SELECT DISTINCT ON (m.id) m.id, o.old_id, to_char(m.held_on, 'DD/MM/YYYY') || ', ' || u.name AS label, NULL::date AS ended_on
FROM meetings_meeting m JOIN roster_unit u ON u.id = m.unit_id
CROSS JOIN LATERAL {ABOVE.format(path="u.path")} WITH ORDINALITY AS above (id, depth)
JOIN roster_operation o ON o.reorganisation_id = %(pk)s AND o.old_id = above.id
WHERE m.held_on >= %(day)s
ORDER BY m.id, above.depth DESC, o.id
"""  # noqa: S608 our own names, no input
# Of the meetings that merged units have of a kind in a month one goes on; one that was held before one ahead.
TWICE: Final = """
EXISTS (SELECT FROM meetings_meeting x WHERE x.unit_id = b.new_id AND x.month = m.month AND x.kind = m.kind)
OR EXISTS (
    SELECT FROM batch c JOIN meetings_meeting x ON x.id = c.object_id AND x.unit_id = c.old_id
    WHERE c.new_id = b.new_id AND x.month = m.month AND x.kind = m.kind
        AND NOT (x.status = 'cancelled' AND x.reason = %(because)s)
        AND (x.status = 'planned', x.id) < (m.status = 'planned', m.id)
)
"""
CANCEL: Final = f"""
UPDATE meetings_meeting m SET status = 'cancelled', reason = %(because)s, sequence = sequence + 1
FROM batch b
WHERE m.id = b.object_id AND m.unit_id = b.old_id AND b.leaves AND m.status = 'planned'
    AND (b.new_id = b.old_id OR {TWICE})
"""  # noqa: S608 our own names, no input
GO_ON: Final = f"""
UPDATE meetings_meeting m SET unit_id = b.new_id FROM batch b
WHERE m.id = b.object_id AND m.unit_id = b.old_id AND b.new_id <> b.old_id
    AND NOT (m.status = 'cancelled' AND m.reason = %(because)s) AND NOT ({TWICE})
"""  # noqa: S608 our own names, no input
PLACE: Final = f"""
UPDATE meetings_meeting m SET commune_id = a.commune_id, district_id = a.district_id, province_id = a.province_id
FROM batch b JOIN meetings_meeting x ON x.id = b.object_id
JOIN roster_unit u ON u.id = CASE WHEN x.unit_id = b.old_id THEN b.new_id ELSE x.unit_id END
CROSS JOIN LATERAL (
    SELECT max(c.id) FILTER (WHERE c.kind = 'commune') AS commune_id,
        max(c.id) FILTER (WHERE c.kind = 'district') AS district_id,
        max(c.id) FILTER (WHERE c.kind = 'provincial') AS province_id
    FROM {ABOVE.format(path="u.path")} AS above (id) JOIN roster_unit c ON c.id = above.id
) a
WHERE m.id = b.object_id
"""  # noqa: S608 our own names, no input
OF_BATCH: Final = "t.id IN (SELECT object_id FROM batch)"
TABLE: Final = "meetings_meeting"
REINSTATE: Final = """
UPDATE meetings_meeting m SET status = 'planned', reason = k.was ->> 'reason', sequence = sequence + 1
FROM batch b JOIN roster_keptrow k
    ON k.reorganisation_id = %(pk)s AND k.table_name = 'meetings_meeting' AND k.row_id = b.object_id
WHERE m.id = b.object_id AND m.status = 'cancelled' AND m.reason = %(because)s
"""
# Meetings that were planned since the run: the branch's count again where it is again, a new unit's fall away.
PLACE_LATE: Final = f"""
UPDATE meetings_meeting m SET commune_id = CASE WHEN o.kind = 'commune' THEN o.id END,
    district_id = a.district_id, province_id = a.province_id
FROM roster_unit u CROSS JOIN LATERAL {ABOVE.format(path="u.path")} AS above (id)
JOIN roster_rehoming r ON r.reorganisation_id = %(pk)s AND r.what = 'child' AND r.object_id = above.id
JOIN roster_unit o ON o.id = r.old_id
CROSS JOIN LATERAL (
    SELECT max(c.id) FILTER (WHERE c.kind = 'district') AS district_id,
        max(c.id) FILTER (WHERE c.kind = 'provincial') AS province_id
    FROM {ABOVE.format(path="o.path")} AS above (id) JOIN roster_unit c ON c.id = above.id
) a
WHERE u.id = m.unit_id AND m.held_on >= %(day)s AND m.commune_id = r.new_id AND r.new_id <> r.old_id
"""  # noqa: S608 our own names, no input
CANCEL_LATE: Final = f"""
UPDATE meetings_meeting m SET status = 'cancelled', reason = %(because)s, sequence = sequence + 1
FROM {CAME_FROM} c WHERE m.unit_id = c.new_id AND m.status = 'planned'
"""  # noqa: S608 our own names, no input
MEETINGS: Final = Thing(
    "meeting",
    "Cuộc họp từ ngày hiệu lực",
    SOURCE,
    (
        keep(
            TABLE,
            OF_BATCH,
            "unit_id",
            "commune_id",
            "district_id",
            "province_id",
            "reason",
            "sequence",
        ),
        CANCEL,
        GO_ON,
        PLACE,
    ),
    (
        put_back(TABLE, "unit_id", "commune_id", "district_id", "province_id", rows=OF_BATCH),
        REINSTATE,
    ),
    (PLACE_LATE, CANCEL_LATE),
    is_asked=False,
    moves=True,
)
# A branch's meetings go where the branch goes.
FOLLOW: Final = f"""
UPDATE roster_rehoming r SET new_id = c.new_id
FROM meetings_meeting m JOIN roster_unit u ON u.id = m.unit_id
CROSS JOIN LATERAL {ABOVE.format(path="u.path")} AS above (id)
JOIN roster_rehoming c ON c.object_id = above.id AND c.reorganisation_id = %(pk)s AND c.what = 'child'
WHERE r.reorganisation_id = %(pk)s AND r.what = 'meeting' AND NOT r.is_applied AND m.id = r.object_id
    AND c.old_id = r.old_id AND r.new_id IS DISTINCT FROM c.new_id
"""  # noqa: S608 our own names, no input
# Nothing is done to these: the phone reads the meetings anew.
FEEDS: Final = Thing(
    "feed",
    "Kênh lịch trên điện thoại",
    "SELECT DISTINCT ON (f.id) f.id, r.old_id, p.full_name AS label, NULL::date AS ended_on"
    " FROM roster_rehoming r JOIN meetings_meeting m ON m.id = r.object_id"
    " JOIN assignments_assignment a ON a.unit_id = m.unit_id AND a.in_force AND a.starts_on <= m.held_on"
    " AND (a.ends_on IS NULL OR a.ends_on >= m.held_on)"
    " JOIN roster_user p ON p.official_id = a.official_id"
    " JOIN meetings_calendarfeed f ON f.user_id = p.id AND f.revoked_at IS NULL"
    " WHERE r.reorganisation_id = %(pk)s AND r.what = 'meeting' ORDER BY f.id, m.held_on, m.id",
    is_asked=False,
    moves=True,
)
OF_THE_MONTH: Final = "t.month >= date_trunc('month', %(day)s::date)"


def briefings(what: str, title: str, column: str) -> Thing:
    return repointed(
        what,
        title,
        table="meetings_briefing",
        column=column,
        label="t.title",
        where=OF_THE_MONTH,
    )


THINGS: Final = (
    MEETINGS,
    FEEDS,
    briefings("audience", "Tài liệu dành cho đơn vị cũ", "scope_id"),
    briefings("briefing", "Tài liệu do đơn vị cũ phát hành", "issuer_id"),
    repointed(
        "schedule",
        "Lịch họp đang xem trước của đơn vị cũ",
        table="meetings_scheduleimport",
        column="unit_id",
        label="t.at::date::text",
        where="t.status = 'previewed'",
    ),
)


def preview(reorganisation: Reorganisation) -> tuple[Thing, ...]:
    find(reorganisation, THINGS)
    carry_out(reorganisation, [FOLLOW])
    return THINGS


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS)


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS, undo=True)


# What the run cancelled (and undoing put on again): its sequence has gone up since it was kept.
CHANGED: Final = """
SELECT m.id FROM meetings_meeting m JOIN roster_keptrow k ON k.row_id = m.id
WHERE k.reorganisation_id = %s AND k.table_name = 'meetings_meeting' AND m.sequence > (k.was ->> 'sequence')::int
"""


def settle(reorganisation: Reorganisation, *, undone: bool) -> None:
    """Who would come to a meeting that fell away (or is on again) is told."""
    status = MeetingStatus.PLANNED if undone else MeetingStatus.CANCELLED
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [reorganisation.pk])
        keys = [key for (key,) in cursor.fetchall()]
    changed = Meeting.objects.filter(
        pk__in=keys,
        status=status,
        starts_at__gt=timezone.now(),
    )
    meetings = list(changed.select_related("unit", "commune"))
    notices.withdraw(occasion(row, step, row.sequence - 1) for row in meetings for step in LADDER)
    homes = reorganisation.rehomings.filter(what=MEETINGS.what).select_related("new")
    facts = {
        row.object_id: {"reason": f"{facts_of(reorganisation)['because']}. Họp chung: {row.new}."}
        for row in homes.filter(object_id__in=[meeting.pk for meeting in meetings])
        if row.new_id != row.old_id
    }
    kind = "meetings.reinstated" if undone else "meetings.cancelled"
    tell(kind, meetings, people_of(meetings, reorganisation), facts, by=None)


def people_of(meetings: list[Meeting], reorganisation: Reorganisation) -> dict[int, set[User]]:
    """Who went to the old unit on its last day, and its secretary."""
    going = attendees_on((row.unit_id, reorganisation.eve) for row in meetings)
    keys = reorganisation.rehomings.filter(what="user").values_list("object_id", "old")
    units = dict(keys)
    secretaries = User.objects.filter(pk__in=units, role=Role.BRANCH_SECRETARY, is_active=True)
    return {
        row.pk: {
            *accounts_of(going[row.unit_id, reorganisation.eve]),
            *(user for user in secretaries if units[user.pk] == row.unit_id),
        }
        for row in meetings
    }
