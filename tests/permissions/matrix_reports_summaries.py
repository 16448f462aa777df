"""Who may see, build, approve and send summaries. Order of the roles: see table.py."""

from datetime import date
from typing import Any

from django.utils import timezone

from config.lib.months import Period
from reports.actions import summaries as actions
from reports.models import Summary
from roster.actions.jobs import open_job
from roster.states import Role
from tests.permissions.table import Row
from tests.permissions.world import World

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
SIGNER = actions.Signer("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Trần Thị Mẫu")
SIGNED = {"authority": "T/M BAN THƯỜNG VỤ", "office": "BÍ THƯ", "name": "Trần Thị Mẫu"}


def draft(world: World) -> Summary:
    """The inside commune's."""
    assert world.meeting
    return actions.build_summary(world.commune, NOVEMBER, by=None, now=timezone.now())


def approved(world: World) -> Summary:
    summary = draft(world)
    leader = world.inside[Role.COMMISSION_LEADER]
    actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=leader)
    return summary


def a_draft(world: World) -> list[Any]:
    return [draft(world).pk]


def an_approved(world: World) -> list[Any]:
    return [approved(world).pk]


def its_pdf(world: World) -> list[Any]:
    return [draft(world).pk, "pdf"]


def no_such_file(world: World) -> list[Any]:
    return [draft(world).pk, "facts"]


def what_to_build(world: World) -> dict[str, Any]:
    return {"unit": world.commune.pk, "period": "2026-11"}


def signed(world: World) -> dict[str, Any]:
    return {**SIGNED, "seen": Summary.objects.get().sha256}


def a_job(world: World) -> list[Any]:
    """Started by the inside officer of the commission; nobody else follows it."""
    return [open_job("build_summary", by=world.inside[Role.COMMISSION_OFFICER], title="Dựng").pk]


ROWS: list[Row] = [
    Row(
        "reports:summary_list",
        inside="200 200 200 200 403 403 403 200",
        outside="200 200 200 200 403 403 403 200",
    ),
    Row(
        "reports:summary_build",
        inside="403 200 200 200 403 403 403 403",
        outside="403 200 200 200 403 403 403 403",
    ),
    # outside: the page with the error of its form, for the unit is not offered
    Row(
        "reports:summary_build",
        method="post",
        data=what_to_build,
        inside="403 302 302 302 403 403 403 403",
        outside="403 200 200 200 403 403 403 403",
    ),
    Row(
        "reports:summary_detail",
        a_draft,
        inside="200 200 200 200 404 404 404 200",
        outside="404",
    ),
    Row(
        "reports:summary_file",
        its_pdf,
        inside="200 200 200 200 404 404 404 200",
        outside="404",
    ),
    Row("reports:summary_file", no_such_file, inside="404", outside="404"),
    Row(
        "reports:summary_approve",
        a_draft,
        inside="403 403 200 200 404 404 404 403",
        outside="404",
    ),
    Row(
        "reports:summary_approve",
        a_draft,
        method="post",
        data=signed,
        inside="403 403 302 302 404 404 404 403",
        outside="404",
    ),
    Row(
        "reports:summary_withdraw",
        an_approved,
        method="post",
        inside="403 403 302 302 404 404 404 403",
        outside="404",
    ),
    Row(
        "reports:summary_send",
        an_approved,
        method="post",
        inside="403 302 302 302 404 404 404 403",
        outside="404",
    ),
    Row(
        "roster:job_detail",
        a_job,
        inside="404 200 404 404 404 404 404 404",
        outside="404",
    ),
]
