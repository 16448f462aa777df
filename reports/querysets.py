"""Which reports, recommendations, summaries, and for whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Self

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from config.lib.months import last_day
from config.lib.text import fold
from meetings.models import Meeting
from reports.states import RecommendationStatus, ReportStatus
from roster.models import Unit, User
from roster.querysets import DatedQuerySet, counted_in
from roster.states import Role

if TYPE_CHECKING:
    from reports.models import (
        Attachment,
        Field,
        MeetingReport,
        Recommendation,
        ReportForm,
        ScoringFrame,
        Summary,
    )

# How a recommendation's deadline was kept.
ANSWERED: Final = {
    "on_time": Q(due_on__gte=TruncDate(F("answered_at"))),
    "late": Q(due_on__lt=TruncDate(F("answered_at"))),
    "not": Q(answered_at=None),
}
FILED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
UNANSWERED = (RecommendationStatus.RECEIVED, RecommendationStatus.OPEN)
# By trial on the demo's texts: two matters told in other words share a third of their letters' runs at most, one matter
# within its field more than a quarter.
ALIKE = 0.5
ALIKE_IN_A_FIELD = 0.28


class MeetingReportQuerySet(QuerySet["MeetingReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports of the meetings one sees. Drafts belong to those who go there, and to who types one in."""
        if user.is_superuser:
            return self
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        own = ~Q(status=ReportStatus.DRAFT) | Q(typed_by=user.pk)
        if user.official_id:
            own |= Q(meeting__in=Meeting.objects.attended_by(user.official_id))
        return seen.filter(own)

    def to_write(self, meeting: int) -> "MeetingReport | None":
        """The one of a meeting, with all that writing and filing it looks at, but its frame (frames.py). No order is asked
        for: over these joins it costs more than the row."""
        joined = self.select_related("meeting__unit", "form", "author")
        return next(iter(joined.filter(meeting=meeting)), None)

    def before(self, meeting: Meeting) -> Self:
        """Filed reports of earlier meetings of the same unit, the last one first."""
        earlier = self.filed().filter(
            meeting__unit=meeting.unit_id,
            meeting__kind=meeting.kind,
            meeting__held_on__lt=meeting.held_on,
        )
        return earlier.order_by("-meeting__held_on")

    def filed(self) -> Self:
        return self.filter(status__in=FILED)


class AttachmentQuerySet(QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """Files of the reports one may read; photos of paper forms also before anybody has typed them in."""
        if user.is_superuser:
            return self
        reports = MeetingReportQuerySet(self.model.report.field.related_model).visible_to(user)
        seen = Q(report__in=reports)
        if user.is_desk:
            meetings = Meeting.objects.visible_to(user)
            seen |= Q(is_paper_form=True, report__meeting__in=meetings)
        return self.filter(seen)


class RecommendationQuerySet(QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> Self:
        """Staff: of the units in the subtree; a secretary: the branch's; an attendee: of the branches
        where he or she goes or went; an agency's officer: what was sent to the agency, or to one that became it."""
        if user.is_superuser:
            return self
        seen = Q(pk__in=())
        if user.unit and user.role in Role.whole_subtree():
            seen |= counted_in(user.unit)
        if user.unit and user.role == Role.BRANCH_SECRETARY:
            seen |= Q(unit=user.unit)
        if user.unit and user.role == Role.AUTHORITY_OFFICER:
            rows = self.model._default_manager.order_by()
            sent = rows.filter(hops__authority=user.unit).values("pk")
            seen |= Q(pk__in=sent.union(rows.filter(authority=user.unit).values("pk")))
        if user.official_id:
            seen |= Q(unit__in=Meeting.objects.attended_by(user.official_id).values("unit"))
        return self.filter(seen)

    def overdue(self, today: date) -> Self:
        """Past the deadline and not answered; also when the first authority sent it back to the desk."""
        return self.filter(status__in=UNANSWERED, due_on__lt=today)

    def decided(self, month: date, today: date) -> Self:
        """With a deadline in the month, and answered or overdue: what is not yet due is not decided, and of what was
        set aside nobody waits for an answer."""
        waited_for = ~Q(status=RecommendationStatus.SET_ASIDE)
        decided = Q(answered_at__isnull=False) | Q(waited_for, due_on__lt=today)
        return self.filter(decided, due_on__range=(month, last_day(month)))

    def matching(self, words: str) -> Self:
        return self.filter(search__contains=fold(words))

    def near(self, unit: Unit) -> Self:
        """Of the units that lie today in the same commune, whatever it was called when they raised them."""
        return self.filter(unit__home__place__housed__unit=unit)

    def alike(self, words: str, field: "Field | None") -> Self:
        """With much of the folded `words` in number, text or proposal; in the same field less is enough."""
        likeness = TrigramWordSimilarity(words, "search")
        near = Q(likeness__gte=ALIKE) | Q(field=field, likeness__gte=ALIKE_IN_A_FIELD)
        return self.alias(likeness=likeness).filter(near).order_by("-likeness", "-pk")

    def answered_since(self, moment: datetime | None) -> Self:
        """Answered after `moment`, or answered at all and not read out yet."""
        since = Q(status=RecommendationStatus.ANSWERED)
        return self.filter(since | Q(answered_at__gt=moment) if moment else since)

    def for_list(self) -> Self:
        """Few joins: beyond eight tables PostgreSQL no longer looks for the best order of a restricted list."""
        joined = self.select_related("unit", "report__meeting__commune")
        return joined.prefetch_related("field", "authority")

    def for_detail(self) -> Self:
        """With everything that its timeline tells."""
        return self.select_related(
            "unit",
            "field",
            "authority",
            "suggested_authority",
            "report__author",
            "report__meeting__commune",
            "report__meeting__unit",
        ).prefetch_related(
            "hops__authority",
            "hops__by",
            "answers__authority",
            "answers__owner",
            "answers__file",
            "read_outs__meeting",
        )

    def to_read_out(self) -> Self:
        return self.filter(status=RecommendationStatus.ANSWERED)


class SummaryQuerySet(QuerySet["Summary"]):
    def visible_to(self, user: User) -> Self:
        """Summaries of the units in the subtree."""
        if user.is_superuser:
            return self
        if user.unit is None or user.role not in Role.whole_subtree():
            return self.none()
        return self.filter(unit__path__startswith=user.unit.path)


class ScoringFrameQuerySet(DatedQuerySet["ScoringFrame"]):
    pass


class ReportFormQuerySet(DatedQuerySet["ReportForm"]):
    pass
