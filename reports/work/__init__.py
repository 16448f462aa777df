"""What each role has to do now: pure reading, a bounded number of queries, nothing changed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from meetings.models import Meeting
from reports.work import recommending, reporting, sending, upkeep, visiting
from reports.work.task import Desk, Task
from roster.states import Role

__all__ = ["Desk", "Task", "tasks_of"]

Question = Callable[[Desk], Task | None]

DESK: Final[Sequence[Question]] = (
    reporting.overdue_reports,
    recommending.overdue_answers,
    reporting.reports_to_accept,
    reporting.paper_to_type,
    recommending.new_recommendations,
    sending.substitutes_wanted,
    sending.vacant_branches,
    sending.unconfirmed_dates,
    recommending.answers_not_read_out,
    reporting.summary_due,
)
QUESTIONS: Final[dict[str, Sequence[Question]]] = {
    Role.COMMISSION_OFFICER: DESK,
    Role.COMMUNE_OFFICER: DESK,
    Role.COMMISSION_LEADER: (
        reporting.summaries_to_approve,
        sending.decisions_proposed,
        recommending.overdue_answers,
        reporting.overdue_reports,
        sending.vacant_branches,
        reporting.summary_due,
    ),
    Role.VIEWER: (
        reporting.summaries_sent,
        recommending.overdue_answers,
        reporting.overdue_reports,
    ),
    Role.AUTHORITY_OFFICER: (recommending.own_overdue, recommending.own_waiting),
    Role.SYSTEM_ADMIN: (
        upkeep.silent_processes,
        upkeep.failed_notices,
        upkeep.failed_jobs,
        upkeep.open_imports,
        upkeep.misplaced_users,
    ),
}


def tasks_of(desk: Desk, coming: list[Meeting]) -> list[Task]:
    """Overdue first, otherwise in the order of the role's questions. `coming`: the user's own next meetings."""
    found: list[Task | None] = [ask(desk) for ask in QUESTIONS.get(desk.user.role, ())]
    if desk.user.role == Role.BRANCH_SECRETARY:
        found += secretary_tasks(desk, coming)
    if desk.user.official_id:
        found += [sending.offers_to_answer(desk), *attendee_tasks(desk, coming)]
    return late_first(task for task in found if task)


def attendee_tasks(desk: Desk, coming: list[Meeting]) -> list[Task | None]:
    """Also for an officer of the desk who goes to a branch."""
    return [
        *visiting.reports_to_write(desk),
        visiting.returned_reports(desk),
        visiting.meeting_to_confirm(desk, coming),
        visiting.answers_to_read_out(desk),
    ]


def secretary_tasks(desk: Desk, coming: list[Meeting]) -> list[Task | None]:
    return [
        visiting.date_to_confirm(desk, coming) or visiting.next_of_branch(desk, coming),
        visiting.answers_to_read_out(desk) if not desk.user.official_id else None,
        visiting.branch_waits(desk),
    ]


def late_first(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: not task.is_late)
