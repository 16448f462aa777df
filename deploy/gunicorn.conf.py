"""gunicorn behind nginx: sync workers, because gthread with keep-alive can pile connections on one."""

import gc
import multiprocessing
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", str(2 * multiprocessing.cpu_count() + 1)))
worker_class = "sync"
timeout = 60
graceful_timeout = 30
max_requests = 5000  # a slow leak ends with the worker
max_requests_jitter = 500
accesslog = "-"
control_socket_disable = True  # it would want a home directory
forwarded_allow_ips = os.environ.get("PROXY_ADDRESSES", "127.0.0.1")


def post_worker_init(worker: object) -> None:
    """What is loaded once stays for good: the collector need not go through it again and again.

    And it comes once in a request or two, not dozens of times: a request leaves few cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
