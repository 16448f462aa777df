"""Owing messages, withdrawing them, paying them, reading them."""

from notices.actions.owing import Due, Pair, owe, owe_many, still_to_owe, withdraw
from notices.actions.paying import pay, pay_all
from notices.actions.reading import mark_all_read, mark_read

__all__ = [
    "Due",
    "Pair",
    "mark_all_read",
    "mark_read",
    "owe",
    "owe_many",
    "pay",
    "pay_all",
    "still_to_owe",
    "withdraw",
]
