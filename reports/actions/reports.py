"""A report's life: opened, saved as it is typed, submitted, accepted, or returned with remarks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from assignments.attendees import Going
from config.lib.appending import append
from config.lib.errors import Conflict, Refused, refuse_if
from config.lib.status import change_status, lock_status
from meetings.actions.attendance import note_attended
from meetings.actions.calendar import hold_meeting
from meetings.models import Meeting
from notices import actions as notices
from reports.actions import filing
from reports.actions.drafts import draft_of, prefilled, texts_in
from reports.actions.moving import move_to_form
from reports.actions.numbers import RECOMMENDATIONS, REPORTS, take_numbers
from reports.models import MeetingReport, Remark, ReportForm, ReportVersion, ScoringFrame
from reports.occasions import deadline_occasions
from reports.querysets import FILED
from reports.rollups.marks import MARKS, mark_dirty
from reports.rules import reports as rules
from reports.states import ReportStatus
from roster import audit
from roster.models import User

MOST_SECONDS: Final = 31 * 24 * 3600


def open_report(
    meeting: Meeting, *, by: User, known: MeetingReport | None = None, goer: Going | None = None
) -> MeetingReport:
    """The one report of the meeting: begun by the first attendee who opens it, gone on with by the others.

    `known` is that report and `goer` as whom one goes there, if who asks has them already.
    """
    refuse_if(rules.why_not_begun(meeting, timezone.localdate()))
    goer = goer or rules.goer_of(meeting, by)
    if goer is None:
        refuse_if(rules.why_not_author(meeting, by))  # lets only who types in from paper pass
        return gone_on_with(MeetingReport.objects.get(meeting=meeting, typed_by=by), by=by)
    return gone_on_with(known, by=by) if known else begin_report(meeting, goer, by=by)


def begin_report(meeting: Meeting, goer: Going, *, by: User) -> MeetingReport:
    """The meeting's report; if there is none yet, a draft in the name of `goer`."""
    if report := MeetingReport.objects.to_write(meeting.pk):
        return gone_on_with(report, by=by)
    return new_report(meeting, goer, by=by)


@transaction.atomic
def new_report(meeting: Meeting, goer: Going, *, by: User) -> MeetingReport:
    report, is_new = MeetingReport.objects.get_or_create(
        meeting=meeting,
        defaults={
            "author_id": goer.official_id,
            "in_place_of_id": goer.in_place_of_id,
            "form": ReportForm.objects.on(meeting.held_on).get(),
            "frame": ScoringFrame.objects.on(meeting.held_on).get(),
            "due_on": meeting.report_due_on,
            "draft": prefilled(meeting),
        },
    )
    if is_new:
        audit.record("opened", report, by=by)
    return report


def gone_on_with(report: MeetingReport, *, by: User) -> MeetingReport:
    """A draft that was begun before, in the form of its meeting's day."""
    if report.status == ReportStatus.DRAFT:
        day = report.meeting.held_on
        form = report.form if report.form.is_on(day) else ReportForm.objects.on(day).get()
        move_to_form(report, form, by=by)
    return report


def save_draft(
    report: MeetingReport, fields: Mapping[str, Any], version: int, *, by: User
) -> MeetingReport:
    """Keep what was typed. `version` is the one the page was loaded or last saved with.

    Conflict when another page saved in between, or the report was filed: the old version and
    status are in the UPDATE's WHERE, so nothing is overwritten unseen. A page (`fields["page"]`)
    does not disturb itself: over a bad line its save may arrive and the answer be lost.
    """
    now = timezone.now()
    refuse_if(rules.why_not_write(report, by, timezone.localdate(now)))
    refuse_if(rules.why_not_keep_draft(texts_in(fields)))
    changes = {"draft": dict(fields), "draft_saved_at": now, "version": F("version") + 1}
    rows = MeetingReport.objects.filter(pk=report.pk, status__in=rules.OPEN_TO_AUTHOR)
    page = fields.get("page")
    if rows.filter(version=version).update(**changes):
        report.draft, report.draft_saved_at, report.version = dict(fields), now, version + 1
    elif page and rows.filter(version__gt=version, draft__page=page).update(**changes):
        report.refresh_from_db(fields=["draft", "draft_saved_at", "version"])
    else:
        raise Conflict("Bản nháp này vừa được lưu từ một trang khác.")
    return report


def submit_report(
    report: MeetingReport,
    cleaned: filing.Cleaned,
    idempotency_key: str,
    *,
    by: User,
    now: datetime,
    seconds: int | None = None,
) -> MeetingReport:
    """File the report at the desk; see filing.py for `cleaned`. `seconds` is how long the device saw it written.

    Submitted twice, from two tabs or over a bad line, it is filed once: whoever comes second
    gets the report that was filed, with the same number and receipt.
    """
    if is_repeated(report, idempotency_key):
        refuse_if(rules.why_not_author(report.meeting, by))
        return report
    try:
        with transaction.atomic():
            file_report(report, cleaned, idempotency_key, by=by, now=now, seconds=seconds)
    except Conflict:
        report = MeetingReport.objects.select_related("meeting__unit").get(pk=report.pk)
        if not is_repeated(report, idempotency_key):
            raise
    return report


def is_repeated(report: MeetingReport, idempotency_key: str) -> bool:
    return report.status in FILED or report.idempotency_key == idempotency_key


def file_report(
    report: MeetingReport,
    cleaned: filing.Cleaned,
    key: str,
    *,
    by: User,
    now: datetime,
    seconds: int | None,
) -> None:
    """What it says, what that says of its reminders and its meeting, and at last its number: the counters stay locked
    until the end of the transaction.
    """
    goer = rules.goer_of(report.meeting, by)
    refuse_if(rules.why_not_submit_now(report, now))
    if goer is None:
        refuse_if(rules.why_not_author(report.meeting, by))
    lock_status(report)
    content = filing.content_of(report, cleaned)  # once locked, no file comes or goes
    with audit.EVENTS.together(), MARKS.together():
        keep_version(report, content, by=by, now=now)
        sheets = filing.write_parts(report, cleaned)
        sign(report, goer, by)
        withdraw_reminders(report)
        hold_meeting(report.meeting, by=by, now=now)
        note_attended(report.meeting, report.author, by=by)
        if report.number:  # else noting that he or she came has marked it
            mark_dirty(report.meeting)
        facts = {
            **filing.columns_of(cleaned),
            **filing.points_of(report, sheets),
            **first_moment(report, now, seconds),
            "answers": filing.answers_of(report, cleaned),
            "idempotency_key": key,
            "submitted_at": now,
            "receipt": filing.receipt_of(content),
        }
        number_and_file(report, cleaned.get("recommendations", ()), facts, now=now)
        audit.record("submitted", report, by=by, receipt=report.receipt)


def believed(seconds: int | None) -> int | None:
    """How long the first submission was written; nobody writes longer than a month."""
    return None if seconds is None else min(seconds, MOST_SECONDS)


def first_moment(report: MeetingReport, now: datetime, seconds: int | None) -> dict[str, Any]:
    """Decided by the first submission; a return does not make a punctual report late (R20)."""
    if report.first_submitted_at:
        return {}
    is_on_time = timezone.localdate(now) <= report.meeting.late_after
    return {
        "first_submitted_at": now,
        "writing_seconds": believed(seconds),
        "is_on_time": is_on_time,
    }


def sign(report: MeetingReport, goer: Going | None, by: User) -> None:
    """Who files it, and in whose place: of two attendees the one who presses the button.

    Who types in from paper files it for its author.
    """
    if goer is None:
        report.typed_by = by
    else:
        report.author_id, report.in_place_of_id = goer.official_id, goer.in_place_of_id
        report.typed_by = None


def keep_version(
    report: MeetingReport, content: Mapping[str, Any], *, by: User, now: datetime
) -> None:
    number = report.versions.count() + 1 if report.number else 1
    version = ReportVersion(report=report, number=number, content=content, submitted_at=now, by=by)
    append([version])


def withdraw_reminders(report: MeetingReport) -> None:
    meeting = report.meeting
    notices.withdraw(deadline_occasions(meeting, report.due_on))


def number_and_file(
    report: MeetingReport,
    rows: Iterable[Mapping[str, Any]],
    facts: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    new = filing.update_recommendations(report, list(rows)) if report.number else list(rows)
    asked = {REPORTS: 0 if report.number else 1, RECOMMENDATIONS: len(new)}
    taken = take_numbers(timezone.localdate(now).year, asked)
    change_status(
        report,
        ReportStatus.SUBMITTED,
        **facts,
        number=report.number or taken[REPORTS][0],
        author_id=report.author_id,
        in_place_of_id=report.in_place_of_id,
        typed_by_id=report.typed_by_id,
        version=report.version + 1,
        draft={},
        left_over={},
    )
    if new:
        filing.add_recommendations(report, new, taken[RECOMMENDATIONS])


@transaction.atomic
def accept_report(report: MeetingReport, *, by: User) -> None:
    """The desk receives the report; from now on it does not change."""
    refuse_if(rules.why_not_accept(report, by))
    change_status(report, ReportStatus.ACCEPTED, accepted_at=timezone.now(), accepted_by=by)
    mark_dirty(report.meeting)
    audit.record("accepted", report, by=by)
    tell_author("reports.accepted", report, occasion=f"report:{report.pk}:accepted")


@transaction.atomic
def accept_reports(reports: Iterable[MeetingReport], *, by: User) -> int:
    """Receive several at once, all or none; those with gaps are read one by one."""
    count = 0
    for report in reports:
        if found := rules.gaps(report):
            raise Refused(
                f"Báo cáo {report.number} cần đọc kỹ: {found[0].lower()}. Mở ra xem rồi tiếp nhận."
            )
        accept_report(report, by=by)
        count += 1
    return count


@transaction.atomic
def return_report(
    report: MeetingReport, remarks: Mapping[str, str], *, due_on: date, by: User
) -> None:
    """Send the same record back with `remarks` by field key ("" for the whole) and a new due date (R18)."""
    refuse_if(rules.why_not_return(report, by))
    if not remarks or due_on < timezone.localdate():
        raise Refused("Ghi ít nhất một ý kiến và chọn hạn mới từ hôm nay trở đi.")
    submission = report.versions.count()
    change_status(
        report,
        ReportStatus.RETURNED,
        due_on=due_on,
        draft=draft_of(report),
        version=report.version + 1,
    )
    Remark.objects.bulk_create(
        Remark(report=report, field=field, text=text, submission=submission, by=by)
        for field, text in remarks.items()
    )
    mark_dirty(report.meeting)
    event = audit.record("returned", report, by=by, due_on=due_on.isoformat())
    said = [{"field": label_of(report, key), "text": text} for key, text in remarks.items()]
    tell_author("reports.returned", report, occasion=f"report:{report.pk}:{event.pk}", remarks=said)


def label_of(report: MeetingReport, key: str) -> str:
    fields = [field for section in report.form.definition for field in section["fields"]]
    named = {part["key"]: part["label"] for part in fields}
    sections = {section["key"]: section["title"] for section in report.form.definition}
    return str(named.get(key) or sections.get(key, "Cả báo cáo"))


def tell_author(kind: str, report: MeetingReport, *, occasion: str, **more: Any) -> None:
    """A message to the author's account, if there is one; the desk still has the phone."""
    user = User.objects.filter(official=report.author_id, is_active=True).first()
    if user is None:
        return
    facts = {
        "number": report.number,
        "unit": report.meeting.unit.name,
        "held_on": f"{report.meeting.held_on:%d/%m/%Y}",
        "due_on": f"{report.due_on:%d/%m/%Y}",
        "url": report_url(report),
        **more,
    }
    notices.owe(kind, to=user, occasion=occasion, facts=facts)


def report_url(report: MeetingReport) -> str:
    """Where the author goes on: the form of a returned report, the report itself otherwise."""
    if report.status == ReportStatus.RETURNED:
        return reverse("reports:report_edit", args=[report.meeting_id])
    return report.get_absolute_url()
