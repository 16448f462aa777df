"""How long an authority has, and how the page explains it."""

from datetime import date

import pytest

from reports.deadlines import Term, explain, term_on
from roster.models import Policy

CALENDAR = Term(30, in_working_days=False, basis="", since=date(2020, 1, 1))
WORKING = Term(20, in_working_days=True, basis="", since=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("term", "start", "due_on"),
    [
        (CALENDAR, date(2026, 11, 6), date(2026, 12, 6)),
        (CALENDAR, date(2028, 1, 30), date(2028, 2, 29)),
        (WORKING, date(2026, 11, 6), date(2026, 12, 7)),  # 24/11 is a holiday
        (WORKING, date(2027, 1, 20), date(2027, 2, 24)),  # Tết: 4–10/2
        (WORKING, date(2026, 11, 7), date(2026, 12, 7)),  # a Saturday does not count itself
    ],
)
def test_the_last_day_in_time(term: Term, start: date, due_on: date) -> None:
    assert term.ends_on(start) == due_on


@pytest.mark.django_db
def test_the_rule_of_the_day_counts_not_todays() -> None:
    Policy.objects.filter(key="answer_due_days").update(ends_on=date(2026, 12, 31))
    Policy.objects.create(
        key="answer_due_days", value=15, starts_on=date(2027, 1, 1), basis="Quy định 9"
    )

    assert term_on(date(2026, 12, 31)).days == 30
    assert term_on(date(2027, 1, 1)) == Term(15, False, "Quy định 9", date(2027, 1, 1))


@pytest.mark.django_db
def test_a_missing_rule_is_an_error_of_the_installation() -> None:
    with pytest.raises(KeyError):
        term_on(date(1999, 1, 1))


def shapes(due_on: date, start: date, answered_on: date | None, term: Term) -> dict[str, str]:
    months = explain(due_on, start, answered_on, term).months
    return {
        f"{day.number}/{month.first.month}": day.shape
        for month in months
        for week in month.weeks
        for day in week
        if day
    }


def test_the_grid_shows_deadline_answer_and_what_does_not_count() -> None:
    seen = shapes(date(2026, 12, 7), date(2026, 11, 6), date(2026, 12, 1), WORKING)

    chosen = ("6/11", "9/11", "14/11", "24/11", "1/12", "7/12", "8/12")
    assert {day: seen[day] for day in chosen} == {
        "6/11": "off",
        "9/11": "",
        "14/11": "off",
        "24/11": "hol",
        "1/12": "ans",
        "7/12": "due",
        "8/12": "off",
    }


def test_in_calendar_days_weekends_and_holidays_count() -> None:
    seen = shapes(date(2026, 12, 6), date(2026, 11, 6), None, CALENDAR)

    assert (seen["14/11"], seen["24/11"], seen["6/12"]) == ("", "", "due")


def test_weeks_begin_on_monday_and_are_whole() -> None:
    months = explain(date(2026, 12, 6), date(2026, 11, 6), None, CALENDAR).months

    november = months[0].weeks
    assert [day and day.number for day in november[0]] == [None] * 6 + [1]
    assert {len(week) for month in months for week in month.weeks} == {7}


def test_a_long_time_is_shown_by_its_last_months() -> None:
    months = explain(date(2027, 6, 1), date(2026, 11, 6), None, CALENDAR).months

    assert [month.first for month in months] == [
        date(2027, 4, 1),
        date(2027, 5, 1),
        date(2027, 6, 1),
    ]


def test_another_deadline_than_the_rules_was_set_by_hand() -> None:
    by_rule = explain(date(2026, 12, 6), date(2026, 11, 6), None, CALENDAR)
    by_hand = explain(date(2026, 11, 20), date(2026, 11, 6), None, CALENDAR)

    assert (by_rule.is_by_rule, by_hand.is_by_rule) == (True, False)
