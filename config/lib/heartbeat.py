"""The pulse of processes that answer no request: written where they work, read by /readyz."""

from typing import Final

from django.core.cache import cache
from django.utils import timezone

WORKER: Final = "worker-seen"
BEAT: Final = "beat-seen"
A_DAY: Final = 86_400


def note(process: str) -> None:
    cache.set(process, timezone.now().timestamp(), A_DAY)


def seconds_since(process: str) -> int | None:
    """How long ago the process was last seen; None if it was not seen within a day."""
    seen = cache.get(process)
    return None if seen is None else int(timezone.now().timestamp() - seen)
