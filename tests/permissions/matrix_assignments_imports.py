"""Who imports rosters: the commission for its subtree, a commune its own branches. Order of the roles: see table.py."""

from datetime import date
from typing import Any

from assignments.actions import imports
from roster.models import Job, RosterImport
from roster.sheets.preview import ListOptions
from roster.states import RosterKind
from tests.permissions.table import Row
from tests.permissions.world import World
from tests.workbooks import BRANCH_HEAD, workbook

TODAY = date(2026, 11, 23)
BRANCH = [1, None, "Chi bộ xóm 9", 30, "Trần Văn An", "0912345678", 3, "19h30", None, None]
WIZARD = "200 200 403 200 403 403 403 403"
SEEN = "200 200 403 200 404 404 404 403"
UNDONE = "422 422 403 422 404 404 404 403"
DONE = "302 302 403 302 404 404 404 403"


def an_import(world: World) -> list[Any]:
    """A preview of the inside commune's branches."""
    return kept(world, BRANCH)


def a_wrong_import(world: World) -> list[Any]:
    """The same with a telephone number that is too short."""
    return kept(world, [*BRANCH[:5], "0912", *BRANCH[6:]])


def kept(world: World, row: list[Any]) -> list[Any]:
    content = workbook([BRANCH_HEAD, row])
    options = ListOptions(unit=world.commune)
    preview = imports.preview_list(content, RosterKind.BRANCHES, options, by=None, today=TODAY)
    roster_import: RosterImport = imports.keep_preview(preview, content, "chi-bo.xlsx", by=None)
    return [roster_import.pk]


def a_list(world: World) -> dict[str, Any]:
    """Branches of the inside commune; who does not see it gets the form again."""
    return {"kind": "branches", "unit": world.commune.pk, "on": "2026-11-23"}


def an_export(world: World) -> list[Any]:
    """Asked for by nobody who is here: only administrators see it, and it has no file yet."""
    return [Job.objects.create(kind="export").pk]


ROWS: list[Row] = [
    Row("assignments:export_new", inside=WIZARD, outside=WIZARD),
    Row("assignments:export_new", method="post", data=a_list, inside=WIZARD, outside=WIZARD),
    Row("assignments:export_file", an_export, inside="404", outside="404"),
    Row(
        "assignments:decision_list_file",
        lambda world: [world.assignment.decision_id],
        inside="200 200 200 200 403 403 403 200",
        outside="404 404 404 200 403 403 403 404",
    ),
    Row("assignments:import_new", inside=WIZARD, outside=WIZARD),
    Row("assignments:import_new", method="post", inside=WIZARD, outside=WIZARD),
    Row("assignments:import_preview", an_import, inside=SEEN, outside="404"),
    Row("assignments:import_receipt", an_import, inside=DONE, outside="404"),
    Row("assignments:import_file", an_import, inside=SEEN, outside="404"),
    Row("assignments:import_marked", a_wrong_import, inside=SEEN, outside="404"),
    Row("assignments:import_columns", an_import, inside=SEEN, outside="404"),
    Row(
        "assignments:import_columns",
        an_import,
        method="post",
        inside=SEEN,
        outside="404",
    ),
    Row("assignments:import_correct", an_import, method="post", inside=DONE, outside="404"),
    Row("assignments:import_undo", an_import, method="post", inside=UNDONE, outside="404"),
    Row("assignments:import_commit", an_import, method="post", inside=DONE, outside="404"),
    Row("assignments:import_refresh", an_import, method="post", inside=DONE, outside="404"),
    Row("assignments:import_discard", an_import, method="post", inside=DONE, outside="404"),
]
