"""Signing in, as a person does it."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_signs_in_with_name_and_password(
    page: Page, live_server: LiveServer, look: Callable[[Page, str], None]
) -> None:
    factories.UserFactory(
        username="lua", role=Role.VIEWER, unit=factories.province(), full_name="Đinh Thị Lụa"
    )

    page.goto(f"{live_server.url}{reverse('account_login')}")
    look(page, "sign-in")
    page.locator("[name=login]").fill("lua")
    page.locator("[name=password]").fill("mật khẩu thử")
    page.locator("main button[type=submit]").first.click()

    expect(page).to_have_url(f"{live_server.url}/")
