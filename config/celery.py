"""The Celery application: `celery -A config worker`, `celery -A config beat`."""

import os
from typing import Any

import pghistory
from celery import Celery, Task

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class NotedTask(Task):  # type: ignore[misc] # Celery has no types here
    """What a task changes in the rosters names the task; a job adds the person who asked for it."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        with pghistory.context(task=self.name):
            return super().__call__(*args, **options)


app = Celery("config", task_cls=NotedTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
