"""The delivery log, to look at only, and the ladder of reminders, to be changed from a day on."""

from django.contrib import admin
from django.http import HttpRequest

from notices.models import LadderStep, Notice


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


@admin.register(LadderStep)
class LadderStepAdmin(admin.ModelAdmin[LadderStep]):
    """End the old step on a day and add one from the next: what was owed by the old one stays."""

    list_display = ["kind", "days", "in_working_days", "at", "grace", "starts_on", "ends_on"]
    list_filter = ["kind"]
