"""Letting a new dated row take the place of the one in force, in bulk."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from roster.actions.copying import copy_rows
from roster.models.dated import Period

P = TypeVar("P", bound=Period)


def supersede(
    pairs: Sequence[tuple[P | None, P]],
    fields: Sequence[str],
    *,
    on: date,
    unless_later: Mapping[int, date] | None = None,
) -> None:
    """From `on` each second row holds in the place of the first (None: nothing was in force).

    A row that began on that very day is corrected instead of ended. `fields` are what the
    rows say beside their period; `unless_later` maps an index of `pairs` to the first day on
    which a later row holds, before which the new one must end.
    """
    if not pairs:
        return
    rows = type(pairs[0][1])._default_manager
    ended, corrected, new = [], [], []
    for index, (before, now) in enumerate(pairs):
        if before is not None and before.starts_on == on:
            for name in fields:
                setattr(before, name, getattr(now, name))
            corrected.append(before)
            continue
        now.starts_on = on
        if before is not None:
            now.ends_on, before.ends_on = before.ends_on, on - timedelta(days=1)
            ended.append(before)
        elif unless_later and index in unless_later:
            now.ends_on = unless_later[index] - timedelta(days=1)
        new.append(now)
    rows.bulk_update(ended, ["ends_on"], batch_size=500)
    rows.bulk_update(corrected, list(fields), batch_size=500)
    copy_rows(new)
