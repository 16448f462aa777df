"""A page of a preview loads its own rows, not those of the whole list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.actions import imports
from roster.models import RosterImport
from tests.assignments.imports.setting import BRANCH, District, branches, preview, with_value

pytestmark = pytest.mark.django_db

ROWS = 450


def keep() -> RosterImport:
    named = [with_value(with_value(BRANCH, 2, f"Chi bộ xóm {n}"), 0, n) for n in range(ROWS)]
    named[430] = with_value(named[430], 5, "chín mươi")
    content, officer = branches(*named), District().officer
    return imports.keep_preview(preview(content, "branches"), content, "tep.xlsx", by=officer)


def test_pages_of_a_preview_follow_one_another_and_are_chosen_by_result(client):
    kept = keep()
    client.force_login(kept.by)
    address = reverse("assignments:import_preview", args=[kept.pk])

    def table_at(**asked):
        return client.get(address, asked).context["shown"]

    pages = [table_at(), table_at(**{"from": 206}), table_at(**{"from": 406})]
    assert [page.next_from for page in pages] == [206, 406, None]
    assert [row.row for page in pages for row in page.rows] == list(range(6, 6 + ROWS))
    assert [row.row for row in table_at(action="problem").rows] == [436]
    assert not table_at(action="same").rows


@pytest.mark.parametrize("name", ["preview", "columns"])
def test_no_page_loads_the_whole_list(client, name):
    kept = keep()
    client.force_login(kept.by)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse(f"assignments:import_{name}", args=[kept.pk]))
    asked = [one["sql"] for one in queries if "roster_rosterimport" in one["sql"]]
    assert asked
    assert not any('"roster_rosterimport"."facts"' in sql for sql in asked)
