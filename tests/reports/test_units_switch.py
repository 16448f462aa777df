"""The switch between the units of then and of now: every number opens as many rows in the same view."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, BranchWord
from notices.models import LadderStep
from reports import late_lists, prompts
from reports.progress import progress_of
from reports.rollups import attendees, refresh
from reports.rollups.marks import mark_dirty
from roster.models import Reorganisation, Succession, Unit, UnitParent
from roster.states import SuccessionKind, Units
from tests.reports.recommending import filed_report, recommendation
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
    place = {"commune": scene.new, "units": units}
    counted = attendees.count(scene.commission, MONTH, timezone.now(), **place)
    rows = attendees.named(counted, MONTH, **place)

    assert len(rows) == (1 if units == Units.THEN else 2)
    for row in rows:
        assert len(scene.client.get(row.missing_url).context["lines"]) == row.missing == 1


def test_the_list_names_the_commune_of_the_chosen_view(scene):
    then = scene.client.get("/reports/?state=missing&month=2025-08").content.decode()
    now = scene.client.get("/reports/?state=missing&month=2025-08&units=now").content.decode()

    assert then.count('<span class="sub">Xã Quang 1') == 1
    assert now.count('<span class="sub">Xã Quang 2') == 2


def grid(scene, commune, **asked):
    page = scene.client.get(f"/meetings/communes/{commune.pk}/", {"month": "2025-08", **asked})
    return page, page.context["tabs"][0][2]


def test_the_grid_of_days_shows_what_counted_there_then_or_counts_there_now(scene):
    counted = {
        (commune.name, units): grid(scene, commune, units=units)[1]
        for commune in (scene.commune, scene.new)
        for units in Units
    }

    assert counted == {
        ("Xã Quang 1", Units.THEN): 1,
        ("Xã Quang 1", Units.NOW): 0,
        ("Xã Quang 2", Units.THEN): 1,
        ("Xã Quang 2", Units.NOW): 2,
    }
    assert sum(counted[name, Units.THEN] for name in ("Xã Quang 1", "Xã Quang 2")) == 2


def test_an_empty_grid_of_days_leads_to_where_the_meetings_are(scene):
    now = grid(scene, scene.commune, units="now")[0].content.decode()
    Meeting.objects.filter(commune=scene.new).update(commune=scene.commune)
    then = grid(scene, scene.new)[0].content.decode()

    assert "1 cuộc họp tháng này mang tên Xã Quang 1 lúc họp, nay tính ở" in now
    assert (
        f'href="/meetings/communes/{scene.new.pk}/?month=2025-08&amp;units=now">Xã Quang 2' in now
    )
    assert "2 cuộc họp của các chi bộ nay thuộc Xã Quang 2 lúc ấy mang tên đơn vị cũ" in then


@pytest.mark.parametrize(
    "page", ["", "communes/{commune}/", "days/", "unconfirmed/", "clashes/", "differences/"]
)
def test_the_pages_of_the_calendar_lead_to_each_other_in_one_view(scene, page):
    address = "/meetings/" + page.format(commune=scene.new.pk)

    shown = scene.client.get(address, {"month": "2025-08", "units": "now"}).content.decode()

    nav = shown.split('aria-label="Lịch sinh hoạt"')[1].split("</ul>")[0]
    assert nav.count("?month=2025-08&amp;units=now") == nav.count("<a ")


def test_each_day_has_as_many_meetings_in_both_views(scene):
    pages = [
        scene.client.get("/meetings/days/", {"month": "2025-08", "units": one}) for one in Units
    ]

    then, now = (
        [(day.on, day.count, day.unconfirmed) for week in page.context["weeks"] for day in week]
        for page in pages
    )
    assert then == now
    assert sum(count for _, count, _ in now) == 2


def test_words_find_the_commune_of_the_chosen_view(scene):
    found = {
        (words, units): len(scene.client.get("/meetings/", {"month": "2025-08", "q": words, "units": units}).context["lines"])
        for words in ("quang 1", "quang 2")
        for units in Units
    }  # fmt: skip

    assert list(found.values()) == [1, 0, 1, 2]


def test_differing_words_name_the_commune_of_the_chosen_view(scene):
    Attendance.objects.create(
        meeting=scene.meeting,
        official=scene.official,
        status=AttendanceStatus.ATTENDED,
        branch_says=BranchWord.MISSED,
        branch_said_at=timezone.now(),
    )

    shown = [
        scene.client.get("/meetings/differences/", {"month": "2025-08", "units": units}).content.decode()
        for units in Units
    ]  # fmt: skip

    assert [("xã Quang 1" in page, "xã Quang 2" in page) for page in shown] == [
        (True, False),
        (False, True),
    ]


@time_machine.travel("2025-08-20 08:00+07:00", tick=False)
def test_the_first_page_offers_the_views_where_they_differ(scene):
    pages = {units: scene.client.get("/", {"units": units}) for units in Units}

    names = {units: [line.unit.name for line in page.context["progress"].lines] for units, page in pages.items()}  # fmt: skip
    assert names == {Units.THEN: ["Xã Quang 1", "Xã Quang 2"], Units.NOW: ["Xã Quang 2"]}
    for page in pages.values():
        assert "Theo đơn vị hiện nay" in page.content.decode()
        assert page.context["tasks"][0].count == 2
        assert page.context["progress"].total.planned == 2


@time_machine.travel("2025-08-20 08:00+07:00", tick=False)
def test_the_first_page_offers_no_choice_where_both_views_are_one():
    scene = Scene(on=HELD_ON)
    mark_dirty(scene.meeting)
    refresh.drain(timezone.now())
    client = Client()
    client.force_login(scene.commission)

    page = client.get("/")

    assert page.context["progress"].is_one_view
    assert "Theo đơn vị hiện nay" not in page.content.decode()


def test_the_weekly_list_goes_to_the_commune_that_is_there_today(scene):
    rows = late_lists.missing(date(2025, 8, 18))
    step = LadderStep.objects.filter(kind=late_lists.KIND).first()

    told = {due.to: due.facts["count"] for due in late_lists.lists(step, date(2025, 8, 18), rows)}

    assert told == {scene.other.desk: 2, scene.commission: 2, scene.other.commission: 2}


def test_similar_recommendations_are_those_of_the_commune_as_it_is_today(scene):
    filed = filed_report(scene.meeting, scene.official)
    asked = recommendation(filed)
    report = filed_report(scene.other.meeting, scene.other.official)

    assert prompts.similar(report, asked.text, asked.field) == [asked]


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/dashboard/",
        "/meetings/",
        "/meetings/differences/",
        "/reports/",
        "/reports/missing/",
        "/reports/recommendations/",
        "/reports/attendees/",
    ],
)
def test_another_view_than_the_two_is_a_bad_request(scene, page):
    assert scene.client.get(page, {"units": "later"}).status_code == 400
    if page != "/":  # there only where the month has two views
        assert "Theo đơn vị hiện nay" in scene.client.get(page).content.decode()
