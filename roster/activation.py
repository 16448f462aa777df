"""The link on a printed slip with which a person opens a new account: signed, for one use, for some days."""

import hashlib
from typing import Final

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse

from roster.models import User
from roster.states import Role

DAYS: Final = 14
SALT: Final = "roster.activation"


def token_for(user: User) -> str:
    """It dies with the first password set, as it carries a trace of the present one."""
    return signing.dumps([user.pk, trace(user)], salt=SALT)


def trace(user: User) -> str:
    return hashlib.sha256(f"{SALT}:{user.password}".encode()).hexdigest()[:16]


def user_of(token: str) -> User | None:
    """The account that the token opens; None when it is made up, used or too old."""
    try:
        pk, seen = signing.loads(token, salt=SALT, max_age=DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    unused = User.objects.filter(role=Role.ATTENDEE, is_active=True, last_login=None)
    user = unused.filter(pk=pk).first()
    return user if user and trace(user) == seen else None


def link_for(user: User) -> str:
    return f"{settings.SITE_URL}{reverse('roster:activate', args=[token_for(user)])}"


def code_for(user: User) -> str:
    """The link as a QR code, an SVG data address."""
    return str(segno.make(link_for(user), error="m").svg_data_uri(scale=3, border=1))
