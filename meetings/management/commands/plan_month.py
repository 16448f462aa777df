from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.lib.errors import Refused
from config.lib.months import last_day, parse_month
from meetings.actions import planning
from roster.models import Unit


class Command(BaseCommand):
    help = "Lập lịch một tháng: mỗi chi bộ một cuộc họp thường kỳ, theo lịch cố định. Chạy lại bao nhiêu lần cũng được."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", help="tháng, viết như 2026-12")
        parser.add_argument("--unit", help="mã đơn vị; chỉ lập lịch cho đơn vị này và cấp dưới")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            month = parse_month(options["month"])
            unit = self.unit(options["unit"], month) if options["unit"] else None
            count = planning.plan_month(month, unit, now=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Tháng {month:%m/%Y}: đã thêm {count} cuộc họp.")

    def unit(self, code: str, month: Any) -> Unit:
        """The unit that the code means at the month's end; codes are reused over time."""
        found = list(Unit.objects.filter(code=code).on(last_day(month))[:2])
        if len(found) != 1:
            raise CommandError(
                f"Không có đúng một đơn vị mang mã {code} trong tháng {month:%m/%Y}."
            )
        return found[0]
