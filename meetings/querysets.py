"""Which meetings, and for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from config.lib.text import fold
from meetings.states import AttendanceStatus, BranchWord, Level, MeetingStatus
from roster.models import MeetingRule, Unit, User
from roster.querysets import counted_in
from roster.states import Role, Units

if TYPE_CHECKING:
    from meetings.models import Attendance, Briefing, CalendarFeed, Meeting, ScheduleImport


class MeetingQuerySet(QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Staff: meetings in the subtree; a secretary: the branch's; an attendee: where he or she goes."""
        if user.is_superuser:
            return self
        seen = Q(pk__in=())
        if user.unit and user.role in Role.whole_subtree():
            seen |= counted_in(user.unit)
        if user.unit and user.role == Role.BRANCH_SECRETARY:
            seen |= Q(unit=user.unit)
        if user.official_id:
            seen |= self._attended_by(user.official_id)
        return self.filter(seen)

    def own(self, user: User) -> Self:
        """Where the user goes as an official, and the meetings of the branch whose secretary he or she is."""
        mine = Q(pk__in=())
        if user.official_id:
            mine |= self._attended_by(user.official_id)
        if user.unit_id and user.role == Role.BRANCH_SECRETARY:
            mine |= Q(unit=user.unit_id)
        return self.filter(mine)

    def attended_by(self, official_id: int) -> Self:
        """Meetings to which the official is sent on their day: by assignment, or as a substitute."""
        return self.filter(self._attended_by(official_id))

    def gone_to_by(self, official_id: int) -> Self:
        """The same without those in which somebody stands in for the official."""
        replaced = Substitution.objects.accepted().filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
            assignment__official=official_id,
            assignment__unit=OuterRef("unit"),
            assignment__in_force=True,
            starts_on__lte=OuterRef("held_on"),
        )
        return self.attended_by(official_id).exclude(Exists(replaced))

    def _attended_by(self, official_id: int) -> Q:
        """As one set of keys, found from the official's few rows: an OR of two EXISTS would try every meeting."""
        meetings = self.model._default_manager.order_by()
        assigned = meetings.filter(
            Q(unit__assignments__ends_on=None) | Q(unit__assignments__ends_on__gte=F("held_on")),
            unit__assignments__official=official_id,
            unit__assignments__in_force=True,
            unit__assignments__starts_on__lte=F("held_on"),
        )
        standing_in = meetings.filter(
            Q(unit__assignments__ends_on=None) | Q(unit__assignments__ends_on__gte=F("held_on")),
            Q(unit__assignments__substitutions__ends_on=None)
            | Q(unit__assignments__substitutions__ends_on__gte=F("held_on")),
            unit__assignments__substitutions__substitute=official_id,
            unit__assignments__substitutions__status=SubstitutionStatus.ACCEPTED,
            unit__assignments__substitutions__starts_on__lte=F("held_on"),
            unit__assignments__in_force=True,
            unit__assignments__starts_on__lte=F("held_on"),
        )
        return Q(pk__in=assigned.values("pk").union(standing_in.values("pk")))

    def of_month(self, month: date) -> Self:
        return self.filter(month=month)

    def under(self, unit: Unit) -> Self:
        return self.filter(unit__path__startswith=unit.path)

    def within(self, unit: Unit) -> Self:
        """Meetings that counted for this commune, district or province on their own day."""
        return self.filter(Q(commune=unit) | Q(district=unit) | Q(province=unit))

    def within_today(self, unit: Unit) -> Self:
        """Meetings of the units that today form this commune or province."""
        return self.filter(counted_in(unit))

    def in_commune(self, commune: Unit, units: Units) -> Self:
        """Meetings that count in the commune, on their day or today."""
        return self.filter(**{units.way: commune})

    def assigned(self) -> Self:
        """Meetings to which somebody is assigned on their day."""
        return self.filter(is_assigned())

    def sent(self) -> Self:
        """What a month's figures count: somebody is assigned on the day, or was there and is no longer."""
        return self.filter(is_assigned() | self._visited())

    def unsent(self) -> Self:
        return self.filter(~is_assigned(), ~self._visited())

    def _visited(self) -> Q:
        came = self.model._default_manager.order_by().filter(
            pk=OuterRef("pk"), attendances__status=AttendanceStatus.ATTENDED
        )
        return Q(Exists(came))

    def live(self) -> Self:
        return self.exclude(status=MeetingStatus.CANCELLED)

    def begun(self, now: datetime) -> Self:
        return self.live().filter(starts_at__lte=now)

    def come(self, now: datetime) -> Self:
        """Those whose day has come: a report is expected of them."""
        return self.live().filter(Q(status=MeetingStatus.HELD) | Q(starts_at__lte=now))

    def attended(self) -> Self:
        """Held, and somebody who was sent was there."""
        visited = self.model._default_manager.order_by().filter(
            attendances__status=AttendanceStatus.ATTENDED
        )
        return self.filter(status=MeetingStatus.HELD, pk__in=visited.values("pk"))

    def matching(self, words: str, units: Units = Units.THEN) -> Self:
        """Meetings whose unit or commune (of their day, or of today) has the words in its name."""
        found = fold(words)
        commune = Q(**{f"{units.way}__search__contains": found})
        return self.filter(Q(unit__search__contains=found) | commune)

    def moved(self) -> Self:
        return self.live().exclude(moved_from=None)

    def unconfirmed(self, now: datetime) -> Self:
        """Ahead, and the branch has neither confirmed nor moved it."""
        return self.to_come(now).filter(confirmed_at=None)

    def with_rule(self) -> Self:
        """Annotate `has_rule`: whether the unit had a fixed day for this kind of meeting on that day."""
        rules = MeetingRule.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
            unit=OuterRef("unit"),
            kind=OuterRef("kind"),
            starts_on__lte=OuterRef("held_on"),
        )
        return self.annotate(has_rule=Exists(rules))

    def to_come(self, now: datetime) -> Self:
        return self.filter(status=MeetingStatus.PLANNED, starts_at__gt=now)

    def for_list(self) -> Self:
        return self.select_related("unit", "commune").order_by("starts_at", "unit__name_key", "pk")


def is_assigned() -> Q:
    """Of a meeting: somebody is assigned on its day."""
    sent = Assignment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
        unit=OuterRef("unit"),
        in_force=True,
        starts_on__lte=OuterRef("held_on"),
    )
    return Q(Exists(sent))


class AttendanceQuerySet(QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(
            meeting__in=MeetingQuerySet(self.model.meeting.field.related_model).visible_to(user)
        )

    def differing(self) -> Self:
        """The branch's word and the report's (or the person's own) do not agree."""
        said_came = Q(status=AttendanceStatus.ATTENDED)
        came, missed = Q(branch_says=BranchWord.CAME), Q(branch_says=BranchWord.MISSED)
        said_away = Q(status__in=(AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT))
        return self.filter(said_came & missed | said_away & came)


class BriefingQuerySet(QuerySet["Briefing"]):
    def visible_to(self, user: User) -> Self:
        """The commission: all; the others what is meant for their level and their place, and what their unit issued.

        One's place is the own unit's and, for an official, every unit he or she is sent to.
        """
        if user.is_superuser or user.role in Role.commission():
            return self
        for_place = Q(scope=None) | Q(scope__in=places_of(user))
        return self.filter(for_level(user) & for_place | Q(issuer=user.unit_id))

    def of_level(self, user: User) -> Self:
        return self.filter(for_level(user))

    def for_meeting_of(self, unit: Unit) -> Self:
        """The material from the bodies above `unit`, or meant for a subtree in which it lies."""
        around = [*unit.ancestor_ids, unit.pk]
        return self.filter(Q(scope=None, issuer__in=around) | Q(scope__in=around))

    def for_list(self) -> Self:
        return (
            self.select_related("issuer", "scope")
            .prefetch_related("files")
            .order_by("-month", "-pk")
        )


def for_level(user: User) -> Q:
    level = level_of(user)
    return Q(level__in=("", level)) if level else Q()


def places_of(user: User) -> set[int]:
    """The units in whose subtrees the user works or is sent to."""
    paths = {user.unit.path} if user.unit else set()
    if user.official_id:
        sent = Q(assignments__official=user.official_id, assignments__in_force=True)
        standing_in = Q(
            assignments__substitutions__substitute=user.official_id,
            assignments__substitutions__status=SubstitutionStatus.ACCEPTED,
        )
        paths |= set(Unit.objects.filter(sent | standing_in).values_list("path", flat=True))
    return {int(pk) for path in paths for pk in path.split("/") if pk}


def level_of(user: User) -> Level | None:
    """By where an official works; None for everybody else, who reads the material of every level."""
    unit = Unit.objects.filter(officials=user.official_id).first() if user.official_id else None
    if unit is None:
        return None
    around = Unit.objects.filter(pk__in=[*unit.ancestor_ids, unit.pk])
    return Level.COMMUNE if around.communes().exists() else Level.PROVINCE


class CalendarFeedQuerySet(QuerySet["CalendarFeed"]):
    def open(self) -> Self:
        """Not revoked, and of somebody who may still sign in."""
        return self.filter(revoked_at=None, user__is_active=True)


class ScheduleImportQuerySet(QuerySet["ScheduleImport"]):
    def visible_to(self, user: User) -> Self:
        if user.is_superuser:
            return self
        below = user.is_desk and user.unit is not None
        return (
            self.filter(unit__path__startswith=user.unit.path)
            if below and user.unit
            else self.none()
        )
