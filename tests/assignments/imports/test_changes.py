"""Lists that change what is known: from their own day on, field by field, and never twice."""

from datetime import date, time

import pytest
from django.db import DatabaseError, connection

from assignments.actions import imports
from assignments.models import Assignment, Decision
from assignments.states import AttendeeRole
from config.lib.errors import Conflict, Refused
from roster.models import (
    Contact,
    Event,
    MeetingRule,
    OfficeTerm,
    Official,
    RosterImport,
    Unit,
    User,
)
from roster.sheets.preview import Action
from roster.states import ImportStatus
from tests.assignments.imports.setting import (
    ASSIGNMENT,
    BRANCH,
    END,
    ISSUER,
    OFFICIAL,
    District,
    assignments,
    branches,
    load,
    officials,
    preview,
    with_value,
)
from tests.workbooks import a_list

pytestmark = pytest.mark.django_db

REFUSE_EVENTS = """
    CREATE FUNCTION pg_temp.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'nothing more today'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON roster_event EXECUTE FUNCTION pg_temp.refuse()
"""
LATER = "(Tính đến ngày 01/03/2022)"
EARLIER = "(Tính đến ngày 01/06/2021)"
DECISION_9 = "(Kèm theo Quyết định số 9-QĐ/HU, ngày 01/03/2022)"


def only(result):
    """The one item of the preview."""
    (item,) = result.items
    return item


def days(rows) -> list[tuple[object, ...]]:
    return list(rows)


def test_a_new_fixed_day_ends_the_old_rule_and_begins_on_the_day_of_the_list():
    District()
    load(branches(BRANCH), "branches")

    result = load(branches(with_value(BRANCH, 6, "Ngày 5"), as_of=LATER), "branches")

    assert (only(result).action, only(result).changes) == (Action.CHANGED, {"meeting_day": 3})
    rules = MeetingRule.objects.order_by("starts_on").values_list(
        "day", "time", "starts_on", "ends_on"
    )
    assert days(rules) == [
        (3, time(19, 30), date(2021, 12, 1), date(2022, 2, 28)),
        (5, time(19, 30), date(2022, 3, 1), END),
    ]


def test_a_correction_of_the_same_day_leaves_no_trace_of_one_day():
    District()
    load(branches(BRANCH), "branches")

    load(branches(with_value(BRANCH, 7, "20h00")), "branches")

    assert days(MeetingRule.objects.values_list("time", "starts_on")) == [
        (time(20), date(2021, 12, 1))
    ]


def test_a_new_secretary_follows_the_old_one():
    District()
    load(branches(BRANCH), "branches")

    load(
        branches(with_value(with_value(BRANCH, 4, "Vũ Thị Thắm"), 5, None), as_of=LATER), "branches"
    )

    contacts = Contact.objects.order_by("starts_on").values_list(
        "name", "phone", "starts_on", "ends_on"
    )
    assert days(contacts) == [
        ("Trần Văn An", "+84912345678", date(2021, 12, 1), date(2022, 2, 28)),
        ("Vũ Thị Thắm", "", date(2022, 3, 1), END),
    ]


def test_what_a_list_leaves_blank_is_kept():
    District()
    load(branches(BRANCH), "branches")
    blank = [1, "Xã Kim Đông", "Chi bộ xóm 1", None, None, None, None, None, None, None]
    before = [list(model.objects.values()) for model in (Unit, Contact, MeetingRule)]

    result = load(branches(blank, as_of=LATER), "branches")

    assert only(result).action == Action.SAME
    assert [list(model.objects.values()) for model in (Unit, Contact, MeetingRule)] == before


def test_an_older_list_fills_the_past_and_leaves_the_present():
    District()
    load(branches(BRANCH), "branches")
    older = with_value(with_value(BRANCH, 3, 55), 6, "Ngày 9")

    load(branches(older, as_of=EARLIER), "branches")

    assert Unit.objects.branches().get().member_count == 30
    rules = MeetingRule.objects.order_by("starts_on").values_list("day", "starts_on", "ends_on")
    assert days(rules) == [
        (9, date(2021, 6, 1), date(2021, 11, 30)),
        (3, date(2021, 12, 1), END),
    ]
    assert only(preview(branches(older, as_of=EARLIER), "branches")).action == Action.SAME


def test_the_name_of_a_branch_may_be_corrected_but_two_names_stay_two_branches():
    District()
    load(branches(with_value(BRANCH, 2, "Chi bộ xóm Dông")), "branches")

    corrected = preview(branches(with_value(BRANCH, 2, "Chi bộ xóm Đông")), "branches")
    both = preview(
        branches(
            with_value(BRANCH, 2, "Chi bộ xóm Dông"), with_value(BRANCH, 2, "Chi bộ xóm Đông")
        ),
        "branches",
    )

    assert only(corrected).changes == {"name": "Chi bộ xóm Dông"}
    assert [item.action for item in both.items] == [Action.SAME, Action.NEW]


def test_a_weekday_rule_is_kept_as_one():
    District()
    row = with_value(BRANCH, 6, "Chủ nhật tuần đầu")

    load(branches(row), "branches")

    rule = MeetingRule.objects.get()
    assert (rule.day, rule.weekday, rule.week) == (None, 6, 1)
    assert only(preview(branches(row), "branches")).action == Action.SAME


def test_a_promotion_ends_one_term_and_begins_another():
    District()
    load(officials(OFFICIAL), "officials")

    result = load(officials(with_value(OFFICIAL, 3, "Phó Trưởng phòng"), as_of=LATER), "officials")

    assert only(result).changes == {"title": "Chuyên viên"}
    assert Official.objects.get().title == "Phó Trưởng phòng"
    terms = OfficeTerm.objects.order_by("starts_on").values_list("office", "starts_on", "ends_on")
    assert days(terms) == [
        ("Chuyên viên", date(2021, 12, 1), date(2022, 2, 28)),
        ("Phó Trưởng phòng", date(2022, 3, 1), END),
    ]


def test_a_person_who_moves_stays_one_person():
    District()
    load(officials(OFFICIAL), "officials")

    result = load(officials(with_value(OFFICIAL, 4, "Phòng Tư pháp"), as_of=LATER), "officials")

    assert only(result).changes == {"agency": "Phòng Nội vụ"}
    assert (Official.objects.get().agency.name, result.new_agencies) == (
        "Phòng Tư pháp",
        ["Phòng Tư pháp"],
    )


def test_contact_changes_are_changes_and_terms_stay():
    District()
    load(officials(OFFICIAL), "officials")

    load(officials(with_value(OFFICIAL, 5, "0912000999"), as_of=LATER), "officials")

    assert (Official.objects.get().phone, OfficeTerm.objects.count()) == ("+84912000999", 1)


def test_a_corrected_name_is_the_same_person_when_birth_or_phone_agree():
    District()
    load(officials(OFFICIAL), "officials")

    result = preview(officials(with_value(OFFICIAL, 1, "Lê Văn Ấn")), "officials")

    assert only(result).changes == {"full_name": "Lê Văn Ân"}


def test_an_older_list_of_officials_leaves_the_present_office():
    District()
    load(officials(with_value(OFFICIAL, 3, "Phó Trưởng phòng")), "officials")

    load(officials(OFFICIAL, as_of=EARLIER), "officials")

    assert Official.objects.get().title == "Phó Trưởng phòng"
    terms = OfficeTerm.objects.order_by("starts_on").values_list("office", "starts_on", "ends_on")
    assert days(terms) == [
        ("Chuyên viên", date(2021, 6, 1), date(2021, 11, 30)),
        ("Phó Trưởng phòng", date(2021, 12, 1), END),
    ]


def test_new_agencies_are_told_before_and_created_once():
    district = District()
    rows = [
        OFFICIAL,
        with_value(OFFICIAL, 1, "Vũ Văn Ăn"),
        with_value(OFFICIAL, 4, "Đảng ủy xã Kim Tân"),
    ]

    result = load(officials(*rows[:2], with_value(rows[2], 1, "Bùi Văn Dũng")), "officials")

    assert result.new_agencies == ["Phòng Nội vụ"]
    agency = Unit.objects.agencies().get()
    assert agency.path == f"{district.unit.path}{agency.pk}/"
    assert Official.objects.get(full_name="Bùi Văn Dũng").agency == district.kim_tan


def with_an_assignment() -> District:
    district = District()
    load(branches(BRANCH, with_value(BRANCH, 2, "Chi bộ xóm 2")), "branches")
    load(
        officials(OFFICIAL, with_value(with_value(OFFICIAL, 1, "Vũ Văn Ăn"), 2, 1975)), "officials"
    )
    load(assignments(ASSIGNMENT), "assignments")
    return district


def test_a_longer_list_completes_its_decision():
    with_an_assignment()
    second = with_value(with_value(ASSIGNMENT, 1, "Vũ Văn Ăn"), 3, "Chi bộ xóm 2")

    result = load(assignments(ASSIGNMENT, second), "assignments")

    assert [item.action for item in result.items] == [Action.SAME, Action.NEW]
    assert Decision.objects.get().assignments.filter(in_force=True).count() == 2


def test_the_second_official_of_a_branch_attends_beside_the_first():
    with_an_assignment()

    load(assignments(ASSIGNMENT, with_value(ASSIGNMENT, 1, "Vũ Văn Ăn")), "assignments")

    roles = dict(Assignment.objects.values_list("official__full_name", "role"))
    assert roles == {"Lê Văn Ân": AttendeeRole.MAIN, "Vũ Văn Ăn": AttendeeRole.SECOND}


def test_an_enlarged_meeting_is_of_the_commune_committee():
    district = with_an_assignment()
    head = [
        "TT",
        "Họ và tên",
        "Chức vụ, đơn vị công tác",
        "Dự hội nghị đảng ủy mở rộng",
        "Cuộc họp",
    ]
    row = [1, "Vũ Văn Ăn", "Chuyên viên, Phòng Nội vụ", "Đảng ủy xã Kim Tân", "Hằng tháng"]

    result = load(a_list(ISSUER, DECISION_9, head, row), "assignments")

    assert only(result).row.values["branch"] is None
    assert Decision.objects.get(number="9-QĐ/HU").assignments.get().unit == district.kim_tan


def kept(district: District, content: bytes, kind: str) -> RosterImport:
    return imports.keep_preview(
        preview(content, kind), content, "danh-sach.xlsx", by=district.officer
    )


def test_a_confirmed_preview_is_written_once():
    district = District()
    roster_import = kept(district, branches(BRANCH), "branches")

    imports.commit_import(roster_import, by=district.officer)

    assert Unit.objects.branches().count() == 1
    assert Event.objects.get(verb="roster_imported").detail["new"] == 1
    with pytest.raises(Refused):
        imports.commit_import(RosterImport.objects.get(), by=district.officer)
    assert Unit.objects.branches().count() == 1


def test_what_changed_since_the_preview_is_looked_at_again_first():
    district = District()
    roster_import = kept(district, branches(BRANCH), "branches")
    load(branches(with_value(BRANCH, 3, 31)), "branches")

    with pytest.raises(Conflict, match="Danh bạ đã thay đổi"):
        imports.commit_import(roster_import, by=district.officer)
    again = RosterImport.objects.get(pk=roster_import.pk)
    imports.refresh_import(again)
    again.refresh_from_db()

    assert (again.status, again.facts["new"], again.facts["changed"]) == (
        ImportStatus.PREVIEWED,
        0,
        1,
    )
    imports.commit_import(again, by=district.officer)
    assert Unit.objects.branches().get().member_count == 30


@pytest.mark.parametrize("kind", ["branches", "officials", "assignments"])
def test_a_failure_at_the_end_writes_nothing(kind):
    """The database refuses the last statement of a list's writing, the audit."""
    with_an_assignment()
    content = {
        "branches": branches(with_value(BRANCH, 2, "Chi bộ xóm 3"), as_of=LATER),
        "officials": officials(with_value(OFFICIAL, 1, "Bùi Văn Dũng"), as_of=LATER),
        "assignments": assignments(ASSIGNMENT, with_value(ASSIGNMENT, 1, "Vũ Văn Ăn")),
    }[kind]
    models = (
        Unit,
        Contact,
        MeetingRule,
        Official,
        OfficeTerm,
        Decision,
        Assignment,
        RosterImport,
        Event,
        User,
    )
    before = [list(model.objects.order_by("pk").values()) for model in models]

    with connection.cursor() as cursor:
        cursor.execute(REFUSE_EVENTS)

    with pytest.raises(DatabaseError, match="nothing more today"):
        load(content, kind)

    assert [list(model.objects.order_by("pk").values()) for model in models] == before
