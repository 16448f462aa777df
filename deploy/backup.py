#!/usr/bin/env python
"""Back up the database and the stored files, and prove that the copy can be restored.

Reads DATABASE_URL, MEDIA_ROOT, BACKUP_DIR and BACKUP_KEEP_DAYS (default 30); needs `pg_dump` and
`pg_restore` of the server's version or later. One folder a run, named by the moment:

    2026-12-01T0200/database.dump  files.tar.gz  SHA256SUMS

The dump and the row counts come from one snapshot. The dump is restored into a scratch database,
whose counts must be the same; only then is the folder named as good and old ones are removed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, connection, cursor

NAME = "%Y-%m-%dT%H%M"


def main() -> None:
    """Make one back-up; any failure leaves the folder with the ending `.bad` and a non-zero exit."""
    database = os.environ["DATABASE_URL"]
    backups = Path(os.environ["BACKUP_DIR"])
    now = datetime.now().astimezone()
    folder = backups / f"{now:{NAME}}.bad"
    folder.mkdir(parents=True, mode=0o700)
    counts = dump(database, folder / "database.dump")
    pack(Path(os.environ["MEDIA_ROOT"]), folder / "files.tar.gz")
    restored = counts_after_restore(database, folder / "database.dump")
    if restored != counts:
        sys.exit(f"Bản sao không khớp: {counts.items() ^ restored.items()}")
    write_sums(folder)
    good = folder.rename(folder.with_suffix(""))
    remove_old(backups, now - timedelta(days=int(os.environ.get("BACKUP_KEEP_DAYS", "30"))))
    print(f"{good}: {len(counts)} bảng, {sum(counts.values())} dòng, đã khôi phục thử")


def dump(database: str, target: Path) -> dict[str, int]:
    """Dump one snapshot of the database; the rows of each table in that snapshot."""
    with closing(psycopg2.connect(database)) as live:
        live.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        with live.cursor() as ask:
            ask.execute("SELECT pg_export_snapshot()")
            snapshot = one(ask)
            counts = count_rows(live)
            command: list[str | Path] = [
                "pg_dump",
                "--format=custom",
                f"--snapshot={snapshot}",
                f"--file={target}",
            ]
            subprocess.run([*command, "--no-owner", database], check=True)
    return counts


def counts_after_restore(database: str, source: Path) -> dict[str, int]:
    with scratch(database) as copy:
        command: list[str | Path] = [
            "pg_restore",
            "--exit-on-error",
            "--no-owner",
            f"--dbname={copy}",
            source,
        ]
        subprocess.run(command, check=True)
        with closing(psycopg2.connect(copy)) as restored:
            return count_rows(restored)


@contextmanager
def scratch(database: str) -> Iterator[str]:
    """A database beside the real one, for as long as the block lasts."""
    place = urlsplit(database)
    name = f"{place.path.lstrip('/')}_restore_check"
    with closing(psycopg2.connect(database)) as live:
        live.autocommit = True
        with live.cursor() as do:
            do.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            do.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
            yield urlunsplit(place._replace(path=f"/{name}"))
            do.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def count_rows(of: connection) -> dict[str, int]:
    with of.cursor() as ask:
        ask.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in ask.fetchall()]
        counts = {}
        for table in tables:
            ask.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = int(one(ask))
        return counts


def one(ask: cursor) -> str:
    row = ask.fetchone()
    if row is None:
        raise RuntimeError("the database did not answer")
    return str(row[0])


def pack(media: Path, target: Path) -> None:
    with tarfile.open(target, "w:gz") as archive:
        if media.exists():
            archive.add(media, arcname="media")


def write_sums(folder: Path) -> None:
    with (folder / "SHA256SUMS").open("w") as sums:
        for path in sorted(folder.glob("*.*")):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            sums.write(f"{digest}  {path.name}\n")


def remove_old(backups: Path, before: datetime) -> None:
    """Good back-ups from before this moment go; bad ones stay until somebody has looked at them."""
    for folder in backups.iterdir():
        try:
            made = datetime.strptime(folder.name, NAME).astimezone()
        except ValueError:
            continue
        if made < before:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
