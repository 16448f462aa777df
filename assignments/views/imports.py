"""The wizard "Nhập danh sách": choose a file, match its columns, look at the preview, confirm, receipt."""

import io
from collections.abc import Mapping
from functools import partial
from itertools import islice
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules, tasks
from assignments.actions import import_choices, import_jobs, imports
from assignments.actions.import_undo import undo_import, why_not_undo
from assignments.forms import ColumnsForm, ImportForm
from assignments.import_tables import facts_without_rows, table
from assignments.sheets.marked import marked_file, marked_name, why_not_mark
from config.lib.errors import refuse_if
from config.lib.text import nfc, whole_number
from roster.actions.files import store_bytes, why_not_keep
from roster.file_types import XLSX, content_type_of
from roster.http import UserRequest, file_response, forbid_if
from roster.models import Job, RosterImport, User
from roster.sheets.preview import Action
from roster.states import ImportStatus, RosterKind

STEPS: Final = ("Chọn tệp", "Khớp cột", "Xem trước", "Xác nhận")
RECENT: Final = 8
NAMED: Final = 12  # cells with a problem in the banner


@require_http_methods(["GET", "POST"])
def import_new(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_import_any(request.user))
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        by=request.user,
        today=timezone.localdate(),
        initial={"kind": ""},
    )
    if form.is_valid() and form.is_long:
        return follow(open_big_file(form, request.user))
    if form.is_valid() and form.preview:
        name = str(form.cleaned_data["file"].name)
        kept = imports.keep_preview(form.preview, form.content, name, by=request.user)
        return redirect("assignments:import_columns", kept.pk)
    recent = RosterImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    facts = {
        "form": form,
        "steps": STEPS,
        "recent": recent.defer("facts", "footprint", "choices").order_by("-pk")[:RECENT],
    }
    return render(request, "assignments/import_new.html", facts)


def open_big_file(form: ImportForm, by: User) -> Job:
    """A file that takes a while is kept first and read in the background."""
    told, upload = form.cleaned_data, form.cleaned_data["file"]
    refuse_if(why_not_keep(upload.name, upload.size))
    content = upload.read()
    file = store_bytes(content, upload.name, content_type_of(content), by=by)
    return import_jobs.open_reading(file, told["kind"], form.options, by=by)


def follow(job: Job) -> HttpResponse:
    """Start the job, and go to the page that follows it."""
    transaction.on_commit(partial(tasks.run_import.delay, job.pk))
    return redirect("roster:job_detail", job.pk)


@require_http_methods(["GET", "POST"])
def import_columns(request: UserRequest, pk: int) -> HttpResponse:
    """Which sheet, and what each of its columns holds."""
    roster_import = shown_import(request, pk)
    form = ColumnsForm(request.POST or None, roster_import=roster_import)
    if form.is_valid():
        return choose_columns(request, roster_import, form)
    facts = {"steps": STEPS, "form": form, "matched": form.matched(), **summary(roster_import)}
    return render(request, "assignments/import_columns.html", facts)


def choose_columns(
    request: UserRequest, roster_import: RosterImport, form: ColumnsForm
) -> HttpResponse:
    sheet, columns = form.cleaned_data["sheet"], form.chosen()
    header = form.cleaned_data["header"] or 0
    other = import_choices.is_another(roster_import, sheet, header)
    if form.has_changed() and import_jobs.is_long(roster_import):
        act = import_jobs.open_act(
            "columns", roster_import, by=request.user, sheet=sheet, columns=columns, header=header
        )
        return follow(act)
    if form.has_changed():
        import_choices.choose_columns(roster_import, sheet, columns, header)
    page = "assignments:import_columns" if other else "assignments:import_preview"
    return redirect(page, roster_import.pk)


@require_POST
def import_correct(request: UserRequest, pk: int) -> HttpResponse:
    """Cells corrected in the page; whoever is meant by a row."""
    roster_import = own_import(request, pk)
    cells = {
        name.removeprefix("cell-"): nfc(text)
        for name, text in request.POST.items()
        if name.startswith("cell-") and isinstance(text, str) and text.strip()
    }
    people, agencies = meant(request, "means-"), meant(request, "agency-")
    if import_jobs.is_long(roster_import):
        chosen = {"cells": cells, "people": people, "agencies": agencies}
        return follow(import_jobs.open_act("correct", roster_import, by=request.user, **chosen))
    import_choices.correct_import(roster_import, cells, people, agencies)
    return redirect("assignments:import_preview", roster_import.pk)


def meant(request: UserRequest, prefix: str) -> dict[int, int]:
    """Fields called `prefix<number>`, each with the record that was chosen in it."""
    pairs = (
        (whole_number(name.removeprefix(prefix)), whole_number(str(value)))
        for name, value in request.POST.items()
        if name.startswith(prefix)
    )
    return {number: pk for number, pk in pairs if number is not None and pk is not None}


@require_POST
def import_undo(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
    if import_jobs.is_long(roster_import):
        return follow(import_jobs.open_act("undo", roster_import, by=request.user))
    undo_import(roster_import, by=request.user)
    messages.success(request, f"Đã hoàn tác lần nhập “{roster_import.file}”. Danh bạ như trước.")
    return redirect("assignments:import_preview", roster_import.pk)


@require_safe
def import_preview(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = shown_import(request, pk)
    action = request.GET.get("action", "")
    first = whole_number(request.GET.get("from", "1"))
    if action not in {"", *Action.values} or first is None:
        raise BadRequest("action")
    facts = {
        "steps": STEPS,
        "shown": table(roster_import, action, first),
        "chosen": action,
        **summary(roster_import),
    }
    return render(request, "assignments/import_preview.html", facts)


def summary(roster_import: RosterImport) -> dict[str, Any]:
    """What both the preview and the receipt say."""
    facts = roster_import.facts
    wrong_rows = facts["rows"] - facts["new"] - facts["changed"] - facts["same"]
    counts = {**facts, "problem": wrong_rows}
    return {
        "roster_import": roster_import,
        "facts": facts,
        "kind": RosterKind(roster_import.kind).label.lower(),
        "wrong_cells": len({problem["cell"] for problem in facts["problems"]}),
        "wrong": wrong_places(facts),
        "left": wrong_rows,
        "tabs": [(action.value, action.label, counts[action.value]) for action in Action],
        "why_not_commit": why_not_commit(roster_import),
        "why_not_mark": why_not_mark(roster_import),
        "is_undone": roster_import.status == ImportStatus.UNDONE,
        "undo_text": f"{facts['new']} dòng mới bị xóa, {facts['changed']} dòng trở về giá trị cũ.",
        **commit_words(facts, wrong_rows),
        "is_open": roster_import.status == ImportStatus.PREVIEWED,
        "is_committed": roster_import.status == ImportStatus.COMMITTED,
    }


def wrong_places(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The first cells with a problem, each with what its column is."""
    captions = {one["letter"]: one["caption"].lower() for one in facts["columns"]}
    cells = dict.fromkeys(problem["cell"] for problem in facts["problems"])
    return [(cell, captions.get(cell.rstrip("0123456789"), "")) for cell in islice(cells, NAMED)]


def commit_words(facts: Mapping[str, Any], left: int) -> dict[str, str]:
    """What the button and its question say; `left` rows with a problem stay out."""
    writes = f"{facts['new'] + facts['changed']:,}".replace(",", ".")
    rows = f"{writes} dòng tốt" if left else f"{writes} dòng"
    more = f" {left} dòng có vấn đề được để lại." if left else ""
    return {
        "commit_label": f"Nhập {rows}",
        "commit_ask": f"Nhập {rows} vào danh bạ?",
        "commit_text": f"{facts['new']} dòng mới, {facts['changed']} dòng thay đổi được ghi cùng một lúc.{more}",
    }


def why_not_commit(roster_import: RosterImport) -> str | None:
    facts = roster_import.facts
    if facts["whole"]:
        return str(facts["whole"][0])
    if not facts["new"] + facts["changed"]:
        return (
            "Không có dòng tốt nào để ghi: sửa các chỗ có vấn đề."
            if facts["problems"]
            else "Danh sách không khác gì danh bạ, không có gì để ghi."
        )
    return imports.why_not_refresh(roster_import)


@require_POST
def import_commit(request: UserRequest, pk: int) -> HttpResponse:
    roster_import, leave = own_import(request, pk), bool(request.POST.get("leave"))
    if import_jobs.is_long(roster_import):
        return follow(import_jobs.open_act("commit", roster_import, by=request.user, leave=leave))
    imports.commit_import(roster_import, by=request.user, leave_problems=leave)
    return redirect("assignments:import_receipt", roster_import.pk)


@require_POST
def import_refresh(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
    if import_jobs.is_long(roster_import):
        return follow(import_jobs.open_act("refresh", roster_import, by=request.user))
    imports.refresh_import(roster_import)
    return redirect("assignments:import_preview", roster_import.pk)


@require_POST
def import_discard(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
    imports.discard_import(roster_import, by=request.user)
    messages.info(request, f"Đã bỏ lần xem trước tệp “{roster_import.file}”; chưa có gì được ghi.")
    return redirect("assignments:import_new")


@require_safe
def import_receipt(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = shown_import(request, pk)
    if roster_import.status != ImportStatus.COMMITTED:
        return redirect("assignments:import_preview", roster_import.pk)
    facts = {"steps": STEPS, "why_not_undo": why_not_undo(roster_import), **summary(roster_import)}
    return render(request, "assignments/import_receipt.html", facts)


@require_safe
def import_file(request: UserRequest, pk: int) -> FileResponse:
    return file_response(own_import(request, pk).file)


@require_safe
def import_marked(request: UserRequest, pk: int) -> FileResponse:
    """The list with its problems coloured and commented, to be corrected in Excel and chosen again."""
    roster_import = own_import(request, pk)
    return FileResponse(
        io.BytesIO(marked_file(roster_import)),
        as_attachment=True,
        filename=marked_name(roster_import),
        content_type=XLSX,
    )


def own_import(request: UserRequest, pk: int) -> RosterImport:
    """An import of the user's subtree, of a kind that the user may import; its preview is fetched when asked for."""
    visible = RosterImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    roster_import = get_object_or_404(visible.defer("facts", "footprint"), pk=pk)
    kind = RosterKind(roster_import.kind)
    forbid_if(rules.why_not_import(request.user, kind, roster_import.unit))
    return roster_import


def shown_import(request: UserRequest, pk: int) -> RosterImport:
    """The same to be looked at: its facts are without the rows."""
    roster_import = own_import(request, pk)
    roster_import.facts = facts_without_rows(roster_import)
    return roster_import
