"""A meeting's page on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.states import RecommendationStatus
from roster.models import User
from tests.browser.conftest import PHONE
from tests.reports.recommending import answer, forward, recommendation, village

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_of_a_recommendation_stands_alone_at_the_right(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    place = village()
    forward(place, due_on=timezone.localdate() + timedelta(days=9))
    answer(place, at=f"{timezone.now() - timedelta(hours=1):%Y-%m-%d %H:%M%z}")
    recommendation(
        place.report,
        text="Đề nghị đầu tư nâng cấp tuyến đường trục thôn từ nhà văn hóa. Mặt đường vỡ.",
        status=RecommendationStatus.OPEN,
        authority=place.agency,
        due_on=timezone.localdate(),
    )
    sign_in(place.attendee)
    page.set_viewport_size(PHONE)

    page.goto(f"{live_server.url}{place.next_meeting.get_absolute_url()}")

    answers = page.locator("[aria-labelledby=h-traloi]")
    expect(answers.locator("p.quiet").first).to_contain_text(
        f"{place.recommendation.number} · Sở Nông nghiệp và Môi trường trả lời ngày"
    )
    row = answers.locator("li", has_text="Đề nghị đầu tư")
    title, state = row.locator("a").bounding_box(), row.locator(".push").bounding_box()
    assert title
    assert state
    assert title["height"] > state["height"]  # two lines
    assert state["y"] < title["y"] + state["height"]
