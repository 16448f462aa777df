"""For the page that returns a report: the place for a remark beside each answer."""

from django import template
from django.forms import BoundField

from reports.forms.review import ReturnForm

register = template.Library()


@register.filter
def remark_on(form: ReturnForm, key: str) -> BoundField:
    """The field for what is to be mended at `key`; the empty key is the whole report."""
    return form.remark_on(key)
