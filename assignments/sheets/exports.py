"""A decision's list in the office's layout; imported again it changes nothing."""

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet

from assignments.models import Assignment, Decision
from config.lib.spreadsheets.reading import Cell
from config.lib.spreadsheets.writing import Column
from roster.models import Unit, UnitParent
from roster.sheets.exports import OfficeList, head
from roster.states import UnitKind

COLUMNS: Final = (
    Column("TT", 6), Column("Họ và tên", 26), Column("Chức vụ, đơn vị công tác", 46),
    Column("Dự sinh hoạt tại chi bộ", 38), Column("Đảng bộ xã, phường", 26),
)  # fmt: skip
COMMITTEE: Final = Column("Dự hội nghị đảng ủy mở rộng", 30)


def decision_list(decision: Decision, seen: QuerySet[Assignment]) -> OfficeList:
    """`seen` are the decision's lines, or those that somebody may see."""
    lines = list(seen.select_related("official__agency", "unit").order_by("role", "pk"))
    communes = commune_of(lines, decision)
    has_committees = any(line.unit.kind != UnitKind.BRANCH for line in lines)
    rows = [
        [number, *assignment_row(line, communes, has_committees=has_committees)]
        for number, line in enumerate(lines, start=1)
    ]
    return OfficeList(
        sheet="Phân công",
        title=head(
            decision.issuer,
            "DANH SÁCH PHÂN CÔNG CÁN BỘ DỰ SINH HOẠT CHI BỘ",
            f"(Kèm theo {named(decision)})",
        ),
        columns=[*COLUMNS, COMMITTEE] if has_committees else COLUMNS,
        rows=rows,
        count=len(rows),
    )


def named(decision: Decision) -> str:
    day = f", ngày {decision.signed_on:%d/%m/%Y}" if decision.signed_on else ""
    return f"{decision.get_kind_display()} số {decision.number}{day} của {decision.issuer.committee_name}"


def commune_of(lines: Sequence[Assignment], decision: Decision) -> dict[int, Unit]:
    """Under which commune each branch stood on the decision's first day."""
    rows = UnitParent.objects.on(decision.starts_on).filter(
        unit__in=[line.unit_id for line in lines]
    )
    return {row.unit_id: row.parent for row in rows.select_related("parent")}


def assignment_row(
    line: Assignment, communes: dict[int, Unit], *, has_committees: bool
) -> list[Cell]:
    official, is_branch = line.official, line.unit.kind == UnitKind.BRANCH
    office = ", ".join(part for part in (official.title, official.agency.committee_name) if part)
    commune = communes.get(line.unit_id)
    row: list[Cell] = [official.full_name, office]
    row += [line.unit.name, commune.name if commune else None] if is_branch else [None, None]
    if has_committees:
        row.append(None if is_branch else line.unit.committee_name)
    return row
