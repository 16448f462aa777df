"""Days, years and hours as offices write them."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest

from roster.sheets import dates
from roster.sheets.meeting_days import WeekdayRule, hour_of, meeting_day, parse_rule

LIST_DAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (datetime(1969, 9, 19, tzinfo=UTC), "1969-09-19"),
        (date(1969, 9, 19), "1969-09-19"),
        ("19/09/1969", "1969-09-19"),
        ("9/3/1984", "1984-03-09"),
        ("19.9.69", "1969-09-19"),
        ("ngày 19 tháng 9 năm 1969", "1969-09-19"),
        (25831, "1970-09-20"),
        (1979, "1979"),
        ("1979", "1979"),
        ("5/1979", "1979"),
        ("Năm 1965", "1965"),
        ("-", None),
        (None, None),
    ],
)
def test_births_are_iso_dates_or_bare_years(written, kept):
    assert dates.birth(written, LIST_DAY) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("31/02/1970", "Không có ngày 31/02/1970."),
        ("12/13/1970", "Không có ngày 12/13/1970."),
        ("2015", "Năm sinh 2015 không thể đúng với một cán bộ."),
        ("1/1/1871", "Năm sinh 1871 không thể đúng với một cán bộ."),
        ("không rõ", "Không hiểu ngày sinh “không rõ”. Viết như 20/10/1979 hoặc 1979."),
    ],
)
def test_impossible_births_say_why(written, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        dates.birth(written, LIST_DAY)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (time(19, 30), "19:30"),
        (timedelta(hours=7, minutes=5), "07:05"),
        (0.8125, "19:30"),
        (19, "19:00"),
        (19.3, "19:30"),
        ("19h30", "19:30"),
        ("19 giờ 30", "19:30"),
        ("7 giờ 30 phút", "07:30"),
        ("8 giờ", "08:00"),
        ("7:30", "07:30"),
        ("19.30", "19:30"),
        ("7 giờ tối", "19:00"),
        ("từ 19h30 đến 21h", "19:30"),
        ("buổi tối", None),
    ],
)
def test_hours_are_read_as_offices_write_them(written, kept):
    assert dates.hour(written) == kept


def test_an_impossible_hour_says_why():
    with pytest.raises(ValueError, match=r"^Không có giờ 25:00\.$"):
        dates.hour("25h")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (3, 3),
        ("03", 3),
        ("Ngày 3", 3),
        ("mùng 3", 3),
        ("mùng ba", 3),
        ("3 hằng tháng", 3),
        ("Ngày 4 hàng tháng", 4),
        ("19h30 ngày 3 hằng tháng", 3),
        ("Ngày 15, 7 giờ 30", 15),
        ("ngày cuối tháng", 31),
        (date(2021, 12, 3), 3),
        ("Chủ nhật tuần đầu", "chủ nhật tuần 1"),
        ("Thứ bảy tuần thứ hai, 8h", "thứ 7 tuần 2"),
        ("chủ nhật cuối tháng", "chủ nhật tuần cuối"),
        ("", None),
        (None, None),
    ],
)
def test_meeting_days_are_read_as_offices_write_them(written, kept):
    assert meeting_day(written) == kept


@pytest.mark.parametrize(
    "written",
    ["31/2 hằng năm", "ngày 3-5", "ngày 3 hoặc 5", 32, 0, "tuần đầu tháng", "theo lịch riêng"],
)
def test_a_meeting_day_that_is_not_one_is_not_understood(written):
    with pytest.raises(ValueError, match=f"^Không hiểu ngày họp “{written}”"):
        meeting_day(written)


@pytest.mark.parametrize("written", ["Rằm hằng tháng", "mùng 3 âm lịch"])
def test_lunar_days_are_refused_with_the_way_out(written):
    with pytest.raises(ValueError, match="âm lịch: ghi ngày dương lịch cố định"):
        meeting_day(written)


def test_a_weekday_without_its_week_is_asked_for():
    with pytest.raises(ValueError, match="Ghi rõ tuần nào trong tháng"):
        meeting_day("Chủ nhật")


@pytest.mark.parametrize("rule", [WeekdayRule(6, 1), WeekdayRule(5, -1), WeekdayRule(0, 4)])
def test_a_weekday_rule_is_the_same_after_its_words(rule):
    assert parse_rule(str(rule)) == rule


@pytest.mark.parametrize(
    ("day", "hour", "kept"),
    [
        ("Ngày 3, 19h30", None, "19:30"),
        ("Ngày 3", "20h", "20:00"),
        (3, None, None),
        ("Ngày 3", None, None),
    ],
)
def test_the_hour_comes_from_its_own_cell_or_from_that_of_the_day(day, hour, kept):
    assert hour_of(day, hour) == kept


def test_words_in_the_column_of_hours_must_be_an_hour():
    with pytest.raises(ValueError, match=r"^Không hiểu giờ họp “buổi tối”"):
        hour_of(3, "buổi tối")


def test_a_birth_that_is_taken_at_a_glance_is_what_a_longer_look_makes_of_it():
    days = [
        f"{day}/{month:02}/{year}"
        for day in (0, 1, 28, 29, 30, 31, 32)
        for month in (0, 1, 2, 6, 12, 13)
        for year in (0, 1919, 1920, 1980, 1981, 2003, 2004, 9999)
    ]

    assert [kept_or_said(day) for day in days] == [kept_or_said(f"{day} ") for day in days]


def kept_or_said(written: str) -> str | None:
    try:
        return dates.birth(written, LIST_DAY)
    except ValueError as said:
        return str(said)
