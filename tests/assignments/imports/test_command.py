"""`manage.py import_roster`: what it prints and how it ends."""

import io
import json

import pytest
from django.core.management import call_command

from roster.models import RosterImport, StoredFile, Unit
from tests.assignments.imports.setting import BRANCH, District, branches, with_value

pytestmark = pytest.mark.django_db

KEYS = ["kind", "file", "sheet", "refused", "rows", "new", "changed", "same", "problems", "items"]


def run(tmp_path, content: bytes, *options: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    path = tmp_path / "chi-bo.xlsx"
    path.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(
            "import_roster", str(path), "--kind", "branches", *options, stdout=out, stderr=err
        )
    except SystemExit as end:
        return int(str(end.code)), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_preview_is_json_and_nothing_else_and_writes_nothing(tmp_path):
    District()

    code, out, err = run(tmp_path, branches(BRANCH), "--json")

    facts = json.loads(out)
    assert (code, err, list(facts)) == (0, "", KEYS)
    assert {name: facts[name] for name in KEYS[:-1]} == {
        "kind": "branches",
        "file": "chi-bo.xlsx",
        "sheet": "Danh sách",
        "refused": None,
        "rows": 1,
        "new": 1,
        "changed": 0,
        "same": 0,
        "problems": [],
    }
    assert facts["items"] == [
        {
            "sheet": "Danh sách",
            "row": 6,
            "action": "new",
            "values": {
                "commune": "Xã Kim Đông",
                "name": "Chi bộ xóm 1",
                "branch_type": None,
                "member_count": 30,
                "secretary_name": "Trần Văn An",
                "secretary_phone": "+84912345678",
                "meeting_day": 3,
                "meeting_time": "19:30",
                "place": "NVH xóm 1",
                "note": None,
            },
        }
    ]
    assert (Unit.objects.branches().count(), RosterImport.objects.count()) == (0, 0)


def test_a_commit_prints_the_preview_and_writes(tmp_path):
    District()

    code, out, _ = run(tmp_path, branches(BRANCH), "--json", "--commit")

    assert (code, json.loads(out)["new"]) == (0, 1)
    assert Unit.objects.branches().get().name == "Chi bộ xóm 1"


def test_problems_end_a_preview_well_and_a_commit_with_1(tmp_path):
    District()
    content = branches(with_value(BRANCH, 5, "91200013"))

    looked = run(tmp_path, content, "--json")
    committed = run(tmp_path, content, "--json", "--commit")

    problem = {"row": 6, "cell": "F6", "text": "“91200013” thiếu chữ số: số di động có 10 chữ số."}
    assert (looked[0], json.loads(looked[1])["problems"]) == (0, [problem])
    assert (committed[0], committed[1]) == (1, looked[1])
    assert (
        committed[2].strip()
        == "Còn 1 chỗ có vấn đề. Sửa trong tệp rồi chọn lại; chưa có gì được ghi."
    )
    assert (
        Unit.objects.branches().count(),
        RosterImport.objects.count(),
        StoredFile.objects.count(),
    ) == (0, 0, 0)


def test_a_file_that_cannot_be_read_ends_with_2_and_its_sentence(tmp_path):
    code, out, _ = run(tmp_path, b"khong phai bang tinh", "--json", "--commit")

    facts = json.loads(out)
    assert (code, list(facts)) == (2, KEYS)
    assert facts["refused"].startswith("Tệp này không phải là bảng tính")
    assert (facts["rows"], facts["items"]) == (0, [])


def test_a_missing_file_is_refused_by_name(tmp_path):
    out = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command(
            "import_roster",
            str(tmp_path / "khong-co.xlsx"),
            "--kind",
            "branches",
            "--json",
            stdout=out,
        )

    assert end.value.code == 2
    assert "khong-co.xlsx" in json.loads(out.getvalue())["refused"]


def test_unit_and_day_may_be_told(tmp_path):
    district = District()
    content = branches(BRANCH, as_of="")

    by_title = run(tmp_path, content, "--json")
    told = run(tmp_path, content, "--json", "--unit", "376", "--on", "2021-12-01", "--commit")

    assert by_title[0] == 2
    assert told[0] == 0
    assert Unit.objects.branches().get().parents.get().parent == district.kim_dong


def test_without_json_a_person_reads_sentences(tmp_path):
    District()

    _, out, _ = run(tmp_path, branches(with_value(BRANCH, 3, "3O")))

    assert out.splitlines() == [
        "chi-bo.xlsx, trang “Danh sách”. 1 dòng: 0 mới, 0 thay đổi, 0 giữ nguyên, 1 vấn đề.",
        "  D6: Có chữ “O” trong số “3O”.",
    ]
