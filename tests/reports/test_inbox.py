"""The inbox of reports by state, the call list, and what a locked month leaves of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.reports.scenes import IN_TIME, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def desk(client: Client, scene: Scene) -> Client:
    client.force_login(scene.desk)
    return client


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def scenes(count: int) -> list[Scene]:
    first = Scene(1)
    more = range(2, count + 1)
    return [first, *(Scene(number, first.province, commune=first.commune) for number in more)]


STATES = ("missing", "due", "submitted", "returned", "accepted", "filed", "on_time", "filed_late")


@pytest.mark.parametrize(
    ("prepare", "found"),
    [
        ("opened", {"due"}),
        ("submitted", {"submitted", "filed", "on_time"}),
        ("returned", {"returned", "filed", "on_time"}),
        ("accepted", {"accepted", "filed", "on_time"}),
    ],
)
def test_report_lies_in_the_states_it_has(
    desk: Client, scene: Scene, prepare: str, found: set[str]
) -> None:
    getattr(scene, prepare)()

    pages = {state: text_of(desk.get("/reports/", {"state": state})) for state in STATES}

    assert {state for state, page in pages.items() if "Chi bộ xóm 1" in page} == found


def test_missing_report_is_called_for_with_days_and_phone(desk: Client, scene: Scene) -> None:
    with time_machine.travel(IN_TIME + timedelta(days=7)):
        page = text_of(desk.get(reverse("reports:report_missing")))

    assert scene.official.full_name in page
    assert "0912 345 678" in page
    assert "3 ngày" in page


def locking_day(scene: Scene) -> datetime:
    return datetime.combine(scene.meeting.locked_on, IN_TIME.timetz())


@pytest.mark.parametrize("page", ["/reports/?state=missing", "/reports/missing/"])
def test_locked_report_is_nobodys_work_and_lies_in_its_month(
    desk: Client, scene: Scene, page: str
) -> None:
    month = {"state": "missing", "month": "2026-11"}

    with time_machine.travel(locking_day(scene) - timedelta(days=1)):
        before = len(desk.get(page).context["lines"])
    with time_machine.travel(locking_day(scene)):
        after, in_month = desk.get(page), desk.get(page, month)

    assert (before, len(after.context["lines"]), len(in_month.context["lines"])) == (1, 0, 1)
    assert "Báo cáo đã khóa sổ xem theo từng tháng." in text_of(after)
    assert "Báo cáo đã khóa sổ" not in text_of(in_month)


@pytest.mark.parametrize(
    ("prepare", "tab"),
    [("submitted", "submitted"), ("returned", "returned"), ("accepted", "accepted")],
)
def test_what_was_filed_waits_and_is_found_after_the_lock(
    desk: Client, scene: Scene, prepare: str, tab: str
) -> None:
    getattr(scene, prepare)()

    with time_machine.travel(locking_day(scene)):
        response = desk.get("/reports/", {"state": tab})

    assert {name: count for name, _, count in response.context["tabs"] if count != "0"} == {
        tab: "1"
    }
    assert len(response.context["lines"]) == 1


def test_nobody_is_called_for_a_meeting_without_attendee(desk: Client, scene: Scene) -> None:
    scene.official.assignments.all().delete()

    with time_machine.travel(IN_TIME + timedelta(days=7)):
        page = text_of(desk.get(reverse("reports:report_missing")))

    assert "Không có báo cáo nào quá hạn." in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "xom 1"}, True),
        ({"q": "BN-2026-000001"}, True),
        ({"q": " bn-2026-0000"}, True),
        ({"q": "xóm 31"}, False),
        ({"month": "2026-11"}, True),
        ({"month": "2026-10"}, False),
        ({"month": "hôm nay"}, False),
    ],
)
def test_filters_find(desk: Client, scene: Scene, query: dict[str, str], is_found: bool) -> None:
    scene.submitted()

    page = text_of(desk.get("/reports/", {"state": "submitted", **query}))

    assert ("BN-2026-000001</" in page) == is_found


def test_made_up_state_is_a_bad_request(desk: Client) -> None:
    assert desk.get("/reports/", {"state": "x"}).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"), [("?state=submitted", 10), ("?state=due", 9), ("missing/", 7)]
)
def test_inbox_asks_as_many_questions_for_three_rows_as_for_one(
    client: Client, django_assert_num_queries: Any, count: int, query: str, queries: int
) -> None:
    all_of_them = scenes(count)
    for one in all_of_them:
        if "submitted" in query:
            one.submitted()
    client.force_login(all_of_them[0].commission)
    moment = IN_TIME + timedelta(days=7 if "missing" in query else 0)

    with time_machine.travel(moment), django_assert_num_queries(queries):
        response = client.get(f"/reports/{query}")

    assert len(response.context["lines"]) == count
