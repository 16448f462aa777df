"""What the two embedded servers have in common: how they are remembered, started and waited for."""

import fcntl
import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

RUN = Path(__file__).resolve().parent.parent.parent / ".run"
SECONDS_TO_START = 60
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}


class NoServerError(RuntimeError):
    """An embedded server cannot be had here; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """Where an embedded server lies and listens; stored as JSON in `.run/`."""

    home: Path
    port: int
    password: str

    @property
    def listens(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(2)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def recall(name: str) -> Server | None:
    """The server of this name as it was last started, running or not."""
    path = RUN / f"{name}.json"
    if not path.exists():
        return None
    known = json.loads(path.read_text())
    return Server(Path(known["home"]), known["port"], known["password"])


def remember(name: str, server: Server) -> None:
    """Write it so that a reader sees the old file or the new one, and only its owner sees it."""
    path = RUN / f"{name}.json"
    write_privately(path.with_suffix(".new"), json.dumps(asdict(server), default=str))
    path.with_suffix(".new").rename(path)


def forget(name: str) -> None:
    (RUN / f"{name}.json").unlink(missing_ok=True)


def write_privately(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(text)


@contextmanager
def locked() -> Iterator[None]:
    """One process at a time starts or stops servers of this checkout."""
    RUN.mkdir(mode=0o700, exist_ok=True)
    with (RUN / "embedded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def address(known: Server | None) -> tuple[int, str]:
    """A free port and a password: those of the last time if they still serve."""
    password = known.password if known else secrets.token_urlsafe(24)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if known and _can_bind(probe, known.port):
            return known.port, password
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1], password


def _can_bind(probe: socket.socket, port: int) -> bool:
    try:
        probe.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def start(
    command: Sequence[str | Path],
    log: Path,
    answers: Callable[[], bool],
    *,
    user: int | None = None,
) -> None:
    """Run the server for itself, out of reach of the terminal's Ctrl-C, and wait until it answers."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env=ENVIRONMENT,
            start_new_session=True,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        if answers():
            process.returncode = 0  # it lives on without us; no warning at our end
            return
        time.sleep(0.02)
    process.kill()
    raise NoServerError(f"{command[0]} không khởi động được:\n{log.read_text(errors='replace')}")
