"""The communes of the demo: the shipped rosters of xã Quang Thiện, and three more with invented branches."""

from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from typing import Final

from django.conf import settings

from assignments.actions import decisions
from assignments.actions.imports import import_list
from assignments.models import Assignment, Decision
from assignments.states import AttendeeRole
from config.lib.errors import Refused
from reports.demo.people import name
from roster.actions import records
from roster.actions.tree import place
from roster.models import Official, Unit, UnitParent, User
from roster.sheets.preview import ListOptions
from roster.states import BranchType, ContactRole, MeetingKind, RosterKind, UnitKind

QUANG_THIEN: Final = "14647"
TOWNS: Final = ("Phường Hoa Lư", "Phường Phủ Lý", "Phường Nam Định")
MORE_COMMUNES: Final = ("14638", "14674", "14620")  # Kim Sơn, Lai Thành, Phát Diệm
BRANCHES_EACH: Final = 10
BEGINNING: Final = date(2025, 7, 1)
ROSTERS: Final = (
    ("2026-quang-thien-chi-bo.xlsx", RosterKind.BRANCHES),
    ("2026-tinh-can-bo.xlsx", RosterKind.OFFICIALS),
    ("2026-phan-cong-quang-thien.xlsx", RosterKind.ASSIGNMENTS),
)
HOURS: Final = (time(19, 30), time(20, 0), time(8, 0), time(14, 0))


def import_rosters(today: date) -> None:
    """The shipped rosters, through the import itself; the fixed days hold from `today` on."""
    folder = Path(settings.BASE_DIR) / "roster/data/rosters"
    for file, kind in ROSTERS:
        content = (folder / file).read_bytes()
        told = ListOptions(on=today if kind == RosterKind.BRANCHES else None)
        preview = import_list(content, file, kind, told, today=today)
        if preview.problems:
            raise Refused(f"{file}: {preview.problems[0].text}")


def commune(code: str) -> Unit:
    return Unit.objects.communes().get(code=code, ends_on=None)


def found_branches(by: User, dice: Random) -> list[Unit]:
    """Branches of the other communes, each with its fixed day and its secretary."""
    return [
        found_branch(parent, f"Chi bộ xóm {number}", by, dice)
        for parent in map(commune, MORE_COMMUNES)
        for number in range(1, BRANCHES_EACH + 1)
    ]


def found_branch(parent: Unit, called: str, by: User, dice: Random) -> Unit:
    branch = Unit(
        name=called,
        branch_type=BranchType.RESIDENTIAL,
        member_count=dice.randrange(24, 62),
        starts_on=BEGINNING,
    )
    records.add_branch(parent, branch, by=by)
    records.set_meeting_rule(
        branch,
        kind=MeetingKind.REGULAR,
        starts_on=BEGINNING,
        by=by,
        day=dice.choice((2, 3, 3, 3, 4, 5, 6, 8, 10, 12, 15, 25)),
        time=dice.choice(HOURS),
        place=f"Nhà văn hóa {called.removeprefix('Chi bộ ')}",
    )
    phone = f"+8491{dice.randrange(10**6, 10**7)}"
    records.set_contact(
        branch,
        role=ContactRole.SECRETARY,
        starts_on=BEGINNING,
        by=by,
        name=name(dice),
        phone=phone,
        email="",
    )
    return branch


def found_peoples_committees() -> None:
    """The people's committee of each commune: it answers what a commune can settle itself."""
    for code in (QUANG_THIEN, *MORE_COMMUNES):
        above = commune(code)
        unit = Unit.objects.create(
            kind=UnitKind.AGENCY, name=f"UBND {lowered(above.name)}", starts_on=BEGINNING
        )
        UnitParent.objects.create(unit=unit, parent=above, starts_on=BEGINNING)
        place(unit, BEGINNING)


def found_propaganda_board(root: Unit) -> Unit:
    """It brings out the month's material; the list of officials may have named it already."""
    name = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    if known := Unit.objects.agencies().filter(name=name, ends_on=None).first():
        Unit.objects.filter(pk=known.pk).update(publishes_material=True)
        return known
    unit = Unit.objects.create(
        kind=UnitKind.AGENCY, name=name, starts_on=BEGINNING, publishes_material=True
    )
    UnitParent.objects.create(unit=unit, parent=root, starts_on=BEGINNING)
    place(unit, BEGINNING)
    return unit


def seat_agencies() -> None:
    """The province's agencies stand in its three towns, as they did before the provinces became one: Party bodies
    in Hoa Lư, of the others every third in each. Which one stands where is invented.
    """
    towns = [Unit.objects.communes().get(name=name, ends_on=None) for name in TOWNS]
    agencies = Unit.objects.agencies().filter(
        lat=None, ends_on=None, parents__parent__kind=UnitKind.PROVINCIAL
    )
    for number, agency in enumerate(agencies.order_by("name_key")):
        town = towns[0 if "Tỉnh ủy" in agency.name else number % len(towns)]
        Unit.objects.filter(pk=agency.pk).update(lat=town.lat, lon=town.lon)


def lowered(called: str) -> str:
    return f"{called[:1].lower()}{called[1:]}"


def assign_the_rest(branches: list[Unit], by: User, dice: Random) -> Decision:
    """A second decision: the other communes' branches and enlarged meetings; three branches get nobody."""
    officials = list(Official.objects.filter(assignments=None, is_active=True).by_rank())
    decision = decisions.create_decision(
        issuer=by.unit or branches[0],
        by=by,
        number="112-QĐ/TU",
        signed_on=date(2026, 2, 16),
        signer="Người ký (số liệu giả định)",
        subject="Về việc phân công cán bộ dự sinh hoạt chi bộ và hội nghị đảng ủy mở rộng",
        basis="Quy chế làm việc của Tỉnh ủy; đề nghị của Ban Tổ chức Tỉnh ủy.",
        starts_on=date(2026, 3, 1),
        ends_on=date(2028, 12, 31),
    )
    free = iter(officials)
    laden = next(free)
    for index, branch in enumerate(branches[:-3]):
        official = laden if index % 12 == 0 else next(free)
        decisions.add_assignment(decision, official=official, unit=branch, by=by)
    for code in (QUANG_THIEN, *MORE_COMMUNES):
        decisions.add_assignment(decision, official=next(free), unit=commune(code), by=by)
    second = dice.choice(branches[:-3])
    decisions.add_assignment(
        decision, official=next(free), unit=second, role=AttendeeRole.SECOND, by=by
    )
    decisions.issue_decision(decision, by=by)
    return decision


def draft_next_year(by: User, today: date) -> None:
    """A draft with a line that clashes, as one finds it on a desk."""
    draft = decisions.supplement_to_draft(commune(QUANG_THIEN), by=by, today=today)
    draft.starts_on = today + timedelta(days=30)
    decisions.save_decision(draft, by=by)
    vacant = Unit.objects.branches().filter(assignments=None, ends_on=None).for_list()
    taken = Assignment.objects.filter(in_force=True).select_related("unit").order_by("pk")[3].unit
    officials = Official.objects.filter(assignments=None, is_active=True).by_rank()
    for unit, official in zip([*vacant[:2], taken], officials[:3], strict=True):
        decisions.add_assignment(draft, official=official, unit=unit, by=by)
