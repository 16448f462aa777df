"""The numbers of reports, held back: whoever files waits inside its transaction, with everything else written."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from tests.database import others

ROWS = "INSERT INTO reports_reportnumber (series, year, last) SELECT 'BN', year, 0 FROM generate_series(2020, 2040) year ON CONFLICT DO NOTHING"


@contextmanager
def numbers_held() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        with transaction.atomic():
            cursor.execute("SELECT 1 FROM reports_reportnumber FOR UPDATE")
            yield


def waits_for_a_number() -> bool:
    return bool(others("wait_event_type = 'Lock'"))
