"""Each fault test starts with nothing in the broker: the round a test before it had asked for would
try its letters once more while its mail server is still down, and put them off for minutes."""

import pytest

from config.celery import app


@pytest.fixture(autouse=True)
def _nothing_asked_for_yet() -> None:
    app.control.purge()
