"""Working days of Vietnam, with Tết and the days off of `holidays`."""

from datetime import date

import pytest

from config.lib.working_days import add_working_days, is_working_day, working_days_between


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 24), False),  # Ngày Văn hóa Việt Nam
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 2, 17), False),  # Tết
        (date(2027, 9, 3), False),  # off beside Quốc khánh
        (date(2026, 4, 27), False),  # day off for Giỗ Tổ on a Sunday
    ],
)
def test_holidays_and_weekends_are_no_working_days(day: date, works: bool):
    assert is_working_day(day) is works


def test_a_deadline_in_working_days_steps_over_days_off():
    assert add_working_days(date(2026, 11, 20), 2) == date(2026, 11, 25)


def test_adding_and_counting_agree():
    start = date(2026, 2, 10)

    assert working_days_between(start, add_working_days(start, 20)) == 20


def test_nothing_lies_between_a_day_and_an_earlier_one():
    assert working_days_between(date(2026, 11, 23), date(2026, 11, 20)) == 0
