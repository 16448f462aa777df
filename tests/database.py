"""Emptying the database after a test that really commits, without losing what the migrations wrote."""

from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase

SEEDS: dict[str, str] = {}


def keep_seeds() -> None:
    """Remember the rows the migrations wrote (policies, forms, frames), once the database is there."""
    SEEDS["json"] = connection.creation.serialize_db_to_string()


def empty_and_seed(case: TransactionTestCase) -> None:
    """Empty every table and write the seeds again.

    The role `replica` keeps the triggers quiet that refuse to empty the audit and sealed summaries.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    statements = connection.ops.sql_flush(
        no_style(), tables, reset_sequences=False, allow_cascade=False
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
    connection.creation.deserialize_db_from_string(SEEDS["json"])


def others(which: str) -> int:
    """How many other connections of this database are so, as pg_stat_activity says it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_stat_clear_snapshot()"
        )  # a transaction would see its first answer again
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"  # noqa: S608 - our own words
            f" AND pid <> pg_backend_pid() AND {which}"
        )
        return int(cursor.fetchone()[0])


def no_other_transaction_runs() -> bool:
    """Connections that idle, and what the server does by itself (autovacuum), do not count."""
    return not others("backend_type = 'client backend' AND xact_start IS NOT NULL")
