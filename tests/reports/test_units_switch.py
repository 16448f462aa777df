"""The switch between the units of then and of now: every number opens as many rows in the same view."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from reports.progress import progress_of
from reports.rollups import refresh
from reports.rollups.attendees import punctuality
from reports.rollups.marks import mark_dirty
from roster.models import Reorganisation, Succession, Unit, UnitParent
from roster.states import SuccessionKind, Units
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db
HELD_ON = date(2025, 8, 4)
MONTH = date(2025, 8, 1)
DAY, EVE = date(2025, 10, 1), date(2025, 9, 30)


class Merged(Scene):
    """Xã Quang 1 became part of Xã Quang 2 two months after a meeting of its branch; Quang 2 met too."""

    def __init__(self) -> None:
        super().__init__(on=HELD_ON)
        self.other = Scene(2, province=self.province, on=HELD_ON)
        self.new = self.other.commune
        self.branch.parents.update(ends_on=EVE)
        UnitParent.objects.create(unit=self.branch, parent=self.new, starts_on=DAY)
        Unit.objects.filter(pk=self.branch.pk).update(path=f"{self.new.path}{self.branch.pk}/")
        Unit.objects.filter(pk=self.commune.pk).update(ends_on=EVE)
        act = Reorganisation.objects.create(decision="Nghị quyết", effective_on=DAY)
        Succession.objects.create(
            reorganisation=act, old=self.commune, new=self.new, kind=SuccessionKind.MERGED
        )
        for meeting in (self.meeting, self.other.meeting):
            mark_dirty(meeting)
        refresh.drain(timezone.now())
        self.client = Client()
        self.client.force_login(self.commission)


@pytest.fixture
def scene() -> Merged:
    return Merged()


def lines(scene, units):
    return {line.unit.name: line for line in progress_of(scene.commission, MONTH, units).lines}


def test_then_each_commune_of_the_day_has_its_line_now_the_one_that_lives(scene):
    then, now = lines(scene, Units.THEN), lines(scene, Units.NOW)

    assert {name: line.missing for name, line in then.items()} == {"Xã Quang 1": 1, "Xã Quang 2": 1}
    assert {name: line.missing for name, line in now.items()} == {"Xã Quang 2": 2}


@pytest.mark.parametrize("units", list(Units))
def test_every_number_of_a_line_opens_as_many_rows(scene, units):
    for line in lines(scene, units).values():
        reports = scene.client.get(line.missing_url).context["lines"]
        meetings = scene.client.get(line.meetings_url).context["lines"]

        assert (len(reports), len(meetings)) == (line.missing, line.planned)


@pytest.mark.parametrize("units", list(Units))
def test_a_persons_numbers_of_one_commune_open_as_many_rows(scene, units):
    rows = punctuality(scene.commission, MONTH, timezone.now(), commune=scene.new, units=units)

    assert len(rows) == (1 if units == Units.THEN else 2)
    for row in rows:
        assert len(scene.client.get(row.missing_url).context["lines"]) == row.missing == 1


def test_the_list_names_the_commune_of_the_chosen_view(scene):
    then = scene.client.get("/reports/?state=missing&month=2025-08").content.decode()
    now = scene.client.get("/reports/?state=missing&month=2025-08&units=now").content.decode()

    assert then.count('<span class="sub">Xã Quang 1') == 1
    assert now.count('<span class="sub">Xã Quang 2') == 2


@pytest.mark.parametrize(
    "page",
    ["/dashboard/", "/meetings/", "/reports/", "/reports/recommendations/", "/reports/attendees/"],
)
def test_another_view_than_the_two_is_a_bad_request(scene, page):
    assert scene.client.get(page, {"units": "later"}).status_code == 400
    assert "Theo đơn vị hiện nay" in scene.client.get(page).content.decode()
