"""Who is told what of a recommendation. Facts are for the texts in templates/reports/notices/."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from assignments.attendees import attendees_on
from meetings.models import Meeting
from notices import actions as notices
from reports.models import Answer, Hop, Recommendation
from roster.models import User
from roster.states import Role


def forwarded(recommendation: Recommendation, hop: Hop) -> None:
    owe("recommendation_forwarded", officers_of(recommendation), recommendation, hop)


def reopened(recommendation: Recommendation, hop: Hop) -> None:
    people = officers_of(recommendation) | desk_of(recommendation)
    owe("recommendation_reopened", people, recommendation, hop)


def returned(recommendation: Recommendation, answer: Answer) -> None:
    owe("recommendation_returned", desk_of(recommendation), recommendation, answer)


def answered(recommendation: Recommendation, answer: Answer, now: datetime) -> None:
    """The one who will read it out, the desk, and the branch's secretary."""
    people = desk_of(recommendation) | secretaries_of(recommendation)
    people |= next_attendees(recommendation, now)
    owe("recommendation_answered", people, recommendation, answer)


def set_aside(recommendation: Recommendation) -> None:
    author = User.objects.filter(official=recommendation.report.author_id, is_active=True)
    people = set(author) | secretaries_of(recommendation)
    owe("recommendation_set_aside", people, recommendation, recommendation)


def no_longer_waiting(recommendation: Recommendation) -> None:
    """Who has not been told yet that it waits need not be told any more."""
    hops = recommendation.hops.values_list("pk", flat=True)
    names = ("recommendation_forwarded", "recommendation_reopened")
    notices.withdraw(occasion(recommendation, name, pk) for pk in hops for name in names)


def occasion(recommendation: Recommendation, name: str, cause: int) -> str:
    return f"recommendation:{recommendation.pk}:{name}:{cause}"


def owe(name: str, to: set[User], recommendation: Recommendation, cause: Any) -> None:
    """Once for each cause: the row of the act that is told of."""
    notices.owe(
        f"reports.{name}",
        to=sorted(to, key=lambda user: user.pk),
        occasion=occasion(recommendation, name, cause.pk),
        facts=facts_of(recommendation),
    )


def facts_of(recommendation: Recommendation) -> dict[str, Any]:
    """No content of the recommendation: a message carries place, date and link only (DOMAIN.md §6)."""
    return {
        "number": recommendation.number,
        "unit": str(recommendation.unit),
        "authority": str(recommendation.authority or ""),
        "due_on": f"{recommendation.due_on:%d/%m/%Y}" if recommendation.due_on else "",
        "url": recommendation.get_absolute_url(),
    }


def officers_of(recommendation: Recommendation) -> set[User]:
    """Who answers for the authority."""
    officers = User.objects.filter(role=Role.AUTHORITY_OFFICER, unit=recommendation.authority_id)
    return set(officers.filter(is_active=True))


def desk_of(recommendation: Recommendation) -> set[User]:
    """The officers of the branch's commune, and who of the desk sent it on."""
    commune = Q(role=Role.COMMUNE_OFFICER, unit__in=recommendation.unit.ancestor_ids)
    senders = Q(pk__in=recommendation.hops.values("by"), role__in=Role.desk())
    return set(User.objects.filter(commune | senders, is_active=True))


def secretaries_of(recommendation: Recommendation) -> set[User]:
    users = User.objects.filter(role=Role.BRANCH_SECRETARY, unit=recommendation.unit_id)
    return set(users.filter(is_active=True))


def next_attendees(recommendation: Recommendation, now: datetime) -> set[User]:
    """Accounts of those who go to the branch's next meeting."""
    coming = Meeting.objects.live().filter(unit=recommendation.unit_id, starts_at__gte=now)
    meeting = coming.order_by("starts_at").first()
    if meeting is None:
        return set()
    day = (meeting.unit_id, meeting.held_on)
    return {row.official.user for row in attendees_on([day])[day] if hasattr(row.official, "user")}
