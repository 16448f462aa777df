from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from notices import actions


class Command(BaseCommand):
    help = "Gửi các tin nhắc đã đến hạn, như tác vụ nền vẫn làm."

    def handle(self, *args: Any, **options: Any) -> None:
        count = actions.pay_all(now=timezone.now())
        self.stdout.write(f"Đã xử lý {count} tin.")
