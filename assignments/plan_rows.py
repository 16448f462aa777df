"""What the planner reads: officials, units and what went before, from the database into plain rows.

The rows are kept with the plan, so that it can be explained after the roster has changed. A dozen queries,
however many people.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Max, Q

from assignments.distance import Point, Seats
from assignments.meeting_days import falls_on
from assignments.models import Assignment, BranchNeed, Decision, Proposal
from assignments.planning.problem import Place, Problem, Stop, Traveller, Weights
from assignments.querysets import AssignmentQuerySet
from assignments.states import Barred
from assignments.stays import PAUSE, Stays, longest_stay, stays
from config.lib.months import day_in, last_day, month_of
from roster.models import Absence, MeetingRule, Official, Policy, Unit
from roster.states import PolicyKey, UnitKind

LOOKED_BACK: Final = timedelta(days=3 * 366)
LONGEST_ABSENCE: Final = timedelta(days=182)  # away so long of an open term is away for the term
LEADS: Final = Q(title__istartswith="Bí thư") | Q(title__istartswith="Phó Bí thư")
SENIORITIES: Final = 4
WEIGHTS: Final = {one.name: PolicyKey(f"weight_{one.name}") for one in fields(Weights)}
Rows = dict[str, Any]


def weights_on(day: date) -> dict[str, int]:
    """The weights in force (Policy), by name."""
    values = dict(
        Policy.objects.on(day).filter(key__in=WEIGHTS.values()).values_list("key", "value")
    )
    usual = Weights()
    return {name: values.get(key, getattr(usual, name)) for name, key in WEIGHTS.items()}


def problem_of(proposal: Proposal) -> Problem:
    """From the rows that were kept. Of an earlier plan only what still can be is former."""
    former = proposal.former.pairs if proposal.former else []
    return Problem.of(
        map(traveller, proposal.rows["officials"]),
        map(stop, proposal.rows["units"]),
        weights=Weights(**proposal.weights),
        pins=pairs(proposal.pins),
        forbids=pairs(proposal.forbids),
        former=pairs(former),
    )


def pairs(kept: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    return {(official, unit) for official, unit in kept}


def traveller(row: Sequence[Any]) -> Traveller:
    key, capacity, lat, lon, seniority, is_absent, barred, known = row
    units = frozenset(reasons_of(barred))
    return Traveller(key, capacity, Place(lat, lon), seniority, is_absent, units, frozenset(known))


def reasons_of(barred: Sequence[Any]) -> dict[int, str]:
    """Why somebody may not go to each unit. The first plans kept units alone, without a reason."""
    return dict((entry, "") if isinstance(entry, int) else entry for entry in barred)


def stop(row: Sequence[Any]) -> Stop:
    key, slot, lat, lon, priority, holder, attended, wanted = row
    return Stop(key, slot, Place(lat, lon), priority, holder, tuple(attended), frozenset(wanted))


def read(decision: Decision, reach: str) -> Rows:
    """All that the plan of the decision's first day rests on."""
    return _Reading(decision, reach).rows()


@dataclass(frozen=True)
class _Seats(Seats):
    """What has no seat on record lies in the middle of the issuer's communes."""

    middle: Point

    @classmethod
    def of(cls, decision: Decision) -> "_Seats":
        known = Seats.on_record().known
        below = Unit.objects.communes().on(decision.starts_on).under(decision.issuer)
        own = [known[pk] for pk in below.values_list("pk", flat=True) if pk in known]
        count = len(own) or 1
        middle = (sum(lat for lat, _ in own) / count, sum(lon for _, lon in own) / count)
        return cls(known, middle)

    def seat(self, path: str) -> Point:
        return self.find(path) or self.middle


class _Reading:
    def __init__(self, decision: Decision, reach: str) -> None:
        self.decision, self.reach, self.day = decision, reach, decision.starts_on
        self.seats = _Seats.of(decision)
        self.unplaced = 0
        self.barred: dict[int, set[int]] = defaultdict(set)
        self.taken: dict[int, list[int]] = defaultdict(list)
        self.unit_paths: dict[int, str] = {}
        self.slots: dict[int, int] = {}

    def rows(self) -> Rows:
        self._read_units()
        self._read_running()
        units = self._unit_rows()
        return {
            "officials": self._official_rows(),
            "units": units,
            "unscheduled": self.unscheduled,
            "unplaced": self.unplaced,
        }

    def _read_units(self) -> None:
        """The units that meet below the issuer, but those to which somebody goes already."""
        held = self._staying()
        below = Unit.objects.filter(path__startswith=self.decision.issuer.path)
        found = below.on(self.day).filter(kind=self.reach).exclude(pk__in=held.values("unit"))
        self.unit_paths = dict(found.values_list("pk", "path"))
        slots = slots_of(self.day, below)
        self.slots = slots
        self.unscheduled = len(self.unit_paths.keys() - slots.keys())

    def _read_running(self) -> None:
        """What somebody keeps besides takes capacity and the day."""
        for official, unit in self._staying().values_list("official", "unit"):
            self.taken[official].append(unit)

    def _staying(self) -> AssignmentQuerySet:
        """Who goes somewhere by other decisions; what this one itself ends is free."""
        return Assignment.objects.main().holding_beside(self.decision)

    def _unit_rows(self) -> list[list[Any]]:
        holders, attended = self._history()
        needs = self._needs()
        rows: list[list[Any]] = []
        for pk, path in self.unit_paths.items():
            if pk in self.slots:
                priority, agencies = needs.get(pk, (0, []))
                lat, lon = self.seats.seat(path)
                held = holders.get(pk)
                rows.append(
                    [pk, self.slots[pk], lat, lon, priority, held, attended.get(pk, []), agencies]
                )
        return rows

    def _needs(self) -> dict[int, tuple[int, list[int]]]:
        """The latest need of each unit before the decision begins."""
        known = BranchNeed.objects.filter(quarter_starts_on__lte=self.day)
        latest = known.aggregate(last=Max("quarter_starts_on"))["last"]
        rows = known.filter(quarter_starts_on=latest)
        return {
            pk: (priority, agencies)
            for pk, priority, agencies in rows.values_list("unit", "priority", "agencies")
        }

    def _history(self) -> tuple[dict[int, int], dict[int, list[int]]]:
        """Who goes to each unit until now, and who went there in the last years, once a term.

        Who has been there longest allowed is barred from it.
        """
        past = Assignment.objects.filter(
            in_force=True, starts_on__lt=self.day, unit__path__startswith=self.decision.issuer.path
        ).main()
        attended: dict[int, list[int]] = defaultdict(list)
        turns = list(
            past.order_by("starts_on", "pk").values_list("official", "unit", "starts_on", "ends_on")
        )
        for official, unit, _, last in turns:
            if self.day - LOOKED_BACK <= (last or self.day) < self.day - PAUSE:
                attended[unit].append(official)
        return self._holders(stays(turns, self.day)), attended

    def _holders(self, found: Stays) -> dict[int, int]:
        longest = longest_stay(self.day)
        holders = {}
        for (official, unit), (begun, until) in found.items():
            if until >= self.day - PAUSE:
                holders[unit] = official
                if (self.day - begun).days >= longest:
                    self.barred[official].add(unit)
        return holders

    def _official_rows(self) -> list[list[Any]]:
        known = self._officials()
        absent = self._absent()
        steps = seniorities([(pk, rank) for pk, rank, *_ in known])
        inside = self._units_inside([path for *_, path in known])
        removed: dict[int, list[int]] = defaultdict(list)
        for official, unit in self.decision.removals.values_list(
            "assignment__official", "assignment__unit"
        ):
            removed[official].append(unit)
        on_day: dict[int, set[int]] = defaultdict(set)
        for unit in self.unit_paths:
            on_day[self.slots.get(unit, 0)].add(unit)
        rows: list[list[Any]] = []
        for pk, _, capacity, own_branch, agency, kind, path in known:
            barred: dict[int, str] = {}
            for unit in self.taken.get(pk, ()):
                barred |= dict.fromkeys(on_day[self.slots.get(unit, -1)], Barred.BUSY_DAY)
            barred |= dict.fromkeys(self.barred.get(pk, ()), Barred.LONGEST_STAY)
            barred |= dict.fromkeys(removed.get(pk, ()), Barred.REMOVED)
            if self._answers_for(agency, kind):
                barred |= dict.fromkeys(inside[path], Barred.OWN_UNIT)
            barred |= {agency: Barred.OWN_UNIT, own_branch: Barred.OWN_BRANCH}
            left = max(capacity - len(self.taken.get(pk, ())), 0)
            self.unplaced += self.seats.find(path) is None
            lat, lon = self.seats.seat(path)
            own = [[unit, barred[unit]] for unit in sorted(barred.keys() & self.unit_paths.keys())]
            rows.append([pk, left, lat, lon, steps[pk], pk in absent, own, [agency]])
        return rows

    def _answers_for(self, agency: int, kind: str) -> bool:
        """Whether the units inside are somebody's own; a commune's list sends its people to its own branches."""
        is_higher_list = agency != self.decision.issuer_id
        return kind in UnitKind.offices() or (kind == UnitKind.COMMUNE and is_higher_list)

    def _officials(self) -> list[Any]:
        """Of a province those of its agencies and the leaders of its communes; of a commune its own people."""
        issuer = self.decision.issuer
        known = Official.objects.filter(is_active=True, agency__path__startswith=issuer.path)
        if issuer.kind == UnitKind.PROVINCIAL:
            known = known.exclude(agency__kind__in=[UnitKind.DISTRICT, UnitKind.BRANCH])
            known = known.exclude(~LEADS, agency__kind=UnitKind.COMMUNE)
        return list(
            known.order_by("pk").values_list(
                "pk", "rank", "capacity", "own_branch", "agency", "agency__kind", "agency__path"
            )
        )

    def _absent(self) -> set[int]:
        """Away for the whole term, or for half a year of a longer one."""
        last = self.day + LONGEST_ABSENCE
        if self.decision.ends_on:
            last = min(last, self.decision.ends_on)
        away = Absence.objects.on(self.day).exclude(ends_on__lt=last)
        return set(away.values_list("official", flat=True))

    def _units_inside(self, paths: Sequence[str]) -> Mapping[str, set[int]]:
        """The planned units below each of the agencies."""
        inside: dict[str, set[int]] = {path: set() for path in paths}
        for unit, path in self.unit_paths.items():
            parts = path.strip("/").split("/")
            for count in range(1, len(parts)):
                above = f"/{'/'.join(parts[:count])}/"
                if above in inside:
                    inside[above].add(unit)
        return inside


def slots_of(day: date, below: Any) -> dict[int, int]:
    """The day of the month on which each unit meets. A weekday rule counts by the first whole month of the term."""
    month = month_of(day)
    if day.day > 1:
        month = month_of(last_day(month) + timedelta(days=1))
    rules = MeetingRule.objects.on(day).filter(unit__in=below.values("pk"))
    found = {}
    for rule in rules.filter(day=None):
        days = (day_in(month, number) for number in range(1, last_day(month).day + 1))
        found[rule.unit_id] = next((one.day for one in days if falls_on(rule, one)), 0)
    fixed = rules.exclude(day=None).order_by(F("kind").desc())
    return found | {unit: day or 0 for unit, day in fixed.values_list("unit", "day")}


def seniorities(ranks: Sequence[tuple[int, int | None]]) -> dict[int, int]:
    """From the place in the list: the first quarter is most senior; without a place nobody is."""
    ordered = sorted((rank, pk) for pk, rank in ranks if rank is not None)
    steps = {
        pk: SENIORITIES - 1 - SENIORITIES * place // len(ordered)
        for place, (_, pk) in enumerate(ordered)
    }
    return {pk: steps.get(pk, 0) for pk, _ in ranks}
