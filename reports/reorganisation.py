"""Open recommendations follow their authority and their branch; months that changed are counted anew.

Reports in draft need nothing: a meeting keeps its key, so what was begun under the old unit is filed under the new.
"""

from typing import Final

from django.db import connection

from roster.models import Reorganisation
from roster.rehoming import Thing, do_all, facts_of, find, repointed

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


THINGS: Final = (
    column("authority", "Kiến nghị đang mở mà đơn vị cũ phải trả lời", "authority_id"),
    column("suggested", "Kiến nghị đề nghị đơn vị cũ trả lời", "suggested_authority_id"),
    column("matter", "Kiến nghị đang mở của đơn vị cũ", "unit_id"),
)
MARK: Final = """
INSERT INTO reports_dirtymark (unit_id, month, at)
SELECT DISTINCT places.place, m.month, now()
FROM roster_rehoming r JOIN meetings_meeting m ON m.id = r.object_id
CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS places (place)
WHERE r.reorganisation_id = %(pk)s AND r.what = 'meeting' AND places.place IS NOT NULL
"""


def preview(reorganisation: Reorganisation) -> dict[str, str]:
    for thing in THINGS:
        find(reorganisation, thing)
    return {thing.what: thing.title for thing in THINGS}


def apply(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS) or mark(reorganisation)


def undo(reorganisation: Reorganisation) -> int:
    return do_all(reorganisation, THINGS, undo=True) or mark(reorganisation)


def mark(reorganisation: Reorganisation) -> int:
    """Marks are a log: once more does no harm."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, facts_of(reorganisation, "meeting"))
    return 0
