"""`python -m tests.celery_at 2026-11-05T20:00:00+07:00 -A config worker …`: Celery whose clock starts then and runs on."""

import sys
from datetime import datetime

import time_machine
from celery.__main__ import main

if __name__ == "__main__":
    moment = datetime.fromisoformat(sys.argv.pop(1))
    with time_machine.travel(moment, tick=True):
        main()
