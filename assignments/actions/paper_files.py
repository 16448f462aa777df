"""A decision's document as files: made once for what it says, and in the background when the list is long."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assignments import papers
from assignments.documents import decision_docx, decision_pdf
from assignments.models import Decision, PaperFile
from assignments.papers import Paper
from roster.actions.files import forget_file, store_bytes
from roster.actions.jobs import advance_job, open_job, running
from roster.file_types import DOCX, PDF
from roster.models import Job, StoredFile, User
from roster.states import JobStatus

LONG: Final = 1_000  # lines, which take about a second
RENDERERS: Final[Mapping[str, tuple[Callable[[Paper], bytes], str]]] = {
    "docx": (decision_docx, DOCX),
    "pdf": (decision_pdf, PDF),
}


def is_long(paper: Paper) -> bool:
    return papers.row_count([*paper["added"], *paper["removed"]]) > LONG


def seal(paper: Paper) -> str:
    """The same facts give the same hash, and the same files."""
    text = json.dumps(paper, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def kept_file(decision: Decision, extension: str, paper: Paper) -> StoredFile | None:
    """The file that was made of just this."""
    rows = decision.paper_files.filter(extension=extension, of=seal(paper))
    found = rows.select_related("file").first()
    return found.file if found else None


@transaction.atomic
def make_file(decision: Decision, extension: str, paper: Paper, *, by: User | None) -> StoredFile:
    """Make the file and keep it in place of what was made of an earlier draft."""
    render, content_type = RENDERERS[extension]
    name = (decision.number or f"du-thao-{decision.pk}").replace("/", "-")
    stored = store_bytes(render(paper), f"{name}.{extension}", content_type, by=by)
    Decision.objects.select_for_update().get(pk=decision.pk)
    earlier = decision.paper_files.filter(extension=extension).select_related("file").first()
    if earlier:
        earlier.delete()
        forget_file(earlier.file)
    PaperFile.objects.create(decision=decision, extension=extension, of=seal(paper), file=stored)
    return stored


def open_paper_job(
    decision: Decision, extension: str, paper: Paper, *, by: User
) -> tuple[Job, bool]:
    """A job that makes the file, and whether it is new: who asks again while it runs follows the first."""
    facts = {"decision": decision.pk, "extension": extension, "of": seal(paper)}
    waiting = Job.objects.filter(kind="paper", by=by, facts__contains=facts)
    running_one = waiting.filter(status__in=[JobStatus.WAITING, JobStatus.RUNNING]).first()
    if running_one:
        return running_one, False
    title = f"Làm văn bản {extension.upper()}: {decision}"
    back = decision.get_absolute_url()
    return open_job("paper", by=by, title=title, back=back, **facts), True


def run_paper(pk: int) -> None:
    """Make the file that the job asks for; its page then leads to it."""
    with running(pk) as job:
        extension = job.facts["extension"]
        decision = Decision.objects.select_related("issuer", "amends").get(pk=job.facts["decision"])
        advance_job(job, done=0, total=2, sentence="Đang lấy danh sách")
        paper = papers.paper_of(decision, today=timezone.localdate())
        count = papers.row_count([*paper["added"], *paper["removed"]])
        advance_job(job, done=1, total=2, sentence=f"Đang dàn trang {count} dòng")
        file = kept_file(decision, extension, paper) or make_file(
            decision, extension, paper, by=job.by
        )
        Job.objects.filter(pk=pk).update(facts={**job.facts, "file": file.pk}, done=2)
        job.result_url = reverse("assignments:decision_paper", args=[decision.pk, extension])
