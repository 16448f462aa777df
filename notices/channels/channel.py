"""What every channel can do, and how it says that it could not."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, ClassVar, Protocol, Self

from roster.models import User


class Rejected(Exception):
    """This message will never arrive; the sentence says why."""


class WrongAddress(Rejected):
    """There is no such number or mailbox: the roster must be mended."""


class TryLater(Exception):
    """This message did not go through now; later it may."""


class Unreachable(Exception):
    """The channel is down for every message; no use in trying the next one."""


@dataclass(frozen=True)
class Message:
    """What is sent; `key` is the same in every attempt at it. `facts` fill a provider's own template."""

    key: str
    address: str
    subject: str
    text: str
    kind: str = ""
    link: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Receipt:
    """What became of a message that the next system had taken over; `reason` if it did not arrive."""

    id: str
    arrived: bool
    reason: str = ""


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

    def send(self, message: Message) -> str:
        """The provider's id of the message (or "") once it has taken it over; else Rejected, TryLater, Unreachable."""
        ...

    def receipts(self, ids: Collection[str]) -> Iterator[Receipt]:
        """What the provider knows by now; of those it does not know yet, nothing."""
        ...


def phone_of(user: User) -> str:
    """The official's number in the roster, else the account's."""
    phone = (user.official.phone if user.official else "") or user.phone
    if not phone:
        raise WrongAddress("Chưa có số điện thoại.")
    return phone
