"""The month's material."""

from collections.abc import Iterable
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.errors import Refused, refuse_if
from meetings import rules
from meetings.models import Briefing
from roster import audit
from roster.actions.files import store_upload
from roster.models import User


@transaction.atomic
def publish_briefing(
    *, month: date, title: str, text: str, files: "Iterable[UploadedFile[bytes]]", by: User
) -> Briefing:
    """Publish what attendees bring to the branches in `month`; everybody with an account may read it."""
    refuse_if(rules.why_not_publish_briefing(by))
    if by.unit is None:
        raise Refused("Tài khoản này chưa gắn với đơn vị phát hành.")
    briefing = Briefing.objects.create(month=month, issuer=by.unit, title=title, text=text, by=by)
    briefing.files.set([store_upload(upload, by=by) for upload in files])
    audit.record("published", briefing, by=by, month=f"{month:%Y-%m}")
    return briefing
