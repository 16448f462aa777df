"""A decision as the document that is signed: DOCX to edit, PDF as sent."""

from functools import partial

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments import papers, tasks
from assignments.actions import paper_files
from assignments.views.decisions import decision_or_404
from roster.http import UserRequest, file_response


@require_safe
def decision_paper(request: UserRequest, pk: int, extension: str) -> HttpResponse | FileResponse:
    """As frozen at issue; of a draft as it stands now, without number and day. A long one is made in the background."""
    decision = decision_or_404(request, pk)
    if extension not in paper_files.RENDERERS:
        raise Http404
    paper = papers.paper_of(decision, today=timezone.localdate())
    if kept := paper_files.kept_file(decision, extension, paper):
        return file_response(kept)
    if paper_files.is_long(paper):
        job, is_new = paper_files.open_paper_job(decision, extension, paper, by=request.user)
        if is_new:
            transaction.on_commit(partial(tasks.run_paper.delay, job.pk))
        return redirect("roster:job_detail", job.pk)
    return file_response(paper_files.make_file(decision, extension, paper, by=request.user))
