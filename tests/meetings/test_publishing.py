"""The month's material from the propaganda board: who publishes, for whom, and who reads it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from config.lib.errors import Refused
from meetings.actions.briefings import Audience, publish_briefing
from meetings.models import Briefing
from meetings.states import Level
from roster.models import Unit, User
from roster.states import Role
from tests import factories
from tests.meetings.scenes import Scene, scene, user

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-11-27 09:00+07:00")]
DECEMBER = date(2026, 12, 1)


def board(place: Scene) -> User:
    unit = factories.agency(place.province, name="Ban Tuyên giáo và Dân vận")
    Unit.objects.filter(pk=unit.pk).update(publishes_material=True)
    return user(Role.AUTHORITY_OFFICER, Unit.objects.get(pk=unit.pk))


def publish(by: User, audience: Audience) -> Briefing:
    return publish_briefing(
        month=DECEMBER, title="Bản tin", text="Một", files=[], by=by, audience=audience
    )


def readers(briefing: Briefing, *people: User) -> list[bool]:
    return [Briefing.objects.visible_to(one).filter(pk=briefing.pk).exists() for one in people]


def test_board_publishes_for_everybody_and_the_attendee_finds_it_at_the_meeting(
    client: Client,
) -> None:
    place = scene()
    by = board(place)
    client.force_login(by)

    client.post(
        reverse("meetings:briefing_publish"),
        {"month": "2026-12", "issuer": by.unit_id, "title": "Bản tin tháng 12", "text": "Một"},
    )

    client.force_login(place.attendee)
    shown = client.get(place.meeting.get_absolute_url()).content.decode()
    assert "Bản tin tháng 12" in shown
    assert "Ban Tuyên giáo và Dân vận" in shown


def test_board_finds_its_material_in_the_navigation(client: Client) -> None:
    place = scene()
    client.force_login(board(place))
    ours = client.get("/").content.decode()
    client.force_login(user(Role.AUTHORITY_OFFICER, factories.agency(place.province)))
    others = client.get("/").content.decode()

    assert "/meetings/briefings/" in ours
    assert "/meetings/briefings/" not in others


def test_board_chooses_a_level_or_a_subtree() -> None:
    place = scene()
    by = board(place)
    elsewhere = user(Role.COMMUNE_OFFICER, factories.commune(place.province))

    for_level = publish(by, Audience(Level.COMMUNE))
    for_place = publish(by, Audience("", place.commune))

    people = (by, place.attendee, place.officer, elsewhere)
    assert readers(for_level, *people) == [True, False, True, True]
    assert readers(for_place, *people) == [True, True, True, False]


def test_board_publishes_in_its_own_province_only() -> None:
    place = scene()
    far = factories.commune(factories.province(name="Tỉnh ủy khác"))

    with pytest.raises(Refused, match="không thuộc"):
        publish(board(place), Audience("", far))


def test_any_other_agency_does_not_publish() -> None:
    place = scene()
    by = user(Role.AUTHORITY_OFFICER, factories.agency(place.province))

    with pytest.raises(Refused, match="Ban Tuyên giáo"):
        publish(by, Audience())


def test_meeting_says_how_to_get_there(client: Client) -> None:
    place = scene()
    way = "Rẽ vào cổng làng, nhà văn hóa bên trái"
    Unit.objects.filter(pk=place.branch.pk).update(directions=way, lat=20.1, lon=106.08)
    client.force_login(place.attendee)

    shown = client.get(place.meeting.get_absolute_url()).content.decode()

    assert way in shown
    assert "geo:20.10000,106.08000" in shown


def test_first_page_asks_the_secretary_for_the_day_and_takes_the_answer(client: Client) -> None:
    place = scene()
    client.force_login(place.secretary)
    asked = client.get("/").content.decode()

    client.post(reverse("meetings:meeting_confirm", args=[place.meeting.pk]), {"next": "/"})

    after = client.get("/").content.decode()
    assert "Ngày họp tháng 12/2026 chưa xác nhận" in asked
    assert "Họp đúng ngày này" in asked
    assert "chưa xác nhận" not in after
    assert "Cuộc họp tới của chi bộ" in after
