"""The assignments' work in the background."""

from celery import shared_task

from assignments.actions import exports, import_jobs, paper_files, proposals


@shared_task
def run_import(job: int) -> None:
    """For the page that follows the job."""
    import_jobs.run_job(job)


@shared_task
def run_export(job: int) -> None:
    """For the page that follows the job."""
    exports.run_export(job)


@shared_task
def run_paper(job: int) -> None:
    """For the page that follows the job."""
    paper_files.run_paper(job)


@shared_task
def run_plan(proposal: int) -> None:
    """For the page that follows its job."""
    proposals.run_plan(proposal)
