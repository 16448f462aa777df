from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, Template

from roster.models import MeetingRule, OfficeTerm
from roster.templatetags import vn

NBSP = "\N{NO-BREAK SPACE}"
EVENING = datetime(2026, 12, 4, 13, 14, tzinfo=UTC)  # 20:14 in Vietnam


def test_dates_and_times_are_shown_in_our_zone():
    assert vn.vn_date(date(2026, 11, 3)) == "03/11/2026"
    assert vn.vn_datetime(EVENING) == "20:14 ngày 04/12/2026"
    assert vn.vn_time(EVENING) == "20:14"
    assert vn.vn_time(time(9, 5)) == "09:05"
    assert vn.vn_month(date(2026, 11, 1)) == "11/2026"
    assert vn.vn_date(datetime(2026, 11, 3, 18, 0, tzinfo=UTC)) == "04/11/2026"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 11, 3), "thứ Ba, 03/11/2026"),
        (date(2026, 11, 8), "Chủ nhật, 08/11/2026"),
    ],
)
def test_weekdays_have_names(day, shown):
    assert vn.weekday_date(day) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (1234.5, None, "1.234,5"),
        (12000, None, "12.000"),
        (-24, 0, "−24"),
        (7, 1, "7,0"),
        (1200, None, "1.200"),
        (None, None, "–"),
    ],
)
def test_numbers_have_points_and_commas(value, places, shown):
    assert vn.number(value, places) == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(320, 366, f"87,4{NBSP}%"), (3, 3, f"100{NBSP}%"), (0, 5, f"0{NBSP}%"), (0, 0, "–")],
)
def test_shares_are_percentages(part, whole, shown):
    assert vn.percent(vn.share(part, whole)) == shown


def test_a_masked_phone_cannot_be_called():
    assert vn.masked_phone("+84912345678") == "0912 ••• 678"
    assert vn.phone_shown("+84912345678") == "0912 345 678"
    assert vn.masked_phone("") == ""


def test_initials_are_of_family_and_given_name():
    assert vn.initials("Đinh Thị Lụa") == "ĐL"
    assert vn.initials("Lụa") == "L"


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (MeetingRule(day=3, time=time(19, 30)), "ngày 3, 19:30"),
        (MeetingRule(day=31), "ngày cuối tháng"),
        (MeetingRule(weekday=0, week=1, time=time(8, 0)), "thứ Hai tuần đầu, 08:00"),
        (MeetingRule(weekday=6, week=-1), "Chủ nhật tuần cuối"),
    ],
)
def test_a_fixed_day_is_read_as_one_says_it(rule, shown):
    assert vn.fixed_day(rule) == shown


def test_a_period_is_open_or_closed():
    assert vn.period(OfficeTerm(starts_on=date(2025, 7, 1))) == "từ 01/07/2025"
    assert (
        vn.period(OfficeTerm(starts_on=date(2020, 1, 1), ends_on=date(2025, 6, 30)))
        == "01/01/2020 – 30/06/2025"
    )


def test_a_bar_never_leaves_its_frame():
    assert [vn.bar_width(value) for value in (None, 87.44, 130)] == ["0.0", "87.4", "100.0"]


def test_an_act_that_may_not_be_done_waits_with_its_reason():
    page = Template(
        '{% include "_partials/act.html" with label="Trả lời" url="/x/" why_not=why_not only %}'
    )

    closed = page.render(Context({"why_not": "Kiến nghị này đã được trả lời."}))
    opened = page.render(Context({"why_not": None}))

    assert "disabled" in closed
    assert "Kiến nghị này đã được trả lời." in closed
    assert '<a class="btn" href="/x/">Trả lời</a>' in opened
