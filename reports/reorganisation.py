"""Open recommendations follow their authority and their branch; so does what a report in draft proposes.

Else a draft needs nothing: a meeting keeps its key, so what was begun under the old unit is filed under the new.
"""

from typing import Final

from roster.models import Reorganisation
from roster.rehoming import Thing, carry_out, do_all, find, repointed

OPEN: Final = "t.status NOT IN ('closed', 'set_aside')"


def column(what: str, title: str, name: str) -> Thing:
    return repointed(
        what,
        title,
        table="reports_recommendation",
        column=name,
        label="t.number",
        where=OPEN,
    )


# In a draft, what the form holds: `recommendations-0-suggested_authority`: a unit's key as text.
PROPOSED: Final = """
SELECT DISTINCT ON (r.id) r.id, o.old_id, u.name AS label, NULL::date AS ended_on
FROM reports_meetingreport r JOIN meetings_meeting m ON m.id = r.meeting_id JOIN roster_unit u ON u.id = m.unit_id
CROSS JOIN LATERAL jsonb_each_text(r.draft) AS field (name, value)
JOIN roster_operation o ON o.reorganisation_id = %(pk)s AND o.old_id::text = field.value
WHERE r.draft <> '{}' AND field.name LIKE '%%-suggested_authority'
ORDER BY r.id, o.id
"""
PROPOSE: Final = """
UPDATE reports_meetingreport r SET draft = (
    SELECT jsonb_object_agg(field.key, CASE WHEN field.key LIKE '%%-suggested_authority'
        AND field.value = to_jsonb(b.{back}::text) THEN to_jsonb(b.{to}::text) ELSE field.value END)
    FROM jsonb_each(r.draft) AS field
) FROM batch b WHERE r.id = b.object_id AND r.draft <> '{{}}'
"""
THINGS: Final = (
    Thing(
        "draft_report",
        "Báo cáo đang soạn đề nghị gửi tới đơn vị cũ",
        PROPOSED,
        (PROPOSE.format(to="new_id", back="old_id"),),
        (PROPOSE.format(to="old_id", back="new_id"),),
    ),
    column("authority", "Kiến nghị đang mở mà đơn vị cũ phải trả lời", "authority_id"),
    column("suggested", "Kiến nghị đề nghị đơn vị cũ trả lời", "suggested_authority_id"),
    column("matter", "Kiến nghị đang mở của đơn vị cũ", "unit_id"),
)


# Where a touched meeting counted before, and where it counts now.
MARK: Final = """
INSERT INTO reports_dirtymark (unit_id, month, at)
SELECT DISTINCT p.id, m.month, now() FROM meetings_meeting m
JOIN roster_rehoming r ON r.object_id = m.id AND r.reorganisation_id = %(pk)s AND r.what = 'meeting'
JOIN roster_keptrow k ON k.row_id = m.id AND k.reorganisation_id = %(pk)s AND k.table_name = 'meetings_meeting'
CROSS JOIN LATERAL (VALUES (r.new_id), (COALESCE(m.commune_id, m.district_id, m.province_id)),
    (COALESCE((k.was ->> 'commune_id')::bigint, (k.was ->> 'district_id')::bigint, (k.was ->> 'province_id')::bigint))
) AS p (id) JOIN roster_unit u ON u.id = p.id AND u.kind IN ('commune', 'district', 'provincial')
"""


def preview(reorganisation: Reorganisation) -> tuple[Thing, ...]:
    find(reorganisation, THINGS)
    return THINGS


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS)


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS, undo=True)


def settle(reorganisation: Reorganisation, *, undone: bool) -> None:
    """The months whose meetings count elsewhere now are counted anew."""
    carry_out(reorganisation, [MARK])
