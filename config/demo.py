"""`make demo`: the whole program on one machine, with demo data; `python -m config.demo stop` ends it.

Runs web, worker, beat, a mail server that keeps what it gets in `.run/mail/`, and a Zalo and SMS
gateway that does the same in `.run/phones/`. PostgreSQL and
Valkey are the embedded ones unless DATABASE_URL and REDIS_URL name others.
"""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / ".run"
LOCK = RUN / "demo.lock"
PROGRAMS = Path(sys.executable).parent
SECONDS_TO_END = 15
PHONES = 1026
IS_EMPTY = (
    "from django.contrib.auth import get_user_model as m; raise SystemExit(m().objects.exists())"
)


def main() -> None:
    """Prepare the database, say who can sign in, and run until Ctrl-C or `make stop`."""
    RUN.mkdir(mode=0o700, exist_ok=True)
    port = int(os.environ.get("PORT", "8000"))
    with LOCK.open("a+") as lock:
        claim(lock.fileno(), port)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        prepare()
        print(f"\nMở http://127.0.0.1:{port} (dừng bằng Ctrl-C hoặc make stop)\n", flush=True)
        sys.exit(run(port))


def claim(lock: int, port: int) -> None:
    """One demo in a checkout, on a port that is free; otherwise end with a sentence."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("Bản chạy thử đang chạy rồi. Dừng nó bằng: make stop")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Cổng {port} đang có chương trình khác dùng. Chọn cổng khác: make demo PORT=8001"
            )


def prepare() -> None:
    """Bring the database up to date; fill it only when nobody is in it yet."""
    manage("migrate", "--no-input", "--verbosity=0")
    if manage("shell", "--no-imports", "--command", IS_EMPTY, check=False) == 0:
        print("Lần đầu: nạp dữ liệu chạy thử, mất khoảng một phút", flush=True)
        manage("seed_demo", "--scale=small")
    else:
        manage("seed_demo", "--accounts")


def manage(*words: str, check: bool = True) -> int:
    return subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=check).returncode


def run(port: int) -> int:
    """Web, worker, beat and mail side by side; when one ends, all end."""
    address = f"127.0.0.1:{port}"
    mail = os.environ.get("EMAIL_PORT", "1025")
    celery = f"'{PROGRAMS}/celery' -A config --quiet"
    commands = {
        "web": f"'{PROGRAMS}/gunicorn' config.wsgi --workers 2 --bind {address} --no-control-socket",
        "worker": f"{celery} worker --concurrency 2 --loglevel WARNING",
        "beat": f"{celery} beat --loglevel WARNING",
        "mail": f"'{sys.executable}' -m config.smtp_sink --port {mail} --into '{RUN}/mail'",
        "phones": f"'{sys.executable}' -m config.gateway_sink --port {PHONES} --into '{RUN}/phones'",
    }
    environment = {
        **os.environ,
        "SITE_URL": os.environ.get("SITE_URL", f"http://{address}"),
        "NOTICE_CHANNELS": os.environ.get("NOTICE_CHANNELS", "in_app,email,zalo"),
        "PYTHONWARNINGS": "ignore:You're running the worker",  # as root, which is fine for a trial
    }
    manager = Manager()
    for name, command in commands.items():
        manager.add_process(name, f"exec {command}", env=environment, cwd=str(ROOT))
    manager.loop()
    told_to_end = {128 + signal.SIGINT, 128 + signal.SIGTERM}
    return 0 if manager.returncode in told_to_end else int(manager.returncode or 0)


def stop() -> None:
    """End the running demo; nothing to do when there is none."""
    if not LOCK.exists():
        return
    with LOCK.open() as lock, suppress(ProcessLookupError):
        deadline = time.monotonic() + SECONDS_TO_END
        told = False
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            if not told:  # the lock is held, so this number is the demo's and nobody else's
                os.kill(int(lock.read()), signal.SIGTERM)
                told = True
            time.sleep(0.1)
    sys.exit("Bản chạy thử chưa dừng; xem các tiến trình gunicorn và celery.")


if __name__ == "__main__":
    if sys.argv[1:] == ["stop"]:
        stop()
    else:
        main()
