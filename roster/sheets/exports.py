"""The lists in the office's own layout, from what we know on a day; each can be imported again without a difference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from config.lib.spreadsheets.reading import Cell
from config.lib.spreadsheets.writing import Column, list_workbook
from config.lib.text import phone_shown
from roster.models import Contact, MeetingRule, OfficeTerm, Official, Unit, UnitParent
from roster.sheets.branches import day_words, hour_words
from roster.sheets.known import KnownUnits
from roster.sheets.officials import birth_of
from roster.states import ContactRole, MeetingKind, UnitKind

ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
COMMUNE: Final = Column("Xã, phường", 22)
BRANCH_COLUMNS: Final = (
    Column("Chi bộ", 38), Column("Mã chi bộ", 12), Column("Loại hình", 22), Column("Số đảng viên", 10),
    Column("Bí thư", 24), Column("Điện thoại", 15), Column("Ngày họp", 16), Column("Giờ họp", 9),
    Column("Địa điểm", 32), Column("Ghi chú", 24),
)  # fmt: skip
OFFICIAL_COLUMNS: Final = (
    Column("TT", 6), Column("Họ và tên", 26), Column("Ngày sinh", 13), Column("Chức vụ", 34),
    Column("Đơn vị công tác", 36), Column("Điện thoại", 15), Column("Email", 28), Column("Ghi chú", 24),
)  # fmt: skip


@dataclass(frozen=True)
class OfficeList:
    """A list as it will stand in the file; group rows have no number of their own."""

    sheet: str
    title: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    count: int

    def workbook(self) -> bytes:
        return list_workbook(self.sheet, self.title, self.columns, self.rows)


def head(owner: Unit, subject: str, below: str) -> list[str]:
    return [owner.committee_name.upper(), subject, below]


def branch_list(owner: Unit, on: date) -> OfficeList:
    """The branches below the owner on the day, each with its secretary and fixed day."""
    places = branch_places(owner, on)
    units = [place.unit_id for place in places]
    secretaries = Contact.objects.filter(unit__in=units, role=ContactRole.SECRETARY).on(on)
    rules = MeetingRule.objects.filter(unit__in=units, kind=MeetingKind.REGULAR).on(on)
    contact_of = {one.unit_id: one for one in secretaries}
    rule_of = {one.unit_id: one for one in rules}
    rows = [
        branch_row(place, contact_of.get(place.unit_id), rule_of.get(place.unit_id))
        for place in places
    ]
    is_of_one_commune = owner.kind in {UnitKind.COMMUNE, UnitKind.GRASSROOTS}
    first = [Column("STT", 6)] if is_of_one_commune else [Column("STT", 6), COMMUNE]
    return OfficeList(
        sheet="Chi bộ",
        title=head(owner, "DANH SÁCH CHI BỘ TRỰC THUỘC", as_of(on)),
        columns=[*first, *BRANCH_COLUMNS],
        rows=[
            [number, *(row[1:] if is_of_one_commune else row)]
            for number, row in enumerate(rows, start=1)
        ],
        count=len(rows),
    )


def as_of(on: date) -> str:
    return f"(Tính đến ngày {on:%d/%m/%Y})"


def branch_places(owner: Unit, on: date) -> list[UnitParent]:
    """Where each branch stood on the day, in the order of lists."""
    parents = [owner.pk, *(commune.pk for commune in KnownUnits(owner, on).communes)]
    rows = UnitParent.objects.on(on).filter(parent__in=parents, unit__kind=UnitKind.BRANCH)
    order = ("parent__name_key", "unit__name_key", "unit_id")
    return list(rows.select_related("unit", "parent").order_by(*order))


def branch_row(place: UnitParent, contact: Contact | None, rule: MeetingRule | None) -> list[Cell]:
    unit = place.unit
    return [
        place.parent.name,
        unit.name,
        unit.code or None,
        unit.get_branch_type_display() or None,
        unit.member_count,
        contact.name if contact else None,
        phone_shown(contact.phone) if contact and contact.phone else None,
        day_words(rule) if rule else None,
        hour_words(rule.time) if rule else None,
        (rule.place or None) if rule else None,
        unit.note or None,
    ]


def official_list(owner: Unit, on: date) -> OfficeList:
    """The officials of the owner's own level on the day: of its agencies, its office and its communes' committees."""
    rows: list[Sequence[Cell]] = []
    group, count, groups = "", 0, 0
    for official, title, agency in offices_on(owner, on):
        if official.group != group:
            group, groups = official.group, groups + 1
            rows.append([roman(groups), group])
        count += 1
        rows.append([count, *official_row(official, title, agency)])
    return OfficeList(
        sheet="Cán bộ",
        title=head(owner, "DANH SÁCH CÁN BỘ", as_of(on)),
        columns=OFFICIAL_COLUMNS,
        rows=rows,
        count=count,
    )


def offices_on(owner: Unit, on: date) -> list[tuple[Official, str, Unit]]:
    """Each active official with the office and agency of the day, in the order of their groups."""
    rows = Official.objects.filter(agency__path__startswith=owner.path, is_active=True)
    officials = list(rows.select_related("agency").order_by("pk"))
    level = own_level(owner, on)
    terms = terms_of(officials)
    found = [(one, *office_on(one, terms.get(one.pk, ()), on)) for one in officials]
    place = {"": 0}
    for official in officials:
        place.setdefault(official.group, len(place))
    return sorted(
        (
            (official, title, agency)
            for official, title, agency in found
            if agency is not None and agency.pk in level
        ),
        key=lambda row: (place[row[0].group], row[0].pk),
    )


def own_level(owner: Unit, on: date) -> set[int]:
    """The owner, the agencies right under it, and its communes."""
    agencies = UnitParent.objects.on(on).filter(parent=owner, unit__kind=UnitKind.AGENCY)
    communes = KnownUnits(owner, on).communes
    return {owner.pk, *agencies.values_list("unit_id", flat=True), *(one.pk for one in communes)}


def terms_of(officials: Iterable[Official]) -> dict[int, list[OfficeTerm]]:
    rows: dict[int, list[OfficeTerm]] = {}
    terms = OfficeTerm.objects.filter(official__in=[one.pk for one in officials])
    for term in terms.select_related("unit").order_by("starts_on", "pk"):
        rows.setdefault(term.official_id, []).append(term)
    return rows


def office_on(official: Official, terms: Sequence[OfficeTerm], on: date) -> tuple[str, Unit | None]:
    """As a list of that day says it: of the past by its terms, of the present by the record."""
    if any(term.starts_on > on for term in terms):
        term = next((one for one in reversed(terms) if one.is_on(on)), None)
        return (term.office, term.unit) if term else ("", None)
    return official.title, official.agency


def official_row(official: Official, title: str, agency: Unit) -> list[Cell]:
    birth = official.birth_date
    return [
        official.full_name,
        f"{birth:%d/%m/%Y}" if birth else birth_of(official) or None,
        title or None,
        agency.committee_name,
        phone_shown(official.phone) if official.phone else None,
        official.email or None,
        official.note or None,
    ]


def roman(number: int) -> str:
    letters = ""
    for value, letter in ROMAN:
        while number >= value:
            letters, number = letters + letter, number - value
    return letters
