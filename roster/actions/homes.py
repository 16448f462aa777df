"""What time alone changes of the homes of units: a unit whose last day has passed counts elsewhere."""

from django.db import connection


def keep_homes() -> int:
    """Compute every unit's home anew; how many differed. All other changes the database follows at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT roster_keep_homes(NULL)")
        return int(cursor.fetchone()[0])
