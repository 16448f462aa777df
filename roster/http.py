"""What every page needs of the request: the signed-in user, and the doors that this user may open."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from roster.models import User
from roster.states import Role


class UserRequest(HttpRequest):
    """A request behind LoginRequiredMiddleware, for annotations."""

    user: User
    htmx: HtmxDetails


@dataclass(frozen=True)
class Door:
    """One entry of the main navigation, and who sees it."""

    label: str
    url_name: str
    roles: Collection[Role]


@dataclass(frozen=True)
class Entry:
    """A door as the page shows it."""

    label: str
    url: str
    is_current: bool = False
    icon: str = ""


EVERYBODY: Final = frozenset(Role)
STAFF: Final = Role.whole_subtree()
AT_MEETINGS: Final = STAFF | {Role.ATTENDEE, Role.BRANCH_SECRETARY}

DOORS: Final = (
    Door("Việc của tôi", "reports:home", EVERYBODY),
    Door("Danh bạ", "roster:unit_list", STAFF),
    Door("Phân công", "assignments:decision_list", STAFF),
    Door("Lịch sinh hoạt", "meetings:meeting_list", AT_MEETINGS),
    Door("Báo cáo", "reports:report_list", AT_MEETINGS),
    Door("Kiến nghị", "reports:recommendation_list", EVERYBODY - {Role.SYSTEM_ADMIN}),
    Door("Tổng hợp", "reports:summary_list", STAFF),
    Door("Số liệu", "reports:dashboard", STAFF),
)
ACCOUNT_MENU: Final = (
    ("Tài khoản của tôi", "roster:account", "person", EVERYBODY),
    ("Thông báo", "notices:inbox", "bell", EVERYBODY),
    ("Quản trị danh bạ", "admin:index", "gear", frozenset({Role.SYSTEM_ADMIN})),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the doors and the account menu of the signed-in user."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"doors": doors(user, request.path), "account_menu": account_menu(user)}


def doors(user: User, path: str) -> list[Entry]:
    """The doors the user may open; the one with the longest path that begins this page's is where one is."""
    open_doors = [
        (door.label, reverse(door.url_name)) for door in DOORS if may_see(user, door.roles)
    ]
    here = max((url for _, url in open_doors if is_within(path, url)), key=len, default=None)
    return [Entry(label, url, url == here) for label, url in open_doors]


def account_menu(user: User) -> list[Entry]:
    return [
        Entry(label, reverse(url_name), icon=icon)
        for label, url_name, icon, roles in ACCOUNT_MENU
        if may_see(user, roles)
    ]


def may_see(user: User, roles: Collection[Role]) -> bool:
    return user.is_superuser or user.role in roles


def is_within(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
