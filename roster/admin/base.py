"""What all our admin pages share: who may, which rows, searching without diacritics, and the audit."""

from typing import Any, TypeVar

from django.contrib.admin import ModelAdmin, ShowFacets
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from config.lib.fields import PhoneField
from config.lib.text import fold
from roster import audit
from roster.admin_site import may_administer
from roster.history import history_of
from roster.models import User

M = TypeVar("M", bound=Model)


class MayAdminister(BaseModelAdmin[M]):
    """Whoever reaches the panel may do what its pages offer, within the own subtree.

    The role decides, not Django's permission table.
    """

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        rows = db_field.remote_field.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            options["queryset"] = rows.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Phones as people write them; no buttons that would change another row in a pop-up."""
        if db_field.name == "phone":
            return PhoneField(label="Điện thoại", required=False)
        field = super().formfield_for_dbfield(db_field, request, **options)
        wrapper = getattr(field, "widget", None)
        if isinstance(wrapper, RelatedFieldWidgetWrapper):
            wrapper.can_add_related = wrapper.can_change_related = False
            wrapper.can_delete_related = wrapper.can_view_related = False
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request.user)


class OfficeAdmin(MayAdminister[M], ModelAdmin[M]):
    """Rows of the administrator's own subtree; every act in the audit; nothing with a history is deleted."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    actions = None
    object_history_template = "admin/roster/object_history.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        rows = super().get_queryset(request)
        return rows.visible_to(request.user) if hasattr(rows, "visible_to") else rows

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Instead of Django's list of edits made in the panel: every state of the row, whoever wrote it."""
        record = self.get_object(request, object_id)
        steps = history_of(record) if record and hasattr(record, "pgh_event_model") else []
        return super().history_view(request, object_id, {**(extra_context or {}), "steps": steps})

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        audit.record("created", obj, by=actor(request), fields=changed_fields(message))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        audit.record("changed", obj, by=actor(request), fields=changed_fields(message))
        return super().log_change(request, obj, message)


class SearchedAdmin(OfficeAdmin[M]):
    """Search goes to the folded column with its trigram index."""

    search_fields = ("search",)
    search_help_text = "Tìm không cần dấu, một phần của tên cũng được."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.filter(search__contains=fold(search_term)), False


def actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user


def changed_fields(message: Any) -> list[str]:
    """Names of the fields in the admin's change message, of the object and of its inlines."""
    if not isinstance(message, list):
        return [str(message)]
    parts = [part for entry in message if isinstance(entry, dict) for part in entry.values()]
    names = [part.get("fields") or [f"+{part['name']}"] for part in parts if part]
    return [name for group in names for name in group]
