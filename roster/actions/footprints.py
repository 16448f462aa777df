"""What an import made and changed in the books, so that it can be undone while nothing was built on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, ForeignObjectRel, Model, QuerySet
from django.db.models.expressions import RawSQL

# Rows go in this order, so that none is deleted before what stands on it.
ORDER: Final = (
    "assignments.assignment", "assignments.decision", "roster.officeterm", "roster.official",
    "roster.contact", "roster.meetingrule", "roster.unitparent", "roster.unit",
)  # fmt: skip

# What the database itself keeps beside its rows is nothing that somebody built on them.
KEPT_BESIDE: Final = frozenset({"roster.home"})

Values = dict[str, Any]
Snapshot = dict[str, dict[int, Values]]


def with_keys(model: type[Model], name: str, keys: Sequence[int]) -> QuerySet[Any]:
    """Rows whose column holds one of thousands of keys: one parameter, not thousands."""
    column = f"{model._meta.db_table}.{model._meta.get_field(name).column}"  # type: ignore[union-attr]
    inside = RawSQL(f"{column} = ANY(%s)", [list(keys)], output_field=BooleanField())  # noqa: S611 our own names
    return model._default_manager.filter(inside)


def snapshot(rows: Iterable[QuerySet[Any]]) -> Snapshot:
    """The rows as they are now, by model and primary key."""
    found: Snapshot = {}
    for queryset in rows:
        label = queryset.model._meta.label_lower
        found.setdefault(label, {}).update({row["id"]: row for row in queryset.values()})
    return found


def footprint(
    before: Snapshot, rows: Iterable[QuerySet[Any]], made: Mapping[str, Sequence[int]]
) -> dict[str, Any]:
    """`made` are new rows by model, as are those of `rows` that were not there `before`; of the others what they
    were, where that differs.
    """
    changed: dict[str, dict[str, Values]] = {}
    new = {label: list(pks) for label, pks in made.items()}
    for queryset in rows:
        label = queryset.model._meta.label_lower
        known = before.get(label, {})
        pks = queryset.values_list("pk", flat=True)
        new.setdefault(label, []).extend(pk for pk in pks.iterator() if pk not in known)
        for now in queryset.filter(pk__in=list(known)).values() if known else ():
            was = known[now["id"]]
            if was != now:
                differing = {name: value for name, value in was.items() if value != now[name]}
                changed.setdefault(label, {})[str(now["id"])] = differing
    made_rows = {label: sorted(set(pks)) for label, pks in new.items() if pks}
    return {"made": made_rows, "changed": changed, "seals": seals(made_rows, changed)}


def seals(
    made: Mapping[str, Sequence[int]], changed: Mapping[str, Mapping[str, Values]]
) -> dict[str, str]:
    """One fingerprint for each model, of the rows as the import left them."""
    labels = {*made, *changed}
    return {
        label: seal(label, [*made.get(label, ()), *map(int, changed.get(label, ()))])
        for label in sorted(labels)
    }


def seal(label: str, pks: Sequence[int]) -> str:
    table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(coalesce(string_agg(md5(t::text), '' ORDER BY t.id), ''))"  # noqa: S608 - a table's name
            f" FROM {table} t WHERE t.id = ANY(%s)",
            [list(pks)],
        )
        return str(cursor.fetchone()[0])


def why_not_revert(trace: Mapping[str, Any]) -> str | None:
    """Whether somebody has since changed the rows, or built on them."""
    if not trace:
        return "Lần nhập này được ghi trước khi có hoàn tác."
    if seals(trace["made"], trace["changed"]) != trace["seals"]:
        return "Có dòng của lần nhập này đã được sửa sau đó, nên không hoàn tác cả lần được."
    for label, pks in trace["made"].items():
        if name := built_on(apps.get_model(label), pks, trace["made"]):
            return f"Đã có dữ liệu dựa trên lần nhập này ({name}), nên không hoàn tác được."
    return None


def built_on(
    model: type[Model], pks: Sequence[int], made: Mapping[str, Sequence[int]]
) -> str | None:
    """What kind of rows refers to these, other than rows of the same import."""
    for relation in model._meta.related_objects:
        if names := refers(relation, pks, made):
            return names
    return None


def refers(
    relation: ForeignObjectRel, pks: Sequence[int], made: Mapping[str, Sequence[int]]
) -> str | None:
    child: Any = relation.related_model
    if relation.many_to_many or child._meta.proxy or child._meta.label_lower in KEPT_BESIDE:
        return None
    rows = child._default_manager.filter(**{f"{relation.field.name}__in": pks})
    if own := made.get(child._meta.label_lower):
        rows = rows.exclude(pk__in=own)
    return str(child._meta.verbose_name) if rows.exists() else None


def revert(trace: Mapping[str, Any]) -> None:
    """Delete what was made and restore what was changed; `why_not_revert` was asked before."""
    for label in ORDER:
        if pks := trace["made"].get(label):
            apps.get_model(label)._default_manager.filter(pk__in=pks).delete()
    for label in reversed(ORDER):
        restore(apps.get_model(label), trace["changed"].get(label, {}))


def restore(model: type[Model], changed: Mapping[str, Values]) -> None:
    rows = model._default_manager.in_bulk([int(pk) for pk in changed])
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names: set[str] = set()
    for pk, values in changed.items():
        for name, value in values.items():
            setattr(rows[int(pk)], name, fields[name].to_python(value))
            names.add(fields[name].name)
    if names:
        model._default_manager.bulk_update(rows.values(), sorted(names), batch_size=500)
