"""A decision as the document that is signed: DOCX to edit, PDF as sent."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments import papers
from assignments.documents import decision_docx, decision_pdf
from assignments.views.decisions import decision_or_404
from roster.actions.files import DOCX, PDF
from roster.http import UserRequest

RENDERERS = {"docx": (decision_docx, DOCX), "pdf": (decision_pdf, PDF)}


@require_safe
def decision_paper(request: UserRequest, pk: int, extension: str) -> HttpResponse:
    """As frozen at issue; of a draft as it stands now, without number and day."""
    decision = decision_or_404(request, pk)
    if extension not in RENDERERS:
        raise Http404
    made_by, content_type = RENDERERS[extension]
    paper = papers.paper_of(decision, today=timezone.localdate())
    name = (decision.number or f"du-thao-{decision.pk}").replace("/", "-")
    response = HttpResponse(made_by(paper), content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{extension}"
    return response
