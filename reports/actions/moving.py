"""A draft that was begun on an older form goes on in the one in force on its meeting's day (R19)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Model

from reports.actions.drafts import ROW
from reports.models import Field, MeetingReport, ReportForm
from reports.reading import words_for
from reports.states import ReportStatus
from roster import audit
from roster.models import User

OURS: Final = frozenset({"page", "spent"})


def move_to_form(report: MeetingReport, form: ReportForm, *, by: User) -> None:
    """Answers whose question is still asked stay; the others are set aside in `left_over`, in the words of their form.

    A filed report stays in its own version, also when it was returned. Somebody who saves in the same moment wins.
    """
    if report.status != ReportStatus.DRAFT:
        return
    strays = dict(strays_of(report, form))
    if form.pk == report.form_id and not strays:
        return
    draft = {name: value for name, value in report.draft.items() if name not in strays}
    changes: dict[str, Any] = {"form": form, "draft": draft, "left_over": report.left_over | strays}
    rows = MeetingReport.objects.filter(
        pk=report.pk, version=report.version, status=ReportStatus.DRAFT
    )
    with transaction.atomic():
        if not rows.update(**changes):
            report.refresh_from_db()
            return
        if form.pk != report.form_id:
            kept = sorted(strays)
            audit.record("moved_to_form", report, by=by, form=form.version, left_over=kept)
    for name, value in changes.items():
        setattr(report, name, value)


def strays_of(report: MeetingReport, form: ReportForm) -> Iterator[tuple[str, list[str]]]:
    """Typed answers that have no place in `form`: a question that is gone, or a choice that is no longer offered."""
    asked = questions_of(form)
    gone = [
        (name, value)
        for name, value in report.draft.items()
        if value and is_answer(name) and not has_place(asked.get(name), value)
    ]
    known = all_questions() if gone else {}
    for name, value in gone:
        question = known.get(name, {"label": name, "kind": "text"})
        yield name, [question["label"], told(question, value)]


def is_answer(name: str) -> bool:
    return name not in OURS and not name.startswith("score-") and not ROW.fullmatch(name)


def has_place(question: Mapping[str, Any] | None, value: Any) -> bool:
    if question is None:
        return False
    offered = {key for key, _ in question.get("choices", ())}
    return not offered or offered.issuperset(value if isinstance(value, list) else [value])


def told(question: Mapping[str, Any], value: Any) -> str:
    if question["kind"] == "field":
        return str(named(Field, value) or value)
    is_many = question["kind"] == "choices" and not isinstance(value, list)
    return words_for(question, [value] if is_many else value)


def named(model: type[Model], value: Any) -> Model | None:
    rows = model._default_manager
    return rows.filter(pk=value).first() if str(value).isdecimal() else None


def questions_of(form: ReportForm) -> dict[str, Mapping[str, Any]]:
    return {one["key"]: one for section in form.definition for one in section["fields"]}


def all_questions() -> dict[str, Mapping[str, Any]]:
    """Every question that was ever asked, in its last words; a key never means something else."""
    versions = ReportForm.objects.order_by("version")
    return {key: one for form in versions for key, one in questions_of(form).items()}
