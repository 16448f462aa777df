"""The number beside the bell."""

from django import template

from notices.models import Notice
from roster.models import User

register = template.Library()


@register.simple_tag
def unread_notices(user: User) -> int:
    """How many messages in the program the user has not opened; one query."""
    return Notice.objects.visible_to(user).unread().count()
