"""A decision on the pages: draft, nothing changed yet, where the split's branch goes, run, undo."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config.lib.errors import Refused
from roster.actions import reorganisation_jobs, reorganisations
from roster.changes import read_changes
from roster.models import Job, Reorganisation
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 1)
SPLIT = b"old_code,new_code,change\nA,B,divided_main\nA,C,divided\n"


@pytest.fixture
def place():
    province = factories.province()
    communes = {code: factories.commune(province, code=code) for code in "ABC"}
    return {"province": province, **communes, "branch": factories.branch(communes["A"])}


@pytest.fixture
def officer(place):
    return factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=place["province"])


def draft(officer, content=SPLIT):
    return reorganisations.draft_reorganisation("QĐ 9", DAY, read_changes(content), by=officer)


def test_a_split_is_drafted_mapped_run_and_undone_on_the_pages(client, officer, place):
    client.force_login(officer)
    branch, old = place["branch"], place["branch"].path
    file = SimpleUploadedFile("thay-doi.csv", SPLIT)

    page = client.post(
        "/roster/reorganisations/add/",
        {"decision": "QĐ 9", "effective_on": "2025-09-01", "changes": file},
        follow=True,
    )
    assert "Chọn nơi về cho 1 mục" in page.text
    branch.refresh_from_db()
    assert branch.path == old

    row = Reorganisation.objects.get().rehomings.get()
    url = f"/roster/reorganisations/{row.reorganisation_id}/"
    client.post(url, {f"home-{row.pk}": place["C"].pk})
    for act, path in (("run", f"{place['C'].path}{branch.pk}/"), ("undo", old)):
        client.post(f"{url}{act}/")
        reorganisation_jobs.run_job(Job.objects.latest("pk").pk)
        branch.refresh_from_db()
        assert branch.path == path


def test_it_is_refused_while_a_branch_of_a_split_has_no_home(officer, place):
    with pytest.raises(Refused, match="chưa chọn nơi về"):
        reorganisations.schedule_reorganisation(draft(officer), by=officer)


def test_a_branch_goes_only_to_a_unit_that_its_own_becomes(officer, place):
    row = draft(officer).rehomings.get()

    with pytest.raises(Refused, match="không phải đơn vị kế thừa"):
        reorganisations.map_things(row.reorganisation, {row.pk: place["province"]}, by=officer)


def test_a_run_that_was_interrupted_goes_on(officer, place, monkeypatch):
    draft(officer, b"old_code,new_code,change\nA,B,merged\n")
    factories.branch(place["A"], name="Chi bộ xóm 2")
    monkeypatch.setattr("roster.rehoming.BATCH", 1)
    reorganisation = Reorganisation.objects.get()
    reorganisations.schedule_reorganisation(reorganisation, by=officer)

    def broken(done, total):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        reorganisations.run_reorganisation(reorganisation, by=None, today=DAY, progress=broken)
    reorganisation_jobs.run_due()

    homes = set(place["A"].children.filter(starts_on=DAY)), place["B"].children.count()
    assert homes == (set(), 2)


def test_two_of_a_name_get_the_habit_of_the_place(officer, place):
    factories.branch(place["B"])
    rows = draft(officer, b"old_code,new_code,change\nA,B,merged\n").rehomings

    old = place["A"].name
    assert rows.get().new_label == f"Chi bộ xóm 1 ({old[:1].lower()}{old[1:]} cũ)"
