"""For browser tests: Debian's Chromium against a live server, at a desk's and at a phone's size.

`CHROMIUM` names another binary. Pictures go to `tests/browser/shots/`, which git ignores.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from roster.models import User
from tests.browser.phones import Phone

SHOTS = Path(__file__).parent / "shots"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
# Playwright's event loop runs in the thread of the test, which alone talks to the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def serious(page: Page) -> list[str]:
    """What axe finds that must not be."""
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in {"serious", "critical"}]


@pytest.fixture(scope="session")
def browser_type_launch_args(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Chromium wants a home it may write to, and as root no sandbox."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert chromium, "Cài chromium (apt-get install chromium) hoặc đặt CHROMIUM."
    home = str(tmp_path_factory.mktemp("chromium"))
    return {
        "executable_path": chromium,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        "env": {**os.environ, "HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home},
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": DESK}


@pytest.fixture(autouse=True)
def _no_network(page: Page, live_server: LiveServer) -> None:
    """A page that asks another machine for anything gets nothing."""
    page.context.route(
        lambda url: not url.startswith((live_server.url, "data:", "blob:")),
        lambda route: route.abort(),
    )
    page.set_default_timeout(20_000)


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[User], None]:
    """`sign_in(user)`: the browser has the session of `user` from now on."""

    def enter(user: User) -> None:
        client = Client()
        client.force_login(user)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )

    return enter


@pytest.fixture
def look() -> Callable[[Page, str], None]:
    """`look(page, "report")`: pictures of the whole page at both sizes."""

    def shoot(page: Page, name: str) -> None:
        SHOTS.mkdir(exist_ok=True)
        page.wait_for_load_state("networkidle")  # the icons come last
        before = page.viewport_size
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            page.evaluate("scrollTo(0, 0)")  # a sticky head is drawn where one has scrolled to
            page.screenshot(
                path=SHOTS / f"{name}-{size['width']}x{size['height']}.png", full_page=True
            )
        if before:
            page.set_viewport_size(before)

    return shoot


@pytest.fixture
def print_docx(tmp_path: Path) -> Callable[[bytes, str], int]:
    """`print_docx(file, "decision")`: pictures of the pages as LibreOffice lays them out; how many."""

    def shoot(file: bytes, name: str) -> int:
        (tmp_path / f"{name}.docx").write_bytes(file)
        home = {**os.environ, "HOME": str(tmp_path)}
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
        subprocess.run(
            [*office, tmp_path / f"{name}.docx"], env=home, check=True, capture_output=True
        )
        SHOTS.mkdir(exist_ok=True)
        for old in SHOTS.glob(f"{name}-docx-*.png"):
            old.unlink()
        draw = ["pdftoppm", "-png", "-r", "70", tmp_path / f"{name}.pdf", SHOTS / f"{name}-docx"]
        subprocess.run(draw, check=True)
        return len(list(SHOTS.glob(f"{name}-docx-*.png")))

    return shoot


@pytest.fixture
def phone(
    browser_type: Any, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Phone]:
    profile = tmp_path / "profile"

    def start() -> BrowserContext:
        context: BrowserContext = browser_type.launch_persistent_context(
            str(profile), viewport=PHONE, locale="vi-VN", **browser_type_launch_args
        )
        context.set_default_timeout(20_000)
        return context

    made = Phone(start, profile)
    yield made
    made.context.close()
