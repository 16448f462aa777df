"""What the program told a person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from config.lib.paging import page_by_key
from notices import actions
from notices.models import Notice
from roster.http import UserRequest


@require_safe
def inbox(request: UserRequest) -> HttpResponse:
    """The newest first. Opening one marks it read."""
    mine = Notice.objects.visible_to(request.user).in_app()
    facts = {
        "page": page_by_key(mine, ("-sent_at", "-pk"), request.GET),
        "unread": mine.unread().count(),
    }
    return render(request, "notices/inbox.html", facts)


@require_safe
def unread_count(request: UserRequest) -> HttpResponse:
    """The number beside the bell, fetched after the page: no page waits for it."""
    unread = Notice.objects.visible_to(request.user).unread().count()
    return render(request, "notices/_unread_count.html", {"unread": unread})


@require_POST
def notice_open(request: UserRequest, pk: int) -> HttpResponse:
    """Mark it read and go to the page it speaks of."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user).in_app(), pk=pk)
    actions.mark_read(notice, by=request.user)
    return redirect(notice.facts.get("url") or "notices:inbox")


@require_POST
def inbox_read(request: UserRequest) -> HttpResponse:
    count = actions.mark_all_read(by=request.user)
    messages.success(request, f"Đã đánh dấu đã đọc {count} thông báo.")
    return redirect("notices:inbox")
