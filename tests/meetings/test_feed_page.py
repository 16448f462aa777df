"""The page where one gets, changes and closes the own calendar's address."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from meetings.actions import feeds
from meetings.models import CalendarFeed
from roster.models import Event
from tests.meetings.scenes import moment, scene

pytestmark = pytest.mark.django_db
PAGE = "/meetings/mine/phone/"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(moment(1), tick=False)


def test_looking_at_the_page_makes_no_address(client: Client) -> None:
    client.force_login(scene().attendee)

    shown = client.get(PAGE).content.decode()

    assert "Bật lịch" in shown
    assert "webcal://" not in shown
    assert CalendarFeed.objects.count() == 0


def test_page_gives_the_address_for_one_tap_and_for_copying(client: Client) -> None:
    client.force_login(scene().attendee)

    shown = client.post(reverse("meetings:feed_open"), follow=True).content.decode()

    feed = CalendarFeed.objects.get()
    assert f'href="{feed.webcal_address}"' in shown
    assert f'value="{feed.address}"' in shown
    assert feed.address.startswith("http://127.0.0.1:8000/calendar/")
    assert "Chưa có máy nào đọc lịch này." in shown


def test_opening_twice_keeps_the_address(client: Client) -> None:
    client.force_login(scene().attendee)

    for _ in range(2):
        client.post(reverse("meetings:feed_open"))

    assert CalendarFeed.objects.count() == 1


def test_renewing_shows_another_address_and_closing_none(client: Client) -> None:
    place = scene()
    client.force_login(place.secretary)
    first = feeds.open_feed(by=place.secretary)

    renewed = client.post(reverse("meetings:feed_renew"), follow=True).content.decode()
    client.post(reverse("meetings:feed_close"))
    closed = client.get(PAGE).content.decode()

    assert first.address not in renewed
    assert "webcal://" in renewed
    assert "webcal://" not in closed
    assert not CalendarFeed.objects.open().exists()


def test_each_making_and_revoking_is_in_the_book_without_the_address(client: Client) -> None:
    place = scene()

    feeds.open_feed(by=place.attendee)
    feeds.renew_feed(by=place.attendee)
    for _ in range(2):
        feeds.close_feed(by=place.attendee)

    rows = Event.objects.filter(target_type="meetings.calendarfeed").order_by("pk")
    verbs = ["feed_made", "feed_revoked", "feed_made", "feed_revoked"]
    assert [row.verb for row in rows] == verbs
    assert {row.by for row in rows} == {place.attendee}
    written = " ".join(f"{row.target_label} {row.detail}" for row in rows)
    assert not any(feed.key in written for feed in CalendarFeed.objects.all())


def test_one_person_changes_nobody_elses_address(client: Client) -> None:
    place = scene()
    other = feeds.open_feed(by=place.secretary)
    client.force_login(place.attendee)

    client.post(reverse("meetings:feed_renew"))
    client.post(reverse("meetings:feed_close"))

    assert list(CalendarFeed.objects.open()) == [other]
    assert other.address not in client.get(PAGE).content.decode()


def test_database_refuses_a_second_open_address() -> None:
    place = scene()
    feeds.open_feed(by=place.attendee)

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(user=place.attendee)


def test_account_page_of_an_official_leads_to_the_page(client: Client) -> None:
    client.force_login(scene().attendee)

    assert f'href="{PAGE}"' in client.get(reverse("roster:account")).content.decode()


@pytest.mark.parametrize("who", ["attendee", "secretary"])
def test_own_meetings_lead_to_the_page(client: Client, who: str) -> None:
    client.force_login(getattr(scene(), who))

    assert f'href="{PAGE}"' in client.get(reverse("meetings:my_meetings")).content.decode()
