"""Rights to a meeting and its report follow a substitution's days, on every page and for every script that asks."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from assignments.models import Substitution
from reports.models import Attachment, MeetingReport
from roster.models import User
from tests import factories
from tests.reports.posts import filled
from tests.reports.scenes import HELD_ON, IN_TIME, Scene

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF"
JSON = {"Accept": "application/json"}
DAYS = [
    pytest.param(-1, False, id="the day before"),
    pytest.param(0, True, id="the first day"),
    pytest.param(2, True, id="the last day"),
    pytest.param(3, False, id="the day after"),
]


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


class Place:
    """A meeting that lies `ahead` days after the first day of a substitution of three days."""

    def __init__(self, ahead: int) -> None:
        self.scene = Scene()
        stand_in = factories.OfficialFactory(full_name="Trần Thị Bình", agency=self.scene.agency)
        self.substitute: User = factories.attendee(stand_in)
        row = self.scene.stands_in(stand_in)
        first = HELD_ON - timedelta(days=ahead)
        Substitution.objects.filter(pk=row.pk).update(
            starts_on=first, ends_on=first + timedelta(days=2)
        )
        self.pk = self.scene.meeting.pk

    def client(self, *, stands_in: bool) -> Client:
        client = Client()
        client.force_login(self.substitute if stands_in else self.scene.attendee)
        return client

    def report(self, author: bool) -> MeetingReport:
        """Opened by whoever goes that day."""
        self.client(stands_in=author).get(reverse("reports:report_edit", args=[self.pk]))
        return MeetingReport.objects.get(meeting=self.pk)


def asked(client: Client, place: Place, report: MeetingReport) -> dict[str, int]:
    """What each address of the meeting and its report answers; filing comes last."""
    paper = filled(report)
    pdf = SimpleUploadedFile("so-lieu.pdf", PDF)
    acts: dict[str, Any] = {
        "brief": lambda: client.get(reverse("reports:meeting_brief", args=[place.pk])),
        "form": lambda: client.get(reverse("reports:report_edit", args=[place.pk])),
        "read draft": lambda: client.get(reverse("reports:report_save_draft", args=[place.pk])),
        "autosave": lambda: client.post(
            reverse("reports:report_save_draft", args=[place.pk]), paper
        ),
        "add file": lambda: client.post(
            reverse("reports:attachment_add", args=[place.pk]), {"files": [pdf]}
        ),
        "paper form": lambda: client.get(reverse("reports:report_paper_form", args=[place.pk])),
        "offline submit": lambda: client.post(
            reverse("reports:report_edit", args=[place.pk]),
            {**paper, "version": str(MeetingReport.objects.get(pk=report.pk).version)},
            headers=JSON,
        ),
    }
    return {name: act().status_code for name, act in acts.items()}


@pytest.mark.parametrize(("ahead", "inside"), DAYS)
def test_who_goes_that_day_may_do_everything(ahead: int, inside: bool):
    place = Place(ahead)
    report = place.report(author=inside)

    answers = asked(place.client(stands_in=inside), place, report)

    report.refresh_from_db()
    assert answers == {
        "brief": 200,
        "form": 200,
        "read draft": 200,
        "autosave": 200,
        "add file": 302,
        "paper form": 200,
        "offline submit": 200,
    }
    assert report.author == (place.substitute if inside else place.scene.attendee).official


@pytest.mark.parametrize(("ahead", "inside"), DAYS)
def test_the_other_one_changes_nothing(ahead: int, inside: bool):
    """The substitute of other days finds nothing; the assignee whom somebody stands in for reads and is told why not."""
    place = Place(ahead)
    report = place.report(author=inside)
    before = (report.version, report.status)

    answers = asked(place.client(stands_in=not inside), place, report)

    report.refresh_from_db()
    assert (report.version, report.status) == before
    assert not Attachment.objects.exists()
    assert set(answers.values()) <= ({200, 403, 422} if inside else {404})
    assert {answers[name] for name in ("autosave", "add file", "offline submit")} == (
        {422} if inside else {404}
    )


@pytest.mark.parametrize(("ahead", "inside"), DAYS)
def test_files_are_read_by_who_goes_that_day(ahead: int, inside: bool):
    place = Place(ahead)
    place.report(author=inside)
    pdf = SimpleUploadedFile("so-lieu.pdf", PDF)
    url = reverse("reports:attachment_add", args=[place.pk])
    place.client(stands_in=inside).post(url, {"files": [pdf]})
    detail = reverse("reports:attachment_detail", args=[Attachment.objects.get().pk])

    got = place.client(stands_in=inside).get(detail)

    assert b"".join(got.streaming_content) == PDF
    if not inside:
        assert place.client(stands_in=True).get(detail).status_code == 404


@pytest.mark.parametrize(("ahead", "inside"), DAYS)
def test_lists_and_the_calendar_follow_the_days(ahead: int, inside: bool):
    place = Place(ahead)
    client = place.client(stands_in=True)

    calendar = client.get(reverse("meetings:my_meetings")).content.decode()

    assert ("Chi bộ xóm 1" in calendar) is inside


def test_the_report_says_in_whose_place():
    place = Place(0)
    report = place.report(author=True)
    client = place.client(stands_in=True)
    assignee = place.scene.official.full_name
    form = client.get(reverse("reports:report_edit", args=[place.pk])).content.decode()

    client.post(reverse("reports:report_edit", args=[place.pk]), filled(report))

    desk = Client()
    desk.force_login(place.scene.desk)
    receipt = client.get(reverse("reports:report_receipt", args=[report.pk])).content.decode()
    shown = desk.get(reverse("reports:report_detail", args=[report.pk])).content.decode()
    said = f"dự thay đồng chí {assignee}"
    assert [said in text for text in (form, receipt, shown)] == [True, True, True]
