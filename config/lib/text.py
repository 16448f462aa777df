"""Vietnamese text: one form of Unicode, folding for search, the order of names, names and phones as we keep them."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

TIDY: Final = re.compile(r"[!-~]+(?: [!-~]+)*")
INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
TONES: Final[Mapping[str, str]] = {
    "\u0300": "1",
    "\u0309": "2",
    "\u0303": "3",
    "\u0301": "4",
    "\u0323": "5",
}

# Each Vietnamese letter in one character, and what remains of it: "ộ" → "o", "Đ" → "D".
PLAIN_LETTERS: Final = {
    ord(letter): unicodedata.normalize("NFD", letter)[0].replace("đ", "d").replace("Đ", "D")
    for letter in map(chr, [*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)])
    if unicodedata.normalize("NFD", letter)[0] != letter or letter in "đĐ"
}

PLAIN_LETTERS[0] = " "  # PostgreSQL keeps no NUL
MOST_DIGITS: Final = 18  # what a column of keys can hold, and more

# A letter with a mark comes after every continuation of the letter without it: "{" and "|" stand after "z".
MARKED_LETTERS: Final = str.maketrans(
    {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{"}
)
END_OF_LETTERS: Final = "!"
BETWEEN_WORDS: Final = "-"
END_OF_PART: Final = " "

ADDRESS: Final = re.compile(r"^(đồng chí|đ/\s*c|đc)(?=[\s.:]|$)[\s.:]*", re.IGNORECASE)

MOBILE_LENGTH: Final = 10
# The eleven-digit mobile numbers were shortened in 2018: these are the old beginnings and what stands there now.
OLD_MOBILES: Final[Mapping[str, str]] = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038", "0169": "039",
    "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


def whole_number(text: str) -> int | None:
    """The number that a parameter of an address or a hidden field writes; None if it writes none we could have."""
    is_one = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_one else None


def nfc(text: str) -> str:
    """The text in NFC, without invisible characters, with single spaces."""
    return text if text.isascii() and TIDY.fullmatch(text) else tidied(text)


@lru_cache(maxsize=4096)
def tidied(text: str) -> str:
    if not text.isprintable():
        text = "".join(
            " " if unicodedata.category(char) == "Cc" else char
            for char in text.translate(INVISIBLE)
        )
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The form that searches and matches: no diacritics (đ = d, so "uỷ" = "ủy"), lower case, single spaces."""
    quick = text.translate(PLAIN_LETTERS).lower()
    if quick.isascii():
        return " ".join(quick.split())
    letters = unicodedata.normalize("NFD", text.translate(INVISIBLE)).translate(PLAIN_LETTERS)
    return " ".join(
        "".join(char for char in letters if not unicodedata.combining(char)).lower().split()
    )


@lru_cache(maxsize=8192)
def word_key(word: str) -> tuple[str, str]:
    """A word's letters in the order of the Vietnamese alphabet, and its tone (ngang, huyền, hỏi, ngã, sắc, nặng)."""
    marks = unicodedata.normalize("NFD", word)
    tone = next((TONES[char] for char in marks if char in TONES), "0")
    letters = unicodedata.normalize("NFC", "".join(char for char in marks if char not in TONES))
    return "".join(
        char for char in letters.translate(MARKED_LETTERS) if char.isalnum() or char in "{|"
    ), tone


def part_key(words: list[str]) -> str:
    keys = [word_key(word) for word in words]
    return (
        BETWEEN_WORDS.join(letters for letters, _ in keys)
        + END_OF_LETTERS
        + "".join(tone for _, tone in keys)
    )


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The sort key of a person's name under COLLATE "C": given name, family name, middle names.

    Each of the three is compared by letters first and by tones second, as a list sorted by
    columns would be. Where the tone mark stands in its syllable makes no difference.
    """
    words = nfc(name).lower().split()
    parts = [words[-1:], words[:1] if len(words) > 1 else [], words[1:-1]]
    return END_OF_PART.join(part_key(part) for part in parts)


@lru_cache(maxsize=4096)
def spelling(text: str) -> str:
    """What makes two names the same name: letters and tones, but not case, spaces, signs,
    leading zeros of numbers, or where in a syllable the tone mark stands.
    """
    words = re.findall(r"\w+", nfc(text).lower())
    return " ".join("".join(word_key(word.lstrip("0") or "0")) for word in words)


def person_name(text: str) -> str:
    """A name as we keep it: "Đ/c" dropped, capitals (or none) made title case."""
    name = ADDRESS.sub("", nfc(text)).strip(" .,;:")
    return name.title() if name.isupper() or name.islower() else name


def phone_digits(text: str) -> str:
    """The digits from the leading 0 on; the 0 that Excel ate and +84 are mended."""
    digits = re.sub(r"[\s.\-–()'’]", "", nfc(text))
    if re.search(r"[oO]", digits):
        raise ValueError(f"Có chữ “O” trong số điện thoại “{text}”.")
    if not re.fullmatch(r"\+?\d+", digits):
        raise ValueError(f"“{text}” không phải là một số điện thoại.")
    national = re.sub(r"^(\+84|0084|84(?=\d{9}))0?", "0", digits)
    return national if national.startswith(("0", "+")) else f"0{national}"


def phone_e164(text: str) -> str:
    """ "0912 345 678", "912345678" or "+84912345678" → "+84912345678".

    Raises ValueError with the sentence for the page.
    """
    digits = phone_digits(text)
    if re.fullmatch(r"0[35789]\d{8}|02\d{8,9}", digits):
        return f"+84{digits[1:]}"
    if digits[:4] in OLD_MOBILES and len(digits) == MOBILE_LENGTH + 1:
        now = OLD_MOBILES[digits[:4]] + digits[4:]
        raise ValueError(f"“{text}” là số 11 chữ số cũ. Nếu vẫn dùng, nay là {phone_shown(now)}.")
    if digits.startswith("0") and len(digits) != MOBILE_LENGTH:
        wrong = "thiếu" if len(digits) < MOBILE_LENGTH else "thừa"
        raise ValueError(f"“{text}” {wrong} chữ số: số di động có 10 chữ số.")
    raise ValueError(f"“{text}” không phải là số điện thoại ở Việt Nam.")


def phone_shown(phone: str) -> str:
    """ "+84912345678" → "0912 345 678"."""
    digits = re.sub(r"^\+84", "0", phone)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}".strip()
