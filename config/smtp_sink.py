"""A mail server that keeps each message as one file and sends nothing on; development and tests only.

`python -m config.smtp_sink --port 1025 --into .run/mail`. Port 0 takes a free one. It says
`listening on PORT` when it is ready, and ends on SIGTERM or SIGINT. While the file `--busy` exists
it takes no letter from anybody, as an overloaded server does: 451 for each recipient.
"""

import argparse
import asyncio
import itertools
import signal
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    """Writes each message as it came over the wire, in the order of arrival."""

    def __init__(self, folder: Path, pause: float, busy: Path | None) -> None:
        self.folder = folder
        self.pause = pause
        self.busy = busy
        self.numbers = itertools.count(len(list(folder.glob("*.eml"))) + 1)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.busy and self.busy.exists():
            return "451 4.3.2 Busy, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd calls it so
        await asyncio.sleep(self.pause)
        path = self.folder / f"{next(self.numbers):06}.eml"
        draft = path.with_suffix(".part")
        draft.write_bytes(envelope.original_content or b"")
        draft.rename(path)  # a reader never sees half a message
        return "250 OK"


async def serve(port: int, keeper: Keeper) -> None:
    """Listen until told to end."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper, loop=loop), "127.0.0.1", port)
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    print(f"listening on {server.sockets[0].getsockname()[1]}", flush=True)
    await ended.wait()
    server.close()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=1025)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--pause", type=float, default=0, help="seconds to think about a message")
    parser.add_argument("--busy", type=Path, help="while this file exists every letter is put off")
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    keeper = Keeper(arguments.into, arguments.pause, arguments.busy)
    asyncio.run(serve(arguments.port, keeper))


if __name__ == "__main__":
    main()
