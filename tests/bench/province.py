"""A province to plan: the published instance of `make bench BENCH=plan`. The same numbers give the same rows.

The 129 communes are today's of Ninh Bình, with their coordinates. The rest is drawn from `SEED`:

- a branch's commune by how large it is; its evening mostly by the commune's custom. As in the lists of
  2021, the third of the month is by far the most common;
- a third of the agencies in the three towns, the others anywhere; each has a branch of its own;
- capacities from 1 to 4, one in thirty-three officials absent for the year, one in ten a party member of a
  residential branch near the own agency;
- three years behind us: each year a clerk gave each agency a few communes, and kept seven in ten of last
  year's pairs. One branch in ten had nobody;
- one branch in three is weak (priority 1 to 3), one in seven asked for agencies of a field.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from assignments.models import Assignment, BranchNeed, Decision
from assignments.states import DecisionStatus
from roster.actions.shipped_units import rows_of
from roster.models import Absence, MeetingRule, Official, Unit, User
from roster.states import AbsenceReason, Role, UnitKind

SEED = 2026
TERM = (date(2027, 1, 1), date(2027, 12, 31))
PAST_YEARS = (2024, 2025, 2026)
BEGAN = date(2020, 1, 1)
QUARTER = date(2026, 10, 1)
TOWNS = ("Phường Hoa Lư", "Phường Phủ Lý", "Phường Nam Định")
PEOPLE_OF_AN_AGENCY = 20
EVENINGS = {
    2: 0.07, 3: 0.33, 4: 0.14, 5: 0.16, 6: 0.07, 7: 0.03, 8: 0.03,
    10: 0.06, 15: 0.04, 20: 0.03, 25: 0.02, 28: 0.01, 30: 0.01,
}  # fmt: skip
CUSTOM = 0.5  # so many branches meet on their commune's evening
USUAL = {1: 0.2, 2: 0.5, 3: 0.2, 4: 0.1}  # capacities
AROUND = 12  # agencies from which a clerk gave a commune its three
NOBODY = -1


@dataclass(frozen=True)
class Land:
    """What was drawn: the place of each branch's commune, of each agency's, of each official's agency."""

    top: Unit
    communes: Sequence[Unit]
    agencies: Sequence[Unit]
    branches: Sequence[Unit]
    people: Sequence[Official]
    branch_commune: np.ndarray
    agency_commune: np.ndarray
    official_agency: np.ndarray
    days: np.ndarray


def instance(officials: int, branches: int, capacities: Mapping[int, float] = USUAL) -> Decision:
    """An empty draft for 2027 over a province of so many officials and branches."""
    draw = np.random.default_rng(SEED)
    land = settle(draw, officials, branches, capacities)
    set_evenings(land)
    set_absences(draw, land)
    set_needs(draw, land)
    set_past(draw, land)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    clerk = User.objects.create(
        username=f"clerk-{land.top.pk}", role=Role.COMMISSION_OFFICER, unit=land.top
    )
    decision: Decision = Decision.objects.create(
        issuer=land.top, starts_on=TERM[0], ends_on=TERM[1], by=clerk
    )
    return decision


def settle(
    draw: np.random.Generator, officials: int, branches: int, capacities: Mapping[int, float]
) -> Land:
    top = Unit(kind=UnitKind.PROVINCIAL, name="Tỉnh ủy Ninh Bình", starts_on=BEGAN)
    root = plant([top], [""])[0]
    rows = list(rows_of("communes_2025.csv"))
    communes = plant(
        [unit(UnitKind.COMMUNE, row["name"], place_of(row)) for row in rows],
        [root.path] * len(rows),
    )
    seats = agency_seats(draw, [row["name"] for row in rows], officials // PEOPLE_OF_AN_AGENCY)
    agencies = plant(
        [
            unit(UnitKind.AGENCY, f"Cơ quan {n}", place_of(rows[seat]))
            for n, seat in enumerate(seats)
        ],
        [root.path] * len(seats),
    )
    size = draw.lognormal(0, 0.4, len(rows))
    homes = np.sort(draw.choice(len(rows), branches - len(agencies), p=size / size.sum()))
    paths = [agency.path for agency in agencies] + [communes[home].path for home in homes]
    planted = plant([unit(UnitKind.BRANCH, f"Chi bộ {n}") for n in range(branches)], paths)
    work = draw.integers(0, len(agencies), officials)
    branch_commune = np.concatenate([seats, homes])
    limits = draw.choice(list(capacities), officials, p=list(capacities.values()))
    near = own_branches(draw, branch_commune, len(agencies), seats[work])
    people = [
        Official(
            full_name=f"Cán bộ {n}", agency=agencies[work[n]], capacity=int(limits[n]), rank=n,
            own_branch=planted[near[n]] if near[n] != NOBODY else None,
        )
        for n in range(officials)
    ]  # fmt: skip
    Official.objects.bulk_create(people)
    days = evenings(draw, branch_commune, len(communes))
    return Land(root, communes, agencies, planted, people, branch_commune, seats, work, days)


def unit(kind: UnitKind, name: str, place: Mapping[str, float] | None = None) -> Unit:
    return Unit(kind=kind, name=name, starts_on=BEGAN, **(place or {}))


def place_of(row: Mapping[str, str]) -> dict[str, float]:
    return {"lat": float(row["lat"]), "lon": float(row["lon"])}


def plant(units: Sequence[Unit], above: Sequence[str]) -> list[Unit]:
    made = Unit.objects.bulk_create(units)
    for one, path in zip(made, above, strict=True):
        one.path = f"{path or '/'}{one.pk}/"
    Unit.objects.bulk_update(made, ["path"], batch_size=2_000)
    return made


def agency_seats(draw: np.random.Generator, names: Sequence[str], count: int) -> np.ndarray:
    towns = [names.index(name) for name in TOWNS]
    in_town = draw.random(count) < 1 / 3
    return np.where(in_town, draw.choice(towns, count), draw.integers(0, len(names), count))


def own_branches(
    draw: np.random.Generator, branch_commune: np.ndarray, agencies: int, homes: np.ndarray
) -> list[int]:
    """For one in ten a residential branch in the commune of the agency."""
    near = [np.flatnonzero(branch_commune[agencies:] == home) + agencies for home in homes]
    return [
        int(draw.choice(choice)) if len(choice) and draw.random() < 0.1 else NOBODY
        for choice in near
    ]


def evenings(draw: np.random.Generator, branch_commune: np.ndarray, communes: int) -> np.ndarray:
    days, odds = list(EVENINGS), list(EVENINGS.values())
    custom = draw.choice(days, communes, p=odds)
    own = draw.choice(days, len(branch_commune), p=odds)
    return np.where(draw.random(len(own)) < CUSTOM, custom[branch_commune], own)


def set_evenings(land: Land) -> None:
    MeetingRule.objects.bulk_create(
        MeetingRule(unit=one, day=day, starts_on=BEGAN)
        for one, day in zip(land.branches, land.days.tolist(), strict=True)
    )


def set_absences(draw: np.random.Generator, land: Land) -> None:
    gone = draw.choice(len(land.people), len(land.people) // 33, replace=False)
    Absence.objects.bulk_create(
        Absence(
            official=land.people[one],
            reason=AbsenceReason.DUTY,
            starts_on=date(2026, 12, 1),
            ends_on=TERM[1],
        )
        for one in gone
    )


def set_needs(draw: np.random.Generator, land: Land) -> None:
    priorities = draw.choice(4, len(land.branches), p=[0.67, 0.18, 0.1, 0.05])
    asked = draw.random(len(land.branches)) < 1 / 7
    fields = draw.integers(0, len(land.agencies), (len(land.branches), 2))
    BranchNeed.objects.bulk_create(
        BranchNeed(
            unit=one,
            quarter_starts_on=QUARTER,
            priority=int(priorities[n]),
            agencies=sorted({land.agencies[at].pk for at in fields[n]}) if asked[n] else [],
        )
        for n, one in enumerate(land.branches)
        if priorities[n] or asked[n]
    )


def set_past(draw: np.random.Generator, land: Land) -> None:
    holders = np.full(len(land.branches), NOBODY)
    for year in PAST_YEARS:
        kept = np.where(draw.random(len(holders)) < 0.7, holders, NOBODY)
        holders = by_hand(draw, land, kept)
        first, last = date(year, 1, 1), date(year, 12, 31)
        decision = Decision.objects.create(
            issuer=land.top,
            number=f"{year}-QĐ/TU",
            signed_on=first,
            starts_on=first,
            ends_on=last,
            status=DecisionStatus.ISSUED,
        )
        Assignment.objects.bulk_create(
            Assignment(
                decision=decision,
                official=land.people[holder],
                unit=land.branches[branch],
                starts_on=first,
                ends_on=last,
                in_force=True,
            )
            for branch, holder in enumerate(holders.tolist())
            if holder != NOBODY
        )


def by_hand(draw: np.random.Generator, land: Land, kept: np.ndarray) -> np.ndarray:
    """What a clerk makes of a year: each commune is given three agencies of those around, of whom anybody free goes."""
    in_charge = draw.permuted(nearest(land), axis=1)[:, :3]
    people = [np.flatnonzero(land.official_agency == n) for n in range(len(land.agencies))]
    left = np.array([one.capacity for one in land.people])
    np.subtract.at(left, kept[kept != NOBODY], 1)
    busy = set(zip(kept.tolist(), land.days.tolist(), strict=True))
    holders = kept.copy()
    for branch in np.flatnonzero(kept == NOBODY).tolist():
        day = int(land.days[branch])
        could = np.concatenate([people[n] for n in in_charge[land.branch_commune[branch]]])
        free = [one for one in could.tolist() if left[one] and (one, day) not in busy]
        if free and draw.random() < 0.9:
            chosen = int(draw.choice(free))
            holders[branch] = chosen
            left[chosen] -= 1
            busy.add((chosen, day))
    return holders


def nearest(land: Land) -> np.ndarray:
    """For each commune the agencies around it."""
    there = np.array([(one.lat, one.lon) for one in land.communes])
    ways = there[:, None, :] - there[None, land.agency_commune, :]
    return np.argsort((ways**2).sum(axis=2), axis=1, kind="stable")[:, :AROUND]
