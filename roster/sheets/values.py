"""One cell as we keep it. None is "nothing there"; a ValueError carries the sentence for the page."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from config.lib.secrecy import why_not_type
from config.lib.spreadsheets.error_words import ERROR
from config.lib.spreadsheets.reading import Cell
from config.lib.text import fold, nfc, person_name, phone_e164

MOST_MEMBERS: Final = 9_999
PLAIN_MOBILE: Final = re.compile(r"0[35789][0-9]{8}")
PLAIN_ADDRESS: Final = re.compile(
    r"[a-z0-9]+(?:[._-][a-z0-9]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}"
)
LONGEST_LABEL: Final = 63  # of a domain; what is no longer in all has none that is
NOTHING: Final = re.compile(r"[\s\-–—_.…/*]*")
NOBODY: Final = {
    "khuyet", "trong", "chua co", "chua bau", "khong co", "khong", "khuyet bi thu", "dang khuyet", "chua kien toan",
}  # fmt: skip
# What lists write around a name: degrees, an address before a family's name (Ông is one itself), an office or sex behind.
BEFORE_NAME: Final = re.compile(
    r"^(?:(?:ths|thạc sĩ|ts|tiến sĩ|pgs|gs|bs|cn|ks)(?:\s*[.,]\s*|(?<=sĩ)\s+))+"
    r"|^(?:ông|bà)\s+(?=(?:nguyễn|trần|lê|phạm|hoàng|phan|vũ|võ|đặng|bùi|đỗ|ngô|dương|trịnh|đinh)\s)",
    re.IGNORECASE,
)
BEHIND_NAME: Final = re.compile(
    r"\s*\((?:nữ|nam|bt|pbt|bí thư|phó bí thư|bí thư chi bộ|trưởng (?:thôn|xóm))\)$", re.IGNORECASE
)
NAME: Final = re.compile(r"[^\W\d_]+(?:[\s'’.\-][^\W\d_]+)*")

# What may stand between the things in one cell, the surest first, at last any of these.
LINE, DASH, COMMA = r"[\r\n]+", r"\s+-\s+|\s*[–—]\s*", r","
PARTING: Final = (LINE, ";", DASH, COMMA, "|".join((LINE, "[;,]", DASH)))

UNIT_WORDS: Final = {
    "chi bo": "Chi bộ", "cb": "Chi bộ",
    "dang bo": "Đảng bộ", "db": "Đảng bộ",
    "dang uy": "Đảng ủy", "du": "Đảng ủy",
    "xa": "Xã", "x": "Xã", "phuong": "Phường", "p": "Phường", "thi tran": "Thị trấn", "tt": "Thị trấn",
}  # fmt: skip
UNIT_WORD: Final = re.compile(
    r"^(chi bộ|đảng bộ|đảng u[ỷy]|đảng ủy|thị trấn|phường|xã|cb|đb|đu|tt|x|p)(?:\s*[.:]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
COMMITTEES: Final = ("Đảng bộ", "Đảng ủy")
PLACES: Final = ("Xã", "Phường", "Thị trấn")
COMMUNE_IN_BRANCH: Final = re.compile(
    r"[,;\-–]\s*((?:đảng bộ |đảng ủy |đảng uỷ )?(?:xã|phường|thị trấn|x\.|p\.|tt\.?)\s.+)$",
    re.IGNORECASE,
)


def text(raw: Cell) -> str | None:
    if raw is None:
        return None
    words = nfc(str(raw))
    if words[:1].isalnum() and ":" not in words:  # no sign for nothing, no error
        return words
    if ERROR.fullmatch(words):
        raise ValueError(f"Ô này có lỗi công thức {words}.")
    return None if NOTHING.fullmatch(words) else words


def note(raw: Cell) -> str | None:
    """Free text, in which nothing secret may stand (Luật 117/2025/QH15)."""
    words = text(raw)
    if words and (reason := why_not_type(words)):
        raise ValueError(reason)
    return words


def name(raw: Cell) -> str | None:
    words = text(raw)
    return None if words is None else name_in(words)


@lru_cache(maxsize=4096)
def name_in(words: str) -> str | None:
    if is_nobody(words):
        return None
    kept = person_name(BEHIND_NAME.sub("", BEFORE_NAME.sub("", person_name(words))))
    if not NAME.fullmatch(kept):
        raise ValueError(f"“{words}” không giống họ và tên của một người.")
    return kept


def is_nobody(words: str) -> bool:
    return fold(words).strip("()[] .") in NOBODY


def phone(raw: Cell) -> str | None:
    if isinstance(raw, str) and PLAIN_MOBILE.fullmatch(raw):
        return f"+84{raw[1:]}"
    words = text(raw)
    if words is None or is_nobody(words):
        return None
    if len(re.findall(r"\d{9,11}", re.sub(r"[ .]", "", words))) > 1:
        raise ValueError(f"Ô này có hơn một số điện thoại (“{words}”): giữ lại một số.")
    return phone_e164(words)


def email(raw: Cell) -> str | None:
    if isinstance(raw, str) and PLAIN_ADDRESS.fullmatch(raw) and len(raw) <= LONGEST_LABEL:
        return raw
    words = text(raw)
    if words is None:
        return None
    address = words.removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValueError(f"“{words}” không phải là địa chỉ thư điện tử.") from None
    return address


def count(raw: Cell) -> int | None:
    words = text(raw)
    if words is None:
        return None
    digits = re.sub(
        r"(?<=\d)\.(?=\d{3}$)",
        "",
        re.sub(r"\s*(đảng viên|đồng chí|đ/c|đv)\.?$", "", words, flags=re.IGNORECASE),
    )
    if re.fullmatch(r"[\doO]+", digits) and re.search(r"[oO]", digits) and re.search(r"\d", digits):
        raise ValueError(f"Có chữ “O” trong số “{words}”.")
    if not re.fullmatch(r"\d+", digits):
        raise ValueError(f"“{words}” không phải là một số đếm.")
    if int(digits) > MOST_MEMBERS:
        raise ValueError(f"{words} đảng viên là quá nhiều cho một chi bộ.")
    return int(digits)


def unit_words(words: str) -> str:
    """The first word of a unit's name in full: "CB xóm 5" → "Chi bộ xóm 5", "X. Yên Lộc" → "Xã Yên Lộc"."""
    match = UNIT_WORD.match(words)
    if not match:
        return words
    return f"{UNIT_WORDS[fold(match[1])]} {words[match.end() :]}"


def branch(raw: Cell) -> str | None:
    """A branch's name, with "Chi bộ" before it if the list leaves that out ("Xóm 13")."""
    words = text(raw)
    if words is None:
        return None
    full = unit_words(capitalised(words) if words.isupper() else words)
    if full.startswith(("Chi bộ", *COMMITTEES)):
        return full
    return f"Chi bộ {full[:1].lower()}{full[1:]}"


def capitalised(words: str) -> str:
    """ "CHI BỘ XÓM ĐÔNG" → "Chi bộ xóm Đông": the words for kinds of places stay small."""
    small = {
        "chi",
        "bộ",
        "xóm",
        "thôn",
        "tổ",
        "dân",
        "phố",
        "xã",
        "phường",
        "thị",
        "trấn",
        "cũ",
        "khu",
        "số",
    }
    lowered = [word if word in small else word.capitalize() for word in words.lower().split()]
    return " ".join(lowered)[:1].upper() + " ".join(lowered)[1:]


def commune(raw: Cell) -> str | None:
    """A commune by its own name, whichever committee of it the list names: "Đảng ủy xã Hồi Ninh" → "Xã Hồi Ninh"."""
    words = text(raw)
    if words is None:
        return None
    full = unit_words(words.title() if words.isupper() else words)
    for committee in COMMITTEES:
        full = full.removeprefix(committee).strip()
    full = unit_words(full)
    return full[:1].upper() + full[1:]


def branch_and_commune(words: str) -> tuple[str, str | None]:
    """A cell that holds both: "Chi bộ xóm 13, xã Lai Thành"."""
    match = COMMUNE_IN_BRANCH.search(words)
    return (words[: match.start()].strip(), match[1]) if match else (words, None)


AGENCY: Final = re.compile(
    r"\b(Ban (?!Thường vụ|Chấp hành)|Sở |Văn phòng|Phòng |Ủy ban|Uỷ ban|UBND|UBMTTQ|HĐND|Đảng ủy |Đảng uỷ |Hội (?!viên)|Liên đoàn|Liên minh"
    r"|Huyện đoàn|Tỉnh đoàn|Đoàn (?!viên)|Trường |Trung tâm|Công an |Bộ Chỉ huy|Ban CHQS|Tòa án|Viện |Chi cục|Cục |Thanh tra (?=tỉnh|huyện)"
    r"|Báo |Đài |Bệnh viện|Trạm |Công ty|Ngân hàng|Kho bạc|Bảo hiểm)"
)


def parts_of(raw: Cell, labels: Sequence[str]) -> list[str]:
    """A cell that holds as many things as `labels`, in their order, parted by one kind of sign or by all kinds."""
    for sign in PARTING:
        parts = [nfc(part) for part in re.split(sign, str(raw)) if is_something(part)]
        if len(parts) == len(labels):
            return parts
    raise ValueError(
        f"Ô này phải có đúng {len(labels)} phần ({', '.join(labels)}), cách nhau bằng dấu phẩy, chấm phẩy, "
        "gạch ngang hoặc xuống dòng: ghi lại, giữa các phần là dấu chấm phẩy."
    )


def is_something(words: str) -> bool:
    return NOTHING.fullmatch(words) is None


def title_and_agency(words: str) -> tuple[str, str | None]:
    """Where one column holds both: "Phó Trưởng ban, Ban Tổ chức Huyện ủy" is parted before the agency."""
    for match in re.finditer(r"\s*(?:,|;| - |–)\s*", words):
        if AGENCY.match(words, match.end()):
            return words[: match.start()], words[match.end() :]
    return words, None
