"""Months and reporting periods."""

from datetime import date

import pytest

from config.lib.errors import Refused
from config.lib.months import Period, add_months, day_in, parse_month


@pytest.mark.parametrize(
    ("text", "first", "last", "label"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "tháng 11 năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
    ],
)
def test_a_period_is_read_and_written_the_same(text: str, first: date, last: date, label: str):
    period = Period.parse(text)

    assert (period.starts_on, period.ends_on, period.label, period.code) == (
        first,
        last,
        label,
        text,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000",
        "0001-01",
        "0001-Q1",
        "9999-12",
        "9999",
        "2026-13",
        "2026-00",
        "11/2026",
        "2026-Q5",
        "2026-H3",
        "26-11",
        "2026-11-01",
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(text: str):
    with pytest.raises(Refused, match="Viết như 2026-1"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("code", "before"),
    [("2026-01", "2025-12"), ("2026-Q1", "2025-Q4"), ("2026-H2", "2026-H1"), ("2026", "2025")],
)
def test_the_period_before(code: str, before: str):
    assert Period.parse(code).previous().code == before


def test_day_31_means_the_last_day():
    assert [
        day_in(parse_month(month), 31).day for month in ("2027-02", "2028-02", "2026-11", "2026-12")
    ] == [
        28,
        29,
        30,
        31,
    ]


def test_months_are_added_over_the_year():
    assert [add_months(date(2026, 11, 1), count) for count in (-11, 0, 2)] == [
        date(2025, 12, 1),
        date(2026, 11, 1),
        date(2027, 1, 1),
    ]


@pytest.mark.parametrize("text", ["", "2026-13", "0001-01", "9999-12", "2026-W1"])
def test_a_month_has_one_before_and_one_after(text: str):
    with pytest.raises(Refused, match="không phải là tháng"):
        parse_month(text)
