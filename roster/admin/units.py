"""Units with their parents, contacts and fixed days."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from config.lib.text import whole_number
from roster.actions import tree
from roster.admin.base import MayAdminister, SearchedAdmin, actor
from roster.forms.dated_rows import ParentRows, RuleRows
from roster.models import Contact, MeetingRule, Unit, UnitParent
from roster.states import UnitKind


class ParentInline(MayAdminister[UnitParent], admin.TabularInline[UnitParent, Unit]):
    model = UnitParent
    formset = ParentRows
    fk_name = "unit"
    extra = 0
    autocomplete_fields = ("parent",)


class ContactInline(MayAdminister[Contact], admin.TabularInline[Contact, Unit]):
    model = Contact
    extra = 0


class MeetingRuleInline(MayAdminister[MeetingRule], admin.TabularInline[MeetingRule, Unit]):
    model = MeetingRule
    formset = RuleRows
    extra = 0


class LivingFilter(admin.SimpleListFilter):
    title = "tình trạng"
    parameter_name = "living"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Đang hoạt động"), ("no", "Đã kết thúc")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        living = queryset.model.objects.on(timezone.localdate())
        if self.value() == "yes":
            return queryset.filter(pk__in=living)
        return queryset.exclude(pk__in=living) if self.value() == "no" else queryset


class SubtreeFilter(admin.SimpleListFilter):
    """Everything under one of today's communes of the administrator's subtree."""

    title = "thuộc xã, phường"
    parameter_name = "under"
    path = "path"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        communes = Unit.objects.visible_to(actor(request)).communes().on(timezone.localdate())
        return [
            (str(pk), name) for pk, name in communes.order_by("name_key").values_list("pk", "name")
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        key = whole_number(self.value() or "") or 0
        under = Unit.objects.visible_to(actor(request)).filter(pk=key).first()
        return queryset.filter(**{f"{self.path}__startswith": under.path}) if under else queryset


@admin.register(Unit)
class UnitAdmin(SearchedAdmin[Unit]):
    list_display = ("name", "kind", "code", "starts_on", "ends_on", "member_count")
    list_filter = ("kind", LivingFilter, "branch_type", SubtreeFilter)
    ordering = ("kind", "name_key", "pk")
    inlines = (ParentInline, MeetingRuleInline, ContactInline)
    fieldsets = (
        (None, {"fields": ("kind", "name", "code", "branch_type", "member_count", "note")}),
        ("Quyền", {"fields": ("publishes_material",)}),
        ("Thời gian", {"fields": ("starts_on", "ends_on")}),
        ("Vị trí", {"fields": ("directions", "lat", "lon")}),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """A field of another form that looks for a unit is offered the kinds it may hold."""
        field = request.GET.get("field_name")
        if field == "own_branch":
            queryset = queryset.filter(kind=UnitKind.BRANCH)
        elif field == "parent":
            queryset = queryset.exclude(kind__in=(UnitKind.BRANCH, UnitKind.AGENCY))
        return super().get_search_results(request, queryset, search_term)

    def save_related(
        self, request: HttpRequest, form: ModelForm[Unit], formsets: Any, change: Any
    ) -> None:
        super().save_related(request, form, formsets, change)
        tree.place(form.instance, timezone.localdate())
