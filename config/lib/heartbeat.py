"""The beat's pulse: written by a task each minute, read by /readyz."""

from typing import Final

from django.core.cache import cache
from django.utils import timezone

BEAT_SEEN: Final = "beat-seen"
A_DAY: Final = 86_400


def note_beat() -> None:
    cache.set(BEAT_SEEN, timezone.now().timestamp(), A_DAY)
