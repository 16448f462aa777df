"""The acts that take a recommendation from the desk to the authority and back to its branch."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from config.lib.errors import Conflict, refuse_if
from config.lib.status import change_status
from meetings.models import Meeting
from reports.actions import recommendation_notices as tell
from reports.deadlines import term_on
from reports.models import Answer, Hop, ReadOut, Recommendation
from reports.rollups.marks import mark_dirty
from reports.rules import recommendations as rules
from reports.states import Outcome, RecommendationStatus
from roster import audit
from roster.actions.files import store_upload
from roster.models import Unit, User


class AnswerDetails(TypedDict, total=False):
    """What an answer may have besides its text."""

    settled_by: date | None
    document_number: str
    document_on: date | None


@transaction.atomic
def forward_recommendation(
    recommendation: Recommendation,
    *,
    authority: Unit,
    by: User,
    due_on: date | None = None,
    note: str = "",
) -> None:
    """Send it to `authority`, who has until `due_on` (default: the rule of today).

    While a deadline runs it stays, however often the recommendation is sent on (R23).
    """
    refuse_if(rules.why_not_forward(recommendation, by))
    refuse_if(rules.why_not_send_to(recommendation, authority))
    refuse_if(rules.why_not_set_deadline(recommendation, due_on))
    today = timezone.localdate()
    deadline = recommendation.due_on or due_on or term_on(today).ends_on(today)
    if recommendation.status == RecommendationStatus.OPEN:
        hand_over(recommendation, authority)
    else:
        first = recommendation.forwarded_on or today
        changes = {"authority": authority, "due_on": deadline, "forwarded_on": first}
        change_status(recommendation, RecommendationStatus.OPEN, **changes)
    send(recommendation, due_on=deadline, by=by, note=note)


def hand_over(recommendation: Recommendation, authority: Unit) -> None:
    """From one authority to the next, if it still lies where the page showed it."""
    here = Recommendation.objects.filter(
        pk=recommendation.pk,
        status=RecommendationStatus.OPEN,
        authority=recommendation.authority,
    )
    if not here.update(authority=authority):
        raise Conflict
    recommendation.authority = authority
    tell.no_longer_waiting(recommendation)


def send(recommendation: Recommendation, *, due_on: date, by: User, note: str) -> None:
    """One more hop, to the authority that has it now."""
    hop = add_hop(recommendation, due_on, note, by)
    noted("forwarded", recommendation, by=by, to=str(hop.authority), due_on=hop.due_on)
    tell.forwarded(recommendation, hop)


def add_hop(recommendation: Recommendation, due_on: date, note: str, by: User) -> Hop:
    return Hop.objects.create(
        recommendation=recommendation,
        authority=recommendation.holder,
        due_on=due_on,
        note=note,
        by=by,
    )


@transaction.atomic
def set_aside_recommendation(recommendation: Recommendation, *, because: str, by: User) -> None:
    """Not dealt with here, for a reason that the attendee and the branch may read."""
    refuse_if(rules.why_not_set_aside(recommendation, by))
    change_status(recommendation, RecommendationStatus.SET_ASIDE, set_aside_because=because)
    noted("set_aside", recommendation, by=by, because=because)
    tell.set_aside(recommendation)


@transaction.atomic
def answer_recommendation(
    recommendation: Recommendation,
    *,
    outcome: Outcome,
    text: str,
    by: User,
    owner: Unit | None = None,
    upload: "UploadedFile[bytes] | None" = None,
    **details: Unpack[AnswerDetails],
) -> None:
    """Give the branch its answer, and tell who will read it out.

    "Not competent" is no answer for the branch: it goes on to `owner`, or back to the desk.
    """
    refuse_if(rules.why_not_answer(recommendation, by))
    refuse_if(rules.why_not_name_owner(recommendation, outcome, owner))
    answer = Answer.objects.create(
        recommendation=recommendation,
        authority=recommendation.holder,
        outcome=outcome,
        text=text,
        owner=owner,
        file=store_upload(upload, by=by) if upload else None,
        by=by,
        **details,
    )
    if outcome == Outcome.NOT_COMPETENT:
        pass_on(recommendation, answer, by=by)
    else:
        deliver(recommendation, answer, by=by)


def pass_on(recommendation: Recommendation, answer: Answer, *, by: User) -> None:
    if answer.owner:
        hand_over(recommendation, answer.owner)
        send(recommendation, due_on=recommendation.deadline, by=by, note=answer.text[:500])
        return
    change_status(recommendation, RecommendationStatus.RECEIVED, authority=None)
    tell.no_longer_waiting(recommendation)
    noted("returned_to_desk", recommendation, by=by, because=answer.text[:300])
    tell.returned(recommendation, answer)


def deliver(recommendation: Recommendation, answer: Answer, *, by: User) -> None:
    now = timezone.now()
    change_status(recommendation, RecommendationStatus.ANSWERED, answered_at=now)
    tell.no_longer_waiting(recommendation)
    noted("answered", recommendation, by=by, outcome=answer.outcome)
    tell.answered(recommendation, answer, now)


@transaction.atomic
def read_out_recommendation(
    recommendation: Recommendation,
    *,
    meeting: Meeting,
    is_satisfied: bool,
    by: User,
    note: str = "",
) -> None:
    """The branch heard the answer at `meeting`: satisfied closes it, dissatisfied opens it again (R24)."""
    refuse_if(rules.why_not_read_out(recommendation, meeting, by, timezone.now()))
    refuse_if(rules.why_not_dissatisfied(note) if not is_satisfied else None)
    change_status(recommendation, RecommendationStatus.READ_OUT)
    ReadOut.objects.create(
        recommendation=recommendation, meeting=meeting, is_satisfied=is_satisfied, note=note, by=by
    )
    noted("read_out", recommendation, by=by, meeting=meeting.pk, is_satisfied=is_satisfied)
    if is_satisfied:
        change_status(recommendation, RecommendationStatus.CLOSED, closed_at=timezone.now())
    else:
        reopen(recommendation, note=note, by=by)


def reopen(recommendation: Recommendation, *, note: str, by: User) -> None:
    """To the same authority, with the branch's reason and a new deadline by the rule of today."""
    today = timezone.localdate()
    due_on = term_on(today).ends_on(today)
    change_status(recommendation, RecommendationStatus.OPEN, due_on=due_on, answered_at=None)
    hop = add_hop(recommendation, due_on, f"Chi bộ chưa đồng tình: {note}"[:500], by)
    noted("reopened", recommendation, by=by, due_on=due_on)
    tell.reopened(recommendation, hop)


def noted(verb: str, recommendation: Recommendation, *, by: User, **detail: Any) -> None:
    """In the audit and for the figures, in the act's own transaction."""
    audit.record(verb, recommendation, by=by, **detail)
    mark_dirty(recommendation.report.meeting)
