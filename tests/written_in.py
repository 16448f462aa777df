"""Lists in the encodings that offices still have: what `config.lib.spreadsheets` must read back."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from config.lib.spreadsheets import encodings

TO_TCVN3: Final = {letter: chr(byte) for byte, letter in encodings.TCVN3.items()}
TO_VNI: Final = {letter: written for written, letter in encodings.VNI.items()}


def as_tcvn3(text: str) -> str:
    """As a clerk types it in a ".Vn" font; a capital that the encoding lacks is written small."""
    return "".join(
        char if char.isascii() else TO_TCVN3.get(char, TO_TCVN3.get(char.lower(), char))
        for char in unicodedata.normalize("NFC", text)
    )


def as_vni(text: str) -> str:
    return "".join(TO_VNI.get(char, char) for char in unicodedata.normalize("NFC", text))


def as_cp1258(text: str) -> bytes:
    """Windows keeps a letter with its hat whole, and its tone behind it."""
    return "".join(windows_letter(char) for char in text).encode("cp1258")


def windows_letter(char: str) -> str:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        tones = "".join(
            mark for mark in unicodedata.normalize("NFD", char) if mark in encodings.TONES
        )
        letter = "".join(mark for mark in unicodedata.normalize("NFD", char) if mark not in tones)
        return unicodedata.normalize("NFC", letter) + tones
    return char


ENCODINGS: Final[dict[str, Callable[[str], bytes]]] = {
    "UTF-8": str.encode,
    "UTF-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "UTF-8, decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "UTF-16, little end first": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "cp1258": as_cp1258,
    "TCVN3": lambda text: as_tcvn3(text).encode("latin-1"),
    "TCVN3 in UTF-8": lambda text: as_tcvn3(text).encode(),
    "VNI": lambda text: as_vni(text).encode("latin-1"),
    "VNI in UTF-8": lambda text: as_vni(text).encode(),
}


def csv_text(rows: Iterable[Sequence[Any]], separator: str = ",") -> str:
    """As Excel saves it: every row as wide as the widest."""
    lines = [list(row) for row in rows]
    width = max(map(len, lines))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerows([*line, *[None] * (width - len(line))] for line in lines)
    return buffer.getvalue()
