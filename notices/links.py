"""The personal link of a message: short, signed, and dead after NOTICE_LINK_DAYS.

It opens nothing by itself. It names a message and through it a person and a page; the view sends
that person there, and everybody else to the sign-in page.
"""

import re
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from notices.models import Notice

SALT = "notices.links"
LENGTH = 20
FORM = re.compile(r"(\d{1,18})-([0-9a-f]{20})")


def token_of(notice: Notice) -> str:
    return f"{notice.pk}-{signature(notice)}"


def signature(notice: Notice) -> str:
    digest = salted_hmac(SALT, f"{notice.pk}:{notice.user_id}", algorithm="sha256").hexdigest()
    return str(digest[:LENGTH])


def personal_link(notice: Notice) -> str:
    """The whole address, if the message speaks of a page."""
    if not notice.facts.get("url"):
        return ""
    return f"{settings.SITE_URL}{reverse('notices:link', args=[token_of(notice)])}"


def read(token: str) -> Notice | None:
    match = FORM.fullmatch(token)
    notice = match and Notice.objects.select_related("user").filter(pk=int(match[1])).first()
    if not match or not notice or not constant_time_compare(signature(notice), match[2]):
        return None
    return notice


def is_dead(notice: Notice, now: datetime) -> bool:
    began = notice.sent_at or notice.due_at
    return now > began + timedelta(days=settings.NOTICE_LINK_DAYS)
