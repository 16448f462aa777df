"""What a person does with the own inbox."""

from django.utils import timezone

from notices.models import Notice
from roster.models import User


def mark_read(notice: Notice, *, by: User) -> None:
    Notice.objects.visible_to(by).unread().filter(pk=notice.pk).update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    """How many were unread."""
    return Notice.objects.visible_to(by).unread().update(read_at=timezone.now())
