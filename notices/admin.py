"""The delivery log, to look at only."""

from django.contrib import admin
from django.http import HttpRequest

from notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin[Notice]):
    """What was owed, over which channel, and what came of it. Nobody writes here."""

    list_display = ["user", "kind", "channel", "status", "attempts", "due_at", "sent_at", "reason"]
    list_filter = ["status", "channel", "kind"]
    search_fields = ["=occasion", "user__username", "=user__email"]
    list_select_related = ["user"]
    date_hierarchy = "due_at"
    show_full_result_count = False
    exclude = ["facts", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Notice | None = None) -> bool:
        return False
