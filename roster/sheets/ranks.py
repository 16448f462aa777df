"""The rank of an office in official lists, from its title: the lower, the earlier."""

import re
from functools import lru_cache
from typing import Final

from config.lib.text import fold

RANKS: Final = (
    (10, r"^bi thu (tinh|thanh|huyen|thi) uy"),
    (15, r"^pho bi thu (thuong truc )?(tinh|thanh|huyen|thi) uy"),
    (20, r"uy vien ban thuong vu"),
    (30, r"\b(tinh|thanh|huyen|thi) uy vien\b|uy vien ban chap hanh"),
    (60, r"\bpho\b"),
    (
        40,
        r"^(giam doc|truong|chu tich|bi thu|chanh|chu nhiem|chi huy truong|chinh uy|cuc truong|vien truong|thu truong)\b",
    ),
)
OTHERS: Final = 80
DEPUTY_STEP: Final = 5


@lru_cache(maxsize=1024)
def rank_of(title: str) -> int:
    """Members of committees first, then heads, deputies, the others; among members the heads first."""
    words = fold(title)
    rank = next((rank for rank, pattern in RANKS if re.search(pattern, words)), OTHERS)
    is_deputy = rank < RANKS[4][0] and re.search(r"\bpho (truong|giam doc|chu tich|chanh)", words)
    return rank + DEPUTY_STEP if is_deputy else rank
