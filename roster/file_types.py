"""What a file is, by its own bytes and never by its name; and the name it may be given back under."""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Final
from zipfile import BadZipFile, ZipFile

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
HEIC: Final = "image/heic"
ZIP: Final = "application/zip"
OLE: Final = "application/x-ole-storage"
TEXT: Final = "text/plain"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

BEGINNINGS: Final[Mapping[bytes, str]] = {
    b"%PDF-": PDF,
    b"\xff\xd8\xff": JPEG,
    b"\x89PNG\r\n\x1a\n": PNG,
    b"PK\x03\x04": ZIP,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLE,
}
# the brands of ISO 23008-12 for HEVC pictures; `mif1` and `msf1` say only that it is a picture of that family
HEIC_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
)
# what an Office file says it is; with macros it says something else
OFFICE: Final[Mapping[bytes, str]] = {f"{kind}.main+xml".encode(): kind for kind in (XLSX, DOCX)}
CONTENTS: Final = "[Content_Types].xml"
MOST_CONTENTS: Final = 1_000_000
# what zipfile raises for an archive that is broken, encrypted, or packed in a way of its own
UNREADABLE: Final = (
    BadZipFile,
    zlib.error,
    KeyError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
)

ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg"),
    PNG: (".png",),
    HEIC: (".heic", ".heif"),
    XLSX: (".xlsx",),
    DOCX: (".docx",),
}
LONGEST_NAME: Final = 200
UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def content_type_of(content: bytes) -> str:
    """The type the bytes themselves show; TEXT when nothing is recognised and there is no NUL byte."""
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return office_type(content) if kind == ZIP else kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return HEIC
    return TEXT if b"\0" not in content[:4096] else "application/octet-stream"


def office_type(content: bytes) -> str:
    """DOCX or XLSX if the archive's own list of contents says so: any archive may hold a folder “word/”."""
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open(CONTENTS) as contents:
            said = contents.read(MOST_CONTENTS)
    except UNREADABLE:
        return ZIP
    return next((kind for mark, kind in OFFICE.items() if mark in said), ZIP)


def name_for(name: str, kind: str) -> str:
    """The name with the ending of its type: a PDF that is called x.hta would be run, not read, where it is opened."""
    plain = UNSEEN.sub("", name).strip() or "tệp"
    endings = ENDINGS.get(kind, ())
    ending = PurePath(plain).suffix
    if endings and ending.lower() not in endings:
        ending = endings[0]
    stem = plain.removesuffix(ending)
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"
