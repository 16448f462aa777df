"""The report form's next version: begun as a copy, changed, published from a day, or discarded."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from config.lib.errors import Conflict, Refused, refuse_if
from reports import form_design
from reports.models import FormDraft, FrameDraft, ReportForm
from reports.rules import report_forms as rules
from roster import audit
from roster.models import User

Change = Callable[[Any], Any]
AnyDraft = TypeVar("AnyDraft", FormDraft, FrameDraft)


@transaction.atomic
def begin_draft(*, by: User) -> FormDraft:
    """A copy of the last version, to be changed."""
    last = ReportForm.objects.select_for_update(no_key=True).latest(
        "version"
    )  # of two at once one begins
    refuse_if(rules.why_not_begin_draft(last, by))
    name = f"Báo cáo dự sinh hoạt, mẫu {last.version + 1}"
    draft = FormDraft.objects.create(based_on=last, name=name, definition=last.definition)
    audit.record("form_draft_begun", draft, by=by, version=last.version + 1)
    return draft


@transaction.atomic
def change_draft(draft: AnyDraft, change: Change, *, by: User, **said: Any) -> AnyDraft:
    """Put `change(definition)` of a form or a frame in place; Conflict when somebody else changed the draft in between."""
    refuse_if(rules.why_not_edit_form(by))
    definition = change(draft.definition)
    rows = type(draft).objects.filter(pk=draft.pk, version=draft.version)
    now = timezone.now()
    if not rows.update(definition=definition, version=F("version") + 1, changed_at=now):
        raise Conflict("Bản soạn này vừa được người khác sửa. Mở lại trang rồi làm tiếp.")
    draft.definition, draft.version = definition, draft.version + 1
    audit.record("form_draft_changed", draft, by=by, **said)
    return draft


def remove_part(draft: FormDraft, key: str, *, is_section: bool = False, by: User) -> FormDraft:
    refuse_if(rules.why_not_remove(draft.definition, key, is_section=is_section))
    change = partial(form_design.without, key=key, is_section=is_section)
    return change_draft(draft, change, by=by, removed=key)


def move_part(
    draft: FormDraft, key: str, steps: int, *, is_section: bool = False, by: User
) -> FormDraft:
    change = partial(form_design.moved, key=key, steps=steps, is_section=is_section)
    return change_draft(draft, change, by=by, moved=key)


@transaction.atomic
def publish_draft(draft: FormDraft, *, name: str, starts_on: date, by: User) -> ReportForm:
    """The draft becomes the version in force from `starts_on`; the one before ends the day before."""
    last = draft.based_on
    refuse_if(rules.why_not_publish(draft, by))
    refuse_if(rules.why_not_start(last, starts_on, timezone.localdate()))
    end_before(draft, starts_on)
    form = ReportForm.objects.create(
        version=last.version + 1, name=name, starts_on=starts_on, definition=draft.definition
    )
    audit.record("published", form, by=by, starts_on=starts_on.isoformat())
    return form


def end_before(draft: AnyDraft, starts_on: date) -> None:
    """The draft of a form or a frame goes, and what it follows ends the day before `starts_on`."""
    last = draft.based_on
    if not type(draft).objects.filter(pk=draft.pk, version=draft.version).delete()[0]:
        raise Conflict("Bản soạn này vừa được người khác sửa. Mở lại trang rồi làm tiếp.")
    if last.ends_on is not None:
        raise Refused("Bản trước đã có ngày kết thúc. Bỏ bản soạn này rồi soạn lại.")
    last.ends_on = starts_on - timedelta(days=1)
    last.save(update_fields=["ends_on"])


@transaction.atomic
def discard_draft(draft: AnyDraft, *, by: User) -> None:
    refuse_if(rules.why_not_edit_form(by))
    audit.record("form_draft_discarded", draft, by=by)
    draft.delete()


def taken_keys(draft: FormDraft) -> set[str]:
    """Every key that some version used, and the draft's own: a key is never given a second meaning."""
    versions = ReportForm.objects.values_list("definition", flat=True)
    return set().union(*map(form_design.keys_in, [draft.definition, *versions]))
