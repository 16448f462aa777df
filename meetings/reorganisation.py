"""Meetings from the effective day on count under the new units. Earlier ones keep the units of their day."""

from typing import Final

from django.db import connection

from roster.models import Reorganisation
from roster.rehoming import Thing, do_all, facts_of, find

PLACE: Final = """
UPDATE meetings_meeting m SET commune_id = b.{to}, district_id = a.district_id, province_id = a.province_id
FROM batch b JOIN LATERAL (
    SELECT CASE WHEN u.kind = 'district' THEN u.id END AS district_id,
           CASE WHEN u.kind = 'provincial' THEN u.id ELSE q.parent_id END AS province_id
    FROM roster_unitparent p JOIN roster_unit u ON u.id = p.parent_id
    LEFT JOIN roster_unitparent q ON q.unit_id = u.id AND q.starts_on <= {on} AND (q.ends_on IS NULL OR q.ends_on >= {on})
    WHERE p.unit_id = b.{to} AND p.starts_on <= {on} AND (p.ends_on IS NULL OR p.ends_on >= {on})
) a ON TRUE
WHERE m.id = b.object_id AND m.commune_id = b.{back}
"""
# Merged committees had each a meeting ahead: one is kept, the others fall away with their reason.
CANCEL: Final = """
UPDATE meetings_meeting m SET status = 'cancelled', reason = %(because)s, sequence = sequence + 1
FROM batch b
WHERE m.id = b.object_id AND m.unit_id = b.old_id AND b.new_id <> b.old_id AND m.status = 'planned' AND (
    EXISTS (SELECT FROM meetings_meeting x WHERE x.unit_id = b.new_id AND x.month = m.month AND x.kind = m.kind)
    OR EXISTS (
        SELECT FROM batch c JOIN meetings_meeting x ON x.id = c.object_id AND x.unit_id = c.old_id
        WHERE c.new_id = b.new_id AND x.month = m.month AND x.kind = m.kind AND x.id < m.id
    )
)
"""
MEETINGS: Final = Thing(
    "meeting",
    "Cuộc họp từ ngày hiệu lực (lịch và kênh lịch trên điện thoại)",
    "SELECT m.id, m.commune_id AS old_id, to_char(m.held_on, 'DD/MM/YYYY') AS label, NULL::date AS ended_on"
    " FROM meetings_meeting m WHERE m.held_on >= %(day)s",
    (
        CANCEL,
        (
            "UPDATE meetings_meeting m SET unit_id = b.new_id FROM batch b WHERE m.id = b.object_id"
            " AND m.unit_id = b.old_id AND m.status = 'planned'"
        ),
        PLACE.format(to="new_id", back="old_id", on="%(day)s"),
    ),
    (
        (
            "UPDATE meetings_meeting m SET status = 'planned', reason = '', sequence = sequence + 1 FROM batch b"
            " WHERE m.id = b.object_id AND m.unit_id = b.old_id AND m.status = 'cancelled' AND m.reason = %(because)s"
        ),
        (
            "UPDATE meetings_meeting m SET unit_id = b.old_id FROM batch b WHERE m.id = b.object_id"
            " AND m.unit_id = b.new_id AND m.status = 'planned'"
        ),
        PLACE.format(to="old_id", back="new_id", on="%(eve)s"),
    ),
)
# A branch's meetings go where the branch goes.
FOLLOW: Final = """
UPDATE roster_rehoming r SET new_id = c.new_id
FROM meetings_meeting m JOIN roster_rehoming c ON c.object_id = m.unit_id
WHERE r.reorganisation_id = %(pk)s AND r.what = 'meeting' AND NOT r.is_applied AND m.id = r.object_id
    AND c.reorganisation_id = %(pk)s AND c.what = 'child' AND r.new_id IS DISTINCT FROM c.new_id
"""


def preview(reorganisation: Reorganisation) -> dict[str, str]:
    find(reorganisation, MEETINGS)
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, facts_of(reorganisation, MEETINGS.what))
    return {MEETINGS.what: MEETINGS.title}


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, (MEETINGS,))


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, (MEETINGS,), undo=True)
