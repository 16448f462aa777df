"""Each malformed or hostile file ends in its sentence, with nothing written, under 10 seconds and 300 MB."""

import gc
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from config.lib.errors import Refused
from roster.models import RosterImport, StoredFile, Unit
from tests.assignments.imports.hostile import HARMLESS, REFUSED, SHOWN
from tests.assignments.imports.setting import District, preview

pytestmark = pytest.mark.django_db

MOST_SECONDS = 10
MOST_KILOBYTES = 300 * 1024
DAY = date(2021, 12, 1)


@contextmanager
def in_bounds() -> Iterator[None]:
    """Memory is what the process grew at its highest point, with what C and Rust took."""
    gc.collect()
    high, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    yield
    assert time.monotonic() - began < MOST_SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - high < MOST_KILOBYTES


def nothing_written() -> bool:
    return not (
        Unit.objects.branches().exists()
        or RosterImport.objects.exists()
        or StoredFile.objects.exists()
    )


def test_there_are_at_least_forty_causes():
    assert len(REFUSED) + len(SHOWN) >= 40


@pytest.mark.parametrize("cause", REFUSED)
def test_it_is_refused_with_its_sentence(cause):
    District()
    make, sentence = REFUSED[cause]
    content = make()

    with in_bounds(), pytest.raises(Refused) as refusal:
        preview(content, "branches")

    assert str(refusal.value).startswith(sentence)
    assert nothing_written()


@pytest.mark.parametrize("cause", SHOWN)
def test_it_is_shown_as_a_problem_at_its_cell(cause):
    District()
    make, cells = SHOWN[cause]
    content = make()

    with in_bounds():
        result = preview(content, "branches", on=DAY)

    assert [problem.cell for problem in result.problems] == cells
    assert nothing_written()


@pytest.mark.parametrize("cause", HARMLESS)
def test_it_is_read_as_if_nothing_were_wrong(cause):
    District()
    content = HARMLESS[cause]()

    with in_bounds():
        result = preview(content, "branches")

    assert [(item.action, item.row.values["member_count"]) for item in result.items] == [
        ("new", 30)
    ]
    assert result.problems == []
