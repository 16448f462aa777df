"""The report's form on a slow network for the first time, from the production server: light, and soon there to be typed in."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect

from roster.models import User
from tests.browser.report_pages import PHONE, sign_in_to
from tests.processes import Web, web_server
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db(transaction=True)
MOST_BYTES = 60_000
MOST_SECONDS = 3
VISITS, WORKERS = 3, 4
LATENCY_MS, BYTES_A_SECOND = 400, 400_000 / 8
COUNTED = {"Document", "Stylesheet", "Script"}


@pytest.fixture
def web(tmp_path: Path, transactional_db: None) -> Iterator[Web]:
    with web_server(tmp_path, WEB_WORKERS=str(WORKERS)) as running:
        yield running


def test_the_form_is_light_and_can_be_typed_in_within_three_seconds(
    web: Web, browser: Browser
) -> None:
    scene = Scene(13, on=timezone.localdate() - timedelta(days=2))
    form = f"{web.url}{reverse('reports:report_edit', args=[scene.meeting.pk])}"
    warm_up(form, scene.attendee)

    visits = [first_visit(browser, form, scene.attendee) for _ in range(VISITS)]

    weights = [sum(bytes_of.values()) for _, bytes_of in visits]
    assert [len(bytes_of) for _, bytes_of in visits] == [3] * VISITS  # page, style, script
    assert max(weights) < MOST_BYTES, visits
    assert min(took for took, _ in visits) < MOST_SECONDS, visits


def first_visit(browser: Browser, form: str, user: User) -> tuple[float, dict[str, int]]:
    """By a phone that knows nothing of the program yet: seconds until a word stands in the form, and what came."""
    phone = browser.new_context(locale="vi-VN", viewport=PHONE)
    sign_in_to(phone, form, user)
    page = phone.new_page()
    wire = phone.new_cdp_session(page)
    bytes_of = watch(wire)
    slow_down(wire)
    began = time.monotonic()
    page.goto(form, wait_until="commit")
    page.locator(".stepping").wait_for()  # the scripts have laid out one section a screen
    page.locator("[name=chaired_by]").fill("Bí thư Trần Văn Thử")
    took = time.monotonic() - began
    expect(page.locator("[data-step-text]")).to_have_text("Mục 1 trên 9")
    page.wait_for_load_state("load")
    phone.close()
    return took, bytes_of


def warm_up(url: str, user: User) -> None:
    """A server that has just started compiles its templates for the first who asks."""
    client = Client()
    client.force_login(user)
    cookies = {"sessionid": client.cookies["sessionid"].value}
    for _ in range(3 * WORKERS):
        assert httpx.get(url, cookies=cookies).status_code == 200


def watch(wire: Any) -> dict[str, int]:
    """What page, style and scripts weigh as they cross the wire, by address."""
    kinds: dict[str, str] = {}
    weights: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told}))

    def done(told: dict[str, Any]) -> None:
        kind = kinds.get(told["requestId"])
        if kind and kind["type"] in COUNTED:
            weights[kind["response"]["url"]] = told["encodedDataLength"]

    wire.on("Network.loadingFinished", done)
    wire.send("Network.enable")
    return weights


def slow_down(wire: Any) -> None:
    slow = {
        "latency": LATENCY_MS,
        "downloadThroughput": BYTES_A_SECOND,
        "uploadThroughput": BYTES_A_SECOND,
    }
    wire.send("Network.emulateNetworkConditions", {"offline": False, **slow})
