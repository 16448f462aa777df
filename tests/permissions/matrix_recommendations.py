"""Who may open and do what with recommendations, a meeting's page, the first page and the figures.

Order of the roles: see table.py.
"""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from meetings.models import Meeting
from reports.actions import recommendations as actions
from reports.models import Answer, Recommendation
from reports.states import Outcome
from roster.models import StoredFile
from roster.states import Role
from tests import factories
from tests.permissions.table import Row, the
from tests.permissions.world import World
from tests.reports.recommending import filed_report, recommendation


def received(world: World) -> Recommendation:
    """Raised by the inside branch twelve days ago."""
    assert world.assignment
    day = timezone.localdate() - timedelta(days=12)
    report = filed_report(factories.meeting(world.branch, on=day), world.official)
    return recommendation(report)


def forwarded(world: World) -> Recommendation:
    row = received(world)
    desk = world.inside[Role.COMMUNE_OFFICER]
    actions.forward_recommendation(row, authority=world.agency, by=desk)
    return row


def answered(world: World) -> Recommendation:
    """Answered before the branch's meeting of next month, which has begun."""
    row = forwarded(world)
    officer = world.inside[Role.AUTHORITY_OFFICER]
    actions.answer_recommendation(row, outcome=Outcome.EXPLAINED, text="Đã rõ.", by=officer)
    today = timezone.localdate()
    later = factories.meeting(
        world.branch, on=today, month=(today + timedelta(days=40)).replace(day=1)
    )
    Meeting.objects.filter(pk=later.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    return row


def answer_with_file(world: World) -> list[Any]:
    answered(world)
    stored = StoredFile(name="tra-loi.pdf", content_type="application/pdf", size=4, sha256="0" * 64)
    stored.content.save("tra-loi.pdf", ContentFile(b"%PDF"), save=True)
    Answer.objects.update(file=stored)
    return [Answer.objects.get().pk]


def pk_of(make: Any) -> Any:
    return lambda world: [make(world).pk]


def sending(world: World) -> dict[str, Any]:
    due_on = timezone.localdate() + timedelta(days=20)
    return {"authority": world.agency.pk, "due_on": due_on.isoformat(), "note": ""}


def saying(world: World) -> dict[str, Any]:
    return {"meeting": Meeting.objects.order_by("-held_on")[0].pk, "said": "yes", "note": ""}


ANSWER = {"outcome": "explained", "text": "Đã bố trí kinh phí."}
SET_ASIDE = {"reason": "internal", "note": ""}
LISTED = "200"
STAFF = "200 200 200 200 403 403 403 200"
IN_BRANCH = "200 200 200 200 200 200 404 200"

ROWS = [
    Row("reports:home", inside=LISTED, outside=LISTED),
    Row("reports:dashboard", inside=STAFF, outside=STAFF),
    Row("reports:dashboard", query="?month=2026-13", inside="400 400 400 400 403 403 403 400",
        outside="400 400 400 400 403 403 403 400"),
    Row("reports:meeting_brief", the("meeting"), inside=IN_BRANCH, outside="404"),
    Row("reports:recommendation_list", inside=LISTED, outside=LISTED),
    Row("reports:recommendation_list", query="?state=nothing", inside="400", outside="400"),
    Row("reports:recommendation_detail", pk_of(received), inside=IN_BRANCH, outside="404"),
    Row("reports:recommendation_detail", pk_of(forwarded), inside="200", outside="404"),
    Row("reports:recommendation_forward", pk_of(received),
        inside="403 200 200 200 403 403 404 403", outside="404"),
    Row("reports:recommendation_forward", pk_of(received), method="post", data=sending,
        inside="403 302 302 302 403 403 404 403", outside="404"),
    Row("reports:recommendation_set_aside", pk_of(received), method="post", data=SET_ASIDE,
        inside="403 302 302 302 403 403 404 403", outside="404"),
    Row("reports:recommendation_set_aside", pk_of(forwarded),
        inside="403 422 422 422 403 403 403 403", outside="404"),
    Row("reports:recommendation_answer", pk_of(forwarded),
        inside="403 403 403 403 403 403 200 403", outside="404"),
    Row("reports:recommendation_answer", pk_of(forwarded), method="post", data=ANSWER,
        inside="403 403 403 403 403 403 302 403", outside="404"),
    Row("reports:recommendation_read_out", pk_of(answered),
        inside="403 200 200 200 200 200 403 403", outside="404"),
    Row("reports:recommendation_read_out", pk_of(answered), method="post", data=saying,
        inside="403 302 302 302 302 302 403 403", outside="404"),
    Row("reports:answer_file", answer_with_file, inside="200", outside="404"),
]  # fmt: skip
