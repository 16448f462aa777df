"""The real case: 398 communes of three provinces become the 129 of today, with three years of meetings behind."""

import csv
import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from meetings.models import Meeting
from roster.actions import reorganisations
from roster.actions.shipped_units import DATA, load_shipped_units
from roster.models import Rehoming, Reorganisation, Unit, UnitParent
from roster.states import UnitKind

pytestmark = pytest.mark.django_db
CHANGES = DATA / "commune_changes_2025_07.csv"
FIRST, DAY, EVE = date(2025, 1, 1), date(2025, 7, 1), date(2025, 6, 30)

BRANCHES = """
WITH made AS (
    INSERT INTO roster_unit (kind, code, name, name_key, search, branch_type, note, path, starts_on, ends_on)
    SELECT 'branch', 'CB' || c.id || '-' || n, 'Chi bộ xóm ' || n, 'chi bo xom ' || lpad(n::text, 6, '0'),
        'chi bo xom ' || n, 'residential', '', c.path, '2020-01-01', NULL
    FROM roster_unit c CROSS JOIN generate_series(13, 12 + %(each)s) n
    WHERE c.kind = 'commune' AND c.ends_on IN ('2024-12-31', '2025-06-30') RETURNING id, code, path
), placed AS (
    INSERT INTO roster_unitparent (unit_id, parent_id, starts_on, ends_on)
    SELECT made.id, c.id, '2020-01-01', NULL FROM made
    JOIN roster_unit c ON c.kind = 'commune' AND split_part(substr(made.code, 3), '-', 1)::bigint = c.id RETURNING unit_id
)
SELECT count(*) FROM placed
"""
PATHS = "UPDATE roster_unit SET path = path || id || '/' WHERE kind = 'branch'"
MEETINGS = """
INSERT INTO meetings_meeting (unit_id, month, kind, starts_at, held_on, place, status, reason, sequence,
    report_due_on, late_after, locked_on, commune_id, district_id, province_id)
SELECT p.unit_id, m::date, 'regular', m + interval '2 days 19 hours', m::date + 2, '', 'held', '', 0, m::date + 7,
    m::date + 7, m::date + 30, p.parent_id, d.parent_id, q.parent_id
FROM roster_unitparent p JOIN roster_unit u ON u.id = p.unit_id AND u.kind = 'branch'
LEFT JOIN roster_unitparent d ON d.unit_id = p.parent_id
LEFT JOIN roster_unitparent q ON q.unit_id = d.parent_id
CROSS JOIN generate_series('2022-07-01'::date, '2025-06-01', interval '1 month') m
"""


def three_years(each: int = 1) -> None:
    load_shipped_units()
    with connection.cursor() as cursor:
        cursor.execute(BRANCHES, {"each": each})
        cursor.execute(PATHS)
        cursor.execute(MEETINGS)


def reorganise(name, day, *options):
    call_command(
        "reorganise",
        str(DATA / name),
        f"--effective={day}",
        f"--decision=Nghị quyết sắp xếp {day:%d/%m/%Y}",
        *options,
        stdout=(out := io.StringIO()),
    )
    return out.getvalue()


def mapping_of_splits(path):
    """Each branch of a split commune goes to the part with the smallest code."""
    with CHANGES.open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.DictReader(file) if row["change"].startswith("divided")]
    parts: dict[str, str] = {}
    for row in rows:
        parts[row["old_code"]] = min(parts.get(row["old_code"], "99999"), row["new_code"])
    parents = UnitParent.objects.on(EVE).filter(
        unit__kind=UnitKind.BRANCH, parent__code__in=parts, parent__kind=UnitKind.COMMUNE
    )
    lines = [
        f"{code},{parts[old]}" for code, old in parents.values_list("unit__code", "parent__code")
    ]
    path.write_text("\n".join(["branch_code,new_code", *lines]))
    return len(lines)


@pytest.fixture
def then():
    three_years()
    reorganise("commune_changes_2025_01.csv", FIRST, "--commit")


def xom_13():
    return Unit.objects.get(kind=UnitKind.BRANCH, parents__parent__name="Xã Đồng Hướng")


def places():
    return set(Meeting.objects.values_list("pk", "commune", "district", "province"))


def test_a_split_without_a_mapping_is_refused_with_its_branches_and_nothing_is_written(then):
    with pytest.raises(CommandError, match="Chưa ghi gì: 6 mục") as refusal:
        reorganise(CHANGES.name, DAY, "--commit")

    assert (
        str(refusal.value).count("Chi bộ xóm 13 (Xã")
        + str(refusal.value).count("(Phường")
        + str(refusal.value).count("(Thị trấn")
        == 6
    )
    assert not Rehoming.objects.filter(reorganisation__effective_on=DAY).exists()


def test_398_communes_become_129_and_every_earlier_meeting_keeps_its_place(then, tmp_path):
    before = places()
    mapping = tmp_path / "branches.csv"
    mapping_of_splits(mapping)

    reorganise(CHANGES.name, DAY, "--branches", str(mapping), "--commit")

    branch = xom_13()
    today = Unit.objects.get(pk=branch.ancestor_ids[-1])
    living = Unit.objects.on(DAY)
    placed = UnitParent.objects.on(DAY).filter(unit__kind=UnitKind.BRANCH)
    assert (today.name, branch.name) == ("Xã Quang Thiện", "Chi bộ xóm 13 (xã Đồng Hướng cũ)")
    assert places() == before
    assert (living.communes().count(), living.filter(kind=UnitKind.DISTRICT).count()) == (129, 0)
    assert placed.filter(parent__in=living.communes()).count() == living.branches().count()
    assert not living.branches().exclude(path__startswith="/" + today.path.split("/")[1]).exists()
    assert Reorganisation.objects.exclude(done_at=None).count() == 2


def tree():
    rows = Unit.objects.values_list("pk", "name", "path", "code", "ends_on")
    return set(rows), set(UnitParent.objects.values_list("unit", "parent", "starts_on", "ends_on"))


def test_undone_everything_is_as_it_was(then, tmp_path):
    before = tree(), places()
    mapping = tmp_path / "branches.csv"
    mapping_of_splits(mapping)
    reorganise(CHANGES.name, DAY, "--branches", str(mapping), "--commit")

    reorganisation = Reorganisation.objects.get(effective_on=DAY, done_at__isnull=False)
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    assert (tree(), places()) == before
