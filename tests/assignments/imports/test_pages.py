"""The wizard: choose, look, confirm, receipt; and the same from the admin panel."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from config.lib.spreadsheets.limits import MOST_BYTES
from roster.models import RosterImport, StoredFile, Unit
from roster.states import ImportStatus, Role
from tests import factories
from tests.assignments.imports.setting import BRANCH, District, branches, load, with_value
from tests.workbooks import sample

pytestmark = pytest.mark.django_db

NEW = "/roster/import/"


def upload(client, content: bytes, **told):
    return client.post(NEW, {"file": SimpleUploadedFile("chi-bo.xlsx", content), **told})


def looked_at(client, content: bytes) -> str:
    """The address of the preview, behind the page that matches the columns."""
    return upload(client, content)["Location"].removesuffix("columns/")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_a_list_is_chosen_looked_at_and_confirmed(client):
    client.force_login(District().officer)

    chosen = upload(client, branches(BRANCH))
    roster_import = RosterImport.objects.get()
    matched = client.get(chosen["Location"])
    looked = client.get(f"{NEW}{roster_import.pk}/")
    before = Unit.objects.branches().count()
    confirmed = client.post(reverse("assignments:import_commit", args=[roster_import.pk]))
    receipt = client.get(confirmed["Location"])

    assert chosen["Location"] == f"{NEW}{roster_import.pk}/columns/"
    assert "Số đảng viên" in text_of(matched)
    assert "Nhập 1 dòng" in text_of(looked)
    assert before == 0
    assert Unit.objects.branches().get().name == "Chi bộ xóm 1"
    assert confirmed["Location"] == f"{NEW}{roster_import.pk}/receipt/"
    assert "Đã nhập danh sách chi bộ, Huyện ủy Kim Sơn" in text_of(receipt)


def test_the_file_is_kept_as_it_came(client):
    client.force_login(District().officer)
    content = branches(BRANCH)

    upload(client, content)

    file = client.get(reverse("assignments:import_file", args=[RosterImport.objects.get().pk]))
    assert b"".join(file.streaming_content) == content
    assert file["Content-Disposition"] == 'attachment; filename="chi-bo.xlsx"'


def test_problems_stand_at_their_cells_and_block_the_confirmation(client):
    client.force_login(District().officer)
    wrong = with_value(with_value(BRANCH, 5, "91200013"), 2, "Chi bộ xóm 2")

    page = client.get(looked_at(client, branches(BRANCH, wrong)))
    roster_import = RosterImport.objects.get()
    refused = client.post(reverse("assignments:import_commit", args=[roster_import.pk]))

    words = text_of(page)
    assert '<td data-label="Điện thoại bí thư" class="cell-problem" id="F7">' in words
    assert "thiếu chữ số: số di động có 10 chữ số." in words
    assert 'href="?action=problem#F7"' in words
    assert "1 dòng có vấn đề được để lại" in words
    assert refused.status_code == 422
    assert "Còn 1 chỗ có vấn đề" in text_of(refused)
    assert Unit.objects.branches().count() == 0
    roster_import.refresh_from_db()
    assert roster_import.status == ImportStatus.PREVIEWED


def test_the_preview_is_filtered_by_result_in_the_address(client):
    district = District()
    load(branches(BRANCH), "branches")
    client.force_login(district.officer)
    rows = [with_value(BRANCH, 3, 31), with_value(BRANCH, 2, "Chi bộ xóm 2")]

    address = looked_at(client, branches(*rows))

    changed = text_of(client.get(f"{address}?action=changed"))
    new = text_of(client.get(f"{address}?action=new"))
    assert '<span class="was">30</span><span class="now-is">31</span>' in changed
    assert ("Chi bộ xóm 1" in changed, "Chi bộ xóm 2" in changed) == (True, False)
    assert ("Chi bộ xóm 1" in new, "Chi bộ xóm 2" in new) == (False, True)
    assert client.get(f"{address}?action=anything").status_code == 400


def test_a_long_list_is_shown_in_pages(client):
    client.force_login(District().officer)
    rows = [with_value(BRANCH, 2, f"Chi bộ xóm {number}") for number in range(1, 252)]
    address = looked_at(client, branches(*rows))

    first, second = text_of(client.get(address)), text_of(client.get(f"{address}?from=206"))

    assert "from=206" in first
    assert (first.count('class="rowno"'), second.count('class="rowno"')) == (200, 51)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"khong phai bang tinh", "Tệp này không phải là bảng tính Excel"),
        (b"", "Tệp rỗng, không có danh sách nào."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "Tệp này có mật khẩu",
        ),
    ],
)
def test_a_file_that_cannot_be_read_says_so_beside_the_field(client, content, sentence):
    client.force_login(District().officer)

    response = upload(client, content)

    assert response.status_code == 200
    assert sentence in text_of(response)
    assert (RosterImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_file_that_is_too_big_is_not_read(client):
    client.force_login(District().officer)

    response = upload(client, b"PK\x03\x04" + b"\0" * MOST_BYTES)

    assert "Tệp lớn hơn 50 MB." in text_of(response)


def test_the_kind_told_must_be_the_kind_found(client):
    client.force_login(District().officer)

    response = upload(client, sample("2021-kim-son-can-bo"), kind="branches")

    assert "Đây là danh sách cán bộ, không phải danh sách chi bộ" in text_of(response)


def test_unit_day_and_number_may_be_told(client):
    district = District()
    client.force_login(district.officer)

    upload(
        client, branches(BRANCH, as_of=""), kind="branches", unit=district.unit.pk, on="2021-12-01"
    )

    assert str(RosterImport.objects.get().valid_on) == "2021-12-01"


def test_a_preview_may_be_dropped_and_is_not_written_afterwards(client):
    client.force_login(District().officer)
    upload(client, branches(BRANCH))
    pk = RosterImport.objects.get().pk

    client.post(reverse("assignments:import_discard", args=[pk]))
    late = client.post(reverse("assignments:import_commit", args=[pk]))

    assert late.status_code == 422
    assert (RosterImport.objects.get().status, Unit.objects.branches().count()) == (
        ImportStatus.DISCARDED,
        0,
    )


def test_a_stale_preview_is_a_conflict_and_may_be_looked_at_again(client):
    client.force_login(District().officer)
    upload(client, branches(BRANCH))
    pk = RosterImport.objects.get().pk
    load(branches(BRANCH), "branches")

    stale = client.post(reverse("assignments:import_commit", args=[pk]))
    client.post(reverse("assignments:import_refresh", args=[pk]))

    assert stale.status_code == 409
    assert "Danh bạ đã thay đổi" in text_of(stale)
    assert RosterImport.objects.get(pk=pk).facts["same"] == 1


def test_a_commune_imports_its_own_branches_and_nothing_else(client):
    district = District()
    client.force_login(factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=district.kim_dong))

    of_district = upload(client, branches(BRANCH))
    officials = upload(client, sample("2021-kim-son-can-bo"))

    assert "Danh sách này của Huyện ủy Kim Sơn, ngoài phạm vi của đồng chí." in text_of(of_district)
    assert "Danh sách này của Huyện ủy Kim Sơn, ngoài phạm vi" in text_of(officials)
    assert RosterImport.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_wizard_asks_the_database_the_same_whatever_lies_there(
    client, django_assert_num_queries, count
):
    client.force_login(District().officer)
    for _ in range(count):
        upload(client, branches(BRANCH))

    with django_assert_num_queries(4):  # session, user, units to choose from, recent imports
        client.get(NEW)


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_the_database_the_same_however_long_the_list(
    client, django_assert_num_queries, count
):
    client.force_login(District().officer)
    rows = [with_value(BRANCH, 2, f"Chi bộ xóm {number}") for number in range(count)]
    address = looked_at(client, branches(*rows))

    with django_assert_num_queries(5):  # session, user, the import, its facts, the rows of the page
        client.get(address)


@pytest.mark.parametrize("model", ["unit", "official"])
def test_the_admin_panel_leads_to_the_same_wizard(client, model):
    district = District()
    client.force_login(
        factories.UserFactory(role=Role.SYSTEM_ADMIN, unit=district.province, is_staff=True)
    )

    page = client.get(reverse(f"admin:roster_{model}_changelist"))

    assert f'<a href="{NEW}">Nhập danh sách từ Excel</a>' in text_of(page)
    assert client.get(NEW).status_code == 200


@pytest.mark.parametrize("first", ["²", "-1", "9" * 5000])
def test_a_made_up_row_is_a_bad_request(client, first):
    client.force_login(District().officer)
    preview = looked_at(client, branches(BRANCH))

    assert client.get(preview, {"from": first}).status_code == 400
