"""A list of officials beside the officials we know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from config.lib.text import fold, spelling
from roster.models import OfficeTerm, Official, Unit
from roster.sheets.known import MOST_OFFERED, Agency, KnownUnits
from roster.sheets.preview import Item, Near
from roster.sheets.rosters import Roster

FULL_DATE: Final = 10
MOST_COMPARED: Final = 100  # new names
UNDATED: Final = ("phone", "email", "group", "note")


@dataclass(slots=True)
class OfficialItem(Item[Official]):
    """An official of the list, the agency that the row names, and the term held on the list's day."""

    agency: Agency | None = None
    term: OfficeTerm | None = None
    terms: Sequence[OfficeTerm] = ()

    @property
    def name(self) -> str:
        return self.row.text("full_name")

    @property
    def birth(self) -> str:
        return self.row.text("birth_date")

    def next_term_on(self, on: date) -> date | None:
        """The first day after `on` from which a later list has told of this person."""
        return min((term.starts_on for term in self.terms if term.starts_on > on), default=None)

    def is_older(self, on: date) -> bool:
        return self.next_term_on(on) is not None


def compare_officials(roster: Roster, known: KnownUnits) -> list[OfficialItem]:
    items = [OfficialItem(row) for row in roster.rows]
    for item in items:
        try:
            item.agency = known.agency_named(item.row.text("agency"))
        except ValueError as problem:
            item.row.complain("agency", str(problem))
    take_chosen_agencies(items, known, roster.choices.agencies)
    complain_of_namesakes(items)
    people = people_named(items, known.owner)
    namesakes = namesakes_in(items, people)
    match(namesakes)
    offer_near(namesakes, roster.choices.people)
    remember(items, known.on)
    for item in items:
        compare(item, known.on)
    return items


def take_chosen_agencies(
    items: Iterable[OfficialItem], known: KnownUnits, chosen: Mapping[str, int]
) -> None:
    """A new name that a person said is an agency we know is that agency."""
    if not chosen:
        return
    units = {unit.pk: unit for unit in known.agencies.values()}
    for item in items:
        if item.agency is None or item.agency.unit is not None:
            continue
        if unit := units.get(chosen.get(fold(item.agency.name), 0)):
            item.agency = Agency(unit.name, unit)
            item.row.values["agency"] = unit.name
            item.why = f"Đơn vị do đồng chí chọn: là “{unit.name}”."


def near_agencies(names: Iterable[str], known: KnownUnits) -> list[dict[str, Any]]:
    """For each new name the agencies it may mean, offered with a reason; none is taken unasked."""
    found = ((name, known.agencies_near(name)) for name in islice(names, MOST_COMPARED))
    return [
        {
            "name": name,
            "near": [asdict(Near(unit.pk, unit.name, "tên gần giống")) for unit in units],
        }
        for name, units in found
        if units
    ]


def new_agencies(items: Iterable[OfficialItem]) -> list[str]:
    """Agencies that are not known yet and would be created, each once."""
    names = [
        item.agency.name
        for item in items
        if item.agency and item.agency.unit is None and not item.row.problems
    ]
    return list({fold(name): name for name in reversed(names)}.values())[::-1]


def agency_key(item: OfficialItem) -> str | int | None:
    if item.agency is None:
        return None
    return item.agency.unit.pk if item.agency.unit else fold(item.agency.name)


def complain_of_namesakes(items: Sequence[OfficialItem]) -> None:
    """Two people of one name in one agency are told apart by their birth dates, or not at all."""
    named: dict[str, list[OfficialItem]] = defaultdict(list)
    for item in items:
        if item.agency is not None and item.name:
            named[spelling(item.name)].append(item)
    for namesakes in named.values():
        if len(namesakes) > 1:
            complain_of_colleagues(namesakes)


def complain_of_colleagues(namesakes: Sequence[OfficialItem]) -> None:
    seen: dict[str | int | None, list[OfficialItem]] = defaultdict(list)
    for item in namesakes:
        others = seen[agency_key(item)]
        sentences = (why_not_apart(item, other) for other in others)
        if sentence := next(filter(None, sentences), None):
            item.row.complain("full_name", sentence)
        others.append(item)


def why_not_apart(item: OfficialItem, other: OfficialItem) -> str | None:
    if item.birth and other.birth and not same_birth(item.birth, other.birth):
        return None
    mine, others = dict(item.row.values), dict(other.row.values)
    if mine == others or (item.birth and item.birth == other.birth):
        return f"Trùng dòng {other.row.row}."
    return f"Cùng tên, cùng đơn vị với dòng {other.row.row}: ghi ngày sinh của cả hai đồng chí để phân biệt."


def same_birth(one: str, other: str) -> bool:
    """Equal days, or equal years where one of them is only a year."""
    if len(one) == len(other) == FULL_DATE:
        return one == other
    return one[:4] == other[:4]


def birth_of(official: Official) -> str:
    if official.birth_date:
        return official.birth_date.isoformat()
    return str(official.birth_year or "")


def people_named(items: Iterable[OfficialItem], owner: Unit) -> Mapping[str, list[Official]]:
    """Officials under the owner by folded name."""
    names = {fold(item.name) for item in items if item.name}
    people: dict[str, list[Official]] = defaultdict(list)
    rows = Official.objects.filter(search__in=names, agency__path__startswith=owner.path)
    for official in rows.select_related("agency").order_by("pk"):
        people[official.search].append(official)
    return people


Namesakes = Sequence[tuple[OfficialItem, Sequence[Official]]]


def namesakes_in(items: Iterable[OfficialItem], people: Mapping[str, list[Official]]) -> Namesakes:
    """The rows that may mean somebody we know, with whom."""
    if not people:
        return []
    return [(item, found) for item in items if (found := people.get(fold(item.name)))]


def match(namesakes: Namesakes) -> None:
    """The surest matches first, each person once."""
    taken: set[int] = set()
    for is_match, why in MATCHES:
        for item, found in namesakes:
            if item.target is None:
                free = [one for one in found if one.pk not in taken and is_match(item, one)]
                if len(free) == 1:
                    item.target, item.why = free[0], why
                    taken.add(free[0].pk)


def in_same_agency(item: OfficialItem, official: Official) -> bool:
    """The same name, letter by letter, in the same agency, and no two birth years."""
    birth = birth_of(official)
    return (
        is_agency(item, official)
        and spelling(item.name) == spelling(official.full_name)
        and (not item.birth or not birth or item.birth[:4] == birth[:4])
    )


def with_same_address(item: OfficialItem, official: Official) -> bool:
    """The same agency, and the same birth date, phone or e-mail: a name or a date was corrected."""
    return is_agency(item, official) and (
        (bool(item.birth) and item.birth == birth_of(official))
        or item.row.values["phone"] in {official.phone} - {""}
        or item.row.values["email"] in {official.email} - {""}
    )


def moved(item: OfficialItem, official: Official) -> bool:
    """The same name and full birth date in another agency."""
    return (
        len(item.birth) == FULL_DATE
        and item.birth == birth_of(official)
        and spelling(item.name) == spelling(official.full_name)
    )


MATCHES: Final = (
    (in_same_agency, ""),
    (with_same_address, "Khớp vì cùng đơn vị và cùng ngày sinh, điện thoại hoặc thư công vụ."),
    (moved, "Khớp vì cùng họ tên và ngày sinh, ở đơn vị khác."),
)


def offer_near(namesakes: Namesakes, chosen: Mapping[int, int]) -> None:
    """Namesakes that a new row may mean are shown; whom a person said is meant, is."""
    taken = {item.target.pk for item, _ in namesakes if item.target}
    for item, found in namesakes:
        if item.target:
            continue
        near = [one for one in found if one.pk not in taken]
        item.near = [Near(one.pk, who(one), "cùng họ tên") for one in near[:MOST_OFFERED]]
        item.target = next((one for one in near if one.pk == chosen.get(item.row.row)), None)
        if item.target:
            taken.add(item.target.pk)
            item.why = f"Do đồng chí chọn: là {who(item.target)}."


def who(official: Official) -> str:
    born = f", sinh {birth_of(official)[:4]}" if birth_of(official) else ""
    return f"{official.full_name}, {official.agency.committee_name}{born}"


def is_agency(item: OfficialItem, official: Official) -> bool:
    return item.agency is not None and item.agency.unit == official.agency


def remember(items: Sequence[OfficialItem], on: date) -> None:
    """The office that each person held on the list's day, and later ones."""
    found = {item.target.pk: item for item in items if item.target}
    for term in (
        OfficeTerm.objects.filter(official__in=found)
        .select_related("unit")
        .order_by("starts_on", "pk")
    ):
        item = found[term.official_id]
        item.terms = [*item.terms, term]
        if term.is_on(on):
            item.term = term


def compare(item: OfficialItem, on: date) -> None:
    """What the list says differently. An older list only fills the past: the terms."""
    official = item.target
    if official is None or item.agency is None:
        return
    if item.is_older(on):
        compare_office(
            item, item.term.office if item.term else None, item.term.unit if item.term else None
        )
        return
    item.compare("full_name", official.full_name)
    item.compare("birth_date", birth_of(official) or None)
    compare_office(item, official.title or None, official.agency)
    for name in UNDATED:
        item.compare(name, getattr(official, name) or None)


def compare_office(item: OfficialItem, title: str | None, agency: Unit | None) -> None:
    item.compare("title", title)
    same = item.agency is not None and item.agency.unit == agency
    item.compare("agency", agency.committee_name if agency else None, same=same)
