"""SMS through an HTTP gateway; its contract is in docs/van-hanh.md ("Cổng tin nhắn")."""

import unicodedata
from collections.abc import Collection, Iterator
from typing import ClassVar, Final

from django.conf import settings

from notices.channels.channel import Message, Receipt, Rejected, WrongAddress, phone_of
from notices.channels.web import WebChannel
from roster.models import User

ACCEPTED: Final = frozenset({200, 202})
LONGEST: Final = 459  # three parts of plain letters
REASONS: Final = {"invalid_number": "Số điện thoại không có thật.", "blocked": "Thuê bao chặn tin."}


class Sms(WebChannel):
    """POST /messages, GET /messages/ID. The gateway keeps our id: a repeated one is not sent twice."""

    provider: ClassVar[str] = "cổng tin nhắn"

    def __init__(self) -> None:
        headers = {"Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}"}
        super().__init__(settings.SMS_GATEWAY_URL, headers)

    def address_of(self, user: User) -> str:
        return phone_of(user)

    def send(self, message: Message) -> str:
        body = {
            "id": message.key,
            "to": message.address,
            "from": settings.SMS_SENDER,
            "text": short_text(message),
        }
        answer = self.ask("POST", "/messages", json=body)
        if answer.status_code in ACCEPTED:
            return message.key
        raise refusal(str(self.said(answer).get("error", answer.status_code)))

    def receipts(self, ids: Collection[str]) -> Iterator[Receipt]:
        for key in ids:
            found = self.said(self.ask("GET", f"/messages/{key}"))
            if found.get("status") in {"delivered", "failed"}:
                reason = str(found.get("error", ""))
                yield Receipt(key, found["status"] == "delivered", REASONS.get(reason, reason))


def refusal(error: str) -> Rejected:
    kind = WrongAddress if error == "invalid_number" else Rejected
    return kind(REASONS.get(error, f"Cổng tin nhắn từ chối: {error}."))


def short_text(message: Message) -> str:
    """Subject and link in plain letters: a part holds 153 of them, and only 67 with Vietnamese marks."""
    room = LONGEST - len(message.link) - 1
    return f"{without_marks(message.subject)[:room]} {message.link}".strip()


def without_marks(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
