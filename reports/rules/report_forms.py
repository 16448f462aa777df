"""Who may change the report form, and what of it may not go."""

from datetime import date, timedelta

from reports.form_design import READ_BY_KEY, Definition, problems, questions_in, sections_in
from reports.models import FormDraft, ReportForm
from roster.models import User
from roster.states import Role


def why_not_edit_form(user: User) -> str | None:
    if user.is_superuser or user.role in Role.commission():
        return None
    return "Mẫu báo cáo và khung tiêu chí do Ban Tổ chức soạn."


def why_not_begin_draft(form: ReportForm, user: User) -> str | None:
    if FormDraft.objects.filter(based_on=form).exists():
        return "Đang có một bản soạn. Sửa tiếp bản đó, hoặc bỏ nó rồi soạn bản mới."
    return why_not_edit_form(user)


def why_not_publish(draft: FormDraft, user: User) -> str | None:
    if not user.is_superuser and user.role != Role.COMMISSION_LEADER:
        return "Lãnh đạo Ban Tổ chức ban hành mẫu."
    if draft.definition == draft.based_on.definition:
        return "Bản soạn chưa khác mẫu đang dùng."
    return next(problems(draft.definition), None)


def why_not_start(form: ReportForm, day: date, today: date) -> str | None:
    """A new version begins after the one it follows, and not before this month: its reports are filed."""
    first = max(form.starts_on + timedelta(days=1), today.replace(day=1))
    if day < first:
        return f"Mẫu mới dùng từ ngày {first:%d/%m/%Y} trở đi."
    return None


def why_not_remove(definition: Definition, key: str, *, is_section: bool) -> str | None:
    """Summaries read some answers by their key; a sheet is more than a question; a condition needs its question."""
    section = sections_in(definition).get(key) if is_section else None
    keys = {one["key"] for one in section["fields"]} if section else {key}
    if section and section.get("part"):
        return f"Phần “{section['title']}” không bỏ được: số liệu tổng hợp dựa vào đó."
    questions = questions_in(definition)
    if read := [questions[one]["label"] for one in keys if one in READ_BY_KEY]:
        return f"Câu “{read[0]}” không bỏ được: số liệu tổng hợp đọc câu này."
    parts = [part for one in definition if one is not section for part in (one, *one["fields"])]
    for part in parts:
        if (part.get("condition") or {}).get("field") in keys:
            return f"Điều kiện của “{part.get('label') or part.get('title')}” dựa vào câu này. Đổi điều kiện đó trước."
    return None


def why_not_condition(part_keys: set[str]) -> str | None:
    if part_keys & READ_BY_KEY:
        return "Số liệu tổng hợp đọc câu này ở mọi buổi họp nên không đặt điều kiện."
    return None
