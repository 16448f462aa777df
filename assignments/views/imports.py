"""The wizard "Nhập danh sách": choose a file, look at the preview, confirm, receipt."""

import io
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules
from assignments.actions import imports
from assignments.forms import ImportForm
from assignments.import_tables import table
from assignments.sheets.marked import marked_file, marked_name, why_not_mark
from config.lib.text import whole_number
from roster.actions.files import XLSX
from roster.http import UserRequest, file_response, forbid_if
from roster.models import RosterImport
from roster.sheets.preview import Action
from roster.states import ImportStatus, RosterKind

STEPS: Final = ("Chọn tệp", "Xem trước", "Xác nhận")
RECENT: Final = 8


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
    if form.is_valid() and form.preview:
        name = str(form.cleaned_data["file"].name)
        kept = imports.keep_preview(form.preview, form.content, name, by=request.user)
        return redirect("assignments:import_preview", kept.pk)
    recent = RosterImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    facts = {
        "form": form,
        "steps": STEPS,
        "recent": recent.defer("facts").order_by("-pk")[:RECENT],
    }
    return render(request, "assignments/import_new.html", facts)


@require_safe
def import_preview(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
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
    wrong_rows = {problem["row"] for problem in facts["problems"]} & {
        item["row"] for item in facts["items"]
    }
    counts = {**facts, "problem": len(wrong_rows)}
    return {
        "roster_import": roster_import,
        "facts": facts,
        "kind": RosterKind(roster_import.kind).label.lower(),
        "tabs": [(action.value, action.label, counts[action.value]) for action in Action],
        "why_not_commit": why_not_commit(roster_import),
        "why_not_mark": why_not_mark(roster_import),
        **commit_words(facts),
        "is_open": roster_import.status == ImportStatus.PREVIEWED,
        "is_committed": roster_import.status == ImportStatus.COMMITTED,
    }


def commit_words(facts: Mapping[str, Any]) -> dict[str, str]:
    """What the button and its question say."""
    writes = f"{facts['new'] + facts['changed']:,}".replace(",", ".")
    return {
        "commit_label": f"Nhập {writes} dòng",
        "commit_ask": f"Nhập {writes} dòng vào danh bạ?",
        "commit_text": f"{facts['new']} dòng mới, {facts['changed']} dòng thay đổi được ghi cùng một lúc.",
    }


def why_not_commit(roster_import: RosterImport) -> str | None:
    facts = roster_import.facts
    if facts["problems"]:
        return "Sửa các chỗ có vấn đề trong tệp rồi chọn lại. Một lần nhập ghi cả danh sách hoặc không ghi gì."
    if not facts["new"] + facts["changed"]:
        return "Danh sách không khác gì danh bạ, không có gì để ghi."
    return imports.why_not_refresh(roster_import)


@require_POST
def import_commit(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
    imports.commit_import(roster_import, by=request.user)
    return redirect("assignments:import_receipt", roster_import.pk)


@require_POST
def import_refresh(request: UserRequest, pk: int) -> HttpResponse:
    roster_import = own_import(request, pk)
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
    roster_import = own_import(request, pk)
    if roster_import.status != ImportStatus.COMMITTED:
        return redirect("assignments:import_preview", roster_import.pk)
    facts = {"steps": STEPS, **summary(roster_import)}
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
    """An import of the user's subtree, of a kind that the user may import."""
    visible = RosterImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    roster_import = get_object_or_404(visible, pk=pk)
    kind = RosterKind(roster_import.kind)
    forbid_if(rules.why_not_import(request.user, kind, roster_import.unit))
    return roster_import
