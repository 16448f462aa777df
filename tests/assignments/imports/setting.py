"""A district with two communes in 2021, and lists of it: what the tests of imports start from."""

from datetime import date
from typing import Any

from assignments.actions import imports
from roster.models import Unit, User
from roster.sheets.preview import ListOptions, Preview
from roster.states import Role, RosterKind, UnitKind
from tests import factories
from tests.workbooks import ASSIGNMENT_HEAD, BRANCH_HEAD, OFFICIAL_HEAD, a_list

BEGIN, END = date(2020, 1, 1), date(2025, 6, 30)
TODAY = date(2026, 11, 23)
ISSUER = "HUYỆN ỦY KIM SƠN"
AS_OF = "(Tính đến ngày 01/12/2021)"
DECISION = "(Kèm theo Quyết định số 512-QĐ/HU, ngày 15/12/2021 của Ban Thường vụ Huyện ủy)"

BRANCH = [
    1,
    "Xã Kim Đông",
    "Chi bộ xóm 1",
    30,
    "Trần Văn An",
    "912345678",
    "Ngày 3",
    "19h30",
    "NVH xóm 1",
    None,
]
OFFICIAL = [
    1,
    "Lê Văn Ân",
    "02/03/1970",
    "Chuyên viên",
    "Phòng Nội vụ",
    "0912000111",
    "an.lv@ks.example",
    None,
]
ASSIGNMENT = [1, "Lê Văn Ân", "Chuyên viên, Phòng Nội vụ", "Chi bộ xóm 1", "Xã Kim Đông"]


class District:
    """Huyện ủy Kim Sơn with Xã Kim Đông and Xã Kim Tân, until the district level ended."""

    def __init__(self) -> None:
        period = {"starts_on": BEGIN, "ends_on": END}
        self.province = factories.province(name="Tỉnh ủy Ninh Bình", code="37", starts_on=BEGIN)
        self.unit: Unit = factories.UnitFactory(
            kind=UnitKind.DISTRICT,
            name="Huyện ủy Kim Sơn",
            code="376",
            under=self.province,
            **period,
        )
        self.kim_dong = factories.commune(self.unit, name="Xã Kim Đông", code="14698", **period)
        self.kim_tan = factories.commune(self.unit, name="Xã Kim Tân", code="14683", **period)
        self.officer: User = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=self.province)


def branches(*rows: Any, as_of: str = AS_OF) -> bytes:
    return a_list(ISSUER, as_of, BRANCH_HEAD, *rows)


def officials(*rows: Any, as_of: str = AS_OF) -> bytes:
    return a_list(ISSUER, as_of, OFFICIAL_HEAD, *rows)


def assignments(*rows: Any, as_of: str = DECISION) -> bytes:
    return a_list(ISSUER, as_of, ASSIGNMENT_HEAD, *rows)


def preview(content: bytes, kind: str, **told: Any) -> Preview:
    return imports.preview_list(
        content, RosterKind(kind), ListOptions(**told), by=None, today=TODAY
    )


def load(content: bytes, kind: str, **told: Any) -> Preview:
    return imports.import_list(
        content, "danh-sach.xlsx", RosterKind(kind), ListOptions(**told), today=TODAY
    )


def told(result: Preview) -> list[tuple[str, str]]:
    """(cell, sentence) of each problem."""
    return [(problem.cell, problem.text) for problem in result.problems]


def with_value(row: list[Any], column: int, value: Any) -> list[Any]:
    return [*row[:column], value, *row[column + 1 :]]
