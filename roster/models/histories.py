"""Every state of a row of the rosters, kept by the database whichever way the row is written."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db.models import Model

M = TypeVar("M", bound=type[Model])

# What is derived from other columns, and what nobody may read back.
NEVER_KEPT = ("name_key", "search", "path", "password", "last_login")


def with_history(what: str) -> Callable[[M], M]:
    """Keep each state with its moment and its context (who, by what); one insert a statement, not a row."""

    def keep(model: M) -> M:
        names = {field.name for field in model._meta.fields}
        tracked: Any = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=[name for name in NEVER_KEPT if name in names],
            obj_field=pghistory.ObjForeignKey(related_name="+"),
            append_only=True,
            attrs={"__doc__": f"One state of {what}, with its moment; never changed (pghistory)."},
            meta={
                "verbose_name": f"lịch sử {model._meta.verbose_name}",
                "verbose_name_plural": f"lịch sử {model._meta.verbose_name}",
            },
            level=pgtrigger.Statement,
        )
        kept: M = tracked(model)
        return kept

    return keep
