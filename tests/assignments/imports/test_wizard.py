"""The wizard's own acts: sheet and columns, corrections in the page, good rows alone, who is meant, undo."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from assignments.actions import import_jobs, imports
from assignments.models import Assignment, Decision
from config.lib.errors import Refused
from roster.models import (
    ColumnMemory,
    Contact,
    Job,
    MeetingRule,
    OfficeTerm,
    Official,
    RosterImport,
    Unit,
    UnitParent,
)
from roster.states import ImportStatus, JobStatus
from tests import factories
from tests.assignments.imports.setting import (
    ASSIGNMENT,
    BRANCH,
    OFFICIAL,
    District,
    assignments,
    branches,
    load,
    officials,
    preview,
    with_value,
)
from tests.workbooks import BRANCH_HEAD, a_list, workbook

pytestmark = pytest.mark.django_db

LATER = "(Tính đến ngày 01/03/2022)"
STRANGE = [*BRANCH_HEAD[:3], "Quân số", *BRANCH_HEAD[4:]]
BOOKS = (Unit, UnitParent, Contact, MeetingRule, Official, OfficeTerm, Decision, Assignment)


def kept(district: District, content: bytes, kind: str = "branches") -> RosterImport:
    return imports.keep_preview(preview(content, kind), content, "tep.xlsx", by=district.officer)


def at(name: str, roster_import: RosterImport) -> str:
    return reverse(f"assignments:import_{name}", args=[roster_import.pk])


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def books() -> list[list[dict[str, object]]]:
    return [list(model.objects.order_by("pk").values()) for model in BOOKS]


def columns_of(roster_import: RosterImport, **chosen: str) -> dict[str, str]:
    """The form as the page fills it, with some columns (by letter) chosen otherwise."""
    facts = roster_import.facts
    fields = {f"column-{one['column']}": one["field"] for one in facts["columns"]}
    letters = {one["letter"]: f"column-{one['column']}" for one in facts["columns"]}
    return {"sheet": facts["sheet"], **fields, **{letters[key]: chosen[key] for key in chosen}}


def test_a_column_that_was_not_understood_is_told_once_and_remembered_for_the_sender(client):
    district = District()
    client.force_login(district.officer)
    strange = a_list("HUYỆN ỦY KIM SƠN", "(Tính đến ngày 01/12/2021)", STRANGE, BRANCH)
    roster_import = kept(district, strange)

    page = text_of(client.get(at("columns", roster_import)))
    client.post(at("columns", roster_import), columns_of(roster_import, D="member_count"))
    roster_import.refresh_from_db()

    assert "Quân số" in page
    assert roster_import.facts["items"][0]["values"]["member_count"] == 30
    assert ColumnMemory.objects.get().unit == district.unit
    assert preview(strange, "branches").items[0].row.values["member_count"] == 30


def test_without_its_main_column_a_list_cannot_be_read(client):
    district = District()
    client.force_login(district.officer)
    roster_import = kept(district, branches(BRANCH))

    refused = client.post(at("columns", roster_import), columns_of(roster_import, C=""))

    assert refused.status_code == 422
    assert "Chọn cột “Chi bộ”" in text_of(refused)


def test_of_several_sheets_the_chosen_one_is_read(client):
    district = District()
    client.force_login(district.officer)
    book = Workbook()
    for name, branch in (("Cũ", "Chi bộ xóm 1"), ("Mới", "Chi bộ xóm 2")):
        page = book.active if name == "Cũ" else book.create_sheet()
        page.title = name
        for row in (["HUYỆN ỦY KIM SƠN"], BRANCH_HEAD, with_value(BRANCH, 2, branch)):
            page.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    content = buffer.getvalue()
    seen = preview(content, "branches", on=date(2021, 12, 1))
    roster_import = imports.keep_preview(seen, content, "tep.xlsx", by=district.officer)

    answer = client.post(
        at("columns", roster_import), {**columns_of(roster_import), "sheet": "Mới"}
    )
    roster_import.refresh_from_db()

    assert seen.roster.sheet == "Cũ"
    assert answer["Location"] == at("columns", roster_import)
    assert (roster_import.sheet, roster_import.facts["items"][0]["values"]["name"]) == (
        "Mới",
        "Chi bộ xóm 2",
    )


def test_a_problem_is_corrected_in_the_page_and_only_a_problem(client):
    district = District()
    client.force_login(district.officer)
    roster_import = kept(district, branches(with_value(BRANCH, 5, "91200013")))

    page = text_of(client.get(at("preview", roster_import)))
    client.post(at("correct", roster_import), {"cell-F6": "0912 000 113", "cell-E6": "Người khác"})
    corrected = text_of(client.get(at("preview", roster_import)))
    roster_import.refresh_from_db()
    client.post(at("commit", roster_import))

    assert 'name="cell-F6"' in page
    assert "1 ô đã sửa trong trang này" in corrected
    assert roster_import.facts["problems"] == []
    contact = Contact.objects.get()
    assert (contact.name, contact.phone) == ("Trần Văn An", "+84912000113")


def test_what_is_wrong_again_stays_to_be_corrected(client):
    district = District()
    client.force_login(district.officer)
    roster_import = kept(district, branches(with_value(BRANCH, 5, "91200013")))

    client.post(at("correct", roster_import), {"cell-F6": "0912"})

    roster_import.refresh_from_db()
    assert [problem["cell"] for problem in roster_import.facts["problems"]] == ["F6"]


def test_good_rows_go_in_without_the_bad_ones_if_the_clerk_says_so(client):
    district = District()
    client.force_login(district.officer)
    bad = with_value(with_value(BRANCH, 2, "Chi bộ xóm 2"), 5, "0912")
    roster_import = kept(district, branches(BRANCH, bad))

    page = text_of(client.get(at("preview", roster_import)))
    refused = client.post(at("commit", roster_import))
    client.post(at("commit", roster_import), {"leave": "1"})
    receipt = text_of(client.get(at("receipt", roster_import)))

    assert "Nhập 1 dòng tốt" in page
    assert refused.status_code == 422
    assert list(Unit.objects.branches().values_list("name", flat=True)) == ["Chi bộ xóm 1"]
    assert "Để lại vì có vấn đề" in receipt


def test_an_agency_of_a_row_that_is_left_out_is_not_made():
    district = District()
    bad = with_value(with_value(OFFICIAL, 4, "Phòng Tư pháp"), 5, "0912")
    roster_import = kept(district, officials(OFFICIAL, bad), "officials")

    imports.commit_import(roster_import, by=district.officer, leave_problems=True)

    assert list(Unit.objects.agencies().values_list("name", flat=True)) == ["Phòng Nội vụ"]


def test_a_namesake_is_offered_with_a_reason_and_taken_only_when_told(client):
    district = District()
    client.force_login(district.officer)
    load(officials(OFFICIAL), "officials")
    elsewhere = with_value(with_value(with_value(OFFICIAL, 4, "Phòng Tư pháp"), 2, 1970), 5, None)
    roster_import = kept(
        district, officials(with_value(elsewhere, 6, None), as_of=LATER), "officials"
    )

    page = text_of(client.get(at("preview", roster_import)))
    client.post(at("correct", roster_import), {"means-6": str(Official.objects.get().pk)})
    roster_import.refresh_from_db()

    assert "Lê Văn Ân, Phòng Nội vụ, sinh 1970 (cùng họ tên)" in page
    assert roster_import.facts["items"][0]["action"] == "changed"
    client.post(at("commit", roster_import))
    assert Official.objects.get().agency.name == "Phòng Tư pháp"


def test_a_branch_with_a_near_name_is_offered_but_another_number_is_another_branch():
    District()
    load(branches(with_value(BRANCH, 2, "Chi bộ xóm Đông Thành 1")), "branches")
    rows = [
        with_value(BRANCH, 2, "Chi bộ thôn Đông Thành 1"),
        with_value(BRANCH, 2, "Chi bộ thôn Đông Thành 2"),
    ]

    near, other = preview(branches(*rows), "branches").items

    assert [(one.label, one.reason) for one in near.near] == [
        ("Chi bộ xóm Đông Thành 1", "tên gần giống")
    ]
    assert (near.action, other.near) == ("new", [])


def test_a_code_of_a_commune_means_the_one_that_had_it_on_the_lists_day():
    district = District()
    head = ["STT", "Mã xã", "Chi bộ", "Bí thư", "Mã chi bộ"]
    old = ["HUYỆN ỦY KIM SƠN"], ["DANH SÁCH"], ["(Tính đến ngày 01/12/2021)"], head
    row = [1, 14683, "Chi bộ xóm 1", "Trần Văn An", "CB01"]

    first = load(workbook([*old, row]), "branches")
    renamed = preview(workbook([*old, with_value(row, 2, "Chi bộ xóm Một")]), "branches")
    unknown = preview(workbook([*old, with_value(row, 1, 99999)]), "branches")

    assert first.items[0].parent == district.kim_tan
    assert Unit.objects.branches().get().code == "CB01"
    assert renamed.items[0].changes == {"name": "Chi bộ xóm 1"}
    assert [(one.cell, one.text) for one in unknown.problems] == [
        ("B5", "Không có xã, phường mang mã “99999” ngày 01/12/2021.")
    ]


def test_two_branches_cannot_have_one_code():
    District()
    head = ["STT", "Xã", "Chi bộ", "Bí thư", "Mã chi bộ"]
    rows = [[1, "Kim Đông", "Chi bộ xóm 1", "Trần Văn An", "CB01"]]
    load(a_list("HUYỆN ỦY KIM SƠN", "(Tính đến ngày 01/12/2021)", head, *rows), "branches")
    other = ["1", "Kim Tân", "Chi bộ xóm 7", "Trần Văn An", "CB01"]

    seen = preview(a_list("HUYỆN ỦY KIM SƠN", "", head, other), "branches", on=date(2021, 12, 1))

    assert [(one.cell, one.text) for one in seen.problems] == [
        ("E6", "Mã “CB01” là của Chi bộ xóm 1 trong thời gian ấy.")
    ]


@pytest.mark.parametrize("kind", ["branches", "officials", "assignments"])
def test_a_whole_import_is_undone_and_the_books_are_as_before(kind, client):
    district = District()
    client.force_login(district.officer)
    load(branches(BRANCH), "branches")
    load(officials(OFFICIAL), "officials")
    content = {
        "branches": branches(
            with_value(with_value(BRANCH, 6, "Ngày 5"), 3, 31),
            with_value(BRANCH, 2, "Chi bộ xóm 2"),
            as_of=LATER,
        ),
        "officials": officials(
            with_value(OFFICIAL, 3, "Phó Trưởng phòng"),
            with_value(with_value(OFFICIAL, 1, "Vũ Văn Ăn"), 4, "Phòng Tư pháp"),
            as_of=LATER,
        ),
        "assignments": assignments(ASSIGNMENT),
    }[kind]
    before = books()
    roster_import = kept(district, content, kind)
    client.post(at("commit", roster_import))
    written = books()

    receipt = text_of(client.get(at("receipt", roster_import)))
    client.post(at("undo", roster_import))
    roster_import.refresh_from_db()

    assert written != before
    assert "Hoàn tác lần nhập" in receipt
    assert books() == before
    assert roster_import.status == ImportStatus.UNDONE


@pytest.mark.parametrize("later", ["edited", "built on"])
def test_an_import_on_which_something_was_built_is_not_undone(later, client):
    district = District()
    client.force_login(district.officer)
    roster_import = kept(district, branches(BRANCH))
    imports.commit_import(roster_import, by=district.officer)
    if later == "edited":
        MeetingRule.objects.update(place="Nơi khác")
    else:
        Contact.objects.create(
            unit=Unit.objects.branches().get(), name="Ai", starts_on="2022-01-01"
        )
    before = books()

    receipt = text_of(client.get(at("receipt", roster_import)))
    refused = client.post(at("undo", roster_import))

    reason = "đã được sửa sau đó" if later == "edited" else "(đầu mối liên hệ)"
    assert reason in receipt
    assert (refused.status_code, books()) == (422, before)


def test_a_new_agency_that_is_nearly_one_we_know_is_offered_and_taken_when_chosen(client):
    district = District()
    known = factories.agency(
        district.unit, name="Phòng Nông nghiệp và Môi trường", starts_on=date(2020, 1, 1)
    )
    client.force_login(district.officer)
    row = [1, "Lê Văn Ba", None, "Trưởng phòng", "Phòng NN & MT", None, None, None]
    file = SimpleUploadedFile("cb.xlsx", officials(row))
    client.post("/roster/import/", {"file": file, "kind": "officials"})
    roster_import = RosterImport.objects.get()
    offered = roster_import.facts["near_agencies"]
    page = client.get(at("preview", roster_import)).text

    client.post(at("correct", roster_import), {"agency-0": known.pk})
    roster_import.refresh_from_db()
    client.post(at("commit", roster_import))

    assert [(one["name"], [near["pk"] for near in one["near"]]) for one in offered] == [
        ("Phòng NN & MT", [known.pk])
    ]
    assert "“Phòng NN &amp; MT” là" in page
    assert roster_import.facts["new_agencies"] == []
    assert Official.objects.get().agency == known


def test_a_big_file_is_read_and_written_in_the_background(
    client, monkeypatch, django_capture_on_commit_callbacks
):
    district = District()
    client.force_login(district.officer)
    monkeypatch.setattr(import_jobs, "LONG_LIST", 1)
    monkeypatch.setattr("assignments.forms.LONG_FILE", 1)
    content = branches(BRANCH, with_value(BRANCH, 2, "Chi bộ xóm 2"))

    answer = client.post("/roster/import/", {"file": SimpleUploadedFile("to.xlsx", content)})
    read = Job.objects.get()
    import_jobs.run_job(read.pk)
    read.refresh_from_db()
    roster_import = RosterImport.objects.get()
    followed = client.get(f"/jobs/{read.pk}/", headers={"HX-Request": "true"})
    client.post(at("commit", roster_import))
    written = Job.objects.latest("pk")
    import_jobs.run_job(written.pk)

    assert followed["HX-Redirect"] == at("columns", roster_import)
    assert answer["Location"] == reverse("roster:job_detail", args=[read.pk])
    assert (read.status, read.result_url) == (JobStatus.DONE, at("columns", roster_import))
    assert Unit.objects.branches().count() == 2


def test_a_job_that_cannot_read_its_file_says_why_and_writes_nothing(client, monkeypatch):
    client.force_login(District().officer)
    monkeypatch.setattr("assignments.forms.LONG_FILE", 1)
    client.post("/roster/import/", {"file": SimpleUploadedFile("x.xlsx", b"khong phai")})
    job = Job.objects.get()

    with pytest.raises(Refused):
        import_jobs.run_job(job.pk)

    job.refresh_from_db()
    assert (job.status, RosterImport.objects.count()) == (JobStatus.FAILED, 0)
    assert job.sentence.startswith("Tệp này không phải là bảng tính Excel")
    assert f'href="{reverse("assignments:import_new")}"' in client.get(f"/jobs/{job.pk}/").text
