"""How alike two texts are, on folded words."""

import unicodedata

import pytest

from reports.similarity import FEWEST_WORDS, percent_within, shingles

TEXT = (
    "Chi bộ bàn việc nạo vét 420 m mương tiêu đầu xóm, huy động 60 công của các hộ, "
    "đề nghị xã hỗ trợ kinh phí mua ống cống trước vụ đông xuân sắp tới."
)
PLAIN = (
    "chi bo ban viec nao vet 420 m muong tieu dau xom huy dong 60 cong cua cac ho "
    "de nghi xa ho tro kinh phi mua ong cong truoc vu dong xuan sap toi"
)


def words(count: int, start: int = 0) -> str:
    return " ".join(f"từ{number}" for number in range(start, start + count))


@pytest.mark.parametrize(
    "other",
    [
        unicodedata.normalize("NFD", TEXT),
        TEXT.upper(),
        PLAIN,
        TEXT.replace(" ", "\u00a0\n").replace(",", " – "),
        TEXT.replace("mương", "mư\u200bơng"),
    ],
)
def test_marks_case_and_signs_make_no_difference(other: str) -> None:
    assert shingles([other]) == shingles([TEXT])
    assert percent_within(shingles([TEXT]), shingles([other])) == 100


def test_short_texts_never_count() -> None:
    assert shingles([words(FEWEST_WORDS - 1), "", "Không có ý kiến gì thêm."]) == frozenset()
    assert len(shingles([words(FEWEST_WORDS)])) == FEWEST_WORDS - 2


def test_no_run_of_words_goes_over_the_end_of_a_text() -> None:
    joined = shingles([words(20), words(20, 20)])

    assert joined == shingles([words(20)]) | shingles([words(20, 20)])


def test_share_is_of_the_own_text_and_rounded_down() -> None:
    own, longer = shingles([words(42)]), shingles([words(400)])
    almost = own - {("tu0", "tu1", "tu2")}

    assert percent_within(own, longer) == 100
    assert percent_within(longer, own) == 10
    assert percent_within(own, almost) == 97
    assert percent_within(frozenset(), own) == 0
    assert percent_within(own, frozenset()) == 0
