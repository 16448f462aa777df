"""One thing a person has to do now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from roster.models import User


@dataclass(frozen=True)
class Task:
    """A count, what it counts, a sentence, and one button; with `post` it does the thing at once."""

    count: int
    what: str
    text: str
    url: str
    label: str
    is_late: bool = False
    post: str = ""


@dataclass(frozen=True)
class Desk:
    """Whose work it is, and when one asks. `asked` keeps what two questions of one page share."""

    user: User
    now: datetime
    asked: dict[str, list[Any]] = field(default_factory=dict, compare=False)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)
