"""The lists in the office's layout: every sample, exported and imported again, is the same."""

import pytest
from django.urls import reverse

from assignments.actions import exports
from assignments.models import Decision
from assignments.sheets.exports import decision_list
from roster.actions.shipped_units import load_shipped_units
from roster.models import Event, Job, RosterImport
from roster.sheets.exports import branch_list, official_list
from tests.assignments.imports.setting import BRANCH, District, branches, load, preview
from tests.assignments.imports.test_samples import IN_ORDER
from tests.workbooks import sample

pytestmark = pytest.mark.django_db


def exported(roster_import: RosterImport) -> bytes:
    unit, on = roster_import.unit, roster_import.valid_on
    if roster_import.kind == "branches":
        return branch_list(unit, on).workbook()
    if roster_import.kind == "officials":
        return official_list(unit, on).workbook()
    decision = Decision.objects.get(number=roster_import.decision)
    return decision_list(decision, decision.assignments.all()).workbook()


def test_each_sample_comes_back_without_a_difference():
    load_shipped_units()
    for name, kind, _ in IN_ORDER:
        load(sample(name), kind)

    found = {}
    for roster_import in RosterImport.objects.order_by("pk"):
        told = preview(exported(roster_import), roster_import.kind, on=roster_import.valid_on)
        facts = told.facts("")
        is_same = facts["rows"] == facts["same"] >= roster_import.facts["rows"]
        found[roster_import.pk] = (told.owner, is_same, facts["problems"])

    assert found == {
        roster_import.pk: (roster_import.unit, True, [])
        for roster_import in RosterImport.objects.all()
    }


def test_a_list_is_taken_from_the_page_and_that_is_noted(client):
    district = District()
    load(branches(BRANCH), "branches")
    client.force_login(district.officer)
    told = {"kind": "branches", "unit": district.unit.pk, "on": "2021-12-01"}

    answer = client.post("/roster/export/", told)

    content = b"".join(answer.streaming_content)
    assert preview(content, "branches").facts("")["same"] == 1
    assert Event.objects.get(verb="roster_exported").detail["rows"] == 1


def test_a_long_list_is_made_in_the_background(client, monkeypatch):
    district = District()
    load(branches(BRANCH), "branches")
    client.force_login(district.officer)
    monkeypatch.setattr(exports, "LONG", 0)

    asked = client.post(
        "/roster/export/", {"kind": "branches", "unit": district.unit.pk, "on": "2021-12-01"}
    )
    job = Job.objects.get()
    exports.run_export(job.pk)
    job.refresh_from_db()
    content = b"".join(client.get(job.result_url).streaming_content)

    assert asked["Location"] == reverse("roster:job_detail", args=[job.pk])
    assert preview(content, "branches").facts("")["same"] == 1
