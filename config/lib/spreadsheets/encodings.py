"""Vietnamese of before Unicode: text typed in a TCVN3 (ABC) or VNI font, recognised and put into Unicode.

Such text reaches us as the Western letters that share its bytes: "NguyÔn V¨n An" is "Nguyễn Văn An".
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

# TCVN 5712:1993, the third set (VN3), as the ".Vn" fonts have it; the same letters stand in the upper half
# of the TCVN5712-1 table of the GNU C library. Capitals with a tone have no place of their own: the ".Vn…H"
# fonts draw the small letters' bytes as capitals.
TCVN3_LETTERS: Final = (
    "ĂÂÊÔƠƯĐ ăâêôơưđ àảãáạ ằẳẵắ ặầẩẫấậ èẻẽéẹ ềểễếệ ìỉ ĩíị òỏõóọ ồổỗốộ ờởỡớợ ùủũúụ ừửữứự ỳỷỹýỵ"
)
TCVN3_BYTES: Final = (
    "A1A2A3A4A5A6A7 A8A9AAABACADAE B5B6B7B8B9 BBBCBDBE C6C7C8C9CACB CCCECFD0D1 D2D3D4D5D6 D7D8 DCDDDE"
    " DFE1E2E3E4 E5E6E7E8E9 EAEBECEDEE EFF1F2F3F4 F5F6F7F8F9 FAFBFCFDFE"
)
TCVN3: Final = dict(zip(bytes.fromhex(TCVN3_BYTES), TCVN3_LETTERS.replace(" ", ""), strict=True))

# VNI-Windows writes a letter and then its mark; the pairs are those of the VNI input tables that
# keyboard programs of the time share (vni.h of xvnkb among them).
VNI_TONES: Final = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_HATS: Final = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVES: Final = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_ALONE: Final = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}

LETTERS: Final = "aăâeêioôơuưy"
TONES: Final = frozenset(VNI_TONES)
ONLY_UNICODE: Final = re.compile(r"[\u0100-\u1fff]")
BETWEEN_WORDS: Final = re.compile(r"[\s\x00-\x40\x5b-\x60\x7b-\x9f\u2000-\u2fff]+")
SYLLABLE: Final = re.compile(
    r"(b|ch?|d|đ|gh|gi?|h|kh?|l|m|ngh?|nh|n|ph?|qu|r|s|th|tr|t|v|x)?"
    r"((uyê|iê|yê|uô|ươ|oa|oă|oe|oo|uâ|uê|uy|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(ch|c|m|ng|nh|n|p|t)?"
    r"|uya|ia|ya|ua|ưa|ai|ay|ao|au|âu|ây|eo|êu|iu|iêu|yêu|oi|ôi|ơi|ui|ưi|uôi|ươi|ươu|ưu|oai|oay|oao|oeo|uây|uyu|uơ)"
)
STOPPED: Final = re.compile(r"(ch|c|p|t)$")
TONES_OF_STOPPED: Final = {"\u0301", "\u0323"}

FEWEST_WORDS: Final = 3
MOST_ARE_RIGHT: Final = 0.7
CLEARLY_MORE: Final = 0.3
LONGEST_EXAMPLE: Final = 40
NAME_LIKE: Final = re.compile(r"[A-ZĂÂÊÔƠƯĐÀ-Ỹ][^\W\d_A-Z]+( [A-ZĂÂÊÔƠƯĐÀ-Ỹ][^\W\d_A-Z]*){2,3}")


def vni_pairs() -> dict[str, str]:
    """What VNI writes for each letter that is not plain: {"aù": "á", "AÙ": "Á", …}."""
    pairs: dict[str, str] = {}
    for letter in LETTERS:
        base, tones = {
            "ă": ("a", VNI_BREVES), "â": ("a", VNI_HATS), "ê": ("e", VNI_HATS), "ô": ("o", VNI_HATS),
            "ơ": ("ô", VNI_TONES), "ư": ("ö", VNI_TONES),
        }.get(letter, (letter, VNI_TONES))  # fmt: skip
        alone = {"ă": "aê", "â": "aâ", "ê": "eâ", "ô": "oâ", "ơ": "ô", "ư": "ö"}
        if letter in alone:
            pairs[alone[letter]] = letter
        for tone, mark in tones.items():
            toned = unicodedata.normalize("NFC", letter + tone)
            pairs[VNI_ALONE.get(toned, base + mark)] = toned
    pairs[VNI_ALONE["đ"]] = "đ"
    return pairs | {written.upper(): letter.upper() for written, letter in pairs.items()}


VNI: Final = vni_pairs()
VNI_LETTER: Final = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


class Encoding(NamedTuple):
    """An encoding of old, under the name that clerks know it by."""

    name: str

    def convert(self, text: str) -> str:
        return from_tcvn3(text) if self is TCVN3_ABC else from_vni(text)


TCVN3_ABC: Final = Encoding("TCVN3 (ABC)")
VNI_WINDOWS: Final = Encoding("VNI")


def from_vni(text: str) -> str:
    return VNI_LETTER.sub(lambda found: VNI[found[0]], text)


def from_tcvn3(text: str) -> str:
    """Capitals that the encoding cannot write are guessed: "NGUYÔN" is all capitals, "Ph¹m ¸nh" a name."""
    if text.isascii():
        return text
    words = re.split(r"(\s+)", text.translate(TCVN3))
    words[::2] = [word.upper() if is_capital(word) else word for word in words[::2]]
    starts = [word[0] for word in words[::2] if word and word[0].isalpha()]
    small = [start for start in starts if start.islower()]
    if len(small) < len(starts) and all(is_toned(start) for start in small):
        words[::2] = [word[:1].upper() + word[1:] for word in words[::2]]
    return "".join(words)


def is_capital(word: str) -> bool:
    """Whether what could be written as a capital is one, more than once: "NGUYễN"."""
    free = [char for char in word if char.isalpha() and not (char.islower() and is_toned(char))]
    return len(free) > 1 and all(char.isupper() for char in free)


def is_toned(letter: str) -> bool:
    return bool(TONES & set(unicodedata.normalize("NFD", letter)))


def marked_words(texts: Iterable[str]) -> set[str]:
    """The words with anything but ASCII in them."""
    return {
        word
        for text in texts
        if not text.isascii()
        for word in BETWEEN_WORDS.split(text)
        if not word.isascii()
    }


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether the word could be Vietnamese by its letters and tone, and is not all marks."""
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in marks if char in TONES]
    letters = unicodedata.normalize("NFC", "".join(char for char in marks if char not in TONES))
    if len(tones) > 1 or not SYLLABLE.fullmatch(letters):
        return False
    return not STOPPED.search(letters) or tones[:1] == [] or tones[0] in TONES_OF_STOPPED


def right_words(words: Iterable[str], encoding: Encoding | None) -> int:
    """How many are Vietnamese if they are written in `encoding` (None: in Unicode)."""
    if encoding is None:
        return sum(map(is_syllable, words))
    return sum(
        is_syllable(encoding.convert(word)) for word in words if not ONLY_UNICODE.search(word)
    )


def recognise(texts: Iterable[str]) -> Encoding | None:
    """The old encoding that makes Vietnamese of the texts taken together; None if Unicode does.

    Letters that only Unicode has speak against, so that Vietnamese in Unicode is never touched.
    """
    words = marked_words(texts)
    best = max((TCVN3_ABC, VNI_WINDOWS), key=lambda encoding: right_words(words, encoding))
    right, already = right_words(words, best), right_words(words, None)
    clear = max(FEWEST_WORDS, CLEARLY_MORE * len(words))
    return best if right >= MOST_ARE_RIGHT * len(words) and right - already >= clear else None


def converted(text: str, encoding: Encoding, *, mixed: bool) -> str:
    """The text in Unicode. In a sheet that also has Unicode, a cell that reads well as it is stays."""
    if text.isascii() or ONLY_UNICODE.search(text):
        return text
    words = marked_words([text])
    if mixed and right_words(words, None) == len(words):
        return text
    return encoding.convert(text)


def example(now: Mapping[str, str]) -> tuple[str, str]:
    """A short text that the conversion changed, rather a name of three or four words than a caption."""
    changed = [pair for pair in now.items() if pair[0] != pair[1]]
    short = [pair for pair in changed if len(pair[0]) <= LONGEST_EXAMPLE] or changed
    return next((pair for pair in short if NAME_LIKE.fullmatch(pair[1])), short[0])


def note(encoding: Encoding, before: str, after: str, *, mixed: bool) -> str:
    """What a person is told of the conversion."""
    told = (
        f"Tệp dùng bảng mã {encoding.name}, đã chuyển sang Unicode; ví dụ: “{before}” → “{after}”."
    )
    beside = " Có ô đã là Unicode, được để nguyên: xem lại các tên trước khi xác nhận."
    return told + beside if mixed else told
