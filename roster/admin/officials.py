"""Officials with their offices and absences."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from roster import audit
from roster.admin.base import MayAdminister, SearchedAdmin, actor
from roster.admin.units import SubtreeFilter
from roster.models import Absence, OfficeTerm, Official


class TermInline(MayAdminister[OfficeTerm], admin.TabularInline[OfficeTerm, Official]):
    model = OfficeTerm
    extra = 0
    autocomplete_fields = ("unit",)


class AbsenceInline(MayAdminister[Absence], admin.TabularInline[Absence, Official]):
    model = Absence
    extra = 0


class AgencySubtreeFilter(SubtreeFilter):
    path = "agency__path"


@admin.register(Official)
class OfficialAdmin(SearchedAdmin[Official]):
    list_display = ("full_name", "title", "agency", "group", "capacity", "is_active")
    list_filter = ("is_active", "group", AgencySubtreeFilter)
    list_select_related = ("agency",)
    ordering = ("name_key", "pk")
    autocomplete_fields = ("agency", "own_branch")
    inlines = (TermInline, AbsenceInline)
    fieldsets = (
        (None, {"fields": ("full_name", "title", "agency", "group", "rank", "is_active")}),
        ("Liên hệ", {"fields": ("phone", "email")}),
        (
            "Để phân công",
            {
                "fields": ("capacity", "own_branch"),
                "description": "Chi bộ của mình chỉ dùng để không phân công đồng chí về chính chi bộ ấy.",
            },
        ),
        ("Khác", {"fields": ("birth_date", "birth_year", "note")}),
    )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The form shows the whole number, so that opening it is in the audit."""
        official = self.get_object(request, object_id)
        if request.method == "GET" and official and official.phone:
            audit.record("phone_shown", official, by=actor(request))
        return super().change_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Official]:
        return super().get_queryset(request).select_related("agency")
