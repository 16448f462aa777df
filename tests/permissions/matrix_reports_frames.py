"""Who may read, change and publish the scoring frame: as with the report form, one for all. Order of the roles: see table.py."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from reports.actions import report_forms, scoring_frames
from reports.frame_design import with_criteria
from reports.models import FrameDraft, ScoringFrame
from roster.states import Role
from tests.permissions.matrix_reports_forms import DONE, LED, SEEN, row
from tests.permissions.table import Row
from tests.permissions.world import World

CHOICES = {
    "choices-TOTAL_FORMS": "2",
    "choices-INITIAL_FORMS": "0",
    "choices-0-points": "1",
    "choices-0-label": "Đạt",
    "choices-1-points": "0",
    "choices-1-label": "Chưa đạt",
}
PART = {"label": "Có khách dự", **CHOICES}
ABOUT = {"name": "Khung mới", "code": "HD 43", "bands": "90 Tốt\n0 Kém"}
TOMORROW: Any = {"starts_on": f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"}


def last_frame(_world: World) -> list[Any]:
    return [ScoringFrame.objects.latest("starts_on").pk]


def drafted(world: World) -> FrameDraft:
    return scoring_frames.begin_draft(by=world.inside[Role.COMMISSION_OFFICER])


def pk_of_draft(world: World) -> list[Any]:
    return [drafted(world).pk]


def criterion(world: World) -> list[Any]:
    return [drafted(world).pk, "c3"]


def part(world: World) -> list[Any]:
    return [drafted(world).pk, "steering"]


def changed(world: World) -> list[Any]:
    draft = drafted(world)
    change = with_criteria(lambda criteria: [{**criteria[0], "hint": "khác"}, *criteria[1:]])
    by = world.inside[Role.COMMISSION_OFFICER]
    draft = report_forms.change_draft(draft, change, by=by)
    report_forms.change_draft(draft, lambda whole: {**whole, "code": "HD 43"}, by=by)
    return [draft.pk]


ROWS = [
    Row("reports:frame_list", inside=SEEN, outside=SEEN),
    row("frame_detail", last_frame, SEEN),
    Row("reports:frame_draft_begin", inside=DONE, outside=DONE, method="post"),
    row("frame_draft_edit", pk_of_draft, SEEN),
    row("frame_draft_preview", pk_of_draft, SEEN),
    row("frame_about_edit", pk_of_draft, DONE, method="post", data=ABOUT),
    row("frame_criterion_add", pk_of_draft, SEEN),
    row("frame_criterion_edit", criterion, DONE, method="post", data={"title": "Chuẩn bị kỹ"}),
    row("frame_part_add", criterion, DONE, method="post", data=PART),
    row("frame_part_edit", part, DONE, method="post", data=PART),
    row(
        "frame_piece_move",
        pk_of_draft,
        DONE,
        method="post",
        data={"key": "c3", "is_section": "1", "to": "up"},
    ),
    row("frame_piece_remove", pk_of_draft, DONE, method="post", data={"key": "steering"}),
    row("frame_draft_publish", changed, LED, method="post", data=TOMORROW),
    row("frame_draft_discard", pk_of_draft, DONE, method="post"),
]
