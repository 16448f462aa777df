"""A commune with everything that can hang on it, its neighbour, and what a reorganisation is asked to do."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile

from assignments.models import Assignment, Removal, Substitution
from assignments.states import AttendeeRole, DecisionStatus, SubstitutionStatus
from meetings.models import Briefing, CalendarFeed
from reports.models import MeetingReport, ReportForm, ScoringFrame
from reports.states import RecommendationStatus, ReportStatus
from roster.actions import reorganisations
from roster.changes import read_changes
from roster.models import Home, OfficeTerm, Reorganisation, RosterImport, StoredFile, Unit
from roster.states import AbsenceReason, MeetingKind, Role
from tests import factories
from tests.reports.recommending import filed_report, recommendation

EVE, DAY = date(2025, 8, 31), date(2025, 9, 1)
AHEAD = date(2025, 9, 18)
# What a reorganisation writes for itself, and what only ever grows.
OWN = {"KeptRow", "Rehoming", "Operation", "Reorganisation", "Notice", "DirtyMark", "Succession"}
# A phone learns of each change by the sequence; what was made for a run stays out of sight.
GROWING = {"sequence"}


class Place:
    """A commune `a`; `b` is its neighbour: each with a branch of one name, an enlarged meeting and its attendee."""

    def __init__(self) -> None:
        self.province = factories.province()
        self.agency = factories.agency(self.province)
        self.a = self.commune("A", "Xã Đồng Hướng")
        self.b = self.commune("B", "Xã Kim Chính")
        self.c = factories.commune(self.province, code="C", name="Xã Quang Thiện")
        self.decision = factories.DecisionFactory(issuer=self.province)
        self.an, self.binh, self.cuong = (
            factories.OfficialFactory(full_name=name, agency=self.agency)
            for name in ("Vũ Văn An", "Trần Thị Bình", "Đỗ Văn Cường")
        )
        self.user = factories.attendee(self.an)
        self.furnish()
        self.send(self.an, self.a)
        self.send(self.binh, self.b)

    def commune(self, code: str, name: str) -> Unit:
        unit = factories.commune(self.province, code=code, name=name, lat=20.1, lon=106.0)
        factories.branch(unit, name="Chi bộ xóm 13", code=f"{code}-13")
        factories.MeetingRuleFactory(unit=unit, kind=MeetingKind.ENLARGED, day=18)
        factories.meeting(unit, on=AHEAD)
        return unit

    def branch(self, commune: Unit) -> Unit:
        found: Unit = Unit.objects.branches().get(code=f"{commune.code}-13")
        return found

    def send(self, official: Any, unit: Unit, **values: Any) -> Assignment:
        row: Assignment = factories.AssignmentFactory(
            **{"decision": self.decision, "official": official, "unit": unit, **values}
        )
        return row

    def furnish(self) -> None:
        """Everything else of `a`: people, work in hand, work ahead."""
        self.xom_13 = self.branch(self.a)
        factories.MeetingRuleFactory(unit=self.xom_13)
        factories.ContactFactory(unit=self.a, role="office")
        self.officer = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=self.a)
        self.answers = factories.UserFactory(role=Role.AUTHORITY_OFFICER, unit=self.a)
        self.official = factories.OfficialFactory(agency=self.a, own_branch=self.xom_13)
        OfficeTerm.objects.create(
            official=self.official,
            office="Phó bí thư",
            unit=self.a,
            starts_on=factories.FIRST_DAY,
            ends_on=date(2027, 6, 30),
        )
        self.held = factories.meeting(self.xom_13, on=date(2025, 8, 3))
        self.ahead = factories.meeting(self.xom_13, on=date(2025, 9, 3))
        self.feed = CalendarFeed.objects.create(user=self.user)
        self.open = self.recommend()
        self.material = Briefing.objects.create(
            month=DAY, issuer=self.province, scope=self.a, title="Tài liệu tháng 9"
        )
        file = StoredFile.objects.create(content=ContentFile(b"x", "a.csv"), name="a.csv", size=1)
        self.upload = RosterImport.objects.create(file=file, unit=self.a, valid_on=EVE)

    def recommend(self) -> Any:
        report = filed_report(self.held, self.an)
        return recommendation(
            report,
            authority=self.a,
            suggested_authority=self.a,
            status=RecommendationStatus.OPEN,
            due_on=date(2025, 9, 30),
        )

    def drafts(self) -> None:
        """Begun under `a`: a list with two main attendees, an amendment, a decision of its own, a report."""
        self.draft = factories.DecisionFactory(issuer=self.a, status=DecisionStatus.DRAFT)
        for official, unit in ((self.cuong, self.a), (self.binh, self.b), (self.cuong, self.b)):
            role = AttendeeRole.MAIN if official != self.cuong or unit == self.a else "second"
            self.send(official, unit, decision=self.draft, in_force=False, role=role)
        self.amendment = factories.DecisionFactory(
            issuer=self.province, status=DecisionStatus.DRAFT, amends=self.decision
        )
        self.removal = Removal.objects.create(
            decision=self.amendment, assignment=self.assignment_of(self.an, self.a)
        )
        self.report = MeetingReport.objects.create(
            meeting=self.ahead,
            author=self.an,
            form=ReportForm.objects.on(DAY).get(),
            frame=ScoringFrame.objects.on(DAY).get(),
            status=ReportStatus.DRAFT,
            draft={"recommendations-0-suggested_authority": str(self.a.pk), "results": "Tốt"},
            due_on=AHEAD,
        )

    def assignment_of(self, official: Any, unit: Unit) -> Assignment:
        return Assignment.objects.get(official=official, unit=unit, decision=self.decision)

    def stand_in(self, first: date, last: date) -> Substitution:
        return Substitution.objects.create(
            assignment=self.assignment_of(self.an, self.a),
            substitute=self.cuong,
            reason=AbsenceReason.DUTY,
            status=SubstitutionStatus.ACCEPTED,
            starts_on=first,
            ends_on=last,
        )


def draft(*lines: str) -> Reorganisation:
    content = "\n".join(["old_code,new_code,change,new_name,parent_code", *lines]).encode()
    return reorganisations.draft_reorganisation("QĐ 9-QĐ/TU", DAY, read_changes(content), by=None)


def run(reorganisation: Reorganisation, **kwargs: Any) -> Reorganisation:
    reorganisations.schedule_reorganisation(reorganisation, by=None)
    reorganisations.run_reorganisation(reorganisation, by=None, today=DAY, **kwargs)
    return reorganisation


def everything() -> dict[str, set[tuple[Any, ...]]]:
    """All rows of all apps, but for what only the reorganisation is about."""
    found = {}
    for app in ("roster", "assignments", "meetings", "reports"):
        for model in apps.get_app_config(app).get_models():
            if model.__name__ in OWN or model.__name__.endswith("Event"):
                continue
            rows = model._default_manager.all()
            names = [f.attname for f in model._meta.concrete_fields if f.attname not in GROWING]
            if model is Unit:
                rows = rows.exclude(ends_on=date.min).exclude(pk__in=fresh())
            if model is Home:
                rows = rows.exclude(unit__ends_on=date.min).exclude(unit__in=fresh())
            found[model.__name__] = {tuple(map(str, row)) for row in rows.values_list(*names)}
    return found


def fresh() -> list[int]:
    made = Reorganisation.objects.values_list("facts__made", flat=True)
    return [pk for row in made for pk in row or ()]
