"""Celery's beat, which leaves its pulse at each tick."""

from typing import Any

from celery.beat import PersistentScheduler

from config.lib import heartbeat


class NotedScheduler(PersistentScheduler):  # type: ignore[misc] # celery has no types
    def tick(self, *args: Any, **kwargs: Any) -> Any:
        heartbeat.note(heartbeat.BEAT)
        return super().tick(*args, **kwargs)
