from datetime import date, time, timedelta

import pytest

from config.lib.errors import Conflict, Refused
from roster.actions import records
from roster.forms.records import OfficialForm, UnitForm
from roster.models import Absence, Contact, Event, OfficeTerm, Unit, UnitParent, User
from roster.states import ContactRole, MeetingKind, Role
from tests import factories

pytestmark = pytest.mark.django_db
DECEMBER = date(2026, 12, 1)


@pytest.fixture
def province() -> Unit:
    return factories.province()


@pytest.fixture
def branch(province) -> Unit:
    return factories.branch(factories.commune(province))


@pytest.fixture
def officer(province) -> User:
    return factories.UserFactory(unit=province)


def rename(branch: Unit, name: str) -> UnitForm:
    return UnitForm({"name": name, "member_count": "40"}, instance=branch)


def test_a_change_is_kept_with_the_names_of_its_fields(branch, officer):
    form = rename(branch, "Chi bộ xóm Mới")
    assert form.is_valid()

    records.keep(form, by=officer)

    branch.refresh_from_db()
    event = Event.objects.about(branch).get()
    assert branch.name == "Chi bộ xóm Mới"
    assert (event.verb, event.by) == ("changed", officer)
    assert "name" in event.detail["fields"]


def test_a_tab_that_is_stale_writes_nothing_and_names_who_was_first(branch, officer):
    seen = records.last_event(branch)
    first = rename(Unit.objects.get(pk=branch.pk), "Chi bộ xóm Một")
    late = rename(Unit.objects.get(pk=branch.pk), "Chi bộ xóm Hai")
    assert first.is_valid()
    assert late.is_valid()
    records.keep(first, by=officer, seen=seen)

    with pytest.raises(Conflict, match=f"Đồng chí {officer} vừa sửa"):
        records.keep(late, by=officer, seen=seen)

    branch.refresh_from_db()
    assert branch.name == "Chi bộ xóm Một"


def test_a_new_branch_hangs_in_the_tree_from_its_first_day(branch, officer):
    commune = Unit.objects.get(pk=branch.ancestor_ids[-1])

    added = records.add_branch(commune, Unit(name="Chi bộ xóm 9", starts_on=DECEMBER), by=officer)

    row = UnitParent.objects.get(unit=added)
    assert added.path == f"{commune.path}{added.pk}/"
    assert (row.parent, row.starts_on, row.ends_on) == (commune, DECEMBER, None)


def test_a_branch_is_not_added_under_an_agency(province, officer):
    with pytest.raises(Refused, match="đảng ủy cấp trên trực tiếp"):
        records.add_branch(
            factories.agency(province), Unit(name="Chi bộ", starts_on=DECEMBER), by=officer
        )


def set_day(branch, day, starts_on, by):
    return records.set_meeting_rule(
        branch, kind=MeetingKind.REGULAR, starts_on=starts_on, by=by, day=day, time=time(19, 30),
        week=None, weekday=None, place="",
    )  # fmt: skip


def test_a_new_fixed_day_ends_the_old_one_the_day_before(branch, officer):
    old = factories.MeetingRuleFactory(unit=branch, day=3)

    new = set_day(branch, 5, DECEMBER, officer)

    old.refresh_from_db()
    assert (old.ends_on, new.starts_on, new.ends_on) == (date(2026, 11, 30), DECEMBER, None)


def test_a_fixed_day_of_the_same_first_day_is_a_correction(branch, officer):
    set_day(branch, 5, DECEMBER, officer)
    set_day(branch, 6, DECEMBER, officer)

    assert [(rule.day, rule.starts_on) for rule in branch.meeting_rules.all()] == [(6, DECEMBER)]


def test_a_fixed_day_holds_until_the_next_one_already_noted(branch, officer):
    set_day(branch, 8, DECEMBER + timedelta(days=31), officer)

    set_day(branch, 5, DECEMBER, officer)

    days = branch.meeting_rules.order_by("starts_on").values_list("day", "ends_on")
    assert list(days) == [(5, date(2026, 12, 31)), (8, None)]


def test_a_new_secretary_takes_the_place_of_the_old_one(branch, officer):
    old = factories.ContactFactory(unit=branch)

    records.set_contact(
        branch, role=ContactRole.SECRETARY, starts_on=DECEMBER, by=officer, name="Lê Văn Mới", phone="", email="",
    )  # fmt: skip

    old.refresh_from_db()
    assert old.ends_on == date(2026, 11, 30)
    assert Contact.objects.on(DECEMBER).get(unit=branch).name == "Lê Văn Mới"


def test_the_newest_office_becomes_the_title_of_the_lists(province, officer):
    agency, other = factories.agency(province), factories.agency(province, name="Sở Khác")
    official = factories.OfficialFactory(agency=agency, title="Trưởng phòng")
    old = OfficeTerm(
        office="Chuyên viên", unit=agency, starts_on=date(2020, 1, 1), ends_on=date(2024, 1, 1)
    )

    records.add_term(
        official, OfficeTerm(office="Phó Giám đốc", unit=other, starts_on=DECEMBER), by=officer
    )
    records.add_term(official, old, by=officer)

    official.refresh_from_db()
    assert (official.title, official.agency) == ("Phó Giám đốc", other)
    assert official.terms.count() == 2


def test_a_new_office_ends_the_one_held_before_unless_it_is_held_beside(province, officer):
    official = factories.OfficialFactory(agency=factories.agency(province))
    first, second, third = (
        OfficeTerm(office=office, unit=official.agency, starts_on=date(year, 1, 1))
        for office, year in (("Chuyên viên", 2020), ("Trưởng phòng", 2024), ("Ủy viên", 2025))
    )
    records.add_term(official, first, by=officer)
    records.add_term(official, second, by=officer, in_place_of_others=True)
    records.add_term(official, third, by=officer)

    ends = official.terms.order_by("starts_on").values_list("ends_on", flat=True)
    assert list(ends) == [date(2023, 12, 31), None, None]


def test_who_gives_up_one_of_two_offices_is_shown_in_the_other(client, province, officer):
    official = factories.OfficialFactory(agency=factories.agency(province))
    for office, year in (("Giám đốc", 2020), ("Ủy viên", 2025)):
        term = OfficeTerm(office=office, unit=official.agency, starts_on=date(year, 1, 1))
        records.add_term(official, term, by=officer)
    client.force_login(officer)
    fields = {"office": "Ủy viên", "unit": official.agency.pk, "starts_on": "01/01/2025"}

    client.post(f"/roster/terms/{term.pk}/edit/", {**fields, "ends_on": "30/06/2025"})

    official.refresh_from_db()
    assert official.title == "Giám đốc"


def test_an_office_is_corrected_and_ended_by_page(client, province, officer):
    official = factories.OfficialFactory(agency=factories.agency(province), title="Sai")
    term = OfficeTerm(office="Sai", unit=official.agency, starts_on=date(2024, 1, 1))
    records.add_term(official, term, by=officer)
    client.force_login(officer)
    fields = {"office": "Trưởng phòng", "unit": official.agency.pk, "starts_on": "01/02/2024"}

    client.post(f"/roster/terms/{term.pk}/edit/", fields)
    official.refresh_from_db()
    assert official.title == "Trưởng phòng"
    client.post(f"/roster/terms/{term.pk}/edit/", {**fields, "ends_on": "30/06/2026"})

    term.refresh_from_db()
    assert (term.office, term.ends_on) == ("Trưởng phòng", date(2026, 6, 30))
    assert Event.objects.filter(verb="term_changed").count() == 2


def test_one_notes_and_drops_one_s_own_absence(province):
    official = factories.OfficialFactory(agency=factories.agency(province))
    by = factories.attendee(official)

    absence = records.note_absence(official, Absence(reason="illness", starts_on=DECEMBER), by=by)
    records.drop_absence(absence, by=by)

    verbs = Event.objects.about(official).values_list("verb", flat=True)
    assert list(verbs) == ["absence_noted", "absence_dropped"]
    assert not Absence.objects.exists()


def test_nobody_notes_an_absence_of_a_colleague(province):
    agency = factories.agency(province)
    official, colleague = factories.OfficialFactory.create_batch(2, agency=agency)

    with pytest.raises(Refused):
        records.note_absence(
            official, Absence(reason="duty", starts_on=DECEMBER), by=factories.attendee(colleague)
        )


def test_uncovering_a_phone_is_in_the_audit(branch, officer):
    contact = factories.ContactFactory(unit=branch)

    assert records.uncover_phone(contact, by=officer) == "+84912000001"

    assert Event.objects.about(contact).get().verb == "phone_shown"


def test_a_form_that_shows_a_phone_is_in_the_audit_too(client, province, officer):
    official = factories.OfficialFactory(agency=factories.agency(province), phone="+84912345678")
    client.force_login(officer)

    client.get(f"/roster/officials/{official.pk}/edit/")

    event = Event.objects.get(verb="phone_shown")
    assert (event.target_id, event.by) == (official.pk, officer)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.BRANCH_SECRETARY, Role.AUTHORITY_OFFICER])
def test_a_phone_stays_covered_for_who_organises_nothing(role, branch):
    contact = factories.ContactFactory(unit=branch)
    curious = factories.UserFactory(role=role, unit=branch)

    with pytest.raises(Refused):
        records.uncover_phone(contact, by=curious)

    assert not Event.objects.about(contact).exists()


def test_an_official_has_a_birth_date_or_a_birth_year(province, officer):
    agency = factories.agency(province)
    form = OfficialForm(
        {
            "full_name": "Lê Văn Thử",
            "agency": agency.pk,
            "capacity": 2,
            "birth_date": "3/2/1980",
            "birth_year": 1980,
        },
        by=officer,
    )

    assert form.errors["__all__"] == ["Ghi ngày sinh hoặc năm sinh, không ghi cả hai."]


def test_an_official_is_put_only_where_the_keeper_sees(province, officer):
    elsewhere = factories.agency(factories.province(name="Tỉnh ủy Khác"))

    form = OfficialForm(
        {"full_name": "Lê Văn Thử", "agency": elsewhere.pk, "capacity": 2}, by=officer
    )

    assert "agency" in form.errors
