"""Taking numbers from the register of documents."""

from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Max

from config.lib.errors import Refused
from roster import audit
from roster.models import DocumentNumber, Unit, User

CONGRESS_TERMS: Final = (
    (date(2025, 7, 1), "2025-2030"),
    (date(2020, 7, 1), "2020-2025"),
    (date(2015, 7, 1), "2015-2020"),
)
"""First day of each congress term, newest first; numbers begin again with it (DOMAIN.md §4)."""


def congress_term(day: date) -> str:
    for begins_on, term in CONGRESS_TERMS:
        if begins_on <= day:
            return term
    raise Refused(f"Chưa có nhiệm kỳ nào cho ngày {day:%d/%m/%Y}.")


@transaction.atomic
def take_number(
    issuer: Unit, document_type: str, *, on: date, label: str, by: User | None, above: int = 0
) -> int:
    """The next number of this type, body and term, entered in the register; at issue, never at draft.

    `above`: the highest number known to be in use outside the register (lists that were imported).

    The issuing body's row is locked until the transaction ends: two documents issued at once get two
    numbers in a row, and a document that fails gives its number back.
    """
    Unit.objects.select_for_update().get(pk=issuer.pk)
    term = congress_term(on)
    register = DocumentNumber.objects.filter(
        issuer=issuer, document_type=document_type, congress_term=term
    )
    number = max(register.aggregate(last=Max("number"))["last"] or 0, above) + 1
    entry = DocumentNumber.objects.create(
        issuer=issuer,
        document_type=document_type,
        congress_term=term,
        number=number,
        taken_on=on,
        label=label,
    )
    audit.record("number taken", entry, by=by, label=label, congress_term=term)
    return number


@transaction.atomic
def enter_number(
    issuer: Unit, document_type: str, number: int, *, on: date, label: str, by: User | None
) -> None:
    """Enter a number that the records clerk gave; Refused when the register has it for another document."""
    Unit.objects.select_for_update().get(pk=issuer.pk)
    term = congress_term(on)
    entry, is_new = DocumentNumber.objects.get_or_create(
        issuer=issuer,
        document_type=document_type,
        congress_term=term,
        number=number,
        defaults={"taken_on": on, "label": label},
    )
    if not is_new:
        raise Refused(
            f"Số {entry} đã dùng trong nhiệm kỳ {term}: {entry.label}. Xem lại số văn thư cấp."
        )
    audit.record("number entered", entry, by=by, label=label, congress_term=term)
