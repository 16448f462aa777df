"""A decision on the pages: draft, nothing changed yet, where the split's branch goes, run, undo."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config.lib.errors import Refused
from roster.actions import reorganisation_jobs, reorganisations
from roster.changes import Change, read_changes
from roster.models import Event, Job, Reorganisation, Unit
from roster.states import OperationKind, Role
from tests import factories
from tests.workbooks import workbook

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
    assert "<strong>1 mục</strong> của đơn vị chia tách" in page.text
    branch.refresh_from_db()
    assert branch.path == old

    row = Reorganisation.objects.get().rehomings.get()
    url = f"/roster/reorganisations/{row.reorganisation_id}/"
    client.post(f"{url}homes/", {f"home-{row.pk}": place["C"].pk, "act": "save"})
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


def by_hand(client, reorganisation, **fields):
    url = f"/roster/reorganisations/{reorganisation.pk}/operations/add/"
    return client.post(url, fields, follow=True)


def test_operations_are_entered_and_taken_out_by_hand(client, officer, place):
    client.force_login(officer)
    client.post("/roster/reorganisations/add/", {"decision": "QĐ 7", "effective_on": "01/09/2025"})
    row = Reorganisation.objects.get()

    by_hand(client, row, kind="merge", old="A", new_name="Xã Mới", new_code="M")
    by_hand(client, row, kind="merge", old=place["B"].name, new_name="Xã Mới", new_code="M")
    by_hand(client, row, kind="dissolve", old="C")

    made = Unit.objects.get(name="Xã Mới")
    pairs = set(row.operations.values_list("kind", "old__code", "new"))
    assert pairs == {("merge", "A", made.pk), ("merge", "B", made.pk), ("dissolve", "C", None)}
    for operation in row.operations.filter(kind="merge"):
        client.post(f"/roster/reorganisations/{row.pk}/operations/{operation.pk}/remove/")
    assert not Unit.objects.filter(name="Xã Mới").exists()
    assert not row.rehomings.exclude(old=place["C"]).exists()


def test_a_unit_without_a_code_is_established_by_hand(client, officer, place):
    client.force_login(officer)
    row = draft(officer, b"old_code,new_code,change\nA,B,merged\n")
    by_hand(client, row, kind="rename", old=f"#{place['branch'].pk}", new_name="Chi bộ thôn Hạ")
    row.refresh_from_db()
    reorganisations.schedule_reorganisation(row, by=officer)
    reorganisations.run_reorganisation(row, by=None, today=DAY)

    new = Unit.objects.get(name="Chi bộ thôn Hạ")
    assert (new.code, new.kind, new.member_count) == ("", "branch", 40)
    assert new.path == f"{place['B'].path}{new.pk}/"
    assert new.parents.get().parent == place["B"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": "merge", "old": "B", "new": "B"}, "không nhập vào chính nó được"),
        ({"kind": "move", "old": "B", "new": "B"}, "không chuyển về chính nó"),
        ({"kind": "move", "old": "B", "new": "{branch}"}, "không làm cấp trên được"),
        ({"kind": "dissolve", "old": "A"}, "đã có việc “Nhập” trong dự thảo này"),
        ({"kind": "merge", "old": "B", "new": "A"}, "kết thúc theo việc “Nhập” của dự thảo này"),
        ({"kind": "dissolve", "old": "C"}, "bỏ việc ấy trước"),
    ],
)
def test_what_contradicts_itself_or_the_draft_is_refused(client, officer, place, fields, sentence):
    client.force_login(officer)
    row = draft(officer, b"old_code,new_code,change\nA,C,merged\n")
    fields = {name: text.format(branch=f"#{place['branch'].pk}") for name, text in fields.items()}

    page = by_hand(client, row, **fields)

    assert sentence in page.text
    assert row.operations.count() == 1


def test_a_renamed_unit_keeps_its_code_unless_another_is_given(client, officer, place):
    client.force_login(officer)
    client.post("/roster/reorganisations/add/", {"decision": "QĐ 7", "effective_on": "01/09/2025"})
    row = Reorganisation.objects.get()

    by_hand(client, row, kind="rename", old="A", new_name="Xã Mới")
    reorganisations.schedule_reorganisation(row, by=officer)
    reorganisations.run_reorganisation(row, by=None, today=DAY)

    assert Unit.objects.get(code="A", ends_on=None).name == "Xã Mới"


def test_an_ambiguous_or_unknown_name_is_said_at_its_field(client, officer, place):
    client.force_login(officer)
    row = draft(officer)

    unknown = by_hand(client, row, kind="merge", old="Xã Không Có", new="B")
    many = by_hand(client, row, kind="merge", old="Xã Thử", new="B")

    assert "Không có đơn vị này vào ngày ấy" in unknown.text
    assert "Nhiều đơn vị khớp, ghi mã" in many.text


def test_things_are_picked_and_moved_together(client, officer, place):
    client.force_login(officer)
    row = draft(officer, b"old_code,new_code,change\nA,,dissolved\n")
    url = f"/roster/reorganisations/{row.pk}/homes/?waiting=1"
    assert "Chi bộ xóm 1" in client.get(f"{url}&q=xom").text

    client.post(url, {"act": "move", "home": place["C"].pk, "all": "1"})

    assert set(row.rehomings.values_list("new", flat=True)) == {place["C"].pk}
    assert "Không có mục nào khớp" in client.get(url).text


def test_a_draft_is_dropped_and_an_approved_one_reopened(client, officer, place):
    client.force_login(officer)
    row = draft(
        officer, b"old_code,new_code,change,new_name\nA,N,merged,X\xc3\xa3 M\xe1\xbb\x9bi\n"
    )
    url = f"/roster/reorganisations/{row.pk}/"
    reorganisations.schedule_reorganisation(row, by=officer)

    client.post(f"{url}reopen/")
    client.post(f"{url}drop/")

    assert not Reorganisation.objects.exists()
    assert not Unit.objects.filter(name="Xã Mới").exists()


def test_a_list_of_changes_is_read_from_excel_with_vietnamese_captions():
    head = ["Mã cũ", "Mã mới", "Việc", "Tên mới"]
    content = workbook([["Danh mục"], head, [14647, "N", "Nhập", "Xã Mới"]])

    assert read_changes(content) == [Change(OperationKind.MERGE, "14647", "N", "Xã Mới")]


def test_one_that_cannot_run_on_its_day_is_a_draft_again_and_the_others_run(officer, place):
    held = draft(officer, SPLIT)
    branch = held.rehomings.get()
    reorganisations.map_things(held, {branch.pk: place["C"]}, by=officer)
    reorganisations.schedule_reorganisation(held, by=officer)
    factories.branch(place["A"], name="Chi bộ lập thêm")
    other = reorganisations.draft_reorganisation(
        "QĐ 10", DAY, [Change(OperationKind.MERGE, "B", "C")], by=officer
    )
    reorganisations.schedule_reorganisation(other, by=officer)

    reorganisation_jobs.run_due()

    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.status, other.status) == ("draft", "done")
    reason = Event.objects.get(verb="reorganisation_held_up").detail["reason"]
    assert reason == "Từ khi duyệt có thêm 1 mục chưa chọn nơi về."
