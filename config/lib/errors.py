"""Refusals that carry the sentence a person reads."""


class Refused(Exception):
    """May not be done now. The message is a Vietnamese sentence for the page."""


class Conflict(Exception):
    """Somebody else changed the same thing first; the page was stale."""

    def __init__(self, sentence: str = "Nội dung này vừa được người khác thay đổi.") -> None:
        super().__init__(sentence)


def refuse_if(reason: str | None) -> None:
    """Raise Refused with `reason` if there is one; pairs with the `why_not_…` rules."""
    if reason:
        raise Refused(reason)
