"""What a row of a list is: a person or a branch, a heading, a total, a signature, or the table's own furniture."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from config.lib.spreadsheets.reading import Cell
from config.lib.text import fold, nfc

GROUP_MARK: Final = re.compile(r"([ivxlc]+|[a-z])[.)\-]?")
GROUP_IN_ONE_CELL: Final = re.compile(r"^([IVXLC]+|[A-Z]|\d{1,2})\s*[.)\-–:/]\s*(?=[^\W\d])")
COUNT_BEHIND: Final = re.compile(
    r"\s*[(:;,–-]?\s*\d+\s*(chi bộ|đồng chí|đ/c|đảng viên|cán bộ|người)\b.*$", re.IGNORECASE
)
COLUMN_MARK: Final = re.compile(r"\(?(\d{1,2}|[a-h])\)?")
# With tones: "Tống" is a family's name, "Tổng" a total; "Tổng cục", "Tổng Giám đốc" are none.
TOTAL: Final = re.compile(
    r"^(tổng(?! (đội|cục|công|giám|biên|hội|kho|đài|trưởng|lãnh|thư|bí))|cộng|tong (cong|so))\b"
    r"|^danh sách (này )?(có|gồm)\b"
)
SIGNATURE: Final = re.compile(
    r"^(t/?m|k/?t|t/?l|noi nhan|nguoi (lap|tong hop)|(pho )?truong ban|(pho )?bi thu|(pho )?chanh van phong|(pho )?chu tich"
    r"|thu truong|xac nhan|ban thuong vu|thuong truc)\b|ngay .* thang .* nam"
)
PAGE_MARK: Final = re.compile(r"\(?(trang|tiep theo|xem tiep)\b.*|\d+ ?/ ?\d+|- ?\d+ ?-")
MOST_GROUP_CELLS: Final = 3
LONGEST_MARK: Final = 5
LONGEST_KEY: Final = 60

# A branch or a person that stands alone in its row, where the list has no numbers: no heading looks like these.
BRANCH_LIKE: Final = re.compile(r"(chi bo|cb|xom|thon|to|tdp|pho|khu|ban|lang)\b.*\w")
FAMILY_NAME: Final = re.compile(
    r"(nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đào|đinh|đoàn|lâm|mai|trịnh|trương|tạ|tống|công|cao"
    r"|chu|châu|cù|dư|đàm|điền|đồng|đường|giáp|hà|hán|hàn|khổng|khúc|kiều|kim|la|lã|lại|lương|lưu|lữ|lục|mạc|ma|nghiêm|nguyên|ninh"
    r"|nông|ông|phí|phùng|quách|tăng|thái|thạch|thân|thiều|tiêu|tô|tôn|triệu|từ|văn|vi|viên|vương)\b"
)
MOST_NAME_WORDS: Final = 5


class Part(Enum):
    """What a row is; the label says it to a clerk who asks why the row was not taken for data."""

    DATA = "dữ liệu"
    GROUP = "đề mục"
    TOTAL = "dòng cộng"
    ASIDE = "không phải dữ liệu"
    FURNITURE = "tiêu đề, đánh số cột hoặc số trang"
    END = "phần ký"


class Mark(Enum):
    """How a heading is numbered: another mark than that of the heading above stands below it."""

    NONE = auto()
    ROMAN = auto()
    LETTER = auto()
    NUMBER = auto()


class Heading(NamedTuple):
    words: str
    mark: Mark


def is_filled(value: Cell) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def is_group(texts: Sequence[Cell]) -> bool:
    """A heading with its mark in a cell of its own: "II", "Sở, ngành"."""
    mark = GROUP_MARK.fullmatch(fold(str(texts[0])))
    return bool(mark) and 1 < len(texts) <= MOST_GROUP_CELLS and isinstance(texts[1], str)


def is_total(texts: Sequence[Cell]) -> bool:
    return any(isinstance(text, str) and TOTAL.search(nfc(text).lower()) for text in texts)


def is_signature(texts: Sequence[Cell]) -> bool:
    return len(texts) <= MOST_GROUP_CELLS and any(
        SIGNATURE.search(fold(str(text))) for text in texts
    )


def is_bare_mark(text: Cell) -> bool:
    """A number or a short sign and nothing else: "7", "IV"."""
    return not isinstance(text, str) or len(text.strip()) <= LONGEST_MARK


def is_key_alone(text: Cell) -> bool:
    """Whether a single cell reads like a branch or a person, not like a heading."""
    written = nfc(str(text))
    words = fold(written)
    if len(words) > LONGEST_KEY or GROUP_IN_ONE_CELL.match(written):
        return False
    if re.match(r"chi bo\b|cb\b", words) or any(map(str.isdigit, words)):
        return bool(BRANCH_LIKE.match(words))
    return is_person_alone(written)


def is_person_alone(written: str) -> bool:
    words = written.split()
    return (
        1 < len(words) <= MOST_NAME_WORDS
        and all(word[:1].isupper() for word in words)
        and bool(FAMILY_NAME.match(written.lower()))
    )


def is_column_numbers(texts: Sequence[Cell]) -> bool:
    """A row under the header that numbers the columns: 1, 2, 3 … or (1), (2) …, with A and B before."""
    marks = [COLUMN_MARK.fullmatch(fold(str(text))) for text in texts]
    if len(texts) < MOST_GROUP_CELLS or not all(marks):
        return False
    numbers = [int(mark[1]) for mark in marks if mark and mark[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


def heading(texts: Sequence[Cell]) -> Heading:
    """ "I. XÃ QUANG THIỆN (12 chi bộ)" → "XÃ QUANG THIỆN", under a Roman number."""
    words = nfc(str(texts[1] if len(texts) > 1 else texts[0]))
    inside = GROUP_IN_ONE_CELL.match(words)
    written = str(texts[0]).strip(" .)-") if len(texts) > 1 else (inside[1] if inside else "")
    words = COUNT_BEHIND.sub("", GROUP_IN_ONE_CELL.sub("", words)) or words
    return Heading(words.strip(" .:;-()"), mark_of(written))


def mark_of(written: str) -> Mark:
    if not written:
        return Mark.NONE
    if written.isdigit():
        return Mark.NUMBER
    return Mark.ROMAN if re.fullmatch(r"[IVXLCivxlc]+", written) else Mark.LETTER
