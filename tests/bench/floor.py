"""The program's addresses, and two bare views: behind the same sign-in they write the same rows through psycopg2, no more."""

import json
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from psycopg2.extras import execute_values

COUNTS = ("member_count", "obliged_count", "present_count", "excused_count", "unexcused_count")
ROW = """
    SELECT r.id, r.author_id, m.unit_id, m.commune_id, m.month, m.held_on FROM reports_meetingreport r
    JOIN meetings_meeting m ON m.id = r.meeting_id WHERE m.id = %s
"""
REPORT = f"""
    UPDATE reports_meetingreport SET status = 'submitted', began_at = %s, ended_at = %s, chaired_by = %s,
        {" = %s, ".join(COUNTS)} = %s, opinion_count = %s, pressing_problem = %s, pressing_field_id = %s, answers = %s,
        attendee_points = 91, band = 'Tốt', idempotency_key = %s, submitted_at = %s, first_submitted_at = %s,
        is_on_time = true, receipt = %s, version = version + 1, draft = '{{}}', left_over = '{{}}', number = %s
    WHERE id = %s AND status = 'draft'
"""  # noqa: S608 - the names are ours
SCORES = (
    "INSERT INTO reports_score (report_id, scored_by, criterion_id, points, max_points) VALUES %s"
)
CRITERIA = "SELECT c.id FROM reports_criterion c JOIN reports_meetingreport r ON r.frame_id = c.frame_id WHERE r.id = %s ORDER BY c.number"
MOOD = "INSERT INTO reports_mood (report_id, field_id, tone, text) VALUES (%s, %s, 'concerned', %s)"
VERSION = "INSERT INTO reports_reportversion (report_id, number, content, submitted_at, by_id) VALUES (%s, 1, %s, %s, %s)"
HELD = "UPDATE meetings_meeting SET status = 'held' WHERE id = %s AND status = 'planned'"
ATTENDED = "INSERT INTO meetings_attendance (meeting_id, official_id, status, reason, changed_at) VALUES (%s, %s, 'attended', '', %s)"
WITHDRAWN = "UPDATE notices_notice SET status = 'withdrawn' WHERE status IN ('waiting', 'claimed') AND occasion = ANY(%s)"
DIRTY = "INSERT INTO reports_dirtymark (unit_id, month, at) VALUES %s"
EVENTS = "INSERT INTO roster_event (at, by_id, verb, target_type, target_id, target_label, detail) VALUES %s"
NUMBER = """
    INSERT INTO reports_reportnumber (series, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (series, year) DO UPDATE SET last = reports_reportnumber.last + 1 RETURNING last
"""
RECOMMENDATION = """
    INSERT INTO reports_recommendation (number, text, proposal, urgency, status, raised_on, set_aside_because, search, field_id, report_id, unit_id)
    VALUES (%s, %s, %s, 'soon', 'received', %s, '', %s, %s, %s, %s)
"""
DRAFT = "UPDATE reports_meetingreport SET draft = %s, draft_saved_at = %s, version = version + 1 WHERE meeting_id = %s"


@csrf_exempt
def bare_submit(request: HttpRequest, pk: int) -> HttpResponse:
    typed, by, now = request.POST, request.user.pk, timezone.now()
    with transaction.atomic(), connection.connection.cursor() as do:
        do.execute(ROW, [pk])
        row = do.fetchone()
        write_report(do, row, typed, now)
        report, author, unit, commune, month, held_on = row
        do.execute(VERSION, [report, json.dumps(dict(typed)), now, by])
        do.execute(HELD, [pk])
        do.execute(ATTENDED, [pk, author, now])
        do.execute(
            WITHDRAWN, [[f"meeting:{pk}:{step}" for step in ("evening", "due", "late", "later")]]
        )
        execute_values(do, DIRTY, [(commune, month, now)] * 2)
        events = [
            (now, by, verb, "meetings.meeting", pk, "Chi bộ", "{}")
            for verb in ("held", "attended", "submitted")
        ]
        execute_values(do, EVENTS, events)
        do.execute(NUMBER, ["KN", now.year])
        asked = [typed[f"recommendations-0-{name}"] for name in ("text", "proposal")]
        number = f"KN-{now.year}-{do.fetchone()[0]:06}"
        do.execute(
            RECOMMENDATION,
            [number, *asked, held_on, " ".join(asked), typed["moods-0-field"], report, unit],
        )
    return HttpResponse(number)


def write_report(do: Any, row: tuple[Any, ...], typed: Any, now: datetime) -> None:
    report = row[0]
    do.execute(CRITERIA, [report])
    criteria = [key for (key,) in do.fetchall()]
    execute_values(
        do,
        SCORES,
        [
            (report, "attendee", key, typed[f"score-attendee-{n}"], 40)
            for n, key in enumerate(criteria, 1)
        ],
    )
    do.execute(MOOD, [report, typed["moods-0-field"], typed["moods-0-text"]])
    do.execute(NUMBER, ["BN", now.year])
    number = f"BN-{now.year}-{do.fetchone()[0]:06}"
    first = [
        typed[name]
        for name in (
            "began_at",
            "ended_at",
            "chaired_by",
            *COUNTS,
            "opinion_count",
            "pressing_problem",
            "pressing_field",
        )
    ]
    answers = json.dumps(
        {
            name: typed[name]
            for name in (
                "results",
                "conveyed",
                "openness",
                "agenda",
                "committee_met",
                "documents_sent",
            )
        }
    )
    do.execute(
        REPORT, [*first, answers, typed["idempotency_key"], now, now, "0" * 64, number, report]
    )


@csrf_exempt
def bare_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    draft = json.dumps(dict(request.POST) | {"by": request.user.pk})
    connection.ensure_connection()
    with connection.connection.cursor() as do:
        do.execute(DRAFT, [draft, timezone.now(), pk])
    return HttpResponse("{}")


urlpatterns = [
    path("floor/submit/<int:pk>/", bare_submit),
    path("floor/autosave/<int:pk>/", bare_autosave),
    path("", include("config.urls")),
]
