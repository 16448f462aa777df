"""Photos without where they were taken: a phone writes its position into every picture."""

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Final

from PIL import Image, UnidentifiedImageError

from config.lib.errors import Refused

ORIENTATION: Final = 0x0112
OFFSET_BYTES: Final = 4  # a value no longer than this stands in its entry itself
POSITION: Final = 0x8825
MOST_PIXELS: Final = 80_000_000
BROKEN: Final = "Ảnh này hỏng hoặc quá lớn nên không đọc được. Chụp lại hoặc chọn ảnh khác."

TABLES: Final = re.compile(rb"II\*\0|MM\0\*")
# A phone writes a few of these; a file that is made of them would keep the server busy for hours.
MOST_TABLES: Final = 50
MOST_ENTRIES: Final = 500
MOST_VALUE: Final = 64 * 1024
XMP_POSITION: Final = re.compile(rb"GPS[A-Za-z]{1,40}\s{0,9}(?:=\s{0,9}[\"']|>)([^<\"']{1,200})")
ENTRY_BYTES: Final = 12
# bytes of one value of each TIFF type
SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}


def redrawn(content: bytes) -> bytes:
    """The JPEG or PNG with the same picture, the same way up, and nothing else written beside it."""
    out = BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as photo:
                if photo.width * photo.height > MOST_PIXELS:
                    raise Refused(BROKEN)
                save(photo, out)
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
    ) as problem:
        raise Refused(BROKEN) from problem
    return out.getvalue()


def save(photo: Image.Image, out: BytesIO) -> None:
    exif = Image.Exif()
    if way_up := photo.getexif().get(ORIENTATION):
        exif[ORIENTATION] = way_up
    colours = photo.info.get("icc_profile")
    if photo.format == "PNG":
        photo.save(out, "PNG", exif=exif, icc_profile=colours)
    else:
        quality = "keep" if photo.format == "JPEG" else 90
        photo.save(out, "JPEG", exif=exif, icc_profile=colours, quality=quality, comment=b"")


def blanked(content: bytes) -> bytes:
    """The HEIC with blanks where the position stood: its picture cannot be redrawn here, so nothing may move.

    Some phones write the word Exif before their table, some do not; some repeat the position in XMP.
    """
    photo, tables = bytearray(content), list(islice(TABLES.finditer(content), MOST_TABLES + 1))
    if len(tables) > MOST_TABLES:
        raise Refused(BROKEN)
    for table in tables:
        # four such bytes may also stand in the picture by chance: then they are no table, and stay
        with suppress(struct.error):
            blank_position(photo, table.start())
    for said in XMP_POSITION.finditer(content):
        photo[said.start(1) : said.end(1)] = b" " * len(said[1])
    return bytes(photo)


def blank_position(photo: bytearray, start: int) -> None:
    order = {b"II": "<", b"MM": ">"}[bytes(photo[start : start + 2])]
    (first,) = struct.unpack_from(f"{order}I", photo, start + 4)
    for at, tag, _, offset in entries(photo, order, start, first):
        if tag == POSITION:
            wipe(photo, order, start, offset)
            photo[at : at + ENTRY_BYTES] = bytes(ENTRY_BYTES)
            return


def wipe(photo: bytearray, order: str, start: int, directory: int) -> None:
    """Zeros over each value of the position's directory, and over its entries."""
    for at, _, size, offset in entries(photo, order, start, directory):
        if OFFSET_BYTES < size <= MOST_VALUE and start + offset + size <= len(photo):
            photo[start + offset : start + offset + size] = bytes(size)
        photo[at : at + ENTRY_BYTES] = bytes(ENTRY_BYTES)


def entries(
    photo: bytearray, order: str, start: int, directory: int
) -> Iterator[tuple[int, int, int, int]]:
    """Of each entry of a TIFF directory: where it stands, its tag, the bytes of its value, its offset."""
    (count,) = struct.unpack_from(f"{order}H", photo, start + directory)
    for number in range(count if count <= MOST_ENTRIES else 0):
        at = start + directory + 2 + number * ENTRY_BYTES
        tag, kind, values, offset = struct.unpack_from(f"{order}HHII", photo, at)
        yield at, tag, SIZES.get(kind, 1) * values, offset
