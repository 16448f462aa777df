"""Who may do what with a recommendation in which status."""

import pytest
import time_machine
from django.db import transaction

from config.lib.errors import Refused
from reports.actions import recommendations as actions
from reports.models import Recommendation
from reports.states import RecommendationStatus
from tests.reports.recommending import READ_OUT, Village, answer, forward, read_out, village

Status = RecommendationStatus

pytestmark = pytest.mark.django_db

ACTS = {
    "forward": lambda place, user: actions.forward_recommendation(
        place.recommendation, authority=place.other_agency, by=user
    ),
    "set_aside": lambda place, user: actions.set_aside_recommendation(
        place.recommendation, because="Trùng.", by=user
    ),
    "answer": lambda place, user: answer(place, by=user),
    "read_out": lambda place, user: read_out(place, by=user),
}
PEOPLE = ("attendee", "secretary", "desk", "commission", "officer", "other_officer")
NOBODY: set[str] = set()
DESK = {"desk", "commission"}
TABLE = {
    (Status.RECEIVED, "forward"): DESK,
    (Status.RECEIVED, "set_aside"): DESK,
    (Status.RECEIVED, "answer"): NOBODY,
    (Status.RECEIVED, "read_out"): NOBODY,
    (Status.OPEN, "forward"): DESK,
    (Status.OPEN, "set_aside"): NOBODY,
    (Status.OPEN, "answer"): {"officer"},
    (Status.OPEN, "read_out"): NOBODY,
    (Status.ANSWERED, "forward"): NOBODY,
    (Status.ANSWERED, "set_aside"): NOBODY,
    (Status.ANSWERED, "answer"): NOBODY,
    (Status.ANSWERED, "read_out"): {*DESK, "attendee", "secretary"},
    (Status.CLOSED, "forward"): NOBODY,
    (Status.CLOSED, "set_aside"): NOBODY,
    (Status.CLOSED, "answer"): NOBODY,
    (Status.CLOSED, "read_out"): NOBODY,
    (Status.SET_ASIDE, "forward"): NOBODY,
    (Status.SET_ASIDE, "set_aside"): NOBODY,
    (Status.SET_ASIDE, "answer"): NOBODY,
    (Status.SET_ASIDE, "read_out"): NOBODY,
}
WAYS = {
    Status.RECEIVED: [],
    Status.OPEN: [forward],
    Status.ANSWERED: [forward, answer],
    Status.CLOSED: [forward, answer, read_out],
    Status.SET_ASIDE: [lambda place: ACTS["set_aside"](place, place.desk)],
}


def may(place: Village, act: str, user: str) -> bool:
    """Whether the act goes through; nothing of it stays."""
    before = place.recommendation
    try:
        with transaction.atomic():
            ACTS[act](place, getattr(place, user))
            transaction.set_rollback(True)
    except Refused:
        return False
    finally:
        place.recommendation = Recommendation.objects.get(pk=before.pk)
    return True


@pytest.mark.parametrize(("status", "act"), TABLE)
def test_who_may_do_what_in_which_status(status: Status, act: str) -> None:
    place = village()
    for step in WAYS[status]:
        step(place)

    with time_machine.travel(READ_OUT, tick=False):
        allowed = {user for user in PEOPLE if may(place, act, user)}

    assert allowed == TABLE[status, act]
