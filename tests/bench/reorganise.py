"""The reorganisation of July 2025 at full size, in a process of its own, while this one reads pages.

398 communes with 12,000 branches, 430,000 meetings behind them and 24,000 ahead, attendees for half of the
branches and every commune, 3,000 open recommendations. The floor of the run is the bare SQL that writes the
same rows; the floor of the pages are the same pages before it.
"""

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from reports.rollups import refresh
from roster.actions import reorganisations
from roster.actions.shipped_units import DATA
from roster.models import Reorganisation, Unit, User
from roster.states import Role
from tests import factories
from tests.bench.measure import Figure, seconds
from tests.journeys.communes_of_2025 import CHANGES, DAY, FIRST, mapping_of_splits, three_years
from tests.processes import ROOT, environment

EACH, ROUNDS = 30, 3
UNTIL = date(2025, 8, 31)
PAGES: Final = (
    "/",
    "/roster/",
    "/roster/?kind=branch",
    "/roster/reorganisations/",
    "/assignments/",
    "/meetings/?month=2025-06",
    "/reports/",
    "/reports/recommendations/",
    "/reports/summaries/",
    "/dashboard/?month=2025-06",
)
PEOPLE = """
WITH people AS (
    INSERT INTO roster_official (full_name, name_key, search, title, agency_id, "group", phone, email, note, capacity, is_active)
    SELECT 'Nguyễn Văn ' || n, 'n' || n, 'nguyen van ' || n, '', %(agency)s, '', '', '', '', 4, TRUE
    FROM generate_series(1, 3000) n RETURNING id
), numbered AS (SELECT id, row_number() OVER () AS n FROM people)
INSERT INTO assignments_assignment (decision_id, official_id, unit_id, role, in_force, ended_because, starts_on, ends_on)
SELECT %(decision)s, p.id, u.id, 'main', TRUE, '', '2025-01-01', NULL
FROM (SELECT id, row_number() OVER () AS n FROM roster_unit
      WHERE kind = 'branch' AND id %% 2 = 0 OR kind = 'commune' AND ends_on = '2025-06-30') u
JOIN numbered p ON p.n = u.n %% 3000 + 1
"""
REPORTS = """
WITH filed AS (
    INSERT INTO reports_meetingreport (meeting_id, author_id, form_id, frame_id, status, version, draft, left_over, number,
        idempotency_key, receipt, due_on, chaired_by, pressing_problem, answers, band, is_on_time, submitted_at, first_submitted_at)
    SELECT m.id, a.official_id, f.id, s.id, 'accepted', 1, '{}', '{}', 'BN-' || m.id, '', '', m.report_due_on, '', '', '{}', '',
        TRUE, m.starts_at, m.starts_at
    FROM meetings_meeting m JOIN assignments_assignment a ON a.unit_id = m.unit_id
    CROSS JOIN LATERAL (SELECT id FROM reports_reportform ORDER BY id LIMIT 1) f
    CROSS JOIN LATERAL (SELECT id FROM reports_scoringframe ORDER BY id LIMIT 1) s
    WHERE m.month = '2025-06-01' RETURNING id, meeting_id
)
INSERT INTO reports_recommendation (report_id, unit_id, number, text, proposal, field_id, urgency, status, raised_on,
    authority_id, due_on, set_aside_because, search)
SELECT f.id, m.unit_id, 'KN-' || f.id, 'Nạo vét mương tiêu qua xóm.', '', w.id, 'normal', 'open', m.held_on,
    m.commune_id, '2025-07-30', '', 'nao vet'
FROM filed f JOIN meetings_meeting m ON m.id = f.meeting_id
CROSS JOIN LATERAL (SELECT id FROM reports_field ORDER BY id LIMIT 1) w WHERE f.id %% 2 = 0
"""
# The rows that the run writes, without a question asked.
FLOOR: Final = (
    "UPDATE roster_unit SET path = path || '' WHERE kind = 'branch'",
    "UPDATE roster_unit SET name = name || '', search = search || '', name_key = name_key || '' WHERE kind = 'branch'",
    "UPDATE roster_unitparent SET ends_on = '2025-06-30' WHERE ends_on IS NULL AND starts_on < '2025-06-30'",
    """INSERT INTO roster_unitparent (unit_id, parent_id, starts_on)
    SELECT unit_id, parent_id, '2025-07-01' FROM roster_unitparent WHERE ends_on = '2025-06-30' ON CONFLICT DO NOTHING""",
    "UPDATE meetings_meeting SET commune_id = commune_id, district_id = NULL WHERE held_on >= '2025-07-01'",
    "UPDATE assignments_assignment SET ends_on = '2025-06-30' WHERE unit_id IN (SELECT id FROM roster_unit WHERE kind = 'commune')",
    "UPDATE reports_recommendation SET authority_id = authority_id",
)


def figures() -> Iterator[Figure]:
    """`reorganise`, `reorganise_slowest_page`, `reorganise_undo` (over the same floor)."""
    plant()
    client = Client()
    client.force_login(User.objects.get())
    read_all(client)
    idle = max(read_all(client).values())
    floor = statistics.median(seconds(write_bare) for _ in range(ROUNDS))
    with tempfile.TemporaryDirectory() as folder:
        mapping = Path(folder) / "branches.csv"
        mapping_of_splits(mapping)
        took, slowest = run_beside(client, mapping)
    page = max(slowest, key=lambda path: slowest[path])
    yield Figure("reorganise", took, floor)
    yield Figure(f"reorganise_slowest_page {page}", slowest[page], idle)
    yield Figure("reorganise_undo", seconds(undo), floor)


def plant() -> None:
    three_years(EACH, UNTIL)
    call_command(
        "reorganise",
        str(DATA / "commune_changes_2025_01.csv"),
        f"--effective={FIRST}",
        "--decision=Nghị quyết sắp xếp lần đầu",
        "--commit",
        stdout=io.StringIO(),
    )
    top = Unit.objects.filter(kind="provincial", ends_on=None).get()
    agency = factories.agency(top)
    decision = factories.DecisionFactory(issuer=top)
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, {"agency": agency.pk, "decision": decision.pk})
        cursor.execute(REPORTS.replace("%%", "%"))
        cursor.execute(
            "INSERT INTO reports_dirtymark (unit_id, month, at)"
            " SELECT id, '2025-06-01', now() FROM roster_unit WHERE kind = 'commune' AND ends_on = '2025-06-30'"
        )
        cursor.execute("VACUUM ANALYZE")
    refresh.refresh_all(timezone.now())
    factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=top, username="chuyen.vien")


def write_bare() -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in FLOOR:
                cursor.execute(statement)
        transaction.set_rollback(True)


def run_beside(client: Client, mapping: Path) -> tuple[float, dict[str, float]]:
    """How long the command takes, and how long each page at most while it runs."""
    options = [f"--branches={mapping}", f"--effective={DAY}", "--decision=Nghị quyết 7/2025", "--commit"]  # fmt: skip
    command = [sys.executable, str(ROOT / "manage.py"), "reorganise", str(CHANGES), *options]
    slowest: dict[str, float] = {}
    began = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL
    ) as run:
        while run.poll() is None:
            for path, took in read_all(client).items():
                slowest[path] = max(took, slowest.get(path, 0))
        took = time.perf_counter() - began
    if run.returncode:
        raise RuntimeError("the reorganisation did not succeed")
    return took, slowest


def undo() -> None:
    reorganisation = Reorganisation.objects.get(effective_on=DAY, done_at__isnull=False)
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())


def read_all(client: Client) -> dict[str, float]:
    return {path: seconds(lambda path=path: read(client, path)) for path in PAGES}


def read(client: Client, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")
