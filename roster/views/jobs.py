"""The page that follows background work."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from roster.http import UserRequest
from roster.models import Job
from roster.states import JobStatus

OPEN: Final = (JobStatus.WAITING, JobStatus.RUNNING)


@require_safe
def job_detail(request: UserRequest, pk: int) -> HttpResponse:
    """Asked again each second while the work is open; then the browser goes to its result."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    is_file = "file" in job.facts  # a download would leave the browser here, asking on
    if request.htmx and job.status == JobStatus.DONE and job.result_url and not is_file:
        return HttpResponseClientRedirect(job.result_url)
    facts = {"job": job, "is_open": job.status in OPEN, "is_file": is_file}
    return render(request, "roster/job_detail.html", facts)
