"""The nine rosters as their offices sent them: each goes in without a problem, and a second time changes nothing."""

import json
from datetime import date

import pytest

from assignments.models import Assignment, Decision
from roster.actions.shipped_units import load_shipped_units
from roster.models import (
    Contact,
    Event,
    MeetingRule,
    OfficeTerm,
    Official,
    RosterImport,
    Unit,
    UnitParent,
)
from roster.states import BranchType, ImportStatus, UnitKind
from tests.assignments.imports.setting import load, preview
from tests.workbooks import sample

pytestmark = pytest.mark.django_db

IN_ORDER = [
    ("2021-kim-son-chi-bo", "branches", 294),
    ("2021-tinh-can-bo", "officials", 56),
    ("2021-kim-son-can-bo", "officials", 50),
    ("2021-kim-son-huyen-uy-vien", "officials", 35),
    ("2021-kim-son-phan-cong", "assignments", 50),
    ("2021-kim-son-phan-cong-dang-uy", "assignments", 25),
    ("2026-tinh-can-bo", "officials", 243),
    ("2026-quang-thien-chi-bo", "branches", 38),
    ("2026-phan-cong-quang-thien", "assignments", 34),
]
ALONE = [row for row in IN_ORDER if row[1] != "assignments"]


def counts(result) -> dict[str, int]:
    facts = result.facts("")
    return {name: facts[name] for name in ("rows", "new", "changed", "same")} | {
        "problems": len(facts["problems"])
    }


def test_all_nine_go_in_and_a_second_time_change_nothing():
    load_shipped_units()

    first = {name: counts(load(sample(name), kind)) for name, kind, _ in IN_ORDER}
    second = {name: counts(preview(sample(name), kind)) for name, kind, _ in IN_ORDER}

    assert first == {
        name: {"rows": rows, "new": rows, "changed": 0, "same": 0, "problems": 0}
        for name, _, rows in IN_ORDER
    }
    assert second == {
        name: {"rows": rows, "new": 0, "changed": 0, "same": rows, "problems": 0}
        for name, _, rows in IN_ORDER
    }
    assert Unit.objects.branches().count() == 294 + 38
    assert Official.objects.count() == 56 + 50 + 35 + 243
    assert Assignment.objects.filter(in_force=True).count() == 50 + 25 + 34
    assert RosterImport.objects.filter(status=ImportStatus.COMMITTED).count() == 9
    assert Event.objects.filter(verb="roster_imported").count() == 9


@pytest.mark.parametrize(("name", "kind", "rows"), ALONE)
def test_lists_of_branches_and_officials_need_no_other_list(name, kind, rows):
    load_shipped_units()

    assert counts(load(sample(name), kind)) == {
        "rows": rows,
        "new": rows,
        "changed": 0,
        "same": 0,
        "problems": 0,
    }


def test_branches_of_2021_live_and_end_with_their_commune():
    load_shipped_units()

    load(sample("2021-kim-son-chi-bo"), "branches")

    branch = Unit.objects.branches().get(
        name="Chi bộ xóm 13", parents__parent__name="Xã Đồng Hướng"
    )
    assert branch.ends_on == date(2025, 6, 30)
    assert branch.path.startswith(UnitParent.objects.get(unit=branch).parent.path)
    assert branch.branch_type == BranchType.RESIDENTIAL
    rule = MeetingRule.objects.get(unit=branch)
    assert (rule.day, rule.starts_on, rule.ends_on) == (3, date(2021, 12, 1), date(2025, 6, 30))
    assert Contact.objects.get(unit=branch).name
    last = Unit.objects.branches().filter(parents__parent__name="Xã Lưu Phương")
    assert set(last.values_list("ends_on", flat=True)) == {date(2024, 12, 31)}


def test_branches_of_a_commune_of_today_stand_under_it():
    load_shipped_units()

    load(sample("2026-quang-thien-chi-bo"), "branches")

    quang_thien = Unit.objects.get(name="Xã Quang Thiện", ends_on=None)
    branches = Unit.objects.under(quang_thien).branches()
    assert branches.count() == 38
    assert dict(branches.filter(name__contains="cơ quan").values_list("name", "branch_type")) == {
        "Chi bộ cơ quan Đảng ủy": BranchType.AGENCY
    }


def test_officials_get_their_agencies_and_terms():
    load_shipped_units()

    load(sample("2026-tinh-can-bo"), "officials")

    secretary = Official.objects.get(full_name="Phạm Mạnh Hải")
    assert (secretary.agency.kind, secretary.agency.name) == (UnitKind.COMMUNE, "Xã Đồng Thái")
    assert secretary.birth_date == date(1987, 1, 12)
    term = OfficeTerm.objects.get(official=secretary)
    assert (term.office, term.unit, term.starts_on) == (
        secretary.title,
        secretary.agency,
        date(2026, 1, 1),
    )
    member = Official.objects.get(full_name="Nguyễn Đức Ý")
    assert (member.agency.kind, member.agency.ancestor_ids) == (
        UnitKind.AGENCY,
        [Unit.objects.get(code="37", kind=UnitKind.PROVINCIAL).pk],
    )
    assert member.rank < secretary.rank


def test_people_of_one_name_stay_two():
    load_shipped_units()

    load(sample("2026-tinh-can-bo"), "officials")

    assert Official.objects.filter(full_name="Vũ Thị Hà").count() == 2


def test_assignments_become_a_decision_in_force_until_the_unit_ends():
    load_shipped_units()
    for name, kind, _ in IN_ORDER[:6]:
        load(sample(name), kind)

    to_branches = Decision.objects.get(number="512-QĐ/HU")
    to_committees = Decision.objects.get(number="513-QĐ/HU")

    assert (to_branches.signed_on, to_branches.issuer.name) == (
        date(2021, 12, 15),
        "Huyện ủy Kim Sơn",
    )
    assert set(to_branches.assignments.values_list("unit__kind", flat=True)) == {UnitKind.BRANCH}
    assert set(to_committees.assignments.values_list("unit__kind", flat=True)) == {UnitKind.COMMUNE}
    assert set(to_branches.assignments.values_list("ends_on", flat=True)) == {
        date(2025, 6, 30),
        date(2024, 12, 31),
    }


def test_the_preview_in_pieces_is_the_preview():
    load_shipped_units()
    seen = preview(sample("2026-tinh-can-bo"), "officials")

    pieces = list(seen.written_details("a.xlsx"))

    assert len(pieces) > 2
    assert json.loads("".join(pieces)) == seen.details("a.xlsx")
