"""Every URL × every role, inside and outside the unit; table.py says how to add a row."""

import pkgutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

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
Ask = Callable[[Row, str, User | None], str]
ADMIN = "admin:"  # the admin's own URLs are one rule: test_admin_is_for_system_administrators


def outcome(response: HttpResponse) -> str:
    """The status, or where a redirect says `sign in first`."""
    if response.status_code == 302 and response["Location"].startswith(
        resolve_url("account_login")
    ):
        return SIGN_IN
    return str(response.status_code)


@pytest.fixture(scope="module")
def built(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[World, dict[int, str]]]:
    """One world for all rows, and the key of each user's session; every row rolls back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World()
        yield world, {user.pk: session_of(user) for _, user in world.users()}
        transaction.set_rollback(True)


@pytest.fixture
def world(built: tuple[World, dict[int, str]], db: None) -> World:
    return deepcopy(built[0])


@pytest.fixture
def ask(built: tuple[World, dict[int, str]], world: World) -> Ask:
    """`ask(row, path, user)`: what this user gets; the change it makes is taken back."""
    sessions = built[1]

    def as_user(row: Row, path: str, user: User | None) -> str:
        client = Client()
        if user:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[user.pk]
        with transaction.atomic():
            response = getattr(client, row.method)(path, row.payload(world))
            list(
                response
            )  # a file stays open until it is read; close() would end the connection too
            transaction.set_rollback(True)
        return outcome(response)

    return as_user


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def test_every_url_has_a_row() -> None:
    urls = {name for name, _ in every_url() if not name.startswith(ADMIN)}

    assert urls - {row.url for row in ROWS} == set()


def test_every_row_has_a_url() -> None:
    assert {row.url for row in ROWS} - {name for name, _ in every_url()} == set()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_everybody_gets_what_the_table_says(row: Row, world: World, ask: Ask) -> None:
    path = reverse(row.url, args=row.on(world)) + row.query

    got = {("", STRANGER): ask(row, path, None)}
    for (side, role), user in world.users():
        got[side, role] = ask(row, path, user)

    expected = row.expected()
    differing = {
        key: (answer, expected[key]) for key, answer in got.items() if answer != expected[key]
    }
    assert differing == {}, "(side, role): (got, expected)"


def test_admin_is_for_system_administrators(world: World, ask: Ask) -> None:
    inside = {role: user for (side, role), user in world.users() if side == "inside"}
    pages = ["admin:index"] + [
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
        for model in admin.site._registry
    ]

    allowed = {
        page: {who for who, user in inside.items() if ask(Row(page), reverse(page), user) == "200"}
        for page in pages
    }
    strangers = {page for page in pages if ask(Row(page), reverse(page), None) == "200"}

    assert [page for page, who in allowed.items() if who - {"system_admin"}] == []
    assert allowed["admin:index"] == allowed["admin:roster_unit_changelist"] == {"system_admin"}
    assert strangers == set()
