"""In which unit of today another one lives on."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from roster.models import Succession
from roster.states import SuccessionKind


def living(units: Iterable[int], today: date) -> dict[int, int]:
    """Of each key that of its main successor, and so on; its own for a unit that is there or has none."""
    heirs: dict[int, int] = {}
    asked = keys = set(units)
    while asked:
        found = heirs_of(asked, today)
        heirs |= found
        asked = set(found.values()) - heirs.keys()
    return {key: last(key, heirs) for key in keys}


def heirs_of(units: set[int], today: date) -> dict[int, int]:
    rows = (
        Succession.objects.filter(old__in=units, old__ends_on__lt=today)
        .exclude(new=F("old"))
        .order_by("-pk")
        .values_list("old", "new", "kind")
    )
    main_last = sorted(rows, key=lambda row: row[2] == SuccessionKind.SPLIT_MAIN)
    return {old: new for old, new, _ in main_last}


def last(key: int, heirs: dict[int, int]) -> int:
    for _ in heirs:  # no more steps than there are successions, should they go round
        key = heirs.get(key, key)
    return key
