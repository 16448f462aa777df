"""PostgreSQL and Valkey from wheels, for development, demo and tests only; never in production.

`postgres_url()` and `redis_url()` give the address of the running server and start it first where
needed; `python -m config.embedded start|status|stop|purge` does the same by hand. What must be
remembered (place, port, password) lies in `.run/`, so a second start finds the first.
"""

from config.embedded import postgres, valkey
from config.embedded.server import locked


def postgres_url() -> str:
    """The URL of the embedded PostgreSQL, running."""
    return postgres.url(postgres.running())


def redis_url() -> str:
    """The URL of the embedded Valkey, running."""
    return valkey.url(valkey.running())


def stop() -> None:
    """End both servers; what they hold stays for the next start."""
    with locked():
        postgres.stop()
        valkey.stop()


def purge() -> None:
    """End both servers and throw away what they hold."""
    with locked():
        for kind in (postgres, valkey):
            kind.stop()
            kind.purge()
