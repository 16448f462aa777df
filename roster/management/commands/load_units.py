from typing import Any

from django.core.management.base import BaseCommand

from roster.actions.shipped_units import load_shipped_units


class Command(BaseCommand):
    help = "Nạp các đơn vị có sẵn: ba tỉnh trước 7/2025, Kim Sơn năm 2021, 129 xã, phường hiện nay và các lần sắp xếp."

    def handle(self, *args: Any, **options: Any) -> None:
        count = load_shipped_units()
        self.stdout.write(
            f"Đã thêm {count} đơn vị." if count else "Các đơn vị đã có đủ, không thay đổi gì."
        )
