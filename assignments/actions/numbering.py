"""The number of a decision: given by the records clerk, or the next of the register; taken at issue, never at draft."""

from datetime import date

from assignments.documents import NUMBER, symbol_for
from assignments.models import Decision
from assignments.states import DecisionStatus
from config.lib.errors import Refused
from roster.actions.numbers import CONGRESS_TERMS, enter_number, take_number
from roster.models import User

LABEL = "{} về phân công dự sinh hoạt"


def number_at_issue(decision: Decision, *, signed_on: date, by: User) -> str:
    """The whole symbol, entered in the register of its issuer, type and congress term."""
    label = decision.subject or LABEL.format(decision.get_kind_display())
    if not decision.number:
        symbol = symbol_for(decision.kind, decision.issuer.kind)
        above = highest_known(decision, symbol, signed_on)
        number = take_number(
            decision.issuer, symbol, on=signed_on, label=label[:250], by=by, above=above
        )
        return f"{number:02d}-{symbol}"
    if match := NUMBER.fullmatch(decision.number):
        refuse_if_issued_before(decision, signed_on)
        enter_number(
            decision.issuer,
            match["symbol"][:10],
            int(match["number"]),
            on=signed_on,
            label=label[:250],
            by=by,
        )
    return decision.number


def numbered(decision: Decision, signed_on: date) -> list[str]:
    """Numbers of the issuer's decisions signed in the same congress term."""
    begins_on = next((first for first, _ in CONGRESS_TERMS if first <= signed_on), date.min)
    later = [first for first, _ in CONGRESS_TERMS if first > signed_on]
    rows = Decision.objects.filter(issuer=decision.issuer, signed_on__gte=begins_on)
    if later:
        rows = rows.filter(signed_on__lt=min(later))
    rows = rows.exclude(pk=decision.pk).exclude(status__in=DecisionStatus.before_issue())
    return list(rows.values_list("number", flat=True))


def highest_known(decision: Decision, symbol: str, signed_on: date) -> int:
    """Lists that were imported brought numbers that the register never saw."""
    found = [NUMBER.fullmatch(text) for text in numbered(decision, signed_on)]
    return max((int(one["number"]) for one in found if one and one["symbol"] == symbol), default=0)


def refuse_if_issued_before(decision: Decision, signed_on: date) -> None:
    if decision.number in numbered(decision, signed_on):
        raise Refused(f"Số {decision.number} đã có một quyết định khác trong nhiệm kỳ này.")
