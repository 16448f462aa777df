"""Who may read, change and publish the report form. It is one for all, so there is no outside. Order of the roles: see table.py."""

from typing import Any

from django.utils import timezone

from reports.actions import report_forms as actions
from reports.models import FormDraft, ReportForm
from roster.states import Role
from tests.permissions.table import Row
from tests.permissions.world import World

SEEN = "403 200 200 403 403 403 403 403"
DONE = "403 302 302 403 403 403 403 403"
LED = "403 403 302 403 403 403 403 403"
QUESTION = {"label": "Chuyên đề gì", "kind": "text", "asked_when": "always"}
TO_PUBLISH: Any = {"name": "Mẫu 2", "starts_on": f"{timezone.localdate():%d/%m/%Y}"}


def last_form(_world: World) -> list[Any]:
    return [ReportForm.objects.latest("version").pk]


def drafted(world: World) -> FormDraft:
    return actions.begin_draft(by=world.inside[Role.COMMISSION_OFFICER])


def pk_of_draft(world: World) -> list[Any]:
    return [drafted(world).pk]


def section(world: World) -> list[Any]:
    return [drafted(world).pk, "exchange"]


def question(world: World) -> list[Any]:
    return [drafted(world).pk, "good_example"]


def changed(world: World) -> list[Any]:
    draft = drafted(world)
    actions.remove_part(draft, "good_example", by=world.inside[Role.COMMISSION_OFFICER])
    return [draft.pk]


def row(url: str, on: Any, answers: str, **more: Any) -> Row:
    return Row(f"reports:{url}", on, inside=answers, outside=answers, **more)


ROWS = [
    Row("reports:report_form_list", inside=SEEN, outside=SEEN),
    row("report_form_detail", last_form, SEEN),
    Row("reports:form_draft_begin", inside=DONE, outside=DONE, method="post"),
    row("form_draft_edit", pk_of_draft, SEEN),
    row("form_draft_preview", pk_of_draft, SEEN),
    row("form_section_add", pk_of_draft, SEEN),
    row(
        "form_section_edit",
        section,
        DONE,
        method="post",
        data={"title": "Bàn gì", "asked_when": "always"},
    ),
    row("form_question_add", section, DONE, method="post", data=QUESTION),
    row("form_question_edit", question, DONE, method="post", data=QUESTION),
    row("form_part_move", pk_of_draft, DONE, method="post", data={"key": "exchange", "to": "up"}),
    row("form_part_remove", pk_of_draft, DONE, method="post", data={"key": "good_example"}),
    row("form_draft_publish", changed, LED, method="post", data=TO_PUBLISH),
    row("form_draft_discard", pk_of_draft, DONE, method="post"),
]
