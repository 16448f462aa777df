"""Filing a report and saving its draft at the production server, each beside a bare signed-in view that writes the same rows.

The clients run in threads of this process, a connection for each request, as nginx asks gunicorn's sync workers. Floor and
subject take turns at each number of clients; `…_time` compares the medians of one client.
"""

import http.client
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import connections

from reports.models import MeetingReport, ReportVersion
from reports.states import ReportStatus
from tests.bench.measure import Figure
from tests.processes import Web, web_server
from tests.reports.crowd import Writer, crowd
from tests.reports.posts import filled

ROUNDS = 7
A_ROUND = {1: 10, 16: 32, 64: 64}  # requests by number of clients
WARM = 40
OK = 200
Post = tuple[str, str, dict[str, str]]  # path, body, headers


def submits() -> Iterator[Figure]:
    """`submit_…`: every request files another report."""
    count = WARM + ROUNDS * sum(A_ROUND.values())
    writers = crowd(2 * count)
    bodies = {writer: body_of(writer) for writer in writers}
    floor = iter(
        [(f"/floor/submit/{w.report.meeting_id}/", bodies[w], w.headers) for w in writers[:count]]
    )
    ours = iter([(w.path, bodies[w], w.headers) for w in writers[count:]])
    yield from side_by_side("submit", lambda: next(ours), lambda: next(floor))
    mine = [writer.report.pk for writer in writers[count:]]
    filed = MeetingReport.objects.filter(pk__in=mine, status=ReportStatus.SUBMITTED).count()
    versions = ReportVersion.objects.filter(report__in=mine).count()
    yield Figure("submit_lost", count - filed, 0, "reports")
    yield Figure("submit_doubled", versions - filed, 0, "reports")


def autosaves() -> Iterator[Figure]:
    """`autosave_…`: many writers, each saving again and again, never two at once."""
    most = max(A_ROUND.values())
    writers = crowd(2 * most)
    turns = {"floor": 0, "ours": 0}

    def floor() -> Post:
        turns["floor"] += 1
        writer = writers[turns["floor"] % most]
        return f"/floor/autosave/{writer.report.meeting_id}/", body_of(writer), writer.headers

    def ours() -> Post:
        version, writer = divmod(turns["ours"], most)
        turns["ours"] += 1
        chosen = writers[most + writer]
        return f"{chosen.path}draft/", body_of(chosen, version=str(version)), chosen.headers

    yield from side_by_side("autosave", ours, floor)


def body_of(writer: Writer, **changes: str) -> str:
    key = f"{writer.report.pk:032}"
    return urlencode(
        {**filled(writer.report), "idempotency_key": key, "page": key, **changes}, doseq=True
    )


def side_by_side(
    name: str, ours: Callable[[], Post], floor: Callable[[], Post]
) -> Iterator[Figure]:
    connections.close_all()  # the server has its own
    with tempfile.TemporaryDirectory() as folder:
        told = {"DJANGO_SETTINGS_MODULE": "tests.bench.floor_settings"}
        with web_server(Path(folder), **told) as web:
            for act in (ours, floor):
                ask(web, [act() for _ in range(WARM)], clients=4)
            for clients, count in A_ROUND.items():
                yield from at(web, name, clients, count, {"ours": ours, "floor": floor})


def at(
    web: Web, name: str, clients: int, count: int, acts: dict[str, Callable[[], Post]]
) -> Iterator[Figure]:
    took: dict[str, list[float]] = {which: [] for which in acts}
    rates: dict[str, list[float]] = {which: [] for which in acts}
    for _ in range(ROUNDS):
        for which, act in acts.items():
            posts = [act() for _ in range(count)]
            began = time.perf_counter()
            took[which] += ask(web, posts, clients)
            rates[which].append(count / (time.perf_counter() - began))
    if clients == 1:
        yield Figure(
            f"{name}_time", *(statistics.median(took[which]) for which in ("ours", "floor"))
        )
    rate = (statistics.median(rates[which]) for which in ("ours", "floor"))
    yield Figure(f"{name}_rate_{clients}", *rate, "requests/s")
    slow = (statistics.quantiles(took[which], n=20)[-1] for which in ("ours", "floor"))
    yield Figure(f"{name}_p95_{clients}", *slow)


def ask(web: Web, posts: list[Post], clients: int) -> list[float]:
    """Seconds that each request took."""
    place = urlsplit(web.url).netloc

    def one(post: Post) -> float:
        path, body, headers = post
        began = time.perf_counter()
        line = http.client.HTTPConnection(place, timeout=60)
        line.request(
            "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers}
        )
        answer = line.getresponse()
        said = answer.read()
        line.close()
        assert answer.status == OK, f"{path}: {answer.status} {said[:300]!r}"
        return time.perf_counter() - began

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(one, posts))
