"""Keeping files: type by content, limits, hash; served only through a view that checks access."""

import hashlib
from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.errors import Refused, refuse_if
from config.lib.secrecy import is_marked_name
from roster.models import StoredFile, User
from roster.photos import blanked, redrawn
from roster.viruses import refuse_viruses

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
DOCUMENTS: Final = frozenset({PDF, JPEG, PNG, HEIC, XLSX, DOCX})


def content_type_of(content: bytes) -> str:
    """The type the bytes themselves show; TEXT when nothing is recognised and there is no NUL byte."""
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return office_type(content) if kind == ZIP else kind
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return HEIC
    return TEXT if b"\0" not in content[:4096] else "application/octet-stream"


def office_type(content: bytes) -> str:
    if b"word/" in content:
        return DOCX
    return XLSX if b"xl/" in content else ZIP


def why_not_keep(name: str, size: int) -> str | None:
    """Files marked secret are refused (Luật 117/2025/QH15), and files over the limit."""
    if is_marked_name(name):
        return f"Tên tệp “{name}” có dấu hiệu MẬT. Không gửi tài liệu mật ở đây; gửi qua văn thư."
    if size > settings.UPLOAD_MAX_BYTES:
        return f"Tệp “{name}” lớn quá {settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB. Chọn tệp nhỏ hơn."
    return "Tệp này rỗng. Chọn lại tệp." if size == 0 else None


def store_upload(
    upload: "UploadedFile[bytes]", *, by: User, allowed: Collection[str] = DOCUMENTS
) -> StoredFile:
    """Keep what a person sent; Refused with a sentence when the name, size or real type is not allowed."""
    refuse_if(why_not_keep(upload.name or "", upload.size or 0))
    content = upload.read()
    kind = content_type_of(content)
    if kind not in allowed:
        raise Refused(f"Tệp “{upload.name}” không phải loại tệp nhận ở đây. Chọn tệp khác.")
    refuse_viruses(content, upload.name or "tệp")
    return store_bytes(without_position(content, kind), upload.name or "tệp", kind, by=by)


def without_position(content: bytes, kind: str) -> bytes:
    """A photo says what is there, not where its owner stood."""
    if kind in {JPEG, PNG}:
        return redrawn(content)
    return blanked(content) if kind == HEIC else content


def store_bytes(content: bytes, name: str, content_type: str, *, by: User | None) -> StoredFile:
    """Keep bytes the program made or has checked."""
    stored = StoredFile(
        name=name[:200],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        by=by,
    )
    stored.content.save(name, ContentFile(content), save=False)
    stored.save()
    return stored


def forget_file(stored: StoredFile) -> None:
    """Take away a file that the program can make again; its content goes once this is sure."""
    stored.delete()
    transaction.on_commit(partial(stored.content.delete, save=False))
