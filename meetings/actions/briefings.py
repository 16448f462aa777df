"""The month's material."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.errors import Refused, refuse_if
from meetings import rules
from meetings.models import Briefing, BriefingOpening
from roster import audit
from roster.actions.files import store_upload
from roster.models import Unit, User
from roster.states import UnitKind


@dataclass(frozen=True)
class Audience:
    """For whom: officials of a level ("": all), sent to a subtree (None: the publisher's)."""

    level: str = ""
    scope: Unit | None = None


EVERYBODY: Final = Audience()


@transaction.atomic
def publish_briefing(
    *,
    month: date,
    title: str,
    text: str,
    files: "Iterable[UploadedFile[bytes]]",
    by: User,
    issuer: Unit | None = None,
    audience: Audience = EVERYBODY,
) -> Briefing:
    """Publish what attendees bring to the branches in `month`, for everybody, a level or a subtree.

    `issuer`: an agency of the user's subtree (the propaganda board); by default the own unit.
    """
    refuse_if(rules.why_not_publish_briefing(by))
    place = publishes_for(by)
    if by.unit is None or place is None:
        raise Refused("Tài khoản này chưa gắn với đơn vị phát hành.")
    if audience.scope and not audience.scope.path.startswith(place.path):
        raise Refused(f"{audience.scope} không thuộc {place}.")
    briefing = Briefing.objects.create(
        month=month, issuer=issuer or by.unit, title=title, text=text, by=by,
        level=audience.level, scope=audience.scope or place,
    )  # fmt: skip
    briefing.files.set([store_upload(upload, by=by) for upload in files])
    audit.record("published", briefing, by=by, month=f"{month:%Y-%m}", audience=briefing.audience)
    return briefing


def publishes_for(user: User) -> Unit | None:
    """Whose subtree the user's material is for: the own unit's; an agency's is its committee's."""
    unit = user.unit
    if unit is None or unit.kind != UnitKind.AGENCY:
        return unit
    return Unit.objects.filter(pk__in=unit.ancestor_ids[-1:]).first()


def note_opened(briefing: Briefing, *, by: User) -> None:
    """The first time counts; a race notes it once."""
    BriefingOpening.objects.bulk_create(
        [BriefingOpening(briefing=briefing, user=by)], ignore_conflicts=True
    )
