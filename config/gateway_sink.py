"""An SMS gateway and Zalo's ZNS on one port, that keep each message as a file; development and tests only.

`python -m config.gateway_sink --port 1026 --into .run/phones`. It says `listening on PORT` when
ready. Numbers that end in 000 do not exist, in 001 are busy, in 002 are taken and never arrive.
A key is accepted as long as it is the last one given out. A message id that came before is
answered as the first time and not kept again.
"""

import argparse
import json
import secrets
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

NOBODY, BUSY, LOST = "000", "001", "002"


class Gateway(ThreadingHTTPServer):
    """Remembers what came, by our id and by its own."""

    daemon_threads = True

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.token = ""
        self.refresh_token = ""
        self.taken: dict[str, dict[str, Any]] = {}

    def keep(self, channel: str, key: str, message: dict[str, Any]) -> str:
        if key not in self.taken:
            self.taken[key] = {**message, "channel": channel, "number": f"z{len(self.taken) + 1}"}
            path = self.folder / f"{len(self.taken):06}.json"
            draft = path.with_suffix(".part")
            draft.write_text(json.dumps(self.taken[key], ensure_ascii=False))
            draft.rename(path)
        return str(self.taken[key]["number"])


class Handler(BaseHTTPRequestHandler):
    server: Gateway
    protocol_version = "HTTP/1.1"

    def log_message(self, *words: object) -> None:
        """Nothing: the files say what came."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/sms/messages":
            self.take_sms(json.loads(body))
        elif self.path == "/zalo/message/template":
            self.take_zns(json.loads(body))
        elif self.path == "/zalo/access_token":
            self.give_keys(parse_qs(body.decode()))
        else:
            self.answer(404, {})

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/sms/messages/"):
            found = self.server.taken.get(parts.path.rpartition("/")[2])
            self.answer(200 if found else 404, sms_status(found) if found else {})
        elif parts.path == "/zalo/message/status":
            key = parse_qs(parts.query).get("message_id", [""])[0]
            found = next((row for row in self.server.taken.values() if row["number"] == key), None)
            self.answer(200, {"error": 0, "data": zns_status(found)})
        else:
            self.answer(404, {})

    def take_sms(self, message: dict[str, Any]) -> None:
        if not self.headers.get("Authorization", "").startswith("Bearer "):
            self.answer(401, {})
        elif message["to"].endswith(NOBODY):
            self.answer(422, {"error": "invalid_number"})
        elif message["to"].endswith(BUSY):
            self.answer(503, {})
        else:
            self.server.keep("sms", message["id"], message)
            self.answer(202, {"id": message["id"]})

    def take_zns(self, message: dict[str, Any]) -> None:
        if not self.server.token or self.headers.get("access_token") != self.server.token:
            self.answer(200, {"error": -124, "message": "Access token invalid"})
        elif message["phone"].endswith(NOBODY):
            self.answer(200, {"error": -118, "message": "Zalo account not existed"})
        elif message["phone"].endswith(BUSY):
            self.answer(200, {"error": -100, "message": "Xảy ra lỗi không xác định"})
        else:
            key = self.server.keep("zalo", message["tracking_id"], message)
            self.answer(200, {"error": 0, "message": "Success", "data": {"msg_id": key}})

    def give_keys(self, form: dict[str, list[str]]) -> None:
        if self.server.refresh_token and form.get("refresh_token") != [self.server.refresh_token]:
            self.answer(200, {"error": -14014, "error_name": "Invalid refresh token"})
            return
        self.server.token, self.server.refresh_token = secrets.token_hex(8), secrets.token_hex(8)
        keys = {"access_token": self.server.token, "refresh_token": self.server.refresh_token}
        self.answer(200, {**keys, "expires_in": "90000"})

    def answer(self, status: int, body: dict[str, Any]) -> None:
        said = json.dumps(body, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)


def sms_status(message: dict[str, Any]) -> dict[str, str]:
    if message["to"].endswith(LOST):
        return {"status": "failed", "error": "blocked"}
    return {"status": "delivered"}


def zns_status(message: dict[str, Any] | None) -> dict[str, Any]:
    if message is None:
        return {"status": 0, "message": "unknown"}
    if message["phone"].endswith(LOST):
        return {"status": -1, "message": "Người nhận đã chặn."}
    return {"status": 1, "message": "The message is delivered"}


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=1026)
    parser.add_argument("--into", type=Path, required=True)
    arguments = parser.parse_args()
    with Gateway(arguments.port, arguments.into) as server:
        print(f"listening on {server.server_address[1]}", flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
