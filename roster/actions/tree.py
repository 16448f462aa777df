"""Today's tree follows the history of parents."""

from datetime import date

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from roster.models import Unit


@transaction.atomic
def place(unit: Unit, today: date) -> None:
    """Put `unit`, and all that hangs on it, where its row of parents says it is today."""
    row = unit.parents.on(today).select_related("parent").first()
    new = f"{row.parent.path if row else '/'}{unit.pk}/"
    old = unit.path
    if new == old:
        return
    unit.path = new
    unit.save(update_fields=["path"])
    if old:
        below = Unit.objects.filter(path__startswith=old).exclude(pk=unit.pk)
        below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
