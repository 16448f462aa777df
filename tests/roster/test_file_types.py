"""What an uploaded file is taken for, and under which name it is given back."""

import io
import zipfile
from pathlib import PurePath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import Workbook

from config.lib.errors import Refused
from roster.actions.files import store_upload
from roster.file_types import DOCX, HEIC, PDF, XLSX, ZIP, content_type_of, name_for
from roster.models import User

MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return out.getvalue()


def word() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def excel() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def test_office_files_are_known_by_their_own_contents() -> None:
    assert content_type_of(word()) == DOCX
    assert content_type_of(excel()) == XLSX


@pytest.mark.parametrize(
    "content",
    [
        archive({"password/virus.exe": b"MZ"}),
        archive({"word/document.xml": b"<w/>", "xl/workbook.xml": b"<x/>"}),
        archive({"[Content_Types].xml": MACROS, "word/vbaProject.bin": b"x"}),
        b"PK\x03\x04 word/ wordprocessingml.document.main+xml",
        word()[:-30],
        word().replace(b"\x08\x00", b"\x63\x00"),
    ],
    ids=["folder", "hollow", "macros", "words", "cut off", "unknown packing"],
)
def test_what_only_looks_like_an_office_file_is_an_archive(content: bytes) -> None:
    assert content_type_of(content) == ZIP


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"])
def test_each_phones_heic_is_known(brand: bytes) -> None:
    assert content_type_of(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0") == HEIC


def test_film_is_no_picture() -> None:
    assert content_type_of(b"\0\0\0\x18ftypmp42\0\0\0\0") == "application/octet-stream"


@pytest.mark.parametrize(
    ("sent", "kind", "kept"),
    [
        ("Biên bản.pdf", PDF, "Biên bản.pdf"),
        ("BIEN BAN.PDF", PDF, "BIEN BAN.PDF"),
        ("bien-ban.hta", PDF, "bien-ban.hta.pdf"),
        ("bien-ban\u202efdp.exe", PDF, "bien-banfdp.exe.pdf"),
        ("IMG_0042", HEIC, "IMG_0042.heic"),
        ("a.doc", DOCX, "a.doc.docx"),
    ],
)
def test_name_ends_as_its_type_does(sent: str, kind: str, kept: str) -> None:
    assert name_for(sent, kind) == kept


def test_long_name_keeps_its_ending() -> None:
    assert PurePath(name_for("a" * 300 + ".pdf", PDF)).suffix == ".pdf"
    assert len(name_for("a" * 300 + ".pdf", PDF)) == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "instead"),
    [
        ("a.docx", archive({"password/virus.exe": b"MZ"}), "Tệp nén và tệp có macro không nhận"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "lưu lại thành .docx"),
        ("a.pdf", b"MZ\0\0", "Chọn tệp khác"),
    ],
)
def test_refusal_says_what_is_taken_and_what_to_do(name: str, content: bytes, instead: str) -> None:
    with pytest.raises(
        Refused, match=r"không phải PDF, ảnh, Word \(.docx\) hoặc Excel \(.xlsx\)"
    ) as refusal:
        store_upload(SimpleUploadedFile(name, content), by=User())

    assert instead in str(refusal.value)
