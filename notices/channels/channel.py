"""What every channel can do, and how it says that it could not."""

from dataclasses import dataclass
from types import TracebackType
from typing import ClassVar, Protocol, Self

from roster.models import User


class Rejected(Exception):
    """This message will never arrive; the sentence says why."""


class TryLater(Exception):
    """This message did not go through now; later it may."""


class Unreachable(Exception):
    """The channel is down for every message; no use in trying the next one."""


@dataclass(frozen=True)
class Message:
    """What is sent; `key` is the same in every attempt at it."""

    key: str
    address: str
    subject: str
    text: str


class Channel(Protocol):
    """A way to reach people, opened once for a batch of messages; a local one only writes the row."""

    is_local: ClassVar[bool]

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def address_of(self, user: User) -> str:
        """Where the user is reached now; raises Rejected with the reason if nowhere."""
        ...

    def send(self, message: Message) -> None:
        """Return when the next system has taken it over; else raise Rejected, TryLater or Unreachable."""
        ...
