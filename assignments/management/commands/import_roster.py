import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from assignments.actions import imports
from config.lib.errors import Conflict, Refused, refuse_if
from config.lib.spreadsheets.limits import MOST_BYTES, TOO_BIG
from roster.sheets.preview import ListOptions, refused
from roster.states import RosterKind

NOT_COMMITTED = 1
NOT_READ = 2


class Command(BaseCommand):
    """Prints the preview; standard output holds nothing else. Exit codes: DESIGN.md §3."""

    help = "Xem trước (hoặc nhập, với --commit) danh sách chi bộ, cán bộ, phân công từ tệp Excel."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="tệp .xlsx, .xlsm, .xls, .ods hoặc .csv")
        parser.add_argument("--kind", required=True, choices=RosterKind.values)
        parser.add_argument(
            "--unit",
            default="",
            metavar="CODE",
            help="mã đơn vị có danh sách (mặc định: theo tiêu đề)",
        )
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="danh sách tính đến ngày nào",
        )
        parser.add_argument(
            "--decision", default="", metavar="NUMBER", help="số quyết định phân công"
        )
        parser.add_argument("--commit", action="store_true", help="ghi vào danh bạ")
        parser.add_argument("--json", action="store_true", help="in bản xem trước dạng JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        told = ListOptions(
            unit_code=options["unit"], on=options["on"], decision=options["decision"]
        )
        kind, today = RosterKind(options["kind"]), timezone.localdate()
        try:
            content = content_of(path)
            preview = imports.preview_list(content, kind, told, by=None, today=today)
        except Refused as refusal:
            self.show(refused(kind, path.name, str(refusal)), as_json=options["json"])
            sys.exit(NOT_READ)
        self.show(preview.facts(path.name), as_json=options["json"])
        for note in filter(None, (preview.roster.conversion, *preview.roster.hidden)):
            self.stderr.write(note)
        if options["commit"]:
            self.commit(content, path.name, kind, told)

    def commit(self, content: bytes, name: str, kind: RosterKind, told: ListOptions) -> None:
        try:
            preview = imports.import_list(content, name, kind, told, today=timezone.localdate())
            refuse_if(imports.why_not_write(preview))
        except (Refused, Conflict) as refusal:
            self.stderr.write(str(refusal))
            sys.exit(NOT_COMMITTED)

    def show(self, facts: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False))
            return
        for line in lines_of(facts):
            self.stdout.write(line)


def content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(TOO_BIG)
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"Không mở được tệp “{path}”: {error.strerror}.") from None


def lines_of(facts: dict[str, Any]) -> list[str]:
    if facts["refused"]:
        return [facts["refused"]]
    counts = "{rows} dòng: {new} mới, {changed} thay đổi, {same} giữ nguyên, {problems} vấn đề."
    numbers = {**facts, "problems": len(facts["problems"])}
    problems = [f"  {problem['cell']}: {problem['text']}" for problem in facts["problems"]]
    return [f"{facts['file']}, trang “{facts['sheet']}”. {counts.format(**numbers)}", *problems]
