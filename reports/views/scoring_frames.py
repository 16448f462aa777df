"""The commission's pages of the scoring frame: those there are, the next one as it is drafted, its preview, its publication."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import refuse_if
from reports import form_design, frame_design
from reports.actions import report_forms as drafts
from reports.actions import scoring_frames as actions
from reports.forms.frames import (
    CriterionForm,
    FrameAboutForm,
    FramePublishForm,
    SubCriterionForm,
    choice_rows,
)
from reports.forms.scores import BranchSheetForm
from reports.models import FrameDraft, ScoringFrame
from reports.parts import most_of
from reports.rules import scoring_frames as rules
from reports.rules.report_forms import why_not_edit_form
from reports.suggestions import FACTS
from reports.views.report_forms import STEPS, part_of, part_or_404
from roster.http import UserRequest, forbid_if


@require_safe
def frame_list(request: UserRequest) -> HttpResponse:
    forbid_if(why_not_edit_form(request.user))
    frames = list(ScoringFrame.objects.order_by("-starts_on"))
    facts = {
        "frames": frames,
        "draft": FrameDraft.objects.filter(based_on=frames[0]).first(),
        "today": timezone.localdate(),
    }
    return render(request, "reports/frame_list.html", facts)


@require_safe
def frame_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One frame as officials score by it."""
    forbid_if(why_not_edit_form(request.user))
    frame = get_object_or_404(ScoringFrame, pk=pk)
    return preview(request, frame_design.definition_of(frame), frame=frame)


def preview(request: UserRequest, definition: frame_design.Definition, **more: Any) -> HttpResponse:
    facts = {
        "shown": definition,
        "lines": list(BranchSheetForm(criteria=frame_design.criteria_of(definition)).lines()),
        "bands": frame_design.bands_of(definition),
        **more,
    }
    return render(request, "reports/frame_detail.html", facts)


@require_POST
def frame_draft_begin(request: UserRequest) -> HttpResponse:
    forbid_if(why_not_edit_form(request.user))
    return redirect("reports:frame_draft_edit", actions.begin_draft(by=request.user).pk)


def draft_of(request: UserRequest, pk: int) -> FrameDraft:
    forbid_if(why_not_edit_form(request.user))
    drafted = FrameDraft.objects.select_related("based_on")
    return get_object_or_404(
        drafted.prefetch_related("based_on__criteria", "based_on__bands"), pk=pk
    )


@require_safe
def frame_draft_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The outline: every criterion and part with what may be done to it, and what differs from the frame in force."""
    draft = draft_of(request, pk)
    facts = {
        "draft": draft,
        "shown": draft.definition,
        "total": frame_design.total(draft.definition),
        "criteria": [outline(draft, one) for one in draft.definition["criteria"]],
        "changes": changes_of(draft),
        "problems": list(frame_design.problems(draft.definition)),
        "why_not_publish": rules.why_not_publish(draft, request.user),
    }
    return render(request, "reports/frame_draft_edit.html", facts)


def changes_of(draft: FrameDraft) -> list[tuple[str, str]]:
    before = frame_design.definition_of(draft.based_on)
    return list(frame_design.changes(before, draft.definition))


def outline(draft: FrameDraft, criterion: form_design.Part) -> dict[str, Any]:
    return {
        **criterion,
        "points": frame_design.points_of(criterion),
        "why_not_remove": rules.why_not_remove(draft, criterion["key"]),
        "parts": [
            {
                **part,
                "points": most_of([part]),
                "fact": FACTS.get(part.get("suggest", {}).get("fact", ""), "").partition(":")[0],
            }
            for part in criterion["fields"]
        ],
    }


def changed(request: UserRequest, draft: FrameDraft, change: Any, name: str) -> HttpResponse:
    drafts.change_draft(draft, change, by=request.user, part=name)
    messages.success(request, f"Đã ghi “{name}” vào bản soạn.")
    return redirect("reports:frame_draft_edit", draft.pk)


def piece_page(request: UserRequest, draft: FrameDraft, form: Any, **facts: Any) -> HttpResponse:
    return render(request, "reports/frame_piece_edit.html", {"draft": draft, "form": form, **facts})


@require_http_methods(["GET", "POST"])
def frame_about_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Name, code, source and bands."""
    draft = draft_of(request, pk)
    form = FrameAboutForm(request.POST or None, present=draft.definition)
    if form.is_valid():
        about = form.cleaned_data
        return changed(request, draft, lambda definition: {**definition, **about}, about["name"])
    return piece_page(request, draft, form, what="thông tin chung, xếp loại", name=str(draft))


@require_http_methods(["GET", "POST"])
def frame_criterion_add(request: UserRequest, pk: int) -> HttpResponse:
    return frame_criterion_edit(request, pk)


@require_http_methods(["GET", "POST"])
def frame_criterion_edit(request: UserRequest, pk: int, key: str = "") -> HttpResponse:
    draft = draft_of(request, pk)
    criteria = draft.definition["criteria"]
    present = part_or_404(form_design.sections_in(criteria), key)
    form = CriterionForm(request.POST or None, present=present)
    if form.is_valid():
        criterion = form.criterion(form_design.keys_in(criteria))
        change = partial(form_design.with_section, section=criterion)
        return changed(request, draft, frame_design.with_criteria(change), criterion["title"])
    return piece_page(request, draft, form, what="tiêu chí", name=present and present["title"])


@require_http_methods(["GET", "POST"])
def frame_part_add(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """A new part at the end of the criterion `key`."""
    draft = draft_of(request, pk)
    criterion = part_or_404(form_design.sections_in(draft.definition["criteria"]), key)
    return sub_criterion_page(request, draft, criterion, None)


@require_http_methods(["GET", "POST"])
def frame_part_edit(request: UserRequest, pk: int, key: str) -> HttpResponse:
    draft = draft_of(request, pk)
    present = part_or_404(form_design.questions_in(draft.definition["criteria"]), key)
    criterion = form_design.section_of(draft.definition["criteria"], key)
    return sub_criterion_page(request, draft, criterion, present)


def sub_criterion_page(
    request: UserRequest, draft: FrameDraft, criterion: Any, present: Any
) -> HttpResponse:
    form = SubCriterionForm(request.POST or None, present=present)
    rows = choice_rows(request.POST or None, present)
    if form.is_valid() & rows.is_valid():
        taken = form_design.keys_in(draft.definition["criteria"])
        part = form.part(taken, list(rows.choices()))
        change = partial(form_design.with_question, section=criterion["key"], question=part)
        return changed(request, draft, frame_design.with_criteria(change), part["label"])
    name = present["label"] if present else f"vào “{criterion['title']}”"
    return piece_page(request, draft, form, what="ý", name=name, rows=rows, is_new=not present)


@require_POST
def frame_piece_move(request: UserRequest, pk: int) -> HttpResponse:
    draft, piece = draft_of(request, pk), part_of(request)
    steps = STEPS.get(request.POST.get("to", ""), 0)
    change = partial(form_design.moved, **piece, steps=steps)
    drafts.change_draft(
        draft, frame_design.with_criteria(change), by=request.user, moved=piece["key"]
    )
    return redirect("reports:frame_draft_edit", draft.pk)


@require_POST
def frame_piece_remove(request: UserRequest, pk: int) -> HttpResponse:
    draft, piece = draft_of(request, pk), part_of(request)
    refuse_if(rules.why_not_remove(draft, piece["key"]) if piece["is_section"] else None)
    change = partial(form_design.without, **piece)
    drafts.change_draft(
        draft, frame_design.with_criteria(change), by=request.user, removed=piece["key"]
    )
    messages.success(request, "Đã bỏ khỏi bản soạn. Khung đang dùng không đổi.")
    return redirect("reports:frame_draft_edit", draft.pk)


@require_safe
def frame_draft_preview(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    return preview(request, draft.definition, draft=draft)


@require_http_methods(["GET", "POST"])
def frame_draft_publish(request: UserRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    forbid_if(rules.why_not_publish(draft, request.user))
    why_not = partial(rules.why_not_start, draft.based_on, today=timezone.localdate())
    form = FramePublishForm(request.POST or None, why_not=why_not)
    if form.is_valid():
        frame = actions.publish_draft(draft, **form.cleaned_data, by=request.user)
        messages.success(request, f"Đã ban hành {frame}, dùng từ {frame.starts_on:%d/%m/%Y}.")
        return redirect("reports:frame_list")
    facts = {"draft": draft, "form": form, "changes": changes_of(draft)}
    return render(request, "reports/frame_draft_publish.html", facts)


@require_POST
def frame_draft_discard(request: UserRequest, pk: int) -> HttpResponse:
    drafts.discard_draft(draft_of(request, pk), by=request.user)
    messages.success(request, "Đã bỏ bản soạn. Khung đang dùng không đổi.")
    return redirect("reports:frame_list")


DRAFT: Final = "reports/frames/drafts/<int:pk>/"
patterns = [
    path("reports/frames/", frame_list, name="frame_list"),
    path("reports/frames/<int:pk>/", frame_detail, name="frame_detail"),
    path("reports/frames/drafts/begin/", frame_draft_begin, name="frame_draft_begin"),
    path(DRAFT, frame_draft_edit, name="frame_draft_edit"),
    path(f"{DRAFT}about/", frame_about_edit, name="frame_about_edit"),
    path(f"{DRAFT}criteria/add/", frame_criterion_add, name="frame_criterion_add"),
    path(f"{DRAFT}criteria/<slug:key>/", frame_criterion_edit, name="frame_criterion_edit"),
    path(f"{DRAFT}criteria/<slug:key>/add/", frame_part_add, name="frame_part_add"),
    path(f"{DRAFT}parts/<slug:key>/", frame_part_edit, name="frame_part_edit"),
    path(f"{DRAFT}move/", frame_piece_move, name="frame_piece_move"),
    path(f"{DRAFT}remove/", frame_piece_remove, name="frame_piece_remove"),
    path(f"{DRAFT}preview/", frame_draft_preview, name="frame_draft_preview"),
    path(f"{DRAFT}publish/", frame_draft_publish, name="frame_draft_publish"),
    path(f"{DRAFT}discard/", frame_draft_discard, name="frame_draft_discard"),
]
