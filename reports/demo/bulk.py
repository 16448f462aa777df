"""The large scales: thousands of branches and their months in a few statements, for measuring.

Invented branches in communes that bear real names. What an act would leave besides (audit,
messages, versions, score lines) is not made here: `small` shows that.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from config.lib.errors import refuse_if
from config.lib.months import add_months, month_of
from config.lib.text import fold, name_key
from meetings.actions.planning import plan_month
from reports.demo import people, statements
from reports.demo.matters import COMMUNE, MATTERS, worded
from reports.demo.small import why_not_seed
from reports.models import Field, MeetingReport, Recommendation, ReportNumber
from reports.rollups import refresh
from roster.actions.shipped_units import shipped_units
from roster.models import Unit, UnitParent, User
from roster.models.units import natural_key
from roster.states import UnitKind

Say = Callable[[str], None]
Parameters = dict[str, Any]
COMMUNES_ELSEWHERE: Final = 98
RECENT, LATELY = timedelta(days=12), timedelta(days=45)


@dataclass(frozen=True)
class Scale:
    """How much there is of what; officials are half as many as branches."""

    branches: int
    provinces: int = 1


SCALES: Final[Mapping[str, Scale]] = {
    "pilot": Scale(6_000),
    "province": Scale(12_000),
    "nation": Scale(250_000, provinces=34),
}


@transaction.atomic
def seed(scale: Scale, *, months: int, dice: Random, now: datetime, say: Say) -> None:
    """`months` months up to this one, and the next one planned. All of it, or nothing."""
    refuse_if(why_not_seed() or why_not_measure())
    first = add_months(month_of(timezone.localdate(now)), 1 - months)
    values = prepare(scale, first, dice)
    say(f"{scale.branches:,} chi bộ, {scale.branches // 2:,} cán bộ".replace(",", "."))
    run(statements.PLACES, values)
    open_accounts()
    values |= {"desk": User.objects.get(username="chuyen.vien").pk, "now": now}
    values |= {"recent": now - RECENT, "lately": now - LATELY, "zone": "Asia/Ho_Chi_Minh"}
    run(("ANALYZE",), {})
    for index in range(months + 1):
        live_month(add_months(first, index), values, now)
    run((*statements.AFTERWARDS, "ANALYZE"), values)
    number_on(values)
    say("Tính số liệu tổng hợp theo tháng")
    refresh.drain(now)


def why_not_measure() -> str | None:
    if Unit.objects.exists():
        return "Quy mô này lập các đơn vị của riêng nó; dùng cơ sở dữ liệu chưa có đơn vị nào."
    return None


def run(texts: tuple[str, ...], values: Parameters) -> None:
    with connection.cursor() as cursor:
        for text in texts:
            cursor.execute(text, values or None)


def prepare(scale: Scale, first: date, dice: Random) -> Parameters:
    """Provinces, communes and agencies, and the words from which the rest is made."""
    run((statements.PREPARE,), {})
    communes = found_communes(scale, first)
    agencies = found_agencies(first)
    names = [f"Chi bộ xóm {n}" for n in range(1, scale.branches // communes + 2)]
    fill("demo_branch_name", [(n, name, fold(name), natural_key(name)) for n, name in enumerate(names, 1)])  # fmt: skip
    persons = [" ".join(parts) for parts in product(people.FAMILY, people.MIDDLE, people.GIVEN)]
    dice.shuffle(persons)
    fill("demo_person", [(n, name, fold(name), name_key(name)) for n, name in enumerate(persons)])
    fill("demo_matter", matter_rows(agencies, dice))
    return {
        "first": first,
        "branches": scale.branches,
        "communes": communes,
        "agencies": len(agencies),
        "people": len(persons),
        "matters": len(MATTERS),
    }


def fill(table: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        execute_values(cursor, f"INSERT INTO {table} VALUES %s", rows)  # noqa: S608 - a table of this module


def found_communes(scale: Scale, first: date) -> int:
    """Today's 129 names in the first province, numbered ones in the others; how many in all."""
    today = [unit.name for unit in shipped_units() if unit.kind == UnitKind.COMMUNE and unit.ends_on is None]  # fmt: skip
    rows: list[tuple[int, str, int]] = []
    for number in range(1, scale.provinces + 1):
        called = "Tỉnh ủy Ninh Bình" if number == 1 else f"Tỉnh ủy {number:02d}"
        root = found(called, UnitKind.PROVINCIAL, None, first)
        names = today if number == 1 else [f"Xã {n:03d}" for n in range(1, COMMUNES_ELSEWHERE + 1)]
        units = [found(name, UnitKind.COMMUNE, root, first) for name in names]
        rows += [(unit.pk, unit.path, root.pk) for unit in units]
    fill("demo_commune (id, path, province_id)", list(rows))
    return len(rows)


def found_agencies(first: date) -> list[str]:
    """The departments that answer, in each province; what a commune would settle goes to the first of them."""
    names = [*sorted({one.authority for one in MATTERS} - {COMMUNE}), "Văn phòng Tỉnh ủy"]
    rows = []
    for root in Unit.objects.filter(kind=UnitKind.PROVINCIAL):
        units = [found(name, UnitKind.AGENCY, root, first) for name in names]
        rows += [(n, root.pk, unit.pk) for n, unit in enumerate(units)]
    fill("demo_agency", list(rows))
    return names


def found(called: str, kind: UnitKind, above: Unit | None, first: date) -> Unit:
    unit = Unit(kind=kind, name=called, starts_on=first)
    unit.save()
    unit.path = f"{above.path if above else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    if above:
        UnitParent.objects.create(unit=unit, parent=above, starts_on=first)
    return unit


def matter_rows(agencies: list[str], dice: Random) -> list[tuple[Any, ...]]:
    fields = dict(Field.objects.values_list("code", "pk"))
    rows = []
    for number, one in enumerate(MATTERS):
        ask = worded(one.ask, "xóm", dice)
        agency = agencies.index(one.authority) if one.authority in agencies else 0
        search = fold(f" {ask} {one.proposal}")
        problem = worded(one.problem, "xóm", dice)
        rows.append((number, fields[one.field], problem, one.resolved, ask, one.proposal, agency, one.answer,
                     one.outcome.value, one.urgency.value, f" {search}"))  # fmt: skip
    return rows


def open_accounts() -> None:
    """The printed accounts, in the first province."""
    root = Unit.objects.filter(kind=UnitKind.PROVINCIAL).earliest("pk")
    for account in people.PROVINCE:
        people.open_account(account, root)
    commune = Unit.objects.communes().get(name="Xã Quang Thiện")
    people.open_account(people.COMMUNE_OFFICER, commune)
    branch = (
        Unit.objects.branches().under(commune).filter(assignments__in_force=True).earliest("pk")
    )
    people.open_account(people.SECRETARY, branch, "Bí thư chi bộ")
    people.open_to_visitors(branch.assignments.get().official)
    agency = Unit.objects.agencies().under(root).earliest("pk")
    people.open_account(people.AUTHORITY, agency)


def live_month(month: date, values: Parameters, now: datetime) -> None:
    """Plan one month by the planner itself; what has passed of it took place and was reported."""
    plan_month(month, now=now)
    counts = {"reports": MeetingReport.objects.count(), "recommendations": Recommendation.objects.count()}  # fmt: skip
    run(statements.OF_A_MONTH, {**values, **counts, "month": month})


def number_on(values: Parameters) -> None:
    """The counters go on after the numbers that were given out."""
    year = timezone.localdate(values["now"]).year
    for series, last in (("BN", MeetingReport.objects.count()), ("KN", Recommendation.objects.count())):  # fmt: skip
        ReportNumber.objects.update_or_create(series=series, year=year, defaults={"last": last})
