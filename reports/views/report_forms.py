"""The commission's pages of the report form: versions, the next one as it is drafted, its preview, its publication."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import form_design
from reports.actions import report_forms as actions
from reports.conditions import in_words
from reports.forms.design import KIND_LABELS, PublishForm, QuestionForm, SectionForm
from reports.forms.paper import Preview
from reports.models import FormDraft, ReportForm
from reports.rules import report_forms as rules
from roster.http import UserRequest, forbid_if

STEPS: Final = {"up": -1, "down": 1}


@require_safe
def report_form_list(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_edit_form(request.user))
    forms = list(ReportForm.objects.order_by("-version"))
    facts = {
        "forms": forms,
        "draft": FormDraft.objects.filter(based_on=forms[0]).first(),
        "today": timezone.localdate(),
    }
    return render(request, "reports/report_form_list.html", facts)


@require_safe
def report_form_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One version as officials see it."""
    forbid_if(rules.why_not_edit_form(request.user))
    form = get_object_or_404(ReportForm, pk=pk)
    return preview(request, form.definition, shown=form)


def preview(request: UserRequest, definition: Any, **facts: Any) -> HttpResponse:
    sections = list(Preview(definition).sections())
    return render(request, "reports/report_form_detail.html", {**facts, "sections": sections})


@require_POST
def form_draft_begin(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_edit_form(request.user))
    draft = actions.begin_draft(by=request.user)
    return redirect("reports:form_draft_edit", draft.pk)


def draft_of(request: UserRequest, pk: int) -> FormDraft:
    forbid_if(rules.why_not_edit_form(request.user))
    return get_object_or_404(FormDraft.objects.select_related("based_on"), pk=pk)


@require_safe
def form_draft_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The outline: every section and question with what may be done to it, and what differs from the last version."""
    draft = draft_of(request, pk)
    facts = {
        "draft": draft,
        "sections": [outline(draft, section) for section in draft.definition],
        "changes": list(form_design.changes(draft.based_on.definition, draft.definition)),
        "problems": list(form_design.problems(draft.definition)),
        "why_not_publish": rules.why_not_publish(draft, request.user),
    }
    return render(request, "reports/form_draft_edit.html", facts)


def outline(draft: FormDraft, section: form_design.Part) -> dict[str, Any]:
    return {
        **section,
        "when": in_words(section, draft.definition),
        "why_not_remove": rules.why_not_remove(draft.definition, section["key"], is_section=True),
        "questions": [
            {
                **question,
                "kind_label": KIND_LABELS[question["kind"]],
                "when": in_words(question, draft.definition),
                "why_not_remove": rules.why_not_remove(
                    draft.definition, question["key"], is_section=False
                ),
            }
            for question in section["fields"]
        ],
    }


@require_http_methods(["GET", "POST"])
def form_section_add(request: UserRequest, pk: int) -> HttpResponse:
    return form_section_edit(request, pk)


@require_http_methods(["GET", "POST"])
def form_section_edit(request: UserRequest, pk: int, key: str = "") -> HttpResponse:
    """A section's title, lead and condition; without a key a new section."""
    draft = draft_of(request, pk)
    present = part_or_404(form_design.sections_in(draft.definition), key)
    form = SectionForm(
        request.POST or None,
        present=present,
        before=form_design.deciding_before(draft.definition, present),
        is_free=may_depend(present),
    )
    if form.is_valid():
        section = form.section(actions.taken_keys(draft))
        change = partial(form_design.with_section, section=section)
        return changed(request, draft, change, section)
    return part_page(request, draft, form, "phần", str(present["title"]) if present else None)


@require_http_methods(["GET", "POST"])
def form_question_edit(request: UserRequest, pk: int, key: str) -> HttpResponse:
    draft = draft_of(request, pk)
    present = part_or_404(form_design.questions_in(draft.definition), key)
    section = form_design.section_of(draft.definition, key)
    return question_page(request, draft, section, present)


@require_http_methods(["GET", "POST"])
def form_question_add(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """A new question at the end of the section `key`."""
    draft = draft_of(request, pk)
    section = part_or_404(form_design.sections_in(draft.definition), key)
    if section is None or section.get("part"):
        raise Http404
    return question_page(request, draft, section, None)


def question_page(
    request: UserRequest, draft: FormDraft, section: Any, present: Any
) -> HttpResponse:
    form = QuestionForm(
        request.POST or None,
        present=present,
        before=before_question(draft, section, present),
        is_free=may_depend(present),
        is_published=bool(present)
        and present["key"] in form_design.questions_in(draft.based_on.definition),
    )
    if form.is_valid():
        question = form.question(actions.taken_keys(draft))
        change = partial(form_design.with_question, section=section["key"], question=question)
        return changed(request, draft, change, question)
    return part_page(request, draft, form, "câu hỏi", present and present["label"])


def before_question(draft: FormDraft, section: Any, present: Any) -> list[form_design.Part]:
    """Of a new question: everything up to the end of its section."""
    if present:
        return form_design.deciding_before(draft.definition, present)
    earlier = form_design.deciding_before(draft.definition, section)
    return [*earlier, *(one for one in section["fields"] if one["kind"] in form_design.CHOSEN)]


def may_depend(part: Any) -> bool:
    """Whether the part may have a condition: summaries need some answers of every meeting, and the sheets."""
    if not part:
        return True
    keys = {part["key"], *(one["key"] for one in part.get("fields", ()))}
    return not part.get("part") and rules.why_not_condition(keys) is None


def part_or_404(parts: dict[str, form_design.Part], key: str) -> form_design.Part | None:
    if key and key not in parts:
        raise Http404
    return parts.get(key)


def changed(request: UserRequest, draft: FormDraft, change: Any, part: Any) -> HttpResponse:
    actions.change_draft(draft, change, by=request.user, key=part["key"])
    messages.success(request, f"Đã ghi “{part.get('label') or part.get('title')}” vào bản soạn.")
    return redirect("reports:form_draft_edit", draft.pk)


def part_page(
    request: UserRequest, draft: FormDraft, form: Any, what: str, name: str | None
) -> HttpResponse:
    facts = {"draft": draft, "form": form, "what": what, "name": name}
    return render(request, "reports/form_part_edit.html", facts)


def part_of(request: UserRequest) -> dict[str, Any]:
    is_section = request.POST.get("is_section") == "1"
    return {"key": request.POST.get("key", ""), "is_section": is_section}


@require_POST
def form_part_move(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    steps = STEPS.get(request.POST.get("to", ""), 0)
    actions.move_part(draft, **part_of(request), steps=steps, by=request.user)
    return redirect("reports:form_draft_edit", draft.pk)


@require_POST
def form_part_remove(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    actions.remove_part(draft, **part_of(request), by=request.user)
    messages.success(request, "Đã bỏ khỏi bản soạn. Mẫu đang dùng không đổi.")
    return redirect("reports:form_draft_edit", draft.pk)


@require_safe
def form_draft_preview(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    return preview(request, draft.definition, shown=draft, draft=draft)


@require_http_methods(["GET", "POST"])
def form_draft_publish(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    forbid_if(rules.why_not_publish(draft, request.user))
    why_not = partial(rules.why_not_start, draft.based_on, today=timezone.localdate())
    form = PublishForm(request.POST or None, why_not=why_not, initial={"name": draft.name})
    if form.is_valid():
        published = actions.publish_draft(draft, **form.cleaned_data, by=request.user)
        messages.success(
            request, f"Đã ban hành {published}, dùng từ {published.starts_on:%d/%m/%Y}."
        )
        return redirect("reports:report_form_list")
    changes = list(form_design.changes(draft.based_on.definition, draft.definition))
    facts = {"draft": draft, "form": form, "changes": changes}
    return render(request, "reports/form_draft_publish.html", facts)


@require_POST
def form_draft_discard(request: UserRequest, pk: int) -> HttpResponse:
    actions.discard_draft(draft_of(request, pk), by=request.user)
    messages.success(request, "Đã bỏ bản soạn. Mẫu đang dùng không đổi.")
    return redirect("reports:report_form_list")


DRAFT: Final = "reports/forms/drafts/<int:pk>/"
patterns = [
    path("reports/forms/", report_form_list, name="report_form_list"),
    path("reports/forms/<int:pk>/", report_form_detail, name="report_form_detail"),
    path("reports/forms/drafts/begin/", form_draft_begin, name="form_draft_begin"),
    path(DRAFT, form_draft_edit, name="form_draft_edit"),
    path(f"{DRAFT}sections/add/", form_section_add, name="form_section_add"),
    path(f"{DRAFT}sections/<slug:key>/", form_section_edit, name="form_section_edit"),
    path(f"{DRAFT}sections/<slug:key>/add/", form_question_add, name="form_question_add"),
    path(f"{DRAFT}questions/<slug:key>/", form_question_edit, name="form_question_edit"),
    path(f"{DRAFT}move/", form_part_move, name="form_part_move"),
    path(f"{DRAFT}remove/", form_part_remove, name="form_part_remove"),
    path(f"{DRAFT}preview/", form_draft_preview, name="form_draft_preview"),
    path(f"{DRAFT}publish/", form_draft_publish, name="form_draft_publish"),
    path(f"{DRAFT}discard/", form_draft_discard, name="form_draft_discard"),
]
