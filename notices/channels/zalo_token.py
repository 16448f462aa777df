"""Zalo's key of the day: it lives 25 hours and is exchanged, with a second key that works once, for the next."""

from datetime import timedelta
from typing import Final

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from notices.channels.channel import Unreachable
from notices.channels.web import TIMEOUT
from notices.models import ChannelToken
from notices.states import ChannelName

EARLY: Final = timedelta(minutes=10)


def access_token() -> str:
    token = ChannelToken.objects.filter(
        channel=ChannelName.ZALO, expires_at__gt=timezone.now() + EARLY
    ).first()
    return token.access_token if token else renew()


@transaction.atomic
def renew() -> str:
    """Under a lock: the second key works once, so two workers must not use it together."""
    now = timezone.now()
    seed = {"access_token": "", "refresh_token": settings.ZALO_REFRESH_TOKEN, "expires_at": now}
    ChannelToken.objects.get_or_create(channel=ChannelName.ZALO, defaults=seed)
    token = ChannelToken.objects.select_for_update().get(channel=ChannelName.ZALO)
    found = ask_for_keys(token.refresh_token)
    token.access_token = str(found["access_token"])
    token.refresh_token = str(found["refresh_token"])
    token.expires_at = now + timedelta(seconds=int(found["expires_in"]))
    token.save()
    return token.access_token


def ask_for_keys(refresh_token: str) -> dict[str, str]:
    form = {
        "app_id": settings.ZALO_APP_ID,
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
    }
    headers = {"secret_key": settings.ZALO_SECRET_KEY}
    try:
        answer = httpx.post(settings.ZALO_TOKEN_URL, data=form, headers=headers, timeout=TIMEOUT)
        found: dict[str, str] = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unreachable(f"Không đổi được khóa Zalo: {error}") from error
    if "access_token" not in found:
        raise Unreachable("Zalo không đổi khóa; quản trị lấy khóa mới (ZALO_REFRESH_TOKEN).")
    return found
