"""Which decisions and assignments, and for whom."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import F, Q, QuerySet

from assignments.states import AttendeeRole, DecisionStatus, ProposalStatus, SubstitutionStatus
from config.lib.text import fold
from roster.models import Official, User
from roster.querysets import DatedQuerySet
from roster.states import Role

if TYPE_CHECKING:
    from assignments.models import Assignment, Decision, Proposal, Substitution


class DecisionQuerySet(DatedQuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Decisions issued in the user's subtree, and issued ones that send somebody into it."""
        if user.is_superuser:
            return self
        if user.unit is None or user.role not in Role.whole_subtree():
            return self.none()
        path = user.unit.path
        reaching = self.model._default_manager.filter(assignments__unit__path__startswith=path)
        issued = Q(pk__in=reaching.values("pk")) & ~Q(status__in=DecisionStatus.before_issue())
        return self.filter(Q(issuer__path__startswith=path) | issued)

    def drafts(self) -> Self:
        return self.filter(status=DecisionStatus.DRAFT)

    def issued(self) -> Self:
        return self.exclude(status__in=DecisionStatus.before_issue())

    def standing(self) -> Self:
        return self.filter(status__in=DecisionStatus.standing())

    def for_list(self) -> Self:
        """Drafts first, then the latest signed."""
        return self.select_related("issuer").order_by(F("signed_on").desc(nulls_first=True), "-pk")


class AssignmentQuerySet(DatedQuerySet["Assignment"]):
    def load_of(self, official: Official, decision: "Decision") -> Self:
        """What the official has when the decision begins: in force then, or in its list."""
        return self.load_on(decision).filter(official=official)

    def load_on(self, decision: "Decision") -> Self:
        """In force on the decision's first day and not ended by it, or in its list."""
        in_force = Q(in_force=True, starts_on__lte=decision.starts_on) & (
            Q(ends_on=None) | Q(ends_on__gte=decision.starts_on)
        )
        ended = Q(pk__in=decision.removals.values("assignment"))
        return self.filter(in_force & ~ended | Q(decision=decision))

    def holding_beside(self, decision: "Decision") -> Self:
        """In force on the decision's first day by other decisions, and not ended by this one."""
        ended = decision.removals.values("assignment")
        return self.in_force(decision.starts_on).exclude(decision=decision).exclude(pk__in=ended)

    def matching(self, words: str) -> Self:
        """Those whose official, or whose branch, has the words in its name."""
        folded = fold(words)
        return self.filter(Q(official__search__contains=folded) | Q(unit__search__contains=folded))

    def visible_to(self, user: User) -> Self:
        """Assignments into the user's subtree; an attendee sees the own ones, a secretary the branch's."""
        if user.is_superuser:
            return self
        own = Q(official=user.official_id) if user.official_id else Q(pk__in=())
        if user.unit and user.role in Role.whole_subtree():
            own |= Q(unit__path__startswith=user.unit.path)
        elif user.unit and user.role == Role.BRANCH_SECRETARY:
            own |= Q(unit=user.unit)
        return self.filter(own)

    def in_force(self, day: date) -> Self:
        return self.filter(in_force=True).on(day)

    def main(self) -> Self:
        return self.filter(role=AttendeeRole.MAIN)

    def for_list(self) -> Self:
        return self.select_related("official__agency", "unit", "decision").order_by(
            "unit__path", "unit__name_key", "role", "pk"
        )


class ProposalQuerySet(QuerySet["Proposal"]):
    def visible_to(self, user: User) -> Self:
        """Plans of decisions that the user's own desk issues, or a body below it."""
        if user.is_superuser:
            return self
        if user.unit is None or user.role not in Role.whole_subtree():
            return self.none()
        return self.filter(decision__issuer__path__startswith=user.unit.path)

    def done(self) -> Self:
        return self.filter(status=ProposalStatus.DONE)


class SubstitutionQuerySet(DatedQuerySet["Substitution"]):
    def visible_to(self, user: User) -> Self:
        if user.is_superuser:
            return self
        own = (
            Q(assignment__official=user.official_id) | Q(substitute=user.official_id)
            if user.official_id
            else Q(pk__in=())
        )
        if user.unit and user.role in Role.whole_subtree():
            own |= Q(assignment__unit__path__startswith=user.unit.path)
        return self.filter(own)

    def accepted(self) -> Self:
        return self.filter(status=SubstitutionStatus.ACCEPTED)

    def waiting(self, today: date) -> Self:
        """Nobody was found or asked yet, and there is still time to."""
        return self.filter(status=SubstitutionStatus.ASKED).overlapping(today, None)

    def open(self) -> Self:
        """Asked, offered or accepted: the assignee does not go."""
        unanswered = SubstitutionStatus.unanswered()
        return self.filter(status__in=[*unanswered, SubstitutionStatus.ACCEPTED])

    def unanswered(self) -> Self:
        """Nobody has said yes: until then nobody goes there."""
        return self.filter(status__in=SubstitutionStatus.unanswered())

    def of(self, official: Official) -> Self:
        """Those in which somebody goes in the official's place."""
        return self.filter(assignment__official=official)

    def for_list(self) -> Self:
        related = self.select_related(
            "assignment__official__agency",
            "assignment__unit",
            "assignment__decision__issuer",
            "substitute__agency",
            "instead_of__substitute",
        )
        return related.order_by("starts_on", "pk")
