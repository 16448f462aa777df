"""What the form asks for while a recommendation is written: similar ones of the commune, whom to address."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from config.lib.text import whole_number
from reports import prompts
from reports.forms.paper import authorities_of
from reports.models import Field, MeetingReport
from reports.rules import reports as rules
from roster.http import UserRequest, forbid_if


@never_cache
@require_POST
def recommendation_prompts(request: UserRequest, pk: int) -> HttpResponse:
    """A piece of a page. Posted, so that what is being written stands in no log; nothing is kept."""
    seen = MeetingReport.objects.visible_to(request.user)
    report = get_object_or_404(seen.select_related("meeting__unit"), meeting=pk)
    forbid_if(rules.why_not_write(report, request.user, timezone.localdate()))
    key = whole_number(request.POST.get("field", "")[:9])
    field = Field.objects.filter(pk=key, is_active=True).first() if key else None
    text = request.POST.get("text", "").replace("\0", "")[:1000]
    facts = {
        "similar": prompts.similar(report, text, field),
        "suggestion": prompts.suggestion(field, authorities_of(report)) if field else None,
    }
    return render(request, "reports/recommendation_prompts.html", facts)


patterns = [
    path(
        "reports/meetings/<int:pk>/report/prompts/",
        recommendation_prompts,
        name="recommendation_prompts",
    )
]
