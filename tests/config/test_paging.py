import base64
import json

import pytest
from django.core.exceptions import BadRequest

from config.lib.paging import count_shown, page_by_key
from roster.models import Unit
from tests import factories

KEYS = ("name_key", "pk")


@pytest.fixture
def names() -> list[str]:
    """Five units, two of them with the same name."""
    names = ["Xã An", "Xã Bình", "Xã Bình", "Xã Cao", "Xã Dương"]
    for name in names:
        factories.UnitFactory(name=name)
    return names


def shown(**parameters):
    return page_by_key(Unit.objects.all(), KEYS, parameters, size=2)


@pytest.mark.django_db
def test_pages_follow_one_another_without_a_gap_or_a_repeat(names):
    first = shown()
    second = shown(after=first.after)
    third = shown(after=second.after)

    assert [unit.name for page in (first, second, third) for unit in page.rows] == names
    assert (first.before, third.after) == (None, None)


@pytest.mark.django_db
def test_the_way_back_shows_the_same_pages(names):
    first = shown()
    second = shown(after=first.after)
    third = shown(after=second.after)

    back = shown(before=third.before)

    assert back.rows == second.rows
    assert shown(before=back.before).rows == first.rows
    assert shown(before=back.before).before is None


@pytest.mark.django_db
def test_descending_keys_page_in_their_own_order(names):
    rows = Unit.objects.all()

    first = page_by_key(rows, ("-name_key", "-pk"), {}, size=2)
    second = page_by_key(rows, ("-name_key", "-pk"), {"after": first.after}, size=2)

    assert [unit.name for unit in [*first.rows, *second.rows]] == names[:0:-1]


@pytest.mark.django_db
def test_rows_that_come_meanwhile_move_no_page(names):
    first = shown()
    factories.UnitFactory(name="Xã A")

    assert [unit.name for unit in shown(after=first.after).rows] == names[2:4]


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["x", "bnVsbA", "WzFd", "W3t9LHt9XQ", "💥"])
def test_a_mark_that_somebody_made_up_is_a_bad_request(mark):
    with pytest.raises(BadRequest):
        shown(after=mark)


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["hôm qua", "2026-13-01", 7, True, "\0"])
@pytest.mark.parametrize("key", [1, "một", 1e999])
def test_a_mark_with_values_that_no_row_can_have_is_a_bad_request(day, key):
    mark = base64.urlsafe_b64encode(json.dumps([day, key]).encode()).decode()

    with pytest.raises(BadRequest):
        page_by_key(Unit.objects.all(), ("starts_on", "pk"), {"after": mark})


def test_a_mark_of_many_brackets_is_a_bad_request():
    mark = base64.urlsafe_b64encode(b"[" * 100_000).decode()

    with pytest.raises(BadRequest):
        page_by_key(Unit.objects.all(), KEYS, {"after": mark})


@pytest.mark.django_db
def test_an_empty_list_has_no_neighbours():
    page = shown()

    assert (page.rows, page.before, page.after) == ([], None, None)


@pytest.mark.django_db
def test_a_count_never_costs_more_than_its_limit(names, monkeypatch):
    assert count_shown(Unit.objects.all()) == "5"

    monkeypatch.setattr("config.lib.paging.COUNT_AT_MOST", 4)

    assert count_shown(Unit.objects.all()) == "hơn 4"
