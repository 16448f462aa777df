"""Zalo ZNS: messages by a template that Zalo has approved, with a receipt for each.

`ZALO_TEMPLATES` names for each kind ("*": any other) the template's id and its fields; a field is
a fact, or `name`, `subject`, `link`.
"""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Final

from django.conf import settings

from notices.channels.channel import (
    Message,
    Receipt,
    Rejected,
    TryLater,
    Unreachable,
    WrongAddress,
    phone_of,
)
from notices.channels.web import WebChannel
from notices.channels.zalo_token import access_token, renew
from roster.models import User

FINE: Final = 0
BAD_TOKEN: Final = -124
WRONG: Final = {-108: "Số điện thoại không đúng.", -118: "Số này không dùng Zalo."}
NEVER: Final = {
    -114: "Tài khoản Zalo không hoạt động hoặc từ chối nhận tin.",
    -119: "Tài khoản Zalo không nhận được tin.",
    -131: "Mẫu tin ZNS chưa được duyệt.",
    -137: "Zalo không nhận dữ liệu của mẫu tin.",
}
HOUSE: Final = {-115: "Tài khoản ZNS hết tiền.", -144: "Hết số tin ZNS của ngày."}
ARRIVED: Final = 1


class Zalo(WebChannel):
    provider: ClassVar[str] = "Zalo"

    def __init__(self) -> None:
        super().__init__(settings.ZALO_URL, {})

    def address_of(self, user: User) -> str:
        return phone_of(user).removeprefix("+")

    def send(self, message: Message) -> str:
        template = template_of(message.kind)
        body = {
            "phone": message.address,
            "template_id": template["id"],
            "template_data": {name: field(message, name) for name in template["fields"]},
            "tracking_id": message.key,
        }
        found = self.call("POST", "/message/template", json=body)
        if error := int(found.get("error", FINE)):
            raise refusal(error, str(found.get("message", "")))
        return str(found["data"]["msg_id"])

    def receipts(self, ids: Collection[str]) -> Iterator[Receipt]:
        for key in ids:
            found = self.call("GET", "/message/status", params={"message_id": key})
            status = (found.get("data") or {}).get("status", 0)
            if int(status) == ARRIVED:
                yield Receipt(key, arrived=True)
            elif int(status) < 0:
                yield Receipt(key, arrived=False, reason=str(found["data"].get("message", "")))

    def call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        """With the key of today; a key that Zalo no longer takes is renewed once."""
        found = self.said(self.ask(method, path, headers=key_header(access_token()), **more))
        if found.get("error") == BAD_TOKEN:
            found = self.said(self.ask(method, path, headers=key_header(renew()), **more))
        if found.get("error") == BAD_TOKEN:
            raise Unreachable("Zalo không nhận khóa của ta.")
        return found


def key_header(token: str) -> dict[str, str]:
    return {"access_token": token}


def template_of(kind: str) -> dict[str, Any]:
    templates = settings.ZALO_TEMPLATES
    found: dict[str, Any] | None = templates.get(kind) or templates.get("*")
    if found is None:
        raise Rejected("Chưa có mẫu ZNS cho loại tin này.")
    return found


def field(message: Message, name: str) -> str:
    value = {"subject": message.subject, "link": message.link}.get(name, message.facts.get(name))
    return str(value or "–")


def refusal(error: int, words: str) -> Exception:
    if error in WRONG:
        return WrongAddress(WRONG[error])
    if error in NEVER:
        return Rejected(NEVER[error])
    if error in HOUSE:
        return Unreachable(HOUSE[error])
    return TryLater(f"Zalo chưa nhận: {error} {words}")
