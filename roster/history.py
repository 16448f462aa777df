"""The history of a record for people: who changed what, when, from what to what; with the rows that hang on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Final

from django.db.models import BooleanField, Field, ForeignKey, Model
from pghistory.models import Context

from roster.models import Official, Unit, User
from roster.templatetags.vn import vn_date, vn_time

LABELS: Final = {
    "begin": "Có từ trước khi ghi lịch sử",
    "insert": "Thêm",
    "update": "Sửa",
    "delete": "Xóa",
}
# The rows that belong to a record, by the column that names it.
HANGING: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "official": (("terms", "official"), ("absences", "official")),
    "unit": (("parents", "unit"), ("contacts", "unit"), ("meeting_rules", "unit")),
}
# The column by which such a row names its record says nothing on that record's own page.
OWNER: Final = {
    "officeterm": "official",
    "absence": "official",
    "unitparent": "unit",
    "contact": "unit",
    "meetingrule": "unit",
}
NOTHING: Final = "–"
LAST_DIGITS: Final = 3
SHOWN: Final = 300


@dataclass(frozen=True)
class Difference:
    """One field; `before` is empty where the row is new, `after` where it was deleted."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """One change of one row."""

    at: datetime
    who: str
    what: str
    act: str
    differences: list[Difference]


def history_of(record: Model) -> list[Step]:
    """The last changes of the record and of what hangs on it, the newest first."""
    name = record._meta.model_name or ""
    events = events_of(type(record), id=record.pk)
    for accessor, column in HANGING.get(name, ()):
        model = record._meta.get_field(accessor).related_model
        events += events_of(model, **{f"{column}_id": record.pk})  # type: ignore[arg-type]
    names, people = Names(events), people_of(events)
    steps = [step for rows in by_row(events) for step in steps_of(rows, names, people)]
    return sorted(steps, key=lambda step: step.at, reverse=True)[:SHOWN]


def events_of(model: type[Model], **row: Any) -> list[Any]:
    """Every state of the rows, each row's in the order of time."""
    events = getattr(model, "pgh_event_model")  # noqa: B009 - pghistory adds it, the types do not know
    return list(events.objects.filter(**row).select_related("pgh_context").order_by("id", "pgh_id"))


def by_row(events: Iterable[Any]) -> Iterator[list[Any]]:
    for _, rows in groupby(events, key=lambda event: (type(event), event.id)):
        yield list(rows)


def steps_of(rows: list[Any], names: "Names", people: Mapping[int, str]) -> Iterator[Step]:
    before: Any = None
    for event in rows:
        label = event.pgh_label
        differing = list(differences(before, None if label == "delete" else event, names))
        if differing:
            what = str(event.pgh_tracked_model._meta.verbose_name)
            who = said_by(event.pgh_context, people)
            yield Step(event.pgh_created_at, who, what, LABELS.get(label, label), differing)
        before = event


def differences(before: Any, after: Any, names: "Names") -> Iterator[Difference]:
    for field in (after or before).pgh_tracked_model._meta.fields:
        model = field.model._meta.model_name
        if field.primary_key or field.name == OWNER.get(model or ""):
            continue
        if not hasattr(after or before, field.attname):
            continue
        was, now = (shown(one, field, names) if one else "" for one in (before, after))
        if was != now and {was, now} != {"", NOTHING}:
            yield Difference(str(field.verbose_name), was, now)


class Names:
    """Units and officials that events name by key, looked up at once."""

    def __init__(self, events: Iterable[Any]) -> None:
        keys: dict[type[Model], set[int]] = {Unit: set(), Official: set()}
        for event in events:
            for field in event.pgh_tracked_model._meta.fields:
                if isinstance(field, ForeignKey) and field.related_model in keys:
                    keys[field.related_model].add(getattr(event, field.attname, None) or 0)
        self.found = {model: model._default_manager.in_bulk(pks) for model, pks in keys.items()}

    def of(self, model: Any, pk: int) -> str:
        return str(self.found.get(model, {}).get(pk, f"số {pk}"))


def shown(event: Any, field: Field[Any, Any], names: Names) -> str:
    value = getattr(event, field.attname)
    if value in (None, ""):
        return NOTHING
    if isinstance(field, ForeignKey):
        return names.of(field.related_model, value)
    if isinstance(field, BooleanField):
        return "có" if value else "không"
    if field.name == "phone":
        return f"số đuôi {value[-LAST_DIGITS:]}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return shown_moment(value)


def shown_moment(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{vn_date(value)} {vn_time(value)}"
    if isinstance(value, time):
        return vn_time(value)
    return vn_date(value) if isinstance(value, date) else str(value)


def people_of(events: Iterable[Any]) -> Mapping[int, str]:
    contexts = [event.pgh_context for event in events if event.pgh_context]
    keys = {context.metadata.get("user") for context in contexts}
    return dict(User.objects.filter(pk__in=keys - {None}).values_list("pk", "full_name"))


def said_by(context: Context | None, people: Mapping[int, str]) -> str:
    """The person; a task of the program; else the command line or the database itself."""
    facts = context.metadata if context else {}
    name = people.get(facts.get("user") or 0, "")
    if name:
        return name
    return "Chương trình, việc chạy nền" if facts.get("task") else "Chương trình, dòng lệnh"
