"""The embedded servers, in a directory that only its owner can enter, as whoever runs the tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

ROOT = Path(__file__).resolve().parent.parent.parent


class Checkout:
    """A copy of the launcher in a closed directory, without a home."""

    def __init__(self, place: Path) -> None:
        self.place = place
        place.mkdir(mode=0o700)
        shutil.copytree(ROOT / "config/embedded", place / "config/embedded")
        (place / "config/__init__.py").touch()

    def say(self, word: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "config.embedded", word],
            cwd=self.place,
            env={"PATH": os.defpath, "PYTHONPATH": str(self.place), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.say("start").splitlines())


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    checkout = Checkout(tmp_path_factory.mktemp("embedded") / "closed")
    yield checkout
    checkout.say("purge")


def ask(url: str, *statements: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall()


def test_servers_start_once_and_keep_what_they_hold(checkout: Checkout) -> None:
    first = checkout.start()
    again = checkout.start()
    ask(first["DATABASE_URL"], "CREATE TABLE kept AS SELECT 13 AS branch", "SELECT * FROM kept")
    checkout.say("stop")
    stopped = checkout.say("status")
    third = checkout.start()

    assert again == first
    assert stopped.count("không chạy") == 2
    assert ask(third["DATABASE_URL"], "SELECT branch FROM kept") == [(13,)]
    with redis.Redis.from_url(third["REDIS_URL"]) as broker:
        assert broker.ping()


def test_the_database_knows_vietnamese_letters_and_what_migrations_need(checkout: Checkout) -> None:
    url = checkout.start()["DATABASE_URL"]

    extensions = [f"CREATE EXTENSION {name}" for name in ("btree_gist", "pg_trgm", "unaccent")]
    folded = ask(url, *extensions, "SELECT lower('ĐỒNG HƯỚNG'), 'ĐỖ' ILIKE 'đỗ'")

    assert folded == [("đồng hướng", True)]


def test_strangers_on_the_machine_are_asked_for_the_password(checkout: Checkout) -> None:
    urls = checkout.start()
    without = {name: f"{url.split(':')[0]}://{url.split('@')[1]}" for name, url in urls.items()}

    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(without["DATABASE_URL"].replace("//", "//postgres@"))
    with (
        redis.Redis.from_url(without["REDIS_URL"]) as broker,
        pytest.raises(redis.AuthenticationError),
    ):
        broker.ping()
