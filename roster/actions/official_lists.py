"""Writing a confirmed list of officials: people, agencies not known so far, terms in office. All in bulk."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from config.lib.text import fold, name_key
from roster.actions.copying import copy_new
from roster.actions.periods import supersede
from roster.models import OfficeTerm, Official, Unit, UnitParent
from roster.sheets.officials import FULL_DATE, OfficialItem, new_agencies
from roster.sheets.preview import Action
from roster.sheets.ranks import rank_of
from roster.states import UnitKind

WRITTEN: Final = (
    "full_name", "name_key", "search", "birth_date", "birth_year", "title", "agency", "group", "rank",
    "phone", "email", "note",
)  # fmt: skip
TEXTS: Final = ("full_name", "title", "phone", "email", "group", "note")
OFFICE: Final = frozenset({"title", "agency"})


def write_officials(
    items: Sequence[OfficialItem], owner: Unit, on: date, decision: str
) -> dict[str, list[int]]:
    """Create the new people and agencies; from the list's day on changed people hold the office it names.

    Returns the keys of new people, their terms, and the agencies that were created.
    """
    agencies = create_agencies(new_agencies(items), owner)
    new = [item for item in items if item.action is Action.NEW]
    changed = [item for item in items if item.action is Action.CHANGED]
    made = create_officials(new, agencies, on, decision)
    update_officials([item for item in changed if not item.is_older(on)], agencies)
    write_terms([item for item in changed if item.changes.keys() & OFFICE], agencies, on, decision)
    return {"roster.unit": [unit.pk for unit in agencies.values()], **made}


def create_agencies(names: Sequence[str], owner: Unit) -> Mapping[str, Unit]:
    """Agencies under the owner, by folded name; they live as long as it, for no list tells of their founding."""
    units = [
        Unit(
            kind=UnitKind.AGENCY,
            name=name,
            starts_on=owner.starts_on,
            ends_on=owner.ends_on,
            path=owner.path,
        )
        for name in names
    ]
    for unit in units:
        unit.fill_keys()
    Unit.objects.bulk_create(units)
    created = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    created.update(path=Concat(F("path"), Cast("pk", CharField()), Value("/")))
    UnitParent.objects.bulk_create(
        UnitParent(unit=unit, parent=owner, starts_on=unit.starts_on, ends_on=unit.ends_on)
        for unit in units
    )
    return {fold(unit.name): unit for unit in units}


def agency_of(item: OfficialItem, created: Mapping[str, Unit]) -> Unit:
    assert item.agency is not None  # noqa: S101 - a row without an agency is a problem
    return item.agency.unit or created[fold(item.agency.name)]


def create_officials(
    items: Sequence[OfficialItem], agencies: Mapping[str, Unit], on: date, decision: str
) -> dict[str, list[int]]:
    """People whom nobody knows yet, each in the first office we know of."""
    people = copy_new(Official, (new_official(item, agencies) for item in items), len(items))
    terms = (
        first_term(item, agencies, on) | {"official_id": key, "decision": decision}
        for item, key in zip(items, people, strict=True)
        if item.row.text("title")
    )
    count = sum(bool(item.row.text("title")) for item in items)
    return {"roster.official": people, "roster.officeterm": copy_new(OfficeTerm, terms, count)}


def new_official(item: OfficialItem, agencies: Mapping[str, Unit]) -> dict[str, Any]:
    name, title = item.name, item.row.text("title")
    return said_of(item, agencies) | {
        "agency_id": agency_of(item, agencies).pk,
        "rank": rank_of(title),
        "search": fold(name),
        "name_key": name_key(name),
    }


def first_term(item: OfficialItem, agencies: Mapping[str, Unit], on: date) -> dict[str, Any]:
    unit = agency_of(item, agencies)
    return {
        "office": item.row.text("title"), "unit_id": unit.pk, "starts_on": on, "ends_on": unit.ends_on,
    }  # fmt: skip


def update_officials(items: Sequence[OfficialItem], agencies: Mapping[str, Unit]) -> None:
    for item in items:
        if item.target:
            fill(item.target, item, agencies)
    Official.objects.bulk_update(
        [item.target for item in items if item.target], WRITTEN, batch_size=500
    )


def fill(official: Official, item: OfficialItem, agencies: Mapping[str, Unit]) -> None:
    """What the row says; what it leaves blank stays."""
    for name, value in said_of(item, agencies).items():
        setattr(official, name, value)
    official.rank = rank_of(official.title)
    official.fill_keys()


def said_of(item: OfficialItem, agencies: Mapping[str, Unit]) -> dict[str, Any]:
    """The columns that the row fills."""
    values = item.row.values
    said: dict[str, Any] = {name: values[name] for name in TEXTS if values[name] is not None}
    if item.birth:
        is_day = len(item.birth) == FULL_DATE
        said["birth_date"] = date.fromisoformat(item.birth) if is_day else None
        said["birth_year"] = None if is_day else int(item.birth)
    if values["agency"] is not None:
        said["agency_id"] = agency_of(item, agencies).pk
    return said


def write_terms(
    items: Sequence[OfficialItem], agencies: Mapping[str, Unit], on: date, decision: str
) -> None:
    """A promotion or a move ends the term that ran and begins another (R4)."""
    rows: list[tuple[OfficeTerm | None, OfficeTerm]] = []
    later: dict[int, date] = {}
    for item in items:
        title = item.row.text("title") or (item.kept.title if item.kept else "")
        if item.kept is None or not title:
            continue
        if next_on := item.next_term_on(on):
            later[len(rows)] = next_on
        unit = agency_of(item, agencies) if item.row.values["agency"] else item.kept.agency
        now = OfficeTerm(
            official=item.kept, office=title, unit=unit, ends_on=unit.ends_on, decision=decision
        )
        rows.append((item.term, now))
    supersede(rows, ["office", "unit", "decision"], on=on, unless_later=later)
