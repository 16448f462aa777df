"""`manage.py build_summary --unit CODE --period 2026-11 --out DIR`"""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.lib.errors import Refused
from config.lib.months import Period
from reports.actions import summaries
from reports.models import Summary
from reports.rules.summaries import SUMMARISED
from reports.states import SummaryStatus
from roster.models import Unit
from roster.states import Units


class Command(BaseCommand):
    """Build a unit's summary as a draft and write its three files.

    A summary that was approved or sent is not built anew: its files are written as they are.
    """

    help = "Dựng báo cáo tổng hợp của một đơn vị và ghi ba tệp DOCX, PDF, XLSX."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, help="mã tỉnh hoặc xã, phường")
        parser.add_argument("--period", required=True, help="2026-11, 2026-Q4, 2026-H1 hoặc 2026")
        parser.add_argument(
            "--units",
            choices=Units.values,
            default=Units.THEN,
            help="then: theo tên lúc họp; now: theo đơn vị hiện nay",
        )
        parser.add_argument("--out", required=True, type=Path, help="thư mục ghi tệp")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period.parse(options["period"])
            now = timezone.now()
            unit = unit_with(options["unit"], min(period.ends_on, timezone.localdate(now)))
            units = Units(options["units"])
            summary = finished(unit, period, units) or summaries.build_summary(
                unit, period, units, by=None, now=now
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for path in written(summary, options["out"]):
            self.stdout.write(str(path))


def unit_with(code: str, day: date) -> Unit:
    """The province or commune that had this code on `day`: codes are reused over time."""
    found = list(Unit.objects.on(day).filter(code=code, kind__in=SUMMARISED))
    if len(found) != 1:
        raise Refused(f"Ngày {day:%d/%m/%Y} có {len(found)} tỉnh, xã, phường mang mã “{code}”.")
    return found[0]


def finished(unit: Unit, period: Period, units: Units) -> Summary | None:
    approved = [SummaryStatus.APPROVED, SummaryStatus.SENT]
    kept = summaries.kept(unit, period, units)
    return next((summary for summary in kept if summary.status in approved), None)


def written(summary: Summary, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in summaries.files_of(summary):
        path = folder / file.name
        with file.content.open("rb") as content:
            path.write_bytes(content.read())
        paths.append(path)
    return paths
