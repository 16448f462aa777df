"""The main pages over the demo's data: nothing is broken, nothing hangs over the edge, axe finds nothing serious.

Their pictures, at both sizes, are the ones the README shows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from meetings.models import Meeting
from reports.models import MeetingReport, Recommendation, Summary
from reports.states import RecommendationStatus, ReportStatus
from roster.models import RosterImport, User

pytestmark = pytest.mark.django_db(transaction=True)
OVERHANG = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SEVERE = {"serious", "critical"}


@dataclass(frozen=True)
class Stop:
    """One page as one of the demo's accounts opens it."""

    name: str
    user: str
    path: str


def stops() -> Iterator[Stop]:
    """The ten main pages, and the first page of those who come by phone."""
    answered = Recommendation.objects.filter(status=RecommendationStatus.ANSWERED).earliest("pk")
    submitted = MeetingReport.objects.filter(status=ReportStatus.SUBMITTED).earliest("pk")
    coming = Meeting.objects.filter(unit=answered.unit).latest("starts_at")
    preview = RosterImport.objects.earliest("pk")
    officer = "chuyen.vien"
    yield Stop("home", officer, reverse("reports:home"))
    yield Stop("roster", officer, reverse("roster:official_list"))
    yield Stop("import", officer, reverse("assignments:import_receipt", args=[preview.pk]))
    yield Stop("assignments", officer, reverse("assignments:assignment_list"))
    yield Stop("meetings", officer, reverse("meetings:meeting_list"))
    yield Stop("brief", officer, coming.get_absolute_url())
    yield Stop("reports", officer, reverse("reports:report_list"))
    yield Stop("report", officer, submitted.get_absolute_url())
    yield Stop("recommendation", officer, answered.get_absolute_url())
    yield Stop("summary", "lanh.dao", Summary.objects.latest("pk").get_absolute_url())
    yield Stop("dashboard", "thuong.truc", reverse("reports:dashboard"))
    for user in ("can.bo.du", "bi.thu", "co.quan"):
        yield Stop(f"home-{user}", user, reverse("reports:home"))


def test_the_main_pages_stand_at_both_sizes(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
) -> None:
    call_command("seed_demo", scale="small", months=2, verbosity=0)
    said: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" else None
    )
    wrong = {}

    for stop in stops():
        sign_in(User.objects.get(username=stop.user))
        response = page.goto(f"{live_server.url}{stop.path}", wait_until="networkidle")
        look(page, stop.name)
        found = [f"status {response.status}"] if response and response.status != 200 else []
        wrong[stop.name] = [*found, *overhanging(page), *violations(page), *said]
        said.clear()

    assert {name: found for name, found in wrong.items() if found} == {}


def overhanging(page: Page) -> list[str]:
    """At a phone's width the page itself never scrolls sideways."""
    before = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    over = page.evaluate(OVERHANG)
    if before:
        page.set_viewport_size(before)
    return [f"{over} px over the edge"] if over > 0 else []


def violations(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place it was found."""
    rows = Axe().run(page).response["violations"]
    return [
        f"{row['id']}: {row['nodes'][0]['html'][:120]}" for row in rows if row["impact"] in SEVERE
    ]
