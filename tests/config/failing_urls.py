"""Addresses that fail in each way a page can fail; beside the real ones."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.urls import path

from config.lib.errors import Conflict, Refused
from config.urls import urlpatterns as real


def refused(request):
    raise Refused("Số có mặt (43) lớn hơn tổng số đảng viên (41).")


def stale(request):
    raise Conflict


def forbidden(request):
    raise PermissionDenied("Chỉ chuyên viên Ban Tổ chức được sửa danh bạ.")


def unreadable(request):
    raise BadRequest("page mark")


def broken(request):
    raise RuntimeError("secret detail")


def fine(request):
    return HttpResponse("nội dung")


urlpatterns = [
    *real,
    path("failing/refused/", refused),
    path("failing/stale/", stale),
    path("failing/forbidden/", forbidden),
    path("failing/unreadable/", unreadable),
    path("failing/broken/", broken),
    path("failing/fine/", fine),
]
