"""Who takes part in a month, each with a browser of his or her own; and the moments of it."""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from assignments.models import Assignment
from roster.models import Unit, User
from roster.states import Role
from tests import factories

ROSTERS = Path(__file__).resolve().parents[2] / "roster" / "data" / "rosters"


def moment(month: int, day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of 2026, by the clock of Vietnam."""
    return datetime(2026, month, day, hour, minute, tzinfo=factories.ZONE)


class Person:
    """A user and what he or she sees: every page must be there."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client(raise_request_exception=True)
        self.client.force_login(user)

    def opens(self, url: str, /, *args: Any, **query: Any) -> str:
        """The page's text; anything but 200 fails."""
        response = self.client.get(reverse(url, args=args), query)
        assert response.status_code == 200, (url, response.status_code)
        return response.content.decode()

    def downloads(self, name: str, *args: Any) -> bytes:
        response = self.client.get(reverse(name, args=args))
        assert response.status_code == 200, (name, response.status_code)
        return b"".join(response)

    def does(self, url: str, /, *args: Any, **data: Any) -> HttpResponse:
        """A change: must be accepted, which is a redirect to the next page."""
        response = self.client.post(reverse(url, args=args), data)
        assert response.status_code == 302, (url, response.status_code, errors(response))
        return response

    def imports(self, file: str, kind: str) -> str:
        """The whole wizard: choose the file, look at the columns and the preview, confirm; the receipt's text."""
        upload = SimpleUploadedFile(file, (ROSTERS / file).read_bytes())
        columns = self.does("assignments:import_new", file=upload, kind=kind)["Location"]
        number = resolve(columns).kwargs["pk"]
        assert 'name="column-' in self.opens("assignments:import_columns", number)
        assert "Chưa có gì được ghi" in self.opens("assignments:import_preview", number)
        self.does("assignments:import_commit", number)
        return self.opens("assignments:import_receipt", number)


def errors(response: HttpResponse) -> list[str]:
    """The sentences at the fields, to see why a change was not accepted."""
    text = response.content.decode()
    return [
        line.strip() for line in text.splitlines() if "field-error" in line or "banner" in line
    ][:12]


class People:
    """The officers of the province and of xã Quang Thiện, and an agency that answers."""

    @cached_property
    def province(self) -> Unit:
        return Unit.objects.get(kind="provincial", name__contains="Ninh Bình", ends_on=None)

    @cached_property
    def commune(self) -> Unit:
        return Unit.objects.communes().get(name="Xã Quang Thiện", ends_on=None)

    @cached_property
    def commission(self) -> Person:
        return self.officer(Role.COMMISSION_OFFICER, self.province)

    @cached_property
    def leader(self) -> Person:
        return self.officer(Role.COMMISSION_LEADER, self.province)

    @cached_property
    def desk(self) -> Person:
        return self.officer(Role.COMMUNE_OFFICER, self.commune)

    @cached_property
    def agency(self) -> Unit:
        return Unit.objects.agencies().filter(name="Sở Xây dựng", ends_on=None).get()

    @cached_property
    def authority(self) -> Person:
        return self.officer(Role.AUTHORITY_OFFICER, self.agency)

    def attendee_of(self, branch: Unit) -> Person:
        return Person(Assignment.objects.get(unit=branch).official.user)

    def officer(self, role: Role, unit: Unit) -> Person:
        return Person(factories.UserFactory(role=role, unit=unit))
