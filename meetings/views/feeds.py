"""One's own calendar on a phone: the page with the address, and the address itself."""

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from meetings import feeds
from meetings.actions import feeds as actions
from meetings.calendars import fingerprint, write_calendar
from meetings.models import CalendarFeed
from roster.http import UserRequest, forbid_if

HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="du-sinh-hoat-chi-bo.ics"',
    "X-Robots-Tag": "noindex",
}


@require_safe
def feed(request: UserRequest) -> HttpResponse:
    forbid_if(feeds.why_not_have_feed(request.user))
    found = CalendarFeed.objects.open().filter(user=request.user).first()
    return render(request, "meetings/feed.html", {"feed": found})


@require_POST
def feed_open(request: UserRequest) -> HttpResponse:
    forbid_if(feeds.why_not_have_feed(request.user))
    actions.open_feed(by=request.user)
    messages.success(request, "Đã bật lịch. Bấm “Thêm vào lịch” trên điện thoại của đồng chí.")
    return redirect("meetings:feed")


@require_POST
def feed_renew(request: UserRequest) -> HttpResponse:
    forbid_if(feeds.why_not_have_feed(request.user))
    actions.renew_feed(by=request.user)
    messages.success(request, "Đã đổi địa chỉ. Xóa lịch cũ trên điện thoại rồi thêm lịch mới.")
    return redirect("meetings:feed")


@require_POST
def feed_close(request: UserRequest) -> HttpResponse:
    actions.close_feed(by=request.user)
    messages.success(request, "Đã tắt lịch. Xóa lịch này trên điện thoại để khỏi báo lỗi.")
    return redirect("meetings:my_meetings")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file a phone reads every hour; its address is the whole permission."""
    found = feeds.feed_at(token)
    if found is None:
        raise Http404
    now = timezone.now()
    entries = feeds.entries_of(found.user, timezone.localdate(now))
    actions.note_read(found, now=now)
    etag = f'W/"{fingerprint(feeds.NAME, entries)}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        write_calendar(feeds.NAME, entries, now=now), content_type="text/calendar; charset=utf-8"
    )
    for name, value in {**HEADERS, "ETag": etag}.items():
        response[name] = value
    return response
