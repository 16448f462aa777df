"""What channels over HTTP share: one connection a batch, and what network trouble means."""

from types import TracebackType
from typing import Any, ClassVar, Final, Self

import httpx

from notices.channels.channel import TryLater, Unreachable

TIMEOUT: Final = 20
TOO_MANY: Final = 429
SERVER_ERROR: Final = 500
NO_ENTRY: Final = frozenset({401, 403})


class WebChannel:
    """A provider behind `base_url`."""

    is_local: ClassVar[bool] = False
    provider: ClassVar[str]

    def __init__(self, base_url: str, headers: dict[str, str]) -> None:
        self.client = httpx.Client(base_url=base_url, headers=headers, timeout=TIMEOUT)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer, unless it says that the provider is down, busy, or does not know us."""
        try:
            answer = self.client.request(method, path, **more)
        except httpx.ConnectError as error:
            raise Unreachable(f"Không nối được {self.provider}: {error}") from error
        except httpx.HTTPError as error:
            raise TryLater(f"{self.provider} ngắt giữa chừng: {error}") from error
        if answer.status_code in NO_ENTRY:
            raise Unreachable(f"{self.provider} không nhận khóa của ta ({answer.status_code}).")
        if answer.status_code == TOO_MANY or answer.status_code >= SERVER_ERROR:
            raise TryLater(f"{self.provider} chưa nhận ({answer.status_code}).")
        return answer

    def said(self, answer: httpx.Response) -> dict[str, Any]:
        """The JSON object of an answer."""
        try:
            found = answer.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise TryLater(f"{self.provider} trả lời không hiểu được ({answer.status_code}).")
        return found
