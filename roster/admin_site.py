"""The admin panel for rosters, accounts and dated rules. Only administrators of the system reach it."""

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from roster.models import User
from roster.states import Role


def may_administer(user: object) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and (user.is_superuser or user.role == Role.SYSTEM_ADMIN)
    )


class OfficeAdminSite(AdminSite):
    site_header = site_title = "Dự sinh hoạt chi bộ, quản trị"
    index_title = "Quản trị danh bạ"

    def has_permission(self, request: HttpRequest) -> bool:
        """Asked before every page of the panel. Django's own list filters ask the database for a NUL, which keeps none."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL")
        return may_administer(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        """The one sign-in page, with its lock-out and second factor, comes before: here one is signed in."""
        if self.has_permission(request):
            return redirect("admin:index")
        raise PermissionDenied
