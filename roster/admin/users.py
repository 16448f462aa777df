"""Accounts: role, unit, official. Accounts are closed, never deleted: the audit names them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from roster.admin.base import SearchedAdmin, actor
from roster.admin.units import SubtreeFilter
from roster.forms.users import ChangedUserForm, NewUserForm
from roster.models import User


class UnitSubtreeFilter(SubtreeFilter):
    path = "unit__path"


@admin.register(User)
class AccountAdmin(SearchedAdmin[User], UserAdmin[User]):
    form = ChangedUserForm
    add_form = NewUserForm
    add_form_template = None
    list_display = ("full_name", "username", "role", "unit", "is_active", "last_login")
    list_filter = ("role", "is_active", UnitSubtreeFilter)
    list_select_related = ("unit",)
    ordering = ("name_key", "pk")
    filter_horizontal = ()
    autocomplete_fields = ("unit", "official")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "full_name", "email", "phone")}),
        ("Vai trò", {"fields": ("role", "unit", "official", "is_active")}),
        ("Thời gian", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "full_name", "email", "phone")}),
        ("Vai trò", {"fields": ("role", "unit", "official")}),
        ("Mật khẩu", {"fields": ("usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Accounts of the administrator's subtree, by their unit or by the official's agency; superusers apart."""
        rows = super().get_queryset(request)
        by = actor(request)
        if by.is_superuser:
            return rows
        if by.unit is None:
            return rows.none()
        path = by.unit.path
        below = Q(unit__path__startswith=path) | Q(
            unit=None, official__agency__path__startswith=path
        )
        return rows.filter(below, is_superuser=False)
