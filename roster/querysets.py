"""Which rows of the roster, and for whom."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth.models import UserManager
from django.db.models import F, Model, Q, QuerySet

from config.lib.text import fold
from roster.states import Role, UnitKind

if TYPE_CHECKING:
    from roster.models import (
        Event,
        Job,
        MeetingRule,
        Official,
        Reorganisation,
        RosterImport,
        Unit,
        User,
    )

if TYPE_CHECKING:
    from roster.models import Unit, User

M = TypeVar("M", bound=Model)


def counted_in(unit: "Unit", by: str = "unit__") -> Q:
    """What counts today in `unit` or below it, by the path to the row's own unit: also of units that have ended.

    Below a commune there are no homes: the tree itself says what belongs to a branch. A commune's own are asked for by
    its key, of which PostgreSQL knows how many rows it has.
    """
    if unit.kind == UnitKind.COMMUNE:
        return Q(**{f"{by}home__place": unit.pk})
    below = "home__place__path" if unit.kind in UnitKind.places() else "path"
    return Q(**{f"{by}{below}__startswith": unit.path})


class DatedQuerySet(QuerySet[M]):
    """Rows with a period `starts_on`–`ends_on` (both inclusive, open end = null)."""

    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def overlapping(self, first: date, last: date | None) -> Self:
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first))
        return rows.filter(starts_on__lte=last) if last else rows


class UnitQuerySet(DatedQuerySet["Unit"]):
    def visible_to(self, user: "User") -> Self:
        """Units the user works with: the subtree of his or her unit; an attendee sees own units only."""
        if user.is_superuser:
            return self
        if user.unit is None:
            return self.none()
        if user.role in Role.whole_subtree():
            return self.forming(user.unit)
        return self.filter(pk=user.unit_id)

    def forming(self, unit: "Unit") -> Self:
        """The units that today form `unit`: those below it, and those that have ended and live on there."""
        return self.filter(counted_in(unit, by=""))

    def under(self, unit: "Unit") -> Self:
        """The unit and everything below it in today's tree."""
        return self.filter(path__startswith=unit.path)

    def branches(self) -> Self:
        return self.filter(kind=UnitKind.BRANCH)

    def communes(self) -> Self:
        return self.filter(kind=UnitKind.COMMUNE)

    def agencies(self) -> Self:
        return self.filter(kind=UnitKind.AGENCY)

    def authorities_for(self, unit: "Unit") -> Self:
        """Who may be competent for a matter of `unit`: the agencies of its province, and its own commune."""
        agencies = Q(kind=UnitKind.AGENCY, path__startswith=f"/{unit.path.split('/')[1]}/")
        own = Q(kind=UnitKind.COMMUNE, pk__in=[*unit.ancestor_ids, unit.pk])
        return self.filter(agencies | own, ends_on=None)

    def matching(self, words: str) -> Self:
        return self.filter(search__contains=fold(words))

    def for_list(self) -> Self:
        return self.order_by("kind", "name_key", "pk")


class OfficialQuerySet(QuerySet["Official"]):
    def visible_to(self, user: "User") -> Self:
        """Officials whose agency lies in the user's subtree; everybody sees himself or herself."""
        if user.is_superuser:
            return self
        own = Q(pk=user.official_id) if user.official_id else Q(pk__in=())
        if user.unit and user.role in Role.whole_subtree():
            own |= Q(agency__path__startswith=user.unit.path)
        return self.filter(own)

    def matching(self, words: str) -> Self:
        return self.filter(search__contains=fold(words))

    def without_own_unit(self, unit: "Unit") -> Self:
        """Those for whom it is neither the own branch nor one of the own office (conflict of interest)."""
        offices = Q(agency__in=unit.ancestor_ids, agency__kind__in=UnitKind.offices())
        return self.exclude(own_branch=unit.pk).exclude(offices | Q(agency=unit.pk))

    def by_name(self) -> Self:
        """Vietnamese order: given name, family name, middle names."""
        return self.order_by("name_key", "pk")

    def by_rank(self) -> Self:
        return self.order_by(F("rank").asc(nulls_last=True), "name_key", "pk")

    def absent_on(self, day: date) -> Self:
        return self.filter(
            Q(absences__ends_on=None) | Q(absences__ends_on__gte=day), absences__starts_on__lte=day
        ).distinct()


class PeopleManager(UserManager["User"]):
    """Users; a superuser made on the command line is a system administrator."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **extra: Any
    ) -> "User":
        return super().create_superuser(
            username, email, password, **{"role": Role.SYSTEM_ADMIN, **extra}
        )


class MeetingRuleQuerySet(DatedQuerySet["MeetingRule"]):
    pass


class RosterImportQuerySet(QuerySet["RosterImport"]):
    def visible_to(self, user: "User") -> Self:
        if user.is_superuser:
            return self
        return self.filter(unit__path__startswith=user.unit.path) if user.unit else self.none()


class ReorganisationQuerySet(QuerySet["Reorganisation"]):
    def visible_to(self, user: "User") -> Self:
        """Those that touch a unit of the user's subtree, and the own drafts."""
        if user.is_superuser:
            return self
        if user.unit is None:
            return self.none()
        path = user.unit.path
        touched = (
            Q(operations__old__path__startswith=path)
            | Q(operations__new__path__startswith=path)
            | Q(successions__new__path__startswith=path)
            | Q(by=user.pk)
        )
        return self.filter(pk__in=self.model._default_manager.filter(touched).values("pk"))


class JobQuerySet(QuerySet["Job"]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_superuser else self.filter(by=user)


class EventQuerySet(QuerySet["Event"]):
    def visible_to(self, user: "User") -> Self:
        """The audit is for administrators of the system."""
        return self if user.is_superuser or user.role == Role.SYSTEM_ADMIN else self.none()

    def about(self, target: Model) -> Self:
        return self.filter(target_type=target._meta.label_lower, target_id=target.pk).order_by(
            "at", "pk"
        )
