"""Photos and papers that go with a report."""

from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from config.lib.errors import refuse_if
from reports.models import Attachment, MeetingReport
from reports.rules import reports as rules
from roster import audit
from roster.actions.files import DOCUMENTS, Checked, check_upload, store_checked
from roster.models import User


@transaction.atomic
def attach_file(report: MeetingReport, upload: UploadedFile[Any], *, by: User) -> Attachment:
    """Keep a photo or a document with the report: at most 10, each at most 10 MB, its type by its content."""
    today = timezone.localdate()
    refuse_if(rules.why_not_write(report, by, today))
    checked = checked_file(upload, allowed=DOCUMENTS)
    lock(report)
    refuse_if(rules.why_not_change(report, today))
    return keep_once(report, checked, by=by)


def checked_file(upload: UploadedFile[Any], *, allowed: Collection[str]) -> Checked:
    """Before the report is locked: a scanner may take its time, and the report's page goes on saving."""
    refuse_if(rules.why_not_attach_this(upload.name or "", upload.size or 0))
    return check_upload(upload, allowed=allowed)


def keep_once(
    report: MeetingReport, checked: Checked, *, by: User, is_paper_form: bool = False
) -> Attachment:
    """The same file sent twice, because an answer was lost on the way, is kept once. The report is locked."""
    kept = Attachment.objects.filter(report=report)
    if sent_before := kept.filter(file__sha256=checked.sha256, is_paper_form=is_paper_form).first():
        return sent_before
    refuse_if(rules.why_not_attach_more(kept.count()))
    stored = store_checked(checked, by=by)
    verb = "paper_added" if is_paper_form else "file_added"
    audit.record(verb, report, by=by, file=stored.name, sha256=stored.sha256)
    return Attachment.objects.create(report=report, file=stored, is_paper_form=is_paper_form)


def lock(report: MeetingReport) -> None:
    """Files come one after the other, and none to a report that is filed meanwhile."""
    rows = MeetingReport.objects.select_for_update().filter(pk=report.pk)
    (report.status,) = rows.values_list("status", flat=True)


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of a report that is still the author's; the stored file stays for the audit."""
    report = attachment.report
    lock(report)
    refuse_if(rules.why_not_write(report, by, timezone.localdate()))
    if attachment.delete()[0]:  # else another page was first
        audit.record("file_removed", report, by=by, file=attachment.file.name)
