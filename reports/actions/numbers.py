"""The counters of reports (`BN-2026-000123`) and recommendations (`KN-2026-000123`)."""

from collections.abc import Mapping
from typing import Final

from django.db import connection

REPORTS: Final = "BN"
RECOMMENDATIONS: Final = "KN"

TAKE: Final = """
INSERT INTO reports_reportnumber (series, year, last)
SELECT series, %s, count FROM unnest(%s, %s) AS asked (series, count) WHERE count > 0 ORDER BY series
ON CONFLICT (series, year) DO UPDATE SET last = reports_reportnumber.last + EXCLUDED.last
RETURNING series, last
"""


def take_numbers(year: int, counts: Mapping[str, int]) -> Mapping[str, list[str]]:
    """The next numbers of each series, as many as asked for, in one statement. The counters' rows stay locked until
    the transaction ends: take them last. Everybody locks them in the same order.
    """
    if not any(counts.values()):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [year, [*counts], [*counts.values()]])
        taken = dict(cursor.fetchall())
    return {
        series: [f"{series}-{year}-{taken[series] - left:06d}" for left in reversed(range(count))]
        for series, count in counts.items()
    }
