"""Rows of several acts in one statement."""

from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.appending import Appender, append
from config.lib.errors import Conflict
from roster.models import Event

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_a_row_is_written_at_once() -> None:
    Appender(Event).add(Event(verb="held"))

    assert verbs() == ["held"]


def test_rows_of_a_block_go_in_one_statement_in_their_order() -> None:
    events = Appender(Event)

    with CaptureQueriesContext(connection) as asked, events.together():
        events.add(Event(verb="held"))
        with events.together():
            events.add(Event(verb="attended"), Event(verb="submitted"))
        events.add(Event(verb="read"))
        before = len(asked)

    assert (before, len(asked)) == (0, 1)
    assert verbs() == ["held", "attended", "submitted", "read"]


def test_a_block_that_fails_writes_nothing_and_is_over() -> None:
    events = Appender(Event)

    with suppress(Conflict), events.together():
        events.add(Event(verb="held"))
        raise Conflict
    events.add(Event(verb="attended"))

    assert verbs() == ["attended"]


@pytest.mark.parametrize("count", [0, 2, 201])
def test_rows_know_their_keys_however_many(count: int) -> None:
    rows = [Event(verb=f"held-{number}") for number in range(count)]

    append(rows)

    assert [row.pk for row in rows] == list(
        Event.objects.order_by("pk").values_list("pk", flat=True)
    )
    assert verbs() == [row.verb for row in rows]
