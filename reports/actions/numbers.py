"""The counters of reports (`BN-2026-000123`) and recommendations (`KN-2026-000123`)."""

from typing import Final

from django.db import connection

REPORTS: Final = "BN"
RECOMMENDATIONS: Final = "KN"

TAKE: Final = """
INSERT INTO reports_reportnumber (series, year, last) VALUES (%s, %s, %s)
ON CONFLICT (series, year) DO UPDATE SET last = reports_reportnumber.last + EXCLUDED.last
RETURNING last
"""


def take_numbers(series: str, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers, in one statement. The counter's row stays locked until the transaction ends:
    take them last.
    """
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [series, year, count])
        last = cursor.fetchone()[0]
    return [f"{series}-{year}-{number:06d}" for number in range(last - count + 1, last + 1)]
