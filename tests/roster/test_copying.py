"""New rows by COPY."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from assignments.models import LineChange
from roster.actions.copying import copy_new, copy_row
from roster.models import OfficeTerm, Official, RosterImport, StoredFile
from tests import factories

pytestmark = pytest.mark.django_db

AWKWARD = 'Lê\tVăn\nẤn\\N "a"\r\\'


def test_rows_are_made_from_what_is_said_and_the_defaults_of_their_model():
    agency = factories.agency(factories.province())
    said: list[dict[str, Any]] = [
        {"full_name": "Lê Văn An", "agency_id": agency.pk, "birth_date": date(1970, 3, 2)},
        {"full_name": AWKWARD, "agency_id": agency.pk, "note": "\\."},
    ]

    keys = copy_new(Official, iter(said), 2)

    one, other = Official.objects.in_bulk(keys).values()
    assert (one.pk, one.birth_date, one.capacity, one.is_active) == (
        keys[0],
        date(1970, 3, 2),
        2,
        True,
    )
    assert (other.full_name, other.note, other.birth_date, other.email) == (
        AWKWARD,
        "\\.",
        None,
        "",
    )


def test_lists_and_mappings_are_written_as_json():
    decision = factories.DecisionFactory(issuer=factories.province())
    said = {"decision_id": decision.pk, "sentence": "Bỏ", "before": [{"unit": AWKWARD}]}

    (key,) = copy_new(LineChange, [{**said, "at": timezone.now()}], 1)

    kept = LineChange.objects.get(pk=key)
    assert (kept.before, kept.after) == ([{"unit": AWKWARD}], [])


def test_many_rows_keep_their_order():
    official = factories.OfficialFactory(agency=factories.agency(factories.province()))
    rows = ({"official_id": official.pk, "unit_id": official.agency_id, "starts_on": date(2020, 1, 1),
             "office": f"Chức vụ {number}"} for number in range(450))  # fmt: skip

    keys = copy_new(OfficeTerm, rows, 450)

    offices = dict(OfficeTerm.objects.values_list("pk", "office"))
    assert [offices[key] for key in keys] == [f"Chức vụ {number}" for number in range(450)]


def test_what_the_database_refuses_or_a_row_that_cannot_be_made_leaves_nothing():
    agency = factories.agency(factories.province())
    good = {"full_name": "Lê Văn An", "agency_id": agency.pk}

    def rows() -> Iterator[dict[str, Any]]:
        yield good
        raise ValueError

    for wrong in ([good, {**good, "capacity": 9}], rows()):
        with pytest.raises(DatabaseError), transaction.atomic():
            copy_new(Official, wrong, 2)

    assert Official.objects.count() == 0


def test_a_long_column_comes_in_pieces_and_is_read_back_when_asked_for():
    province = factories.province()
    file = StoredFile.objects.create(
        name="a.xlsx", content="a.xlsx", content_type="", size=1, sha256=""
    )
    facts = {"name": AWKWARD, "items": [{"row": 1}, {"row": 2}]}
    text = json.dumps(facts, ensure_ascii=False)
    kept = RosterImport(
        kind="officials", file=file, unit=province, valid_on=date(2026, 1, 1), choices={"sheet": AWKWARD}
    )  # fmt: skip

    copy_row(kept, "facts", (text[:9], text[9:30], text[30:]))

    assert kept.facts == facts
    again = RosterImport.objects.get(pk=kept.pk)
    assert (again.facts, again.choices, again.footprint, again.at) == (
        facts,
        {"sheet": AWKWARD},
        {},
        kept.at,
    )
