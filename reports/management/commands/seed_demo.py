import argparse
import time
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.lib.errors import Refused
from reports.demo import bulk, people, small


class Command(BaseCommand):
    """Invented data in real communes. Deterministic for a seed and a day; never in production."""

    help = "Nạp dữ liệu chạy thử (số liệu giả định) vào cơ sở dữ liệu trống."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--scale", choices=["small", "pilot", "province", "nation"])
        parser.add_argument("--months", type=int, default=3, help="số tháng, tính cả tháng này")
        parser.add_argument("--seed", type=int, default=2026, help="cùng số thì cùng dữ liệu")
        parser.add_argument("--accounts", action="store_true", help="chỉ in các tài khoản")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Dữ liệu chạy thử không nạp trong chế độ chạy thật.")
        if not options["accounts"]:
            self.seed(options["scale"] or "small", options["months"], options["seed"])
        self.stdout.write("Tài khoản chạy thử (người và số liệu đều là giả định):")
        for line in people.printed():
            self.stdout.write(line)

    def seed(self, scale: str, months: int, seed: int) -> None:
        began = time.monotonic()
        dice = Random(seed)  # noqa: S311 - invented data, no secret
        try:
            if scale == "small":
                small.seed(months=months, dice=dice, now=timezone.now(), say=self.stdout.write)
            else:
                rows = bulk.SCALES[scale]
                bulk.seed(rows, months=months, dice=dice, now=timezone.now(), say=self.stdout.write)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Xong sau {time.monotonic() - began:.0f} giây.")
