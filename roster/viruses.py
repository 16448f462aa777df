"""Asking a virus scanner (clamd) before a file is kept; where none is configured, nothing is asked."""

import socket
import struct
from typing import Final

from django.conf import settings

from config.lib.errors import Refused

CHUNK: Final = 64 * 1024
PATIENCE_SECONDS: Final = 20
UNREACHABLE: Final = "Chưa quét được vi-rút nên chưa nhận tệp. Thử lại sau ít phút."


def refuse_viruses(content: bytes, name: str) -> None:
    """Refused when the scanner finds something, and also when it does not answer: unseen is not clean."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        answer = ask(content)
    except OSError as problem:
        raise Refused(UNREACHABLE) from problem
    if answer.endswith("FOUND"):
        raise Refused(f"Tệp “{name}” có vi-rút nên không nhận. Kiểm tra lại máy đã tạo tệp này.")
    if not answer.endswith("OK"):
        raise Refused(UNREACHABLE)


def ask(content: bytes) -> str:
    """INSTREAM of clamd's protocol: chunks with their length before them, an empty one ends."""
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        with line.makefile("rb") as answer:
            return answer.read(1024).rstrip(b"\0\n").decode(errors="replace")
