"""Two records of one person: what refers to each, whatever room it lies in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel, OneToOneRel, Q, QuerySet

from roster.models import Official

FILLED = (
    "title",
    "phone",
    "email",
    "birth_date",
    "birth_year",
    "group",
    "rank",
    "own_branch",
    "note",
)


@dataclass(frozen=True)
class Moved:
    """Rows of one kind that refer to the double."""

    name: str
    count: int


def preview(double: Official) -> list[Moved]:
    """What would move, by kind; the account apart."""
    rows = ((relation, rows_of(relation, double).count()) for relation in relations())
    return [Moved(str(r.related_model._meta.verbose_name), count) for r, count in rows if count]


def relations() -> Iterator[ForeignObjectRel]:
    """Every column of every room that names an official, without the accounts."""
    for relation in Official._meta.related_objects:
        if not isinstance(relation, OneToOneRel) and relation.related_model is not Official:
            yield relation


def rows_of(relation: ForeignObjectRel, official: Official) -> QuerySet[Any]:
    rows: QuerySet[Any] = relation.related_model._default_manager.all()
    return rows.filter(**{relation.field.name: official})


def filled_from(kept: Official, double: Official) -> dict[str, Any]:
    """What the kept record leaves empty and the double knows."""
    born = kept.birth_date or kept.birth_year
    return {
        name: getattr(double, name)
        for name in FILLED
        if not getattr(kept, name)
        and getattr(double, name)
        and not (born and name.startswith("birth"))
    }


def doubles_of(official: Official) -> QuerySet[Official]:
    """Other records that may be the same person: the same name (but for its signs), phone, address or birth date."""
    alike = Q(search=official.search)
    for name in ("phone", "email", "birth_date"):
        if value := getattr(official, name):
            alike |= Q(**{name: value})
    others = Official.objects.filter(alike, merged_into=None).exclude(pk=official.pk)
    return others.select_related("agency").order_by("pk")


def why_alike(official: Official, other: Official) -> str:
    """What the two records have in common, for the person who decides."""
    reasons = [
        label
        for name, label in (
            ("phone", "cùng điện thoại"),
            ("email", "cùng thư công vụ"),
            ("birth_date", "cùng ngày sinh"),
        )
        if getattr(official, name) and getattr(official, name) == getattr(other, name)
    ]
    if official.search == other.search:
        same = official.name_key == other.name_key
        reasons.insert(0, "cùng họ tên" if same else "họ tên chỉ khác dấu")
    return ", ".join(reasons)


def labels_of(names: Iterable[str]) -> list[str]:
    labels = {field.name: str(field.verbose_name) for field in Official._meta.fields}
    return [labels[name] for name in names]
