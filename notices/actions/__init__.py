"""Owing messages, withdrawing them, paying them, reading them."""

from notices.actions.owing import Due, Pair, owe, owe_many, still_to_owe, withdraw
from notices.actions.paying import pay, pay_all
from notices.actions.preferring import switch_off
from notices.actions.reading import mark_all_read, mark_read
from notices.actions.receiving import ask_for_receipts, note_receipt
from notices.actions.sending_again import send_again

__all__ = [
    "Due",
    "Pair",
    "ask_for_receipts",
    "mark_all_read",
    "mark_read",
    "note_receipt",
    "owe",
    "owe_many",
    "pay",
    "pay_all",
    "send_again",
    "still_to_owe",
    "switch_off",
    "withdraw",
]
