"""The large scales in SQL: one statement for any number of rows. `dice` is deterministic in its seed."""

from typing import Final

PREPARE: Final = """
CREATE FUNCTION pg_temp.dice(a bigint, b bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS
$$ SELECT ((hashint8extended(a, b) & 9223372036854775807) % 1000)::integer $$;
CREATE TEMP TABLE demo_branch_name (n integer PRIMARY KEY, name text, search text, name_key text);
CREATE TEMP TABLE demo_person (n integer PRIMARY KEY, name text, search text, name_key text);
CREATE TEMP TABLE demo_matter (
    n integer PRIMARY KEY, field_id bigint, problem text, resolved text, ask text, proposal text,
    agency integer, answer text, outcome text, urgency text, search text);
CREATE TEMP TABLE demo_commune (n serial PRIMARY KEY, id bigint, path text, province_id bigint);
CREATE TEMP TABLE demo_agency (n integer, province_id bigint, id bigint, PRIMARY KEY (province_id, n));
CREATE TEMP TABLE demo_branch (
    g integer PRIMARY KEY, id bigint, commune_id bigint, province_id bigint, nth bigint);
CREATE TEMP TABLE demo_official (province_id bigint, nth bigint, id bigint, PRIMARY KEY (province_id, nth));
"""

# g runs over the communes in turn, so that each has as many branches as the others.
BRANCHES: Final = """
WITH numbered AS (
    SELECT g, c.id AS commune_id, c.path, c.province_id, g / %(communes)s + 1 AS k,
           nextval(pg_get_serial_sequence('roster_unit', 'id')) AS id
    FROM generate_series(0, %(branches)s - 1) g JOIN demo_commune c ON c.n = g %% %(communes)s + 1
), written AS (
    INSERT INTO roster_unit (id, starts_on, kind, code, name, name_key, search, branch_type, member_count, note, path)
    SELECT id, %(first)s, 'branch', '', b.name, b.name_key, b.search, 'residential', 24 + pg_temp.dice(g, 1) %% 40, '',
           path || id || '/'
    FROM numbered JOIN demo_branch_name b ON b.n = k
), below AS (
    INSERT INTO roster_unitparent (starts_on, parent_id, unit_id) SELECT %(first)s, commune_id, id FROM numbered
)
INSERT INTO demo_branch
SELECT g, id, commune_id, province_id, row_number() OVER (PARTITION BY province_id ORDER BY g) - 1 FROM numbered
"""
RULES: Final = """
INSERT INTO roster_meetingrule (starts_on, kind, day, time, place, unit_id)
SELECT %(first)s, 'regular',
       CASE WHEN pg_temp.dice(g, 2) < 450 THEN 3 ELSE 1 + pg_temp.dice(g, 3) %% 25 END,
       (ARRAY['19:30', '19:30', '20:00', '14:00', '08:00']::time[])[1 + pg_temp.dice(g, 4) %% 5], 'Nhà văn hóa', id
FROM demo_branch
"""
CONTACTS: Final = """
INSERT INTO roster_contact (starts_on, role, name, phone, email, unit_id)
SELECT %(first)s, 'secretary', p.name, '+8491' || lpad((g %% 10000000)::text, 7, '0'), '', b.id
FROM demo_branch b JOIN demo_person p ON p.n = (b.g::bigint * 7919) %% %(people)s
"""
OFFICIALS: Final = """
WITH numbered AS (
    SELECT province_id, nth, nextval(pg_get_serial_sequence('roster_official', 'id')) AS id
    FROM (SELECT province_id, generate_series(0, (count(*) - 1) / 2) AS nth FROM demo_branch GROUP BY 1) o
), written AS (
    INSERT INTO roster_official (
        id, full_name, name_key, search, birth_year, title, "group", phone, email, note, capacity, is_active, agency_id)
    SELECT n.id, p.name, p.name_key, p.search, 1968 + pg_temp.dice(n.nth, 5) %% 25,
           (ARRAY['Phó Giám đốc', 'Trưởng phòng', 'Phó Trưởng ban', 'Chuyên viên'])[1 + pg_temp.dice(n.nth, 6) %% 4], '',
           '+8498' || lpad((n.nth %% 10000000)::text, 7, '0'), 'can-bo-' || n.id || '@demo.example', '', 2, true, a.id
    FROM numbered n
    JOIN demo_person p ON p.n = (n.nth * 6007 + 11) %% %(people)s
    JOIN demo_agency a ON a.province_id = n.province_id AND a.n = n.nth %% %(agencies)s
)
INSERT INTO demo_official SELECT province_id, nth, id FROM numbered
"""
ATTENDEES: Final = """
INSERT INTO roster_user (
    password, is_superuser, username, email, is_staff, is_active, date_joined, full_name, name_key, search, role, phone,
    official_id)
SELECT '!', false, 'can-bo-' || o.id, o.email, false, true, %(first)s, o.full_name, o.name_key,
       o.search || ' can-bo-' || o.id, 'attendee', o.phone, o.id
FROM roster_official o JOIN demo_official d ON d.id = o.id
"""
# Three in a hundred branches have nobody.
ASSIGNMENTS: Final = """
WITH decided AS (
    INSERT INTO assignments_decision (
        starts_on, kind, number, signed_on, signer, authority, office, subject, basis, status, signed_sha256, issuer_id)
    SELECT DISTINCT %(first)s::date, 'qd', '87-QĐ/TU', %(first)s::date, '', '', '', 'Phân công dự sinh hoạt chi bộ', '', 'issued', '',
           province_id
    FROM demo_branch
    RETURNING id, issuer_id
)
INSERT INTO assignments_assignment (starts_on, role, in_force, ended_because, official_id, unit_id, decision_id)
SELECT %(first)s, 'main', true, '', o.id, b.id, d.id
FROM demo_branch b
JOIN demo_official o ON o.province_id = b.province_id AND o.nth = b.nth / 2
JOIN decided d ON d.issuer_id = b.province_id
WHERE pg_temp.dice(b.g, 7) >= 30
"""
HELD: Final = """
UPDATE meetings_meeting SET
    status = CASE WHEN pg_temp.dice(id, 8) < 15 THEN 'cancelled' ELSE 'held' END,
    reason = CASE WHEN pg_temp.dice(id, 8) < 15 THEN 'Ghép với hội nghị của đảng bộ xã' ELSE '' END
WHERE month = %(month)s AND starts_at < %(now)s AND pg_temp.dice(id, 9) >= 40
"""
# 86 % on time, 8 % late, the rest never; the newest lie at the desk, some returned.
REPORTS: Final = """
INSERT INTO reports_meetingreport (
    status, version, draft, number, idempotency_key, first_submitted_at, submitted_at, receipt, due_on, accepted_at,
    accepted_by_id, is_on_time, began_at, ended_at, chaired_by, member_count, obliged_count, present_count, excused_count,
    unexcused_count, opinion_count, pressing_problem, pressing_field_id, answers, attendee_points, branch_points, band,
    author_id, meeting_id, form_id, frame_id)
SELECT CASE WHEN f.at > %(recent)s AND dice < 600 THEN CASE WHEN dice < 80 THEN 'returned' ELSE 'submitted' END
            ELSE 'accepted' END,
       1, '{}', 'BN-' || to_char(f.at, 'YYYY') || '-' || lpad((%(reports)s + row_number() OVER (ORDER BY m.id))::text, 7, '0'),
       'demo-' || m.id, f.at, f.at, md5(m.id::text) || md5(f.at::text), m.report_due_on,
       CASE WHEN f.at > %(recent)s AND dice < 600 THEN NULL ELSE f.at + interval '1 day' END,
       CASE WHEN f.at > %(recent)s AND dice < 600 THEN NULL ELSE %(desk)s END, f.days < 6,
       '19:30', '21:05', 'Bí thư chi bộ', u.member_count, u.member_count - 2, u.member_count - 4 - dice %% 4, 1 + dice %% 4, 1,
       4 + dice %% 9, t.problem, t.field_id,
       jsonb_build_object('results', 'Hoàn thành các việc kỳ trước đã giao.', 'conveyed', 'Thông tin của tỉnh trong tháng.',
           'committee_met', 'yes', 'documents_sent', 'day_before', 'openness', 'open', 'agenda', '["news", "results"]'::jsonb,
           'pressing_resolution', t.resolved),
       p.points, least(p.points + 3, 100), CASE WHEN p.points >= 90 THEN 'Tốt' WHEN p.points >= 70 THEN 'Khá'
           WHEN p.points >= 50 THEN 'Trung bình' ELSE 'Kém' END,
       a.official_id, m.id, form.id, frame.id
FROM meetings_meeting m
JOIN assignments_assignment a ON a.unit_id = m.unit_id AND a.in_force AND a.role = 'main'
JOIN roster_unit u ON u.id = m.unit_id
JOIN reports_reportform form ON form.starts_on <= m.held_on AND COALESCE(form.ends_on, 'infinity') >= m.held_on
JOIN reports_scoringframe frame ON frame.starts_on <= m.held_on AND COALESCE(frame.ends_on, 'infinity') >= m.held_on
CROSS JOIN LATERAL (SELECT pg_temp.dice(m.id, 10) AS dice) d
CROSS JOIN LATERAL (SELECT CASE WHEN dice < 80 THEN 6 + dice %% 4 ELSE dice %% 5 END AS days) g
CROSS JOIN LATERAL (SELECT m.starts_at + g.days * interval '1 day' + interval '3 hours' AS at, g.days) f
CROSS JOIN LATERAL (SELECT 62 + pg_temp.dice(m.id, 11) %% 37 AS points) p
JOIN demo_matter t ON t.n = pg_temp.dice(m.id, 12) %% %(matters)s
WHERE m.month = %(month)s AND m.status = 'held' AND dice < 940 AND f.at < %(now)s
"""
ATTENDED: Final = """
INSERT INTO meetings_attendance (status, reason, changed_at, official_id, meeting_id)
SELECT 'attended', '', r.submitted_at, r.author_id, r.meeting_id
FROM reports_meetingreport r JOIN meetings_meeting m ON m.id = r.meeting_id WHERE m.month = %(month)s
"""
# Four reports in ten ask for something. What is old is closed, what is new is on its way.
RECOMMENDATIONS: Final = """
INSERT INTO reports_recommendation (
    number, text, proposal, urgency, status, raised_on, forwarded_on, due_on, answered_at, closed_at, set_aside_because,
    search, authority_id, field_id, report_id, suggested_authority_id, unit_id)
SELECT s.number, t.ask, t.proposal, t.urgency, s.status, s.raised_on,
       CASE WHEN s.status <> 'received' THEN s.raised_on + 2 END, CASE WHEN s.status <> 'received' THEN s.raised_on + 32 END,
       CASE WHEN s.status IN ('answered', 'closed') THEN s.raised_on + 20 + time '09:00' END,
       CASE WHEN s.status = 'closed' THEN s.raised_on + 33 + time '21:00' END, '',
       lower(s.number) || t.search, CASE WHEN s.status <> 'received' THEN g.id END, t.field_id, s.report_id, g.id, s.unit_id
FROM (
    SELECT r.id AS report_id, m.unit_id, m.province_id, (r.first_submitted_at AT TIME ZONE %(zone)s)::date AS raised_on,
           'KN-' || to_char(r.first_submitted_at, 'YYYY') || '-'
               || lpad((%(recommendations)s + row_number() OVER (ORDER BY r.id))::text, 7, '0') AS number,
           CASE WHEN r.first_submitted_at > %(recent)s THEN CASE WHEN pg_temp.dice(r.id, 13) < 400 THEN 'received' ELSE 'open' END
                WHEN pg_temp.dice(r.id, 14) < 60 THEN 'open'
                WHEN r.first_submitted_at > %(lately)s THEN 'answered' ELSE 'closed' END AS status
    FROM reports_meetingreport r JOIN meetings_meeting m ON m.id = r.meeting_id
    WHERE m.month = %(month)s AND pg_temp.dice(r.id, 15) < 400
) s
JOIN demo_matter t ON t.n = pg_temp.dice(s.report_id, 16) %% %(matters)s
JOIN demo_agency g ON g.province_id = s.province_id AND g.n = t.agency
"""
HOPS: Final = """
INSERT INTO reports_hop (note, due_on, at, authority_id, by_id, recommendation_id)
SELECT '', c.due_on, c.forwarded_on + time '09:00', c.authority_id, %(desk)s, c.id
FROM reports_recommendation c WHERE c.status <> 'received'
"""
ANSWERS: Final = """
INSERT INTO reports_answer (outcome, text, settled_by, document_number, at, authority_id, by_id, recommendation_id)
SELECT 'explained', t.answer, NULL, '', c.answered_at, c.authority_id, %(desk)s, c.id
FROM reports_recommendation c JOIN demo_matter t ON t.n = pg_temp.dice(c.report_id, 16) %% %(matters)s
WHERE c.answered_at IS NOT NULL
"""
READ_OUT: Final = """
INSERT INTO reports_readout (is_satisfied, note, at, by_id, meeting_id, recommendation_id)
SELECT true, '', c.closed_at, %(desk)s, m.id, c.id
FROM reports_recommendation c
JOIN meetings_meeting m ON m.unit_id = c.unit_id AND m.kind = 'regular'
    AND m.month = (date_trunc('month', c.raised_on) + interval '1 month')::date
WHERE c.status = 'closed'
"""
PLACES = (BRANCHES, RULES, CONTACTS, OFFICIALS, ATTENDEES, ASSIGNMENTS)
OF_A_MONTH = (HELD, REPORTS, ATTENDED, RECOMMENDATIONS)
AFTERWARDS = (HOPS, ANSWERS, READ_OUT)
