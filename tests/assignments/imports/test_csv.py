"""The same list as CSV, in every encoding: the same preview as from XLSX, and the page tells of a conversion."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from tests.assignments.imports.setting import BRANCH, District, branches, preview
from tests.assignments.imports.test_command import run
from tests.written_in import ENCODINGS, csv_text

pytestmark = pytest.mark.django_db


def as_csv(content: bytes, encoding: str) -> bytes:
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return ENCODINGS[encoding](csv_text(rows, ";"))


@pytest.mark.parametrize("encoding", [name for name in ENCODINGS if "TCVN3" not in name])
def test_csv_gives_the_same_preview(encoding):
    District()

    told = preview(as_csv(branches(BRANCH), encoding), "branches")

    assert told.facts("a") == preview(branches(BRANCH), "branches").facts("a")


def test_the_command_previews_csv_as_it_does_xlsx(tmp_path):
    District()

    as_xlsx = run(tmp_path, branches(BRANCH), "--json")

    assert run(tmp_path, as_csv(branches(BRANCH), "cp1258"), "--json") == as_xlsx


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_the_page_tells_of_the_conversion(client, encoding):
    client.force_login(District().officer)
    file = SimpleUploadedFile("chi-bo.csv", as_csv(branches(BRANCH), encoding))

    page = client.post("/roster/import/", {"file": file}, follow=True).content.decode()

    assert f"Tệp dùng bảng mã {encoding}" in page
    assert "Trần Văn An" in page


def test_the_command_tells_of_the_conversion_beside_its_json(tmp_path):
    District()

    code, out, err = run(tmp_path, as_csv(branches(BRANCH), "VNI"), "--json")

    assert (code, json.loads(out)["new"]) == (0, 1)
    assert err.startswith("Tệp dùng bảng mã VNI")
