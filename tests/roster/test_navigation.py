import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve

from roster import http
from roster.models import User
from roster.states import Role

LABELS = {
    Role.SYSTEM_ADMIN: "Việc của tôi, Danh bạ, Phân công, Lịch sinh hoạt, Báo cáo, Kiến nghị, Tổng hợp, Số liệu",
    Role.COMMISSION_OFFICER: "Việc của tôi, Danh bạ, Phân công, Lịch sinh hoạt, Báo cáo, Kiến nghị, Tổng hợp, Số liệu",
    Role.COMMUNE_OFFICER: "Việc của tôi, Danh bạ, Phân công, Lịch sinh hoạt, Báo cáo, Kiến nghị, Tổng hợp, Số liệu",
    Role.ATTENDEE: "Việc của tôi, Lịch sinh hoạt, Báo cáo, Kiến nghị",
    Role.BRANCH_SECRETARY: "Việc của tôi, Lịch sinh hoạt, Báo cáo, Kiến nghị",
    Role.AUTHORITY_OFFICER: "Việc của tôi, Kiến nghị",
}


def seen_by(role: Role, path: str = "/") -> dict:
    request = RequestFactory().get(path)
    request.user = User(username="x", full_name="Lê Thị Thử", role=role)
    return http.navigation(request)


@pytest.mark.parametrize(("role", "labels"), LABELS.items())
def test_each_role_sees_its_own_doors(role, labels):
    assert ", ".join(door.label for door in seen_by(role)["doors"]) == labels


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/", "/"),
        ("/roster/officials/3/", "/roster/"),
        ("/reports/", "/reports/"),
        ("/reports/recommendations/7/", "/reports/recommendations/"),
        ("/reports/summaries/", "/reports/summaries/"),
        ("/account/", ""),
    ],
)
def test_the_door_behind_which_one_is_is_marked(path, here):
    assert seen_by(Role.COMMISSION_OFFICER, path)["here"] == here


def test_the_panel_is_offered_to_administrators_only():
    offered = {
        role for role in Role if "/admin/" in {d.path for d in seen_by(role)["account_menu"]}
    }

    assert offered == {Role.SYSTEM_ADMIN}


@pytest.mark.parametrize("door", [*http.DOORS, *http.ACCOUNT_MENU], ids=lambda door: door.path)
def test_every_door_leads_somewhere(door):
    try:
        resolve(door.path)
    except Resolver404:
        pytest.fail(f"{door.label}: no page at {door.path}")
