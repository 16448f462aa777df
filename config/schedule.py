"""What beat starts, and when (hours are those of Vietnam)."""

from datetime import timedelta
from typing import Any, Final

from celery.schedules import crontab

SCHEDULE: Final[dict[str, dict[str, Any]]] = {
    "a worker is alive": {"task": "roster.tasks.note_worker", "schedule": timedelta(minutes=1)},
    "reorganisations on their day": {
        "task": "roster.tasks.run_due_reorganisations",
        "schedule": crontab(minute=5, hour=0),
    },
    "follow units that have ended": {
        "task": "roster.tasks.keep_homes",
        "schedule": crontab(minute=20, hour=0),
    },
    "plan the months": {
        "task": "meetings.tasks.plan_months",
        "schedule": crontab(minute=15, hour=1),
    },
    "owe reminders before meetings": {
        "task": "meetings.tasks.owe_reminders",
        "schedule": crontab(minute="*/15", hour="6-21"),
    },
    "owe reminders of reports": {
        "task": "reports.tasks.owe_reminders",
        "schedule": crontab(minute="*/15", hour="6-21"),
    },
    "close accounts of those out of office": {
        "task": "roster.tasks.suspend_ended_accounts",
        "schedule": crontab(minute=45, hour=0),
    },
    "pay notices": {"task": "notices.tasks.deliver_waiting", "schedule": timedelta(seconds=30)},
    "ask for receipts": {"task": "notices.tasks.ask_receipts", "schedule": timedelta(minutes=5)},
    "refresh roll-ups": {
        "task": "reports.tasks.refresh_rollups",
        "schedule": timedelta(seconds=20),
    },
    "check roll-ups": {
        "task": "reports.tasks.check_rollups",
        "schedule": crontab(minute=30, hour=2),
    },
    "tell the planner what branches need": {
        "task": "reports.tasks.write_branch_needs",
        "schedule": crontab(minute=50, hour=2),
    },
    "build the month's summaries": {
        "task": "reports.tasks.build_due_summaries",
        "schedule": crontab(minute=0, hour=5),
    },
}
