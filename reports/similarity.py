"""How much of one text stands in another: three folded words at a time, in any order of the texts."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from config.lib.text import fold

# Shorter answers ("Không có ý kiến gì thêm.") are alike by their nature.
FEWEST_WORDS: Final = 20

Shingle = tuple[str, str, str]


def shingles(texts: Iterable[str]) -> frozenset[Shingle]:
    """Every run of three words within one text; diacritics, case and signs make no difference."""
    found: set[Shingle] = set()
    for text in texts:
        words = re.findall(r"\w+", fold(text))
        if len(words) >= FEWEST_WORDS:
            found.update(
                (first, second, third) for (first, second), (_, third) in pairwise(pairwise(words))
            )
    return frozenset(found)


def percent_within(own: frozenset[Shingle], other: frozenset[Shingle]) -> int:
    """How many percent of `own` stand in `other`, rounded down: 100 only if nothing is new."""
    return len(own & other) * 100 // len(own) if own else 0
