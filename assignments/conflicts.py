"""Which assignments cannot be in force together, as sentences for the line that is wrong.

The database refuses them anyway (exclusion constraints of `Assignment`); this says why.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Q

from assignments.models import Assignment
from assignments.states import AttendeeRole


def conflicts(lines: Sequence[Assignment]) -> Mapping[int, list[str]]:
    """For the primary key of each line that cannot come into force: why not. One query.

    The lines need official, unit and decision loaded. Lines that their own decision ends are in nobody's way.
    """
    near = (
        Assignment.objects.filter(
            Q(in_force=True) | Q(pk__in=[line.pk for line in lines]),
            unit__in={line.unit_id for line in lines},
        )
        .exclude(removals__decision__in={line.decision_id for line in lines})
        .select_related("official", "unit", "decision")
    )
    by_unit: dict[int, list[Assignment]] = defaultdict(list)
    for row in near:
        by_unit[row.unit_id].append(row)
    found = {
        line.pk: [clash(line, other) for other in by_unit[line.unit_id] if do_clash(line, other)]
        for line in lines
    }
    return {pk: sentences for pk, sentences in found.items() if sentences}


def do_clash(one: Assignment, other: Assignment) -> bool:
    if one.pk == other.pk or not share_a_day(one, other):
        return False
    same_person = one.official_id == other.official_id
    return same_person or (one.role == other.role == AttendeeRole.MAIN)


def share_a_day(one: Assignment, other: Assignment) -> bool:
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def clash(line: Assignment, other: Assignment) -> str:
    """ "Chi bộ xóm 3 đã có đồng chí Vũ Văn An dự chính đến 31/12/2026 theo Quyết định số …"."""
    unit, official = line.unit.committee_name, other.official
    if not other.in_force:
        if line.official_id == other.official_id:
            return f"Đồng chí {official} có hai dòng ở {unit} trong danh sách này."
        return f"{unit} còn một người dự chính khác trong danh sách này: đồng chí {official}."
    until = f" đến {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
    if line.official_id == other.official_id:
        return f"Đồng chí {official} đã được phân công dự {unit}{until} theo {other.decision}."
    return f"{unit} đã có đồng chí {official} dự chính{until} theo {other.decision}."
