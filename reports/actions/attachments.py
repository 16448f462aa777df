"""Photos and papers that go with a report."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from config.lib.errors import refuse_if
from reports.models import Attachment, MeetingReport
from reports.rules import reports as rules
from roster import audit
from roster.actions.files import DOCUMENTS, store_upload
from roster.models import User


@transaction.atomic
def attach_file(report: MeetingReport, upload: UploadedFile[Any], *, by: User) -> Attachment:
    """Keep a photo or a document with the report: at most 10, each at most 10 MB, its type by its content."""
    refuse_if(rules.why_not_write(report, by, timezone.localdate()))
    count = report.attachments.count()
    refuse_if(rules.why_not_attach(upload.name or "", upload.size or 0, count))
    stored = store_upload(upload, by=by, allowed=DOCUMENTS)
    attachment = Attachment.objects.create(report=report, file=stored)
    audit.record("file_added", report, by=by, file=stored.name, sha256=stored.sha256)
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: User) -> None:
    """Take a file out of a report that is still the author's; the stored file stays for the audit."""
    report = attachment.report
    refuse_if(rules.why_not_write(report, by, timezone.localdate()))
    audit.record("file_removed", report, by=by, file=attachment.file.name)
    attachment.delete()
