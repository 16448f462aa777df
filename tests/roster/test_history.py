from datetime import date

import pghistory
import pytest
from django.db import InternalError, transaction
from django.test import Client
from django.urls import reverse

from roster.history import history_of
from roster.models import Absence, Contact, OfficeTerm, Official, Unit
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    class Scene:
        province = factories.province()
        agency = factories.agency(province, name="Sở Cũ")
        other = factories.agency(province, name="Sở Mới")
        official = factories.OfficialFactory(
            agency=agency, full_name="Đinh Văn Xưa", title="Chuyên viên"
        )
        officer = factories.UserFactory(
            role=Role.COMMISSION_OFFICER, unit=province, full_name="Lê Thị Biên"
        )
        admin = factories.UserFactory(role=Role.SYSTEM_ADMIN, unit=province, full_name="Vũ Thị Trị")

    return Scene()


def said(step):
    return [(one.label, one.before, one.after) for one in step.differences]


def edit(scene, who, **changes):
    client = Client()
    client.force_login(who)
    values = {"full_name": "Đinh Văn Xưa", "agency": scene.agency.pk, "capacity": "2", **changes}
    return client.post(reverse("roster:official_edit", args=[scene.official.pk]), values)


def test_an_edit_says_who_when_before_and_after(scene):
    assert (
        edit(scene, scene.officer, title="Phó Giám đốc", agency=scene.other.pk).status_code == 302
    )

    step = history_of(scene.official)[0]

    assert (step.who, step.act, step.what) == ("Lê Thị Biên", "Sửa", "cán bộ")
    assert ("chức vụ", "Chuyên viên", "Phó Giám đốc") in said(step)
    assert ("đơn vị công tác", "Sở Cũ", "Sở Mới") in said(step)


def test_rows_that_hang_on_a_record_are_told_with_it_also_when_deleted(scene):
    unit = scene.agency
    OfficeTerm.objects.create(
        official=scene.official, office="Phó phòng", unit=unit, starts_on=date(2026, 1, 1)
    )
    Absence.objects.create(official=scene.official, reason="illness", starts_on=date(2026, 2, 1))
    Absence.objects.all().delete()

    steps = history_of(scene.official)

    assert [(step.act, step.what) for step in steps[:-1]] == [
        ("Xóa", "thời gian vắng"),
        ("Thêm", "thời gian vắng"),
        ("Thêm", "thời gian giữ chức vụ"),
    ]
    assert ("lý do", "Ốm", "") in said(steps[0])


def test_a_phone_is_told_by_its_last_digits_only(scene):
    contact = factories.ContactFactory(unit=scene.agency, phone="+84912345678")
    Contact.objects.filter(pk=contact.pk).update(phone="+84912345999")

    assert said(history_of(scene.agency)[0]) == [("điện thoại", "số đuôi 678", "số đuôi 999")]


def test_bulk_writing_is_kept_too_and_derived_columns_are_not(scene):
    Official.objects.update(note="Đã rà soát", search="khac")

    assert said(history_of(scene.official)[0]) == [("ghi chú", "–", "Đã rà soát")]


def test_what_a_job_of_the_program_changes_names_the_person_who_asked(scene):
    with pghistory.context(task="roster.tasks.run"), pghistory.context(user=scene.admin.pk):
        Unit.objects.filter(pk=scene.agency.pk).update(note="a")
    with pghistory.context(task="roster.tasks.run", user=None):
        Unit.objects.filter(pk=scene.agency.pk).update(note="b")

    who = [step.who for step in history_of(scene.agency)[:3]]
    assert who == ["Chương trình, việc chạy nền", "Vũ Thị Trị", "Chương trình, dòng lệnh"]


def test_a_password_or_a_sign_in_is_no_history(scene):
    before = len(history_of(scene.officer))
    scene.officer.set_password("một mật khẩu khác")
    scene.officer.save()
    Client().force_login(scene.officer)

    assert len(history_of(scene.officer)) == before


def test_history_is_never_changed(scene):
    events = Official.pgh_event_model.objects.all()

    for change in (lambda: events.update(title="x"), events.delete):
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            change()


@pytest.mark.parametrize("page", ["official", "unit", "user"])
def test_the_panel_shows_the_same_history(scene, page):
    record = {"official": scene.official, "unit": scene.agency, "user": scene.officer}[page]
    edit(scene, scene.officer, title="Trưởng phòng")
    client = Client()
    client.force_login(scene.admin)

    found = client.get(reverse(f"admin:roster_{page}_history", args=[record.pk]))

    assert found.status_code == 200
    assert len(found.context["steps"]) == len(history_of(record)) > 0


def test_the_staff_page_tells_it_in_their_words(scene):
    edit(scene, scene.officer, title="Trưởng phòng")
    client = Client()
    client.force_login(scene.officer)

    page = client.get(reverse("roster:official_history", args=[scene.official.pk])).content.decode()

    assert "Lê Thị Biên" in page
    assert "<del>Chuyên viên</del> → Trưởng phòng" in page
