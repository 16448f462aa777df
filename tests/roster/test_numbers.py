from datetime import date

import pytest
from django.db import IntegrityError, transaction

from config.lib.errors import Refused
from roster.actions.numbers import take_number
from roster.models import DocumentNumber
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def take(issuer, document_type="BC/BTCTU", on=TODAY):
    return take_number(issuer, document_type, on=on, label="Báo cáo", by=None)


def test_numbers_run_by_type_issuer_and_term():
    province, commune = factories.province(), factories.commune(factories.province())

    numbers = [
        take(province),
        take(province),
        take(province, "QĐ/TU"),
        take(commune),
        take(province, on=date(2030, 12, 31)),
        take(province, on=date(2025, 6, 30)),
    ]

    assert numbers == [1, 2, 1, 1, 3, 1]


def test_a_document_that_fails_gives_its_number_back():
    province = factories.province()

    with transaction.atomic():
        given = take(province)
        transaction.set_rollback(True)

    assert (given, take(province)) == (1, 1)


def test_a_day_before_all_terms_is_refused():
    with pytest.raises(Refused, match="Chưa có nhiệm kỳ"):
        take(factories.province(), on=date(2015, 6, 30))


def test_the_database_refuses_a_number_twice():
    entry = {
        "issuer": factories.province(),
        "document_type": "BC/BTCTU",
        "congress_term": "2025-2030",
        "number": 1,
        "taken_on": TODAY,
    }
    DocumentNumber.objects.create(**entry)

    with pytest.raises(IntegrityError, match="document_number_is_taken_once"), transaction.atomic():
        DocumentNumber.objects.create(**entry)
