"""Rows with a period inside the form of what they belong to: the database's refusals told at their fields."""

from datetime import date
from itertools import combinations
from typing import Any, ClassVar

from django.forms import BaseInlineFormSet

from roster.models import Unit


class DatedRows(BaseInlineFormSet):  # type: ignore[type-arg] # its subclasses say of which rows
    """Two rows that are alike in `apart_by` do not share a day."""

    apart_by: ClassVar[tuple[str, ...]] = ()

    def clean(self) -> None:
        super().clean()
        for one, other in combinations(self.kept(), 2):
            if self.key(one) == self.key(other) and share_a_day(
                one.cleaned_data, other.cleaned_data
            ):
                other.add_error(
                    "starts_on", "Trùng thời gian với một dòng khác: ghi “đến ngày” của dòng trước."
                )

    def kept(self) -> list[Any]:
        """The filled forms that are not to be deleted."""
        return [
            form
            for form in self.forms
            if getattr(form, "cleaned_data", None)
            and form.cleaned_data.get("starts_on")
            and not form.cleaned_data.get("DELETE")
        ]

    def key(self, form: Any) -> tuple[Any, ...]:
        return tuple(form.cleaned_data.get(name) for name in self.apart_by)


def share_a_day(one: dict[str, Any], other: dict[str, Any]) -> bool:
    first, second = sorted((one, other), key=lambda row: row["starts_on"])
    return bool((first.get("ends_on") or date.max) >= second["starts_on"])


class ParentRows(DatedRows):
    """One superior a day, who is not the unit itself nor anything below it."""

    instance: Unit

    def clean(self) -> None:
        super().clean()
        for form in self.kept():
            parent = form.cleaned_data.get("parent")
            if parent and self.instance.path and parent.path.startswith(self.instance.path):
                form.add_error("parent", f"{parent} nằm dưới chính đơn vị này: chọn đơn vị khác.")


class RuleRows(DatedRows):
    apart_by = ("kind",)
