"""E-mail over one SMTP connection a batch."""

import smtplib
from collections.abc import Collection, Iterator
from email.utils import parseaddr
from types import TracebackType
from typing import ClassVar, Final, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notices.channels.channel import Message, Receipt, Rejected, TryLater, Unreachable, WrongAddress
from roster.models import User

PERMANENT: Final = 500
NO_SUCH_MAILBOX: Final = frozenset({550, 551, 553})


class Email:
    """Opens the connection at the first message, and again after the server has dropped it."""

    is_local: ClassVar[bool] = False

    def __init__(self) -> None:
        self.connection = get_connection()
        self.domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.connection.close()

    def address_of(self, user: User) -> str:
        """The official's work address in the roster, else the account's."""
        address = (user.official.email if user.official else "") or user.email
        if not address:
            raise WrongAddress("Chưa có thư công vụ.")
        return address

    def send(self, message: Message) -> str:
        self.open()
        try:
            self.letter(message).send()
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise refusal(message, code, words) from error
        except smtplib.SMTPDataError as error:
            raise refusal(message, error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.connection.close()
            raise TryLater(f"Máy chủ thư ngắt giữa chừng: {error}") from error
        return ""

    def receipts(self, ids: Collection[str]) -> Iterator[Receipt]:
        """Mail has none that one could ask for."""
        yield from ()

    def open(self) -> None:
        try:
            self.connection.open()
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"Không nối được máy chủ thư: {error}") from error

    def letter(self, message: Message) -> EmailMessage:
        return EmailMessage(
            message.subject,
            f"{message.text}\n",
            to=[message.address],
            connection=self.connection,
            headers={"Message-ID": f"<{message.key}@{self.domain}>"},
        )


def refusal(message: Message, code: int, words: bytes | str) -> Rejected | TryLater:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code >= PERMANENT:
        kind = WrongAddress if code in NO_SUCH_MAILBOX else Rejected
        return kind(f"Máy chủ thư từ chối {message.address}: {code} {said}")
    return TryLater(f"Máy chủ thư chưa nhận: {code} {said}")
