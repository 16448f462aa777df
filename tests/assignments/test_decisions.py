"""Decisions: drafting, issuing, ending; what is refused, and in which words."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from assignments.actions import decisions as actions
from assignments.models import Assignment
from assignments.states import AttendeeRole, DecisionStatus
from config.lib.errors import Refused
from notices.models import Notice
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db


def test_issuing_brings_the_list_into_force_and_tells_each_person_once():
    setting = Setting()
    draft = setting.draft()
    an = setting.official("Vũ Văn An", email="an.vu@so.example")
    other = setting.another_branch("Chi bộ xóm 4")
    for unit in (setting.branch, other):
        actions.add_assignment(draft, official=an, unit=unit, by=setting.desk)

    count = actions.issue_decision(draft, by=setting.desk)

    user = User.objects.get(official=an)
    told = Notice.objects.filter(user=user, channel="email").values_list("kind", flat=True)
    assert count == 2
    assert draft.status == DecisionStatus.ISSUED
    assert Assignment.objects.in_force(date(2026, 6, 1)).count() == 2
    assert (user.username, user.role, user.has_usable_password()) == ("an.vu", Role.ATTENDEE, False)
    assert sorted(told) == ["assignments.account_made", "assignments.assigned"]
    assert Notice.objects.filter(kind="assignments.assigned")[0].facts["units"] == [
        "Chi bộ xóm 3",
        "Chi bộ xóm 4",
    ]


def test_bringing_the_same_list_into_force_again_changes_and_tells_nothing():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(draft, by=setting.desk)
    before = Notice.objects.count()

    again = actions.bring_into_force(
        draft.assignments.select_related("official", "unit", "decision"), by=setting.desk
    )

    assert again == 0
    assert Notice.objects.count() == before


def test_lists_of_past_terms_are_history_and_nobody_is_told():
    setting = Setting()
    past = setting.draft("513-QĐ/HU", starts_on=date(2021, 12, 15), ends_on=date(2022, 12, 31))
    row = factories.AssignmentFactory(
        decision=past,
        official=setting.official("Vũ Văn An"),
        unit=setting.branch,
        in_force=False,
        starts_on=past.starts_on,
        ends_on=past.ends_on,
    )

    actions.bring_into_force([row], by=None)

    row.refresh_from_db()
    assert row.in_force
    assert not User.objects.filter(role=Role.ATTENDEE).exists()
    assert not Notice.objects.exists()


def test_a_clash_with_another_decision_refuses_the_whole_list_and_names_it():
    setting = Setting()
    first, second = setting.draft("87-QĐ/TU"), setting.draft("91-QĐ/TU")
    free = setting.another_branch("Chi bộ xóm 4")
    actions.add_assignment(
        first, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(first, by=setting.desk)
    binh = setting.official("Trần Thị Bình")
    for unit in (setting.branch, free):
        actions.add_assignment(second, official=binh, unit=unit, by=setting.desk)

    with pytest.raises(
        Refused,
        match="Chi bộ xóm 3 đã có đồng chí Vũ Văn An dự chính đến 31/12/2027 theo Quyết định số 87-QĐ/TU",
    ):
        actions.issue_decision(second, by=setting.desk)

    second.refresh_from_db()
    assert second.status == DecisionStatus.DRAFT
    assert not second.assignments.filter(in_force=True).exists()
    assert not User.objects.filter(official=binh).exists()


def test_two_main_attendees_of_one_branch_in_one_list_are_refused():
    setting = Setting()
    draft = setting.draft()
    for name in ("Vũ Văn An", "Trần Thị Bình"):
        actions.add_assignment(
            draft, official=setting.official(name), unit=setting.branch, by=setting.desk
        )

    with pytest.raises(Refused, match="còn một người dự chính khác trong danh sách này"):
        actions.issue_decision(draft, by=setting.desk)


def test_a_second_attendee_may_go_beside_the_main_one():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.add_assignment(
        draft,
        official=setting.official("Trần Thị Bình"),
        unit=setting.branch,
        role=AttendeeRole.SECOND,
        by=setting.desk,
    )

    assert actions.issue_decision(draft, by=setting.desk) == 2


def test_an_empty_list_is_neither_proposed_nor_issued():
    setting = Setting()
    draft = setting.draft()

    for act in (actions.propose_decision, actions.issue_decision):
        with pytest.raises(Refused, match="Danh sách chưa có ai"):
            act(draft, by=setting.desk)


def test_only_the_desk_over_the_issuer_issues():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    officer = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)

    with pytest.raises(Refused, match="Chỉ cán bộ tổ chức của Tỉnh ủy Thử"):
        actions.issue_decision(draft, by=officer)


def test_an_issued_list_is_not_changed_any_more():
    setting = Setting()
    draft = setting.draft()
    line = actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(draft, by=setting.desk)
    line.refresh_from_db()

    with pytest.raises(Refused, match="danh sách chỉ đổi được bằng quyết định bổ sung"):
        actions.remove_assignment(line, by=setting.desk)

    assert Assignment.objects.filter(pk=line.pk).exists()


def test_the_list_refuses_the_same_pair_and_the_own_branch_and_a_fifth_place():
    setting = Setting()
    draft = setting.draft()
    an = setting.official("Vũ Văn An", own_branch=setting.branch)
    places = [setting.another_branch(f"Chi bộ xóm {number}") for number in range(4, 9)]
    actions.add_assignment(draft, official=an, unit=places[0], by=setting.desk)

    with pytest.raises(Refused, match="Danh sách đã có đồng chí Vũ Văn An ở Chi bộ xóm 4"):
        actions.add_assignment(draft, official=an, unit=places[0], by=setting.desk)
    with pytest.raises(Refused, match="là chi bộ của chính đồng chí Vũ Văn An"):
        actions.add_assignment(draft, official=an, unit=setting.branch, by=setting.desk)
    for unit in places[1:4]:
        actions.add_assignment(draft, official=an, unit=unit, by=setting.desk)
    with pytest.raises(Refused, match="đã có 4 nơi; mỗi đồng chí nhận nhiều nhất 4"):
        actions.add_assignment(draft, official=an, unit=places[4], by=setting.desk)

    assert draft.assignments.count() == 4


def test_the_period_of_the_lines_follows_the_draft():
    setting = Setting()
    draft = setting.draft()
    line = actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    draft.starts_on, draft.ends_on = date(2026, 3, 1), None

    actions.save_decision(draft, by=setting.desk)

    line.refresh_from_db()
    assert (line.starts_on, line.ends_on) == (date(2026, 3, 1), None)


def test_ending_a_decision_ends_what_runs_and_what_has_not_begun():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    later = actions.add_assignment(
        draft,
        official=setting.official("Trần Thị Bình"),
        unit=setting.another_branch("Chi bộ xóm 4"),
        by=setting.desk,
    )
    Assignment.objects.filter(pk=later.pk).update(starts_on=date(2026, 7, 1))
    actions.issue_decision(draft, by=setting.desk)

    count = actions.end_decision(
        draft, ended_on=date(2026, 5, 31), reason="Thay bằng 95-QĐ/TU", by=setting.desk
    )

    rows = draft.assignments.order_by("pk").values_list("ends_on", "in_force", "ended_because")
    assert count == 2
    assert draft.status == DecisionStatus.ENDED
    assert list(rows) == [
        (date(2026, 5, 31), True, "Thay bằng 95-QĐ/TU"),
        (date(2027, 12, 31), False, "Thay bằng 95-QĐ/TU"),
    ]
    assert not Assignment.objects.in_force(date(2026, 6, 1)).exists()


def test_who_went_there_is_told_when_the_decision_ends():
    setting = Setting()
    draft = setting.draft()
    official = setting.official("Vũ Văn An")
    actions.add_assignment(draft, official=official, unit=setting.branch, by=setting.desk)
    actions.issue_decision(draft, by=setting.desk)

    actions.end_decision(
        draft, ended_on=date(2026, 11, 30), reason="Hết đợt tăng cường", by=setting.desk
    )

    told = Notice.objects.get(kind="assignments.ended", channel="email")
    assert told.user.official == official
    assert (told.facts["ended_on"], told.facts["reason"]) == ("30/11/2026", "Hết đợt tăng cường")
    assert told.facts["unit"] == setting.branch.committee_name


def test_ending_one_assignment_tells_the_person_why_and_frees_the_branch():
    setting = Setting()
    draft, next_one = setting.draft("87-QĐ/TU"), setting.draft("91-QĐ/TU")
    today = timezone.localdate()
    an, binh = setting.official("Vũ Văn An"), setting.official("Trần Thị Bình")
    line = actions.add_assignment(draft, official=an, unit=setting.branch, by=setting.desk)
    actions.issue_decision(draft, by=setting.desk)
    line.refresh_from_db()

    actions.end_assignment(line, ended_on=today, reason="Chuyển công tác", by=setting.desk)

    next_one.starts_on = today + timedelta(days=1)
    actions.save_decision(next_one, by=setting.desk)
    actions.add_assignment(next_one, official=binh, unit=setting.branch, by=setting.desk)
    actions.issue_decision(next_one, by=setting.desk)
    told = Notice.objects.get(kind="assignments.ended", channel="email")
    assert (told.user.official, told.facts["reason"]) == (an, "Chuyển công tác")
    assert [row.official for row in Assignment.objects.in_force(today + timedelta(days=1))] == [
        binh
    ]


def test_the_signed_pdf_is_kept_with_its_hash_and_not_exchanged():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(draft, by=setting.desk)
    scan = SimpleUploadedFile("87-qd.pdf", b"%PDF-1.7 ban ky", "application/pdf")
    other = SimpleUploadedFile("khac.pdf", b"%PDF-1.7 khac", "application/pdf")

    kept = actions.file_signed_decision(draft, upload=scan, by=setting.desk)

    with pytest.raises(Refused, match="Đã có bản ký của quyết định này"):
        actions.file_signed_decision(draft, upload=other, by=setting.desk)
    draft.refresh_from_db()
    assert draft.signed_sha256 == kept.sha256 == kept.sha256.lower()
    assert len(draft.signed_sha256) == 64


def test_what_is_no_pdf_is_not_taken_for_the_signed_decision():
    setting = Setting()
    upload = SimpleUploadedFile("87-qd.pdf", b"PK\x03\x04 word/", "application/pdf")

    with pytest.raises(Refused, match=r"không phải PDF\. Chọn tệp khác"):
        actions.file_signed_decision(
            setting.draft(status=DecisionStatus.ISSUED), upload=upload, by=setting.desk
        )


def test_a_branch_without_anybody_goes_to_the_draft_one_has_open():
    setting = Setting()
    today = timezone.localdate()

    first = actions.supplement_to_draft(setting.branch, by=setting.desk, today=today)
    again = actions.supplement_to_draft(setting.branch, by=setting.desk, today=today)

    assert first == again
    assert (first.status, first.starts_on) == (DecisionStatus.DRAFT, today)


def test_each_act_is_in_the_audit():
    setting = Setting()
    draft = setting.draft()
    actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(draft, by=setting.desk)
    actions.end_decision(draft, ended_on=date(2026, 5, 31), reason="Hết", by=setting.desk)

    verbs = Event.objects.about(draft).values_list("verb", flat=True)

    assert list(verbs) == ["line_added", "issued", "ended"]


def test_ending_never_makes_a_term_longer():
    setting = Setting()
    draft = setting.draft()
    line = actions.add_assignment(
        draft, official=setting.official("Vũ Văn An"), unit=setting.branch, by=setting.desk
    )
    actions.issue_decision(draft, by=setting.desk)
    line.refresh_from_db()
    later = {"ended_on": date(2028, 1, 1), "reason": "Kéo dài", "by": setting.desk}

    with pytest.raises(Refused, match="Thời hạn đã đến ngày 31/12/2027"):
        actions.end_assignment(line, **later)
    with pytest.raises(Refused, match="Thời hạn đã đến ngày 31/12/2027"):
        actions.end_decision(draft, **later)


@pytest.mark.parametrize("count", [2, 5])
def test_issuing_asks_the_same_however_long_the_list(count: int, django_assert_num_queries):
    setting = Setting()
    draft = setting.draft()
    for number in range(count):
        unit = setting.another_branch(f"Chi bộ số {number}")
        official = setting.official(f"Nguyễn Văn {number}", email=f"nguoi-{number}@so.example")
        actions.add_assignment(draft, official=official, unit=unit, by=setting.desk)

    with django_assert_num_queries(40):
        actions.issue_decision(draft, by=setting.desk)
