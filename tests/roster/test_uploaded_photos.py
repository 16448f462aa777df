"""What is kept of an uploaded photo, and what a virus scanner is asked."""

import socket
import struct
import threading
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from config.lib.errors import Refused
from roster.actions.files import store_upload, without_position
from roster.models import User
from roster.viruses import refuse_viruses

POSITION = 0x8825
LATITUDE = (20.0, 8.0, 59.75)


def exif() -> Image.Exif:
    found = Image.Exif()
    found[0x0112] = 6
    found.get_ifd(POSITION).update({1: "N", 2: LATITUDE, 29: "2026:11:03"})
    return found


def photo(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 4), "green").save(out, kind, exif=exif())
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_photo_keeps_its_way_up_and_loses_its_position(kind: str) -> None:
    sent = photo(kind)
    kept = Image.open(BytesIO(without_position(sent, f"image/{kind.lower()}")))

    assert Image.open(BytesIO(sent)).getexif().get_ifd(POSITION)
    assert kept.size == (8, 4)
    assert dict(kept.getexif()) == {0x0112: 6}
    assert b"2026:11:03" not in without_position(sent, f"image/{kind.lower()}")


BARE = exif().tobytes().removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("table", [b"Exif\0\0" + BARE, BARE], ids=["named", "bare"])
def test_heic_keeps_its_length_and_loses_its_position(table: bytes) -> None:
    sent = b"\0\0\0\x18ftypheic" + table + b"picture"

    kept = without_position(sent, "image/heic")

    assert len(kept) == len(sent)
    assert kept.endswith(b"picture")
    assert b"2026:11:03" in sent
    assert b"2026:11:03" not in kept
    assert struct.pack("<H", POSITION) not in kept
    assert struct.pack(">H", POSITION) not in kept


def test_heic_loses_the_position_in_xmp_too() -> None:
    said = (
        '<rdf:Description exif:GPSLatitude="20,8.5N" tiff:Make="Bên Kia"/>'
        "<exif:GPSLongitude>106,1E</exif:GPSLongitude>"
    ).encode()
    sent = b"\0\0\0\x18ftypheic" + said + b"picture"

    kept = without_position(sent, "image/heic")

    assert len(kept) == len(sent)
    assert b"20,8" not in kept
    assert b"106,1" not in kept
    assert 'tiff:Make="Bên Kia"'.encode() in kept


def test_bytes_that_are_a_table_by_chance_stay_as_they_are() -> None:
    sent = b"\0\0\0\x18ftypheic" + b"II*\0\xff\xff\xff\x7f picture MM\0*"

    assert without_position(sent, "image/heic") == sent


def test_file_made_of_tables_is_refused_at_once() -> None:
    sent = b"\0\0\0\x18ftypheic" + b"II*\0\x08\0\0\0" * 100_000

    with pytest.raises(Refused, match="Ảnh này hỏng"):
        without_position(sent, "image/heic")


def test_table_of_sixty_thousand_positions_is_none() -> None:
    entry = struct.pack("<HHII", POSITION, 7, 9_000_000, 0)
    sent = b"\0\0\0\x18ftypheic" + b"II*\0\x08\0\0\0" + b"\xff\xff" + entry * 60_000

    assert without_position(sent, "image/heic") == sent


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 broken", b"\x89PNG\r\n\x1a\nbroken"])
def test_broken_photo_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="Ảnh này hỏng"):
        store_upload(SimpleUploadedFile("anh.jpg", content), by=User())


@pytest.fixture
def scanner(settings: Any) -> Iterator[Any]:
    """A scanner that says `answer` to whatever it is sent, over the real protocol."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

        def start(answer: bytes) -> None:
            threading.Thread(target=say, args=(server, answer), daemon=True).start()

        yield start


def say(server: socket.socket, answer: bytes) -> None:
    line, _ = server.accept()
    with line, line.makefile("rb") as sent:
        assert sent.read(10) == b"zINSTREAM\0"
        while size := struct.unpack("!L", sent.read(4))[0]:
            sent.read(size)
        line.sendall(answer)


def test_clean_file_passes_the_scanner(scanner: Any) -> None:
    scanner(b"stream: OK\0")

    refuse_viruses(b"x" * 100_000, "a.pdf")


def test_virus_is_refused(scanner: Any) -> None:
    scanner(b"stream: Eicar-Test-Signature FOUND\0")

    with pytest.raises(Refused, match=r"Tệp “a\.pdf” có vi-rút"):
        refuse_viruses(b"x", "a.pdf")


def test_what_could_not_be_scanned_is_not_kept(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.CLAMD_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"

    with pytest.raises(Refused, match="Chưa quét được vi-rút"):
        refuse_viruses(b"x", "a.pdf")
