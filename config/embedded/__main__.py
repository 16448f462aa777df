"""`python -m config.embedded start|status|stop|purge`."""

import sys

from config import embedded
from config.embedded.server import recall


def status() -> None:
    """Say of each server where it lies and whether it listens."""
    for name in ("postgres", "valkey"):
        server = recall(name)
        if server is None:
            print(f"{name}: chưa từng chạy")
        else:
            state = "đang chạy" if server.listens else "không chạy"
            print(f"{name}: {state}, 127.0.0.1:{server.port}, {server.home}")


def start() -> None:
    """Start what does not run, and print the two addresses as shell variables."""
    print(f"DATABASE_URL={embedded.postgres_url()}")
    print(f"REDIS_URL={embedded.redis_url()}")


COMMANDS = {"start": start, "status": status, "stop": embedded.stop, "purge": embedded.purge}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004 - the program and one word
        sys.exit(f"python -m config.embedded {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()
