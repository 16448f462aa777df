"""Owing messages, withdrawing them, paying them, reading them."""

from notices.actions.owing import Due, owe, owe_many, withdraw
from notices.actions.paying import pay, pay_all
from notices.actions.reading import mark_all_read, mark_read

__all__ = ["Due", "mark_all_read", "mark_read", "owe", "owe_many", "pay", "pay_all", "withdraw"]
