"""For the page that returns a report: the place for a remark beside each answer."""

from collections.abc import Mapping, Sequence

from django import template
from django.forms import BoundField

from reports.forms.review import ReturnForm

register = template.Library()


@register.filter
def remark_on(form: ReturnForm, key: str) -> BoundField:
    """The field for what is to be mended at `key`; the empty key is the whole report."""
    return form.remark_on(key)


@register.filter
def said_before(gone: Mapping[str, Sequence[str]], part: str) -> Sequence[str]:
    """What the earlier submission said on this sheet and the last one does not."""
    return gone.get(part, ()) if gone else ()
