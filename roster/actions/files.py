"""Keeping files: type by content, limits, hash; served only through a view that checks access."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from config.lib.errors import Refused, refuse_if
from config.lib.secrecy import is_marked_name
from roster.file_types import DOCX, HEIC, JPEG, OLE, PDF, PNG, XLSX, ZIP, content_type_of, name_for
from roster.models import StoredFile, User
from roster.photos import blanked, redrawn
from roster.viruses import refuse_viruses

DOCUMENTS: Final = frozenset({PDF, JPEG, PNG, HEIC, XLSX, DOCX})
WORDS: Final = {
    PDF: "PDF",
    JPEG: "ảnh",
    PNG: "ảnh",
    HEIC: "ảnh",
    DOCX: "Word (.docx)",
    XLSX: "Excel (.xlsx)",
}
OTHER: Final = "Chọn tệp khác."
INSTEAD: Final = {
    OLE: "Mở tệp trong Word hoặc Excel, lưu lại thành .docx hoặc .xlsx rồi gửi.",
    ZIP: "Tệp nén và tệp có macro không nhận; gửi tài liệu bên trong, lưu thành .docx, .xlsx hoặc PDF.",
}


def why_not_keep(name: str, size: int) -> str | None:
    """Files marked secret are refused (Luật 117/2025/QH15), and files over the limit."""
    if is_marked_name(name):
        return f"Tên tệp “{name}” có dấu hiệu MẬT. Không gửi tài liệu mật ở đây; gửi qua văn thư."
    if size > settings.UPLOAD_MAX_BYTES:
        return f"Tệp “{name}” lớn quá {settings.UPLOAD_MAX_BYTES // 1024 // 1024} MB. Chọn tệp nhỏ hơn."
    return "Tệp này rỗng. Chọn lại tệp." if size == 0 else None


@dataclass(frozen=True)
class Checked:
    """What of an upload may be kept: a photo without its position, under a name that ends as its type does."""

    content: bytes
    name: str
    kind: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check_upload(upload: "UploadedFile[bytes]", *, allowed: Collection[str] = DOCUMENTS) -> Checked:
    """Refused with a sentence when the name, size or real type is not allowed, or the scanner objects."""
    refuse_if(why_not_keep(upload.name or "", upload.size or 0))
    content = upload.read()
    kind = content_type_of(content)
    if kind not in allowed:
        instead = INSTEAD.get(kind, OTHER) if DOCX in allowed else OTHER
        raise Refused(f"Tệp “{upload.name}” không phải {words_for(allowed)}. {instead}")
    name = upload.name or "tệp"
    refuse_viruses(content, name)
    return Checked(without_position(content, kind), name_for(name, kind), kind)


def store_checked(checked: Checked, *, by: User) -> StoredFile:
    return store_bytes(checked.content, checked.name, checked.kind, by=by)


def store_upload(
    upload: "UploadedFile[bytes]", *, by: User, allowed: Collection[str] = DOCUMENTS
) -> StoredFile:
    """Keep what a person sent, if it may be kept."""
    return store_checked(check_upload(upload, allowed=allowed), by=by)


def words_for(allowed: Collection[str]) -> str:
    """“PDF, ảnh, Word (.docx) hoặc Excel (.xlsx)”."""
    *first, last = dict.fromkeys(word for kind, word in WORDS.items() if kind in allowed)
    return f"{', '.join(first)} hoặc {last}" if first else last


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
