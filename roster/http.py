"""What views share: the signed-in request, the doors a user may open, and files sent as attachments."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from roster.models import StoredFile, User
from roster.states import Role


class UserRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware, for annotations."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Door:
    """One entry of the navigation, and who sees it (`of_publishers`: only in an agency that publishes).

    The paths are promised in DESIGN.md.
    """

    label: str
    path: str
    roles: Collection[Role]
    icon: str = ""
    of_publishers: bool = False


EVERYBODY: Final = frozenset(Role)
STAFF: Final = Role.whole_subtree()
AT_MEETINGS: Final = STAFF | {Role.ATTENDEE, Role.BRANCH_SECRETARY}

DOORS: Final = (
    Door("Việc của tôi", "/", EVERYBODY),
    Door("Danh bạ", "/roster/", STAFF),
    Door("Phân công", "/assignments/", STAFF),
    Door("Lịch sinh hoạt", "/meetings/", AT_MEETINGS),
    Door("Tài liệu tháng", "/meetings/briefings/", {Role.AUTHORITY_OFFICER}, of_publishers=True),
    Door("Báo cáo", "/reports/", AT_MEETINGS),
    Door("Kiến nghị", "/reports/recommendations/", EVERYBODY),
    Door("Tổng hợp", "/reports/summaries/", STAFF),
    Door("Số liệu", "/dashboard/", STAFF),
)
ACCOUNT_MENU: Final = (
    Door("Tài khoản của tôi", "/account/", EVERYBODY, icon="person"),
    Door("Thông báo", "/notices/", EVERYBODY, icon="bell"),
    Door("Sổ gửi tin", "/notices/log/", Role.desk() | {Role.SYSTEM_ADMIN}, icon="send"),
    Door("Mẫu báo cáo", "/reports/forms/", Role.commission(), icon="doc"),
    Door("Quản trị danh bạ", "/admin/", {Role.SYSTEM_ADMIN}, icon="gear"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the doors of the signed-in user, and behind which of them this page lies."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"is_trial": not settings.PRODUCTION}
    doors = open_to(user, DOORS)
    return {
        "doors": doors,
        "here": max(
            (door.path for door in doors if lies_within(request.path, door.path)),
            key=len,
            default="",
        ),
        "account_menu": open_to(user, ACCOUNT_MENU),
    }


def open_to(user: User, doors: Collection[Door]) -> list[Door]:
    seen = [door for door in doors if user.is_superuser or user.role in door.roles]
    return [door for door in seen if not door.of_publishers or user.publishes_material]


def lies_within(path: str, door: str) -> bool:
    return path == door if door == "/" else path.startswith(door)


def file_response(stored: StoredFile, *, shown: bool = False) -> FileResponse:
    """The file as an attachment under the name a person knows; the caller has checked who asks.

    `shown` lets the browser show it, if it is a picture.
    """
    return FileResponse(
        stored.content.open("rb"),
        as_attachment=not (shown and stored.is_picture),
        filename=stored.name,
        content_type=stored.content_type,
    )


def kept_offline(response: HttpResponse, user: User) -> HttpResponse:
    """Let the phone's service worker keep this page for `user`, and show it without a network."""
    response["X-Keep-Offline"] = str(user.pk)
    return response


def forbid_if(reason: str | None) -> None:
    """403 with the rule's sentence: the role may not, whatever the state of things."""
    if reason:
        raise PermissionDenied(reason)
