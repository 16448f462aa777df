"""Completeness and timeliness by commune, attendee and month: each number opens exactly the rows that it counts.

The month is one in which a commune became part of another, so that both views have something to say.
"""

import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from config.lib.months import Period
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, MeetingStatus
from reports.rollups import refresh
from reports.rollups.marks import mark_dirty
from reports.rollups.matters import NOT_FORWARDED
from reports.rollups.summary import facts_of
from reports.states import RecommendationStatus
from roster.models import Reorganisation, Succession, Unit, UnitParent
from roster.states import Role, SuccessionKind, Units
from tests import factories
from tests.reports.recommending import filed_report, recommendation
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db
MONTH = date(2025, 8, 1)
DAY, EVE = date(2025, 8, 15), date(2025, 8, 14)
NUMBER = re.compile(r"\s*(\d[\d.]*)(?![\d/,])")
LISTS = ("/meetings/?", "/reports/?", "/reports/recommendations/?")
IN_THE_MONTH, LONG_AFTER = "2025-08-25 20:00+07:00", "2026-01-20 08:00+07:00"
# Day of the meeting and how its report is: filed on time, late or before the assignment was withdrawn; owed, or nothing of it.
BEFORE = {
    "on time": 4,
    "late": 5,
    "owed": 6,
    "called off": 7,
    "nobody": 8,
    "noted": 9,
    "withdrawn": 11,
}
FILED = {"on time", "late", "withdrawn"}
BANDS = {"on time": "Tốt", "late": "Khá", "withdrawn": ""}
AFTER = {"on time": 18, "due": 22, "ahead": 28}


class Month(Scene):
    """Xã Quang 1 became part of Xã Quang 2 in the middle of the month; both had every kind of meeting before, and after."""

    def __init__(self) -> None:
        super().__init__(on=date(2025, 8, 3))
        self.other = Scene(2, province=self.province, on=date(2025, 8, 3))
        for commune in (self.commune, self.other.commune):
            for kind, day in BEFORE.items():
                self.meets(kind, day, commune)
        self.become_one()
        for kind, day in AFTER.items():
            self.meets(kind, day, self.other.commune)
        self.one_stands_in()
        self.everything_asked_again()

    def meets(self, kind: str, day: int, commune: Unit) -> None:
        branch = factories.branch(commune, name=f"Chi bộ {kind} {commune.pk} {day}")
        if kind != "nobody":
            factories.AssignmentFactory(decision=self.decision, official=self.official, unit=branch)
        status = {"called off": MeetingStatus.CANCELLED, "noted": MeetingStatus.HELD}
        meeting = factories.meeting(
            branch,
            on=MONTH.replace(day=day),
            status=MeetingStatus.HELD if kind in FILED else status.get(kind, MeetingStatus.PLANNED),
            reason="Bão" if kind == "called off" else "",
        )  # fmt: skip
        if kind in FILED:
            band = BANDS[kind]
            report = filed_report(meeting, self.official, is_on_time=kind != "late", band=band)
            recommendation(report, **self.sent_on(kind, commune))
        if kind == "withdrawn":
            self.official.assignments.filter(unit=branch).update(in_force=False)
        if kind in {"on time", "withdrawn"}:
            Attendance.objects.create(
                meeting=meeting, official=self.official, status=AttendanceStatus.ATTENDED
            )

    def sent_on(self, kind: str, commune: Unit) -> dict[str, object]:
        """To the commune's authority: the old one of Quang 1, the new one of Quang 2; one was sent to nobody and set aside."""
        if kind == "withdrawn":
            return {"status": RecommendationStatus.SET_ASIDE, "set_aside_because": "Đã trả lời"}
        authority = self.agency if commune == self.commune else self.other.agency
        return {
            "status": RecommendationStatus.OPEN,
            "authority": authority,
            "due_on": date(2025, 9, 20),
        }

    def become_one(self) -> None:
        old, new = self.commune, self.other.commune
        act = Reorganisation.objects.create(decision="Nghị quyết", effective_on=DAY)
        for row in UnitParent.objects.filter(parent=old).select_related("unit"):
            UnitParent.objects.filter(pk=row.pk).update(ends_on=EVE)
            UnitParent.objects.create(unit=row.unit, parent=new, starts_on=DAY)
            Unit.objects.filter(pk=row.unit.pk).update(path=f"{new.path}{row.unit.pk}/")
        for one, other in ((old, new), (self.agency, self.other.agency)):
            Unit.objects.filter(pk=one.pk).update(ends_on=EVE)
            Succession.objects.create(
                reorganisation=act, old=one, new=other, kind=SuccessionKind.MERGED
            )

    def one_stands_in(self) -> None:
        assignment = self.official.assignments.get(unit__name__startswith="Chi bộ noted", unit__meetings__commune=self.commune)  # fmt: skip
        assignment.substitutions.create(
            substitute=factories.OfficialFactory(agency=self.agency),
            reason="duty",
            status="accepted",
            starts_on=date(2025, 8, 9),
            ends_on=date(2025, 8, 9),
        )

    def everything_asked_again(self) -> None:
        for meeting in Meeting.objects.all():
            mark_dirty(meeting)
        refresh.drain(datetime.now(factories.ZONE))


def at(time_machine, moment):
    time_machine.move_to(moment, tick=False)
    return Month()


def rows_of(client: Client, url: str) -> int:
    """Of the list at this address, over all its pages."""
    count, after = 0, ""
    while True:
        page = client.get(f"{url}{after}").context["page"]
        count += len(page.rows)
        if not page.after:
            return count
        after = f"&after={page.after}"


def numbers_in(page: bytes) -> list[tuple[int, str]]:
    tree = html.fromstring(page.decode())
    links = tree.xpath("//main//a[@href]")
    found = [(NUMBER.match(link.text_content()), link.get("href")) for link in links]
    for task in tree.xpath("//main//ul[@class='tasks']/li"):
        count, link = task.xpath(".//*[@class='count']")[0], task.xpath(".//a[@class='what']")[0]
        found.append((NUMBER.match(count.text_content()), link.get("href")))
    return [
        (int(number[1].replace(".", "")), url)
        for number, url in found
        if number and url.startswith(LISTS)
    ]


def unlinked(page: bytes) -> list[str]:
    cells = html.fromstring(page.decode()).xpath(
        "//main//table//td[contains(@class, 'num')][not(.//a)]"
    )
    return [text for cell in cells if (text := cell.text_content().strip(" −\n")) not in {"0", ""}]  # fmt: skip


PAGES = {
    "dashboard": "/dashboard/?month=2025-08",
    "attendees": "/reports/attendees/?month=2025-08",
    "attendees of the new commune": "/reports/attendees/?month=2025-08&commune={new}",
    "first page": "/?",
}


@pytest.mark.parametrize("role", [Role.COMMISSION_OFFICER, Role.COMMUNE_OFFICER])
@pytest.mark.parametrize("units", list(Units))
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("moment", [IN_THE_MONTH, LONG_AFTER])
def test_every_number_opens_its_rows(client, time_machine, moment, page, units, role):
    month = at(time_machine, moment)
    client.force_login(month.commission if role == Role.COMMISSION_OFFICER else month.other.desk)
    address = PAGES[page].format(new=month.other.commune.pk)

    shown = client.get(f"{address}&units={units}").content

    assert unlinked(shown) == []
    for number, url in numbers_in(shown):
        assert rows_of(client, url) == number, url


def test_there_is_something_to_open(client, time_machine):
    month = at(time_machine, IN_THE_MONTH)
    client.force_login(month.commission)

    opened = {
        page: len(numbers_in(client.get(address.format(new=month.other.commune.pk)).content))
        for page, address in PAGES.items()
    }

    assert opened == {"dashboard": 44, "attendees": 10, "attendees of the new commune": 8, "first page": 28}  # fmt: skip


@pytest.mark.parametrize("units", list(Units))
def test_the_bands_open_the_reports_of_theirs(client, time_machine, units):
    month = at(time_machine, IN_THE_MONTH)
    client.force_login(month.other.desk)

    bands = client.get(f"/dashboard/?month=2025-08&units={units}").context["bands"]

    assert (bands["total"], rows_of(client, bands["url"])) == (5, 5)
    assert [(name, count, rows_of(client, url)) for name, count, url in bands["rows"]] == [
        ("Tốt", 3, 3),
        ("Khá", 2, 2),
    ]


@pytest.mark.parametrize("units", list(Units))
def test_an_authority_and_its_successor_are_one_line_as_now(client, time_machine, units):
    month = at(time_machine, IN_THE_MONTH)
    Unit.objects.filter(pk=month.agency.pk).update(name="Sở cũ")
    Unit.objects.filter(pk=month.other.agency.pk).update(name="Sở mới")
    client.force_login(month.other.desk)

    shown = client.get(f"/dashboard/?month=2025-08&units={units}").context
    lines = {row["name"]: row["total"] for row, _ in shown["by_authority"]}
    facts = facts_of(month.province, Period.parse("2025-08"), timezone.now(), units)

    assert (
        lines
        == {
            Units.THEN: {"Sở mới": 3, "Sở cũ": 2, NOT_FORWARDED: 2},
            Units.NOW: {"Sở mới": 5, NOT_FORWARDED: 2},
        }[units]
    )
    assert {row["name"]: row["total"] for row in facts["by_authority"]} == lines
    assert shown["raised"] == sum(lines.values()) == 7


def test_two_authorities_of_one_name_are_two_lines(client, time_machine):
    month = at(time_machine, IN_THE_MONTH)
    Unit.objects.filter(pk__in=[month.agency.pk, month.other.agency.pk]).update(name="UBND xã")
    client.force_login(month.commission)

    shown = client.get("/dashboard/?month=2025-08")

    lines = [(row["name"], row["total"]) for row, _ in shown.context["by_authority"]]
    assert lines == [("UBND xã", 3), (NOT_FORWARDED, 2), ("UBND xã", 2)]
    for number, url in numbers_in(shown.content):
        assert rows_of(client, url) == number, url
