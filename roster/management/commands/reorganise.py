import argparse
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config.lib.errors import Refused
from roster.actions import reorganisations
from roster.changes import read_changes, read_mapping
from roster.models import Rehoming, Reorganisation, Unit


class Command(BaseCommand):
    help = "Xem trước (hoặc thực hiện, với --commit) một quyết định sắp xếp tổ chức từ bảng thay đổi CSV."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("changes", type=Path, help="CSV, XLSX: old_code, new_code, change")
        parser.add_argument(
            "--branches", type=Path, help="CSV: branch_code, new_code cho đơn vị chia tách"
        )
        parser.add_argument(
            "--effective", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD"
        )
        parser.add_argument("--decision", required=True, help="số, ngày quyết định")
        parser.add_argument("--commit", action="store_true", help="thực hiện")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                reorganisation = self.drafted(options)
                self.show(reorganisation)
                if not options["commit"]:
                    transaction.set_rollback(True)
                    return
                self.refuse_unmapped(reorganisation)
                reorganisations.schedule_reorganisation(reorganisation, by=None)
            self.run(reorganisation)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def drafted(self, options: dict[str, Any]) -> Reorganisation:
        changes = read_changes(options["changes"].read_bytes())
        reorganisation = reorganisations.draft_reorganisation(
            options["decision"], options["effective"], changes, by=None
        )
        if options["branches"]:
            mapping = read_mapping(options["branches"].read_bytes())
            reorganisations.map_branches(reorganisation, mapping, by=None)
        reorganisations.map_rest_to_main(reorganisation, by=None)
        return reorganisation

    def show(self, reorganisation: Reorganisation) -> None:
        self.stdout.write(f"{reorganisation.operations.count()} việc sắp xếp:")
        for row in reorganisation.facts["touched"]:
            self.stdout.write(f"  {row['title']}: {row['count']}")
        waiting = reorganisations.unmapped(reorganisation)
        for row in waiting:
            self.stdout.write(f"  Chưa chọn nơi về: {named(row)}")

    def refuse_unmapped(self, reorganisation: Reorganisation) -> None:
        waiting = reorganisations.unmapped(reorganisation)
        if waiting:
            lines = "\n".join(f"  {named(row)}" for row in waiting)
            raise Refused(
                f"Chưa ghi gì: {len(waiting)} mục của đơn vị chia tách chưa có nơi về (--branches).\n{lines}"
            )

    def run(self, reorganisation: Reorganisation) -> None:
        today = timezone.localdate()
        if reorganisation.effective_on > today:
            self.stdout.write("Đã duyệt; sẽ thực hiện vào ngày hiệu lực.")
            return
        reorganisations.run_reorganisation(reorganisation, by=None, today=today)
        self.stdout.write("Đã thực hiện. Hoàn tác được trong 30 ngày.")


def named(row: Rehoming) -> str:
    """As `--branches` may name it."""
    if row.what != "child":
        return f"{row.what}#{row.object_id} {row.label} ({row.old})"
    code = Unit.objects.values_list("code", flat=True).get(pk=row.object_id)
    return f"{code or f'#{row.object_id}'} {row.label} ({row.old})"
