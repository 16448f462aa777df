"""Many officials, each with a branch whose meeting was two days ago: for load runs and benches, written in bulk."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib import import_module
from typing import Final

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from assignments.models import Assignment
from meetings.models import Meeting
from reports.models import MeetingReport, ReportForm, ScoringFrame
from roster.models import Official, Unit, User
from roster.states import BranchType, MeetingKind, Role, UnitKind
from tests import factories

TOKEN: Final = "a" * 32  # what a page of the form has in its cookie and sends back


@dataclass(frozen=True)
class Writer:
    """One official with the report he or she is to file, and the headers of a browser that is signed in."""

    report: MeetingReport
    session: str

    @property
    def path(self) -> str:
        return f"/reports/meetings/{self.report.meeting_id}/report/"

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
        }


def crowd(count: int) -> list[Writer]:
    """`count` branches of one commune, an official for each, and their reports, opened and empty."""
    province = factories.province()
    commune = factories.commune(province)
    agency = factories.agency(province)
    decision = factories.DecisionFactory(issuer=province)
    officials = Official.objects.bulk_create(
        keyed(Official(full_name=f"Nguyễn Văn Thử {n}", title="Chuyên viên", agency=agency))
        for n in range(count)
    )
    users = User.objects.bulk_create(
        keyed(User(username=f"du-{n}", full_name=one.full_name, role=Role.ATTENDEE, official=one))
        for n, one in enumerate(officials)
    )
    branches = branches_of(commune, count)
    Assignment.objects.bulk_create(
        Assignment(decision=decision, official=one, unit=branch, starts_on=factories.FIRST_DAY, in_force=True)
        for one, branch in zip(officials, branches, strict=True)
    )  # fmt: skip
    reports = reports_of(meetings_of(branches, commune, province), officials)
    return [Writer(report, session_of(user)) for report, user in zip(reports, users, strict=True)]


def keyed(row: Official | User) -> Official | User:
    row.fill_keys()
    return row


def branches_of(commune: Unit, count: int) -> list[Unit]:
    branches = Unit.objects.bulk_create(
        Unit(kind=UnitKind.BRANCH, name=f"Chi bộ xóm {n}", branch_type=BranchType.RESIDENTIAL, member_count=40, starts_on=factories.FIRST_DAY)
        for n in range(count)
    )  # fmt: skip
    for branch in branches:
        branch.path = f"{commune.path}{branch.pk}/"
    Unit.objects.bulk_update(branches, ["path"], batch_size=500)
    return branches


def meetings_of(branches: list[Unit], commune: Unit, province: Unit) -> list[Meeting]:
    on = timezone.localdate() - timedelta(days=2)
    return Meeting.objects.bulk_create(
        Meeting(
            unit=branch, commune=commune, province=province, month=on.replace(day=1), kind=MeetingKind.REGULAR,
            starts_at=datetime.combine(on, time(19, 30), factories.ZONE), held_on=on,
            report_due_on=on + timedelta(days=5), late_after=on + timedelta(days=5), locked_on=on + timedelta(days=30),
        )
        for branch in branches
    )  # fmt: skip


def reports_of(meetings: list[Meeting], officials: list[Official]) -> list[MeetingReport]:
    on = meetings[0].held_on
    form, frame = ReportForm.objects.on(on).get(), ScoringFrame.objects.on(on).get()
    return MeetingReport.objects.bulk_create(
        MeetingReport(meeting=meeting, author=official, form=form, frame=frame, due_on=meeting.report_due_on)
        for meeting, official in zip(meetings, officials, strict=True)
    )  # fmt: skip


def session_of(user: User) -> str:
    """As signing in writes it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
