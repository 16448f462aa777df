"""Every URL × every role, inside and outside the unit; table.py says how to add a row."""

import pkgutil
from importlib import import_module

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

import tests.permissions
from roster.models import User
from tests.permissions.table import SIGN_IN, STRANGER, Row
from tests.permissions.world import World
from tests.urls import every_url

TABLES = [
    import_module(f"tests.permissions.{module.name}")
    for module in pkgutil.iter_modules(tests.permissions.__path__)
    if module.name.startswith("matrix_")
]
ROWS: list[Row] = [row for table in TABLES for row in table.ROWS]
ADMIN = "admin:"  # the admin's own URLs are one rule: test_admin_is_for_system_administrators


def outcome(response: HttpResponse) -> str:
    """The status, or where a redirect says `sign in first`."""
    if response.status_code == 302 and response["Location"].startswith(
        resolve_url("account_login")
    ):
        return SIGN_IN
    return str(response.status_code)


def ask(row: Row, path: str, world: World, user: User | None) -> str:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    with transaction.atomic():
        response = getattr(client, row.method)(path, row.payload(world))
        response.close()  # an answer that is a file holds it open until then
        transaction.set_rollback(True)
    return outcome(response)


def test_every_url_has_a_row() -> None:
    urls = {name for name, _ in every_url() if not name.startswith(ADMIN)}

    assert urls - {row.url for row in ROWS} == set()


def test_every_row_has_a_url() -> None:
    assert {row.url for row in ROWS} - {name for name, _ in every_url()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(row: Row) -> None:
    world = World()
    path = reverse(row.url, args=row.on(world)) + row.query

    got = {("", STRANGER): ask(row, path, world, None)}
    for (side, role), user in world.users():
        got[side, role] = ask(row, path, world, user)

    expected = row.expected()
    differing = {
        key: (answer, expected[key]) for key, answer in got.items() if answer != expected[key]
    }
    assert differing == {}, "(side, role): (got, expected)"


@pytest.mark.django_db
def test_admin_is_for_system_administrators() -> None:
    world = World()
    inside = {role: user for (side, role), user in world.users() if side == "inside"}
    pages = ["admin:index"] + [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    ]

    allowed = {
        page: {
            who
            for who, user in inside.items()
            if ask(Row(page), reverse(page), world, user) == "200"
        }
        for page in pages
    }
    strangers = {page for page in pages if ask(Row(page), reverse(page), world, None) == "200"}

    assert [page for page, who in allowed.items() if who - {"system_admin"}] == []
    assert allowed["admin:index"] == allowed["admin:roster_unit_changelist"] == {"system_admin"}
    assert strangers == set()
