"""Dated rules, and the audit to read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from roster.admin.base import OfficeAdmin
from roster.models import Event, Policy


@admin.register(Policy)
class PolicyAdmin(OfficeAdmin[Policy]):
    list_display = ("key", "value", "starts_on", "ends_on", "basis")
    list_filter = ("key",)
    ordering = ("key", "-starts_on")


@admin.register(Event)
class EventAdmin(OfficeAdmin[Event]):
    """The audit: to be read, never to be changed."""

    list_display = ("at", "by", "verb", "target_label")
    list_filter = ("verb", "target_type")
    list_select_related = ("by",)
    search_fields = ("target_label", "by__search")
    date_hierarchy = "at"
    ordering = ("-at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        return super().get_queryset(request).select_related("by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
