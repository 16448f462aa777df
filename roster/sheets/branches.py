"""A list of branches beside the branches we know on its day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from django.db.models import Min, QuerySet

from config.lib.text import fold, spelling
from roster.models import Contact, MeetingRule, Unit
from roster.sheets.known import KnownBranches, KnownUnits
from roster.sheets.meeting_days import WeekdayRule
from roster.sheets.preview import Item, Near, complain_of_twins
from roster.sheets.rosters import Roster
from roster.sheets.rows import Row, Value
from roster.states import BranchType, ContactRole, MeetingKind, UnitKind

TYPE_WORDS: Final = (
    (BranchType.ARMED_FORCES, ("vu trang", "cong an", "quan su", "quan doi", "bien phong")),
    (BranchType.PUBLIC_SERVICE, ("su nghiep", "truong", "tram y te", "benh vien", "y te")),
    (BranchType.ENTERPRISE, ("doanh nghiep", "cong ty", "hop tac xa", "htx", "ngan hang")),
    (
        BranchType.RESIDENTIAL,
        ("thon", "xom", "to dan pho", "khu dan cu", "khu pho", "pho", "ban", "tdp", "khu vuc"),
    ),
    (BranchType.AGENCY, ("co quan", "van phong", "uy ban", "ubnd")),
)


@dataclass(slots=True)
class BranchItem(Item[Unit]):
    """A branch of the list, the unit it stands under, and what was known of it on the list's day."""

    parent: Unit | None = None
    contact: Contact | None = None
    rule: MeetingRule | None = None
    branch_type: str = ""
    next_contact_on: date | None = None
    next_rule_on: date | None = None

    @property
    def is_older(self) -> bool:
        """Whether a later list has told of this branch already."""
        return bool(self.next_contact_on or self.next_rule_on)


def compare_branches(roster: Roster, known: KnownUnits) -> list[BranchItem]:
    items = [BranchItem(row) for row in roster.rows]
    for item in items:
        place(item, known)
    branches = KnownBranches(
        {item.parent.pk: item.parent for item in items if item.parent}.values(), known.on
    )
    complain_of_twins(items, twin_key, "name")
    match(items, branches, roster.choices.people)
    complain_of_codes(items)
    remember(items, known.on)
    for item in items:
        compare(item)
    return items


def place(item: BranchItem, known: KnownUnits) -> None:
    """Find the commune of the row, and its type of branch."""
    row = item.row
    try:
        item.parent = parent_of(row, known)
    except ValueError as problem:
        has_code = "commune_code" in row.codes
        row.complain("commune_code" if has_code else "commune", str(problem))
    if item.parent and item.parent.kind == UnitKind.COMMUNE:
        row.values["commune"] = item.parent.name
    try:
        item.branch_type = branch_type(row)
    except ValueError as problem:
        row.complain("branch_type", str(problem))


def parent_of(row: Row, known: KnownUnits) -> Unit:
    name, code = row.text("commune"), row.codes.get("commune_code")
    if code:
        return known.commune_with_code(code)
    if name:
        return known.commune(name)
    if known.owner.kind in {UnitKind.COMMUNE, UnitKind.GRASSROOTS}:
        return known.owner
    raise ValueError("Thiếu tên xã, phường của chi bộ này.")


def branch_type(row: Row) -> str:
    """From the list's own words, else from the branch's name; a branch of a hamlet is the rule."""
    written = f" {fold(row.text('branch_type'))} "
    if found := type_in(written):
        return found
    if written.strip():
        raise ValueError(f"Không hiểu loại hình “{row.text('branch_type')}”.")
    return type_in(f" {fold(row.text('name')).removeprefix('chi bo ')} ") or BranchType.RESIDENTIAL


def type_in(words: str) -> BranchType | None:
    padded = words.replace(",", " ").replace("/", " ")
    return next(
        (kind for kind, marks in TYPE_WORDS if any(f" {mark} " in padded for mark in marks)), None
    )


def twin_key(item: BranchItem) -> tuple[int, str] | None:
    name = item.row.text("name")
    return (item.parent.pk, spelling(name)) if item.parent and name else None


def match(items: Sequence[BranchItem], branches: KnownBranches, chosen: Mapping[int, int]) -> None:
    """By code; letter by letter; then names that differ only in diacritics, if nobody else has that branch."""
    for item in items:
        if item.parent:
            item.target = by_code(item, item.parent, branches) or branches.named(
                item.parent, item.row.text("name")
            )
    taken = {item.target.pk for item in items if item.target}
    for item in items:
        if item.parent and item.target is None:
            alike = [
                unit
                for unit in branches.alike(item.parent, item.row.text("name"))
                if unit.pk not in taken
            ]
            item.target = alike[0] if len(alike) == 1 else None
            item.why = "Khớp với tên chỉ khác dấu trong danh bạ." if item.target else ""
    offer_near(items, branches, chosen)


def by_code(item: BranchItem, parent: Unit, branches: KnownBranches) -> Unit | None:
    code = item.row.codes.get("branch_code")
    found = branches.coded(parent, code) if code else None
    if found:
        item.why = f"Khớp theo mã {found.code}."
    return found


def complain_of_codes(items: Sequence[BranchItem]) -> None:
    """A new branch cannot take a code that another one has in its time; codes are reused later."""
    new = {
        code: item
        for item in items
        if item.target is None and item.parent and (code := item.row.codes.get("branch_code"))
    }
    for unit in Unit.objects.branches().filter(code__in=new):
        parent = new[unit.code].parent
        if parent and overlap(unit, parent):
            sentence = f"Mã “{unit.code}” là của {unit.name} trong thời gian ấy."
            new[unit.code].row.complain("branch_code", sentence)
    seen: dict[str, int] = {}
    for item in items:
        if code := item.row.codes.get("branch_code"):
            if code in seen:
                item.row.complain("branch_code", f"Mã “{code}” đã có ở dòng {seen[code]}.")
            seen.setdefault(code, item.row.row)


def overlap(one: Unit, other: Unit) -> bool:
    """Whether the two share a day."""
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def offer_near(
    items: Sequence[BranchItem], branches: KnownBranches, chosen: Mapping[int, int]
) -> None:
    """New names that look like a branch we know are shown it; what a person said is meant, is."""
    taken = {item.target.pk for item in items if item.target}
    for item in items:
        if item.target or not item.parent or not item.row.text("name"):
            continue
        near = [
            unit
            for unit in branches.near(item.parent, item.row.text("name"))
            if unit.pk not in taken
        ]
        item.near = [Near(unit.pk, unit.name, "tên gần giống") for unit in near]
        item.target = next((unit for unit in near if unit.pk == chosen.get(item.row.row)), None)
        if item.target:
            item.why = f"Do đồng chí chọn: là “{item.target.name}”."


def remember(items: Sequence[BranchItem], on: date) -> None:
    """The secretary and the fixed day that each branch had on the list's day, and from when later ones hold."""
    ids = [item.target.pk for item in items if item.target]
    contacts = Contact.objects.filter(unit__in=ids, role=ContactRole.SECRETARY)
    rules = MeetingRule.objects.filter(unit__in=ids, kind=MeetingKind.REGULAR)
    contact_of = {contact.unit_id: contact for contact in contacts.on(on)}
    rule_of = {rule.unit_id: rule for rule in rules.on(on)}
    next_contact, next_rule = next_days(contacts, on), next_days(rules, on)
    for item in items:
        if item.target:
            pk = item.target.pk
            item.contact, item.rule = contact_of.get(pk), rule_of.get(pk)
            item.next_contact_on, item.next_rule_on = next_contact.get(pk), next_rule.get(pk)


def next_days(rows: QuerySet[Any], on: date) -> dict[int, date]:
    """unit → first day after `on` on which another row begins."""
    later = rows.filter(starts_on__gt=on).values_list("unit_id").annotate(first=Min("starts_on"))
    return dict(later)


def compare(item: BranchItem) -> None:
    """What the list says differently. An older list only fills the dated past: the unit itself is as later lists say."""
    unit = item.target
    if unit is None:
        return
    if not item.is_older:
        item.compare("name", unit.name)
        item.compare(
            "branch_type",
            unit.get_branch_type_display() or None,
            same=unit.branch_type == item.branch_type,
        )
        item.compare("member_count", unit.member_count)
        item.compare("note", unit.note or None)
    if item.contact or item.row.values["secretary_name"]:
        compare_secretary(item, item.contact)
    if item.rule or item.row.values["meeting_day"]:
        compare_rule(item, item.rule)


def compare_secretary(item: BranchItem, contact: Contact | None) -> None:
    item.compare("secretary_name", contact.name if contact else None)
    item.compare("secretary_phone", (contact.phone or None) if contact else None)


def compare_rule(item: BranchItem, rule: MeetingRule | None) -> None:
    item.compare("meeting_day", day_words(rule) if rule else None)
    item.compare("meeting_time", hour_words(rule.time) if rule else None)
    item.compare("place", (rule.place or None) if rule else None)


def day_words(rule: MeetingRule) -> Value:
    """As the preview says it: 3, or "chủ nhật tuần 1"."""
    if rule.weekday is None or rule.week is None:
        return rule.day
    return str(WeekdayRule(rule.weekday, rule.week))


def hour_words(hour: time | None) -> str | None:
    return f"{hour:%H:%M}" if hour else None
