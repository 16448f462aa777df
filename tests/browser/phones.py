"""A phone whose browser may be killed, and the report's form on it."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError
from pytest_django.live_server_helper import LiveServer

from tests.browser.report_pages import sign_in_to
from tests.processes import Web
from tests.reports.scenes import Scene


class Phone:
    """A browser with a profile that outlives it."""

    def __init__(self, start: Callable[[], BrowserContext], profile: Path) -> None:
        self.start, self.profile = start, profile
        self.context = start()

    @property
    def page(self) -> Page:
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def kill(self) -> None:
        """SIGKILL for every process of this profile, as a phone does that runs short of memory."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
            except OSError:
                continue
            if str(self.profile).encode() in command:
                os.kill(int(process.name), signal.SIGKILL)

    def restart(self) -> None:
        with suppress(PlaywrightError):  # it was killed
            self.context.close()
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()
        self.context = self.start()


def url(live_server: LiveServer | Web, scene: Scene) -> str:
    return f"{live_server.url}{reverse('reports:report_edit', args=[scene.meeting.pk])}"


def visit(phone: Phone, live_server: LiveServer | Web, scene: Scene) -> Page:
    """The one visit with a network after which the form is on the phone."""
    sign_in_to(phone.context, live_server.url, scene.attendee)
    page = phone.page
    page.goto(url(live_server, scene))
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function(
        "caches.keys().then((names) => names.some((name) => name.startsWith('pages-')))"
    )
    page.wait_for_load_state("networkidle")
    return page


def press_submit(page: Page) -> None:
    page.evaluate("document.querySelector('[data-step-submit]').click()")
