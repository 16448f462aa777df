"""Marks of state secrets in what people type: nothing secret may be kept here (Luật 117/2025/QH15)."""

import re
from itertools import pairwise
from typing import Final

from config.lib.text import nfc

# "mật" is an everyday syllable (mật ong, mật độ, mật khẩu): only marks count, in capitals or named as marks.
HIGHER_MARKS: Final = re.compile(r"\b(tuyệt|tối)\s+mật\b", re.IGNORECASE)
MARK: Final = re.compile(r"\bMẬT\b(?!\s+(ONG|ĐỘ|KHẨU|MÍA|HOA|THIẾT|THƯ)\b)")
NAMED_MARK: Final = re.compile(r"[(\[]\s*mật\s*[)\]]|\b(độ|dấu)\s+mật\b(?!\s+độ)", re.IGNORECASE)
PATTERNS: Final = (HIGHER_MARKS, MARK, NAMED_MARK)
SENTENCE: Final = (
    "Trong nội dung có dấu hiệu “{mark}”. Không nhập nội dung bí mật ở đây; "
    "đánh dấu “gửi theo đường mật” và gửi qua văn thư."
)

# File names come in any case, often without diacritics: "mat" is a mark unless an everyday word goes on with it.
WORDS: Final = re.compile(r"[^\W\d_]+")
EVERYDAY: Final = {
    "mật": frozenset({"ong", "độ", "khẩu", "mía", "hoa", "thiết", "thư"}),
    "mat": frozenset({"ong", "do", "khau", "mia", "hoa", "thiet", "thu", "tran", "bang", "nuoc"}),
}


def is_marked_name(name: str) -> bool:
    """Whether the name of a file says that it is secret."""
    words = [*WORDS.findall(nfc(name).lower()), ""]
    return any(word in EVERYDAY and after not in EVERYDAY[word] for word, after in pairwise(words))


def mark_of_secrecy(text: str) -> str | None:
    """The mark found in `text` ("MẬT", "TỐI MẬT", "TUYỆT MẬT"), or None."""
    plain = nfc(text)
    if found := HIGHER_MARKS.search(plain):
        return f"{found[1].upper()} MẬT"
    return "MẬT" if MARK.search(plain) or NAMED_MARK.search(plain) else None


def why_not_type(text: str) -> str | None:
    """The sentence for the page when `text` carries a mark of secrecy."""
    mark = mark_of_secrecy(text)
    return SENTENCE.format(mark=mark) if mark else None
