"""`python -m tests.bench [name]`: all figures, or one group."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django

GROUPS = {  # group → module and its function
    "import": "import_rosters.figures",
    "plan": "plan.figures",
    "plan_month": "plan_month.figures",
    "notices": "notices.figures",
    "submit": "filing.submits",
    "autosave": "filing.autosaves",
    "reorganise": "reorganise.figures",
}


@contextmanager
def empty_database() -> Iterator[None]:
    """A database of our own beside the one DATABASE_URL names, dropped afterwards."""
    from django.conf import settings  # noqa: PLC0415 - after the environment
    from django.db import connection  # noqa: PLC0415 - settings first

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    connection.settings_dict["TEST"]["NAME"] = f"bench_{os.getpid()}"
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main(names: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.test.utils import setup_test_environment  # noqa: PLC0415 - settings first

    setup_test_environment()
    for group in names or GROUPS:
        if group not in GROUPS:
            sys.exit(f"No figure group “{group}”. There are: {', '.join(GROUPS)}.")
        with empty_database():
            module, function = GROUPS[group].split(".")
            for figure in getattr(import_module(f"tests.bench.{module}"), function)():
                sys.stdout.write(figure.line + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
