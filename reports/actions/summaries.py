"""A summary's life: built as a draft, approved by the leader, numbered and sent up; then it never changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from config.lib.errors import Conflict, Refused, refuse_if
from config.lib.months import Period
from config.lib.status import change_status
from config.lib.text import fold
from meetings.models import Meeting
from notices import actions as notices
from reports import documents
from reports.documents.bodies import body_of
from reports.facts import Facts, Issue, seal
from reports.models import Summary
from reports.rollups.summary import facts_of
from reports.rules import summaries as rules
from reports.states import SummaryStatus
from roster import audit
from roster.actions import jobs
from roster.actions.files import store_bytes
from roster.actions.numbers import take_number
from roster.file_types import DOCX, PDF, XLSX
from roster.models import Job, Policy, StoredFile, Unit, User
from roster.states import PolicyKey, Role, UnitKind, Units

Tell = Callable[[int, int, str], None]
STEPS = 4


@dataclass(frozen=True)
class Signer:
    """Who signs the paper: `T/M BAN THƯỜNG VỤ`, `BÍ THƯ`, the name."""

    authority: str
    office: str
    name: str


def quietly(done: int, total: int, sentence: str) -> None:
    """For callers without a page that follows."""


def build_summary(
    unit: Unit,
    period: Period,
    units: Units = Units.THEN,
    *,
    by: User | None,
    now: datetime,
    tell: Tell = quietly,
) -> Summary:
    """Count, freeze and render a draft; a draft of the same unit, period and view is replaced.

    Refused once it was approved or sent. The facts are read in one snapshot of the database; what is
    not yet due on the day of building is counted apart.
    """
    refuse_if(rules.why_not_build(unit, period, by, timezone.localdate(now)))
    for summary in kept(unit, period, units):
        refuse_if(rules.why_not_replace(summary))
    tell(0, STEPS, "Đang tính số liệu")
    facts = facts_of(unit, period, now, units)
    contents = render(facts, tell)
    return keep_draft(unit, period, facts, contents, by=by, now=now)


def build_for_job(pk: int) -> None:
    """Build what the job asks for (unit, period, person in its facts), telling its page how far it is."""
    with jobs.running(pk) as job:
        unit = Unit.objects.get(pk=job.facts["unit"])
        period = Period.parse(job.facts["period"])
        units = Units(job.facts.get("units", Units.THEN))
        summary = build_summary(
            unit, period, units, by=job.by, now=timezone.now(), tell=partial(tell_job, job)
        )
        job.result_url = summary.get_absolute_url()


def tell_job(job: Job, done: int, total: int, sentence: str) -> None:
    jobs.advance_job(job, done=done, total=total, sentence=sentence)


def kept(unit: Unit, period: Period, units: Units) -> list[Summary]:
    of_unit = Summary.objects.filter(unit=unit, units=units)
    return list(of_unit.filter(starts_on=period.starts_on, ends_on=period.ends_on))


def render(facts: Facts, tell: Tell = quietly) -> dict[str, bytes]:
    """The three files, from the facts alone."""
    made = {}
    for step, (name, (render_one, _)) in enumerate(FILES.items(), 1):
        tell(step, STEPS, f"Đang dựng tệp {name.upper()}")
        made[name] = render_one(facts)
    return made


FILES: Mapping[str, tuple[Callable[[Facts], bytes], str]] = {
    "docx": (documents.summary_docx, DOCX),
    "pdf": (documents.summary_pdf, PDF),
    "xlsx": (documents.summary_xlsx, XLSX),
}


@transaction.atomic
def keep_draft(
    unit: Unit,
    period: Period,
    facts: Facts,
    contents: Mapping[str, bytes],
    *,
    by: User | None,
    now: datetime,
) -> Summary:
    lock(unit)
    units = Units(facts["units"])
    summary = next(iter(kept(unit, period, units)), None) or Summary(
        unit=unit, starts_on=period.starts_on, ends_on=period.ends_on, units=units
    )
    refuse_if(rules.why_not_replace(summary))
    old = files_of(summary)
    summary.built_at, summary.as_of = now, timezone.localdate(now)
    summary.facts, summary.sha256 = cast("dict[str, Any]", facts), seal(facts, "")
    for name, file in store(summary, contents, by=by).items():
        setattr(summary, name, file)
    summary.save()
    discard(old)
    audit.record("built", summary, by=by, sha256=summary.sha256)
    return summary


def lock(unit: Unit) -> None:
    """Building, approving and sending the summaries of one unit wait for each other."""
    Unit.objects.select_for_update().get(pk=unit.pk)


def store(
    summary: Summary, contents: Mapping[str, bytes], *, by: User | None
) -> dict[str, StoredFile]:
    return {
        name: store_bytes(content, f"{file_stem(summary)}.{name}", FILES[name][1], by=by)
        for name, content in contents.items()
    }


def file_stem(summary: Summary) -> str:
    """`bao-cao-tong-hop-xa-quang-thien-2026-11`"""
    now = "-don-vi-hien-nay" if summary.units == Units.NOW else ""
    return (
        f"bao-cao-tong-hop-{'-'.join(fold(summary.unit.name).split())}-{summary.period.code}{now}"
    )


def files_of(summary: Summary) -> list[StoredFile]:
    return [file for file in (summary.docx, summary.pdf, summary.xlsx) if file]


def discard(files: list[StoredFile]) -> None:
    """Files of a draft that was replaced: the rows now, the bytes once the change is certain."""
    for file in files:
        content = file.content
        file.delete()
        transaction.on_commit(lambda content=content: content.delete(save=False))  # type: ignore[misc]


@transaction.atomic
def approve_summary(summary: Summary, signer: Signer, *, seen: str, by: User) -> None:
    """The leader approves the draft whose seal is `seen`; Conflict if it was built anew meanwhile."""
    lock(summary.unit)
    summary.refresh_from_db()
    refuse_if(rules.why_not_approve(summary, by))
    if summary.sha256 != seen:
        raise Conflict("Dự thảo này vừa được dựng lại với số liệu mới. Xem lại rồi duyệt.")
    issue: Issue = {
        "number": None,
        "dated": "",
        "authority": signer.authority,
        "office": signer.office,
        "name": signer.name,
    }
    facts = frozen(summary, issue)
    now = timezone.now()
    change(
        summary,
        SummaryStatus.APPROVED,
        facts,
        seal(facts, ""),
        by=by,
        approved_by=by,
        approved_at=now,
    )
    audit.record("approved", summary, by=by, sha256=summary.sha256)


def frozen(summary: Summary, issue: Issue | None) -> Facts:
    return cast("Facts", {**summary.facts, "issue": issue})


def change(
    summary: Summary, to: SummaryStatus, facts: Facts, sha256: str, *, by: User, **fields: Any
) -> None:
    """Move on with the facts as they now are, and files made from them."""
    old = files_of(summary)
    files = store(summary, render(facts), by=by)
    change_status(summary, to, facts=facts, sha256=sha256, **files, **fields)
    discard(old)


@transaction.atomic
def withdraw_approval(summary: Summary, *, by: User) -> None:
    """Back to a draft, to be built anew or approved again."""
    lock(summary.unit)
    summary.refresh_from_db()
    refuse_if(rules.why_not_withdraw(summary, by))
    facts = frozen(summary, None)
    change(
        summary,
        SummaryStatus.DRAFT,
        facts,
        seal(facts, ""),
        by=by,
        approved_by=None,
        approved_at=None,
    )
    audit.record("approval withdrawn", summary, by=by)


@transaction.atomic
def send_summary(summary: Summary, *, by: User, today: date) -> None:
    """Take the number, date it, seal it onto the unit's chain, and tell those it goes to.

    Refused with all problems of form, if the document has any; the number is then not taken.
    """
    lock(summary.unit)
    summary.refresh_from_db()
    refuse_if(rules.why_not_send(summary, by))
    body = body_of(summary.facts["unit"])
    number = take_number(summary.unit, body.symbol, on=today, label=str(summary), by=by)
    problems = documents.problems_if_issued(cast("Facts", summary.facts), number, today)
    if problems:
        raise Refused(f"Chưa gửi được, văn bản còn lỗi thể thức: {' '.join(problems)}")
    issue = {**summary.facts["issue"], "number": number, "dated": today.isoformat()}
    facts = frozen(summary, cast("Issue", issue))
    previous = last_seal(summary.unit)
    change(
        summary,
        SummaryStatus.SENT,
        facts,
        seal(facts, previous),
        by=by,
        previous_sha256=previous,
        number=f"{number:02d}-{body.symbol}",
        sent_by=by,
        sent_at=timezone.now(),
    )
    audit.record("sent", summary, by=by, number=summary.number, sha256=summary.sha256)
    tell_above(summary)


def last_seal(unit: Unit) -> str:
    """The seal of the unit's summary that was sent last; each one sent carries on from it."""
    sent = Summary.objects.filter(unit=unit, status=SummaryStatus.SENT)
    return sent.order_by("-sent_at", "-pk").values_list("sha256", flat=True).first() or ""


def tell_above(summary: Summary) -> None:
    """The province's goes to its standing committee, a commune's to the commission's officers."""
    if summary.unit.kind == UnitKind.PROVINCIAL:
        readers = User.objects.filter(role=Role.VIEWER, unit=summary.unit)
    else:
        above = summary.unit.ancestor_ids
        readers = User.objects.filter(role=Role.COMMISSION_OFFICER, unit__in=above)
    facts = {
        "unit": summary.unit.name,
        "period": summary.facts["period"]["label"],
        "number": summary.number,
        "url": summary.get_absolute_url(),
    }
    notices.owe(
        "reports.summary_sent",
        to=readers.filter(is_active=True),
        occasion=f"summary:{summary.pk}:sent",
        facts=facts,
    )


def due_units(day: date) -> list[int]:
    """On the day of the month that the rules name: whose summary of the month is to be drafted.

    Every province and commune with a meeting in the month. What was approved or sent is left alone.
    """
    if day.day != Policy.value_on(PolicyKey.SUMMARY_DAY, day):
        return []
    period = Period.of_month(day)
    month = Meeting.objects.of_month(period.starts_on).order_by()
    same = Summary.objects.filter(
        starts_on=period.starts_on, ends_on=period.ends_on, units=Units.THEN
    )
    finished = same.exclude(status=SummaryStatus.DRAFT)
    units = Unit.objects.filter(pk__in=month.values("commune").union(month.values("province")))
    return list(units.exclude(pk__in=finished.values("unit")).values_list("pk", flat=True))


def build_month(unit: int, day: date, *, now: datetime) -> Summary:
    return build_summary(Unit.objects.get(pk=unit), Period.of_month(day), by=None, now=now)
