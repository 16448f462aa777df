"""Two records of one person: what refers to each, whatever room it lies in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignObjectRel, OneToOneRel, QuerySet

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
    """Other records under the same name, the likeliest to be the same person."""
    same = Official.objects.filter(name_key=official.name_key, merged_into=None)
    return same.exclude(pk=official.pk).select_related("agency").order_by("pk")
