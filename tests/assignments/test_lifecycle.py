"""From draft to document: proposed, numbered at issue, frozen, amended."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments import papers
from assignments.actions import amendments
from assignments.actions import decisions as actions
from assignments.documents import decision_document, decision_docx, decision_pdf, form_problems
from assignments.models import Assignment, Decision
from assignments.states import DecisionStatus
from config.lib.documents import lint
from config.lib.errors import Refused
from notices.models import Notice
from roster.models import DocumentNumber, Event, Official
from roster.states import Role
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db

STEPS = {
    ("draft", "proposed"),
    ("draft", "issued"),
    ("proposed", "draft"),
    ("proposed", "issued"),
    ("issued", "amended"),
    ("issued", "ended"),
    ("amended", "ended"),
}


def listed(
    setting: Setting, number: str = "", name: str = "Vũ Văn An", **values: object
) -> Decision:
    """A draft with one line into the branch."""
    draft = setting.draft(number, signer="Hoàng Thị Ảnh", **values)
    actions.add_assignment(
        draft, official=setting.official(name), unit=setting.branch, by=setting.desk
    )
    return draft


def test_the_steps_of_a_decision():
    steps = {(one.value, to.value) for one, tos in DecisionStatus.steps().items() for to in tos}

    assert steps == STEPS


def test_what_is_proposed_stands_still_until_it_is_taken_back():
    setting = Setting()
    leader = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=setting.province)
    draft = listed(setting)
    binh = setting.official("Trần Thị Bình")

    actions.propose_decision(draft, by=setting.desk)

    other = setting.another_branch("Chi bộ xóm 4")
    with pytest.raises(Refused, match="đang trình; lấy về mới sửa được"):
        actions.add_assignment(draft, official=binh, unit=other, by=setting.desk)
    assert {one.user for one in Notice.objects.filter(kind="assignments.proposed")} == {leader}
    actions.take_back_decision(draft, by=setting.desk)
    actions.add_assignment(draft, official=binh, unit=other, by=setting.desk)
    verbs = Event.objects.about(draft).values_list("verb", flat=True)
    assert list(verbs) == ["line_added", "proposed", "taken_back", "line_added"]


def test_a_decision_without_a_number_takes_the_next_of_its_register():
    setting = Setting()
    factories.DecisionFactory(
        issuer=setting.province, number="86-QĐ/TU", signed_on=date(2025, 12, 1)
    )
    draft = listed(setting)

    actions.issue_decision(draft, by=setting.desk)

    draft.refresh_from_db()
    assert draft.number == "87-QĐ/TU"
    entry = DocumentNumber.objects.get()
    assert (entry.document_type, entry.congress_term, entry.number) == ("QĐ/TU", "2025-2030", 87)


def test_a_number_that_the_clerk_gave_is_entered_once_a_term():
    setting = Setting()
    actions.issue_decision(listed(setting, "87-QĐ/TU"), by=setting.desk)
    again = listed(setting, "87-QĐ/TU", "Trần Thị Bình", signed_on=date(2026, 3, 1))

    with pytest.raises(Refused, match="Số 87-QĐ/TU đã"):
        actions.issue_decision(again, by=setting.desk)

    again.refresh_from_db()
    assert again.status == DecisionStatus.DRAFT


@pytest.mark.parametrize("kind", ["qd", "cv"])
def test_the_issued_document_is_clean_and_stays_as_it_was(kind: str):
    setting = Setting()
    draft = listed(setting, kind=kind, basis="Căn cứ Điều lệ Đảng;")
    assert form_problems(papers.paper_of(draft, today=date(2025, 12, 20))) == []
    actions.issue_decision(draft, by=setting.desk)
    draft.refresh_from_db()
    document = decision_document(papers.paper_of(draft, today=date(2026, 6, 1)))

    Assignment.objects.update(ends_on=date(2026, 5, 31))
    Official.objects.update(full_name="Tên Khác")

    frozen = Decision.objects.get(pk=draft.pk)
    assert decision_document(papers.paper_of(frozen, today=date(2027, 1, 1))) == document
    assert lint.problems(document) == []
    assert document.letterhead.number == 1
    assert document.annexes[0].blocks[0].rows == (
        ("Xã Quang Thiện (1)",),
        ("1", "Vũ Văn An", "Chuyên viên, Sở Nội vụ", "Chi bộ xóm 3", "", "Dự chính"),
    )


def test_both_files_open_and_name_the_annex():
    setting = Setting()
    draft = listed(setting)
    actions.issue_decision(draft, by=setting.desk)

    paper = papers.paper_of(draft, today=date(2026, 1, 1))

    assert decision_pdf(paper).startswith(b"%PDF")
    assert decision_docx(paper)[:2] == b"PK"


def test_a_document_without_signer_is_named_before_issue():
    setting = Setting()
    draft = listed(setting)
    draft.signer = ""

    assert form_problems(papers.paper_of(draft, today=date(2026, 1, 1))) == [
        "Thiếu họ tên người ký."
    ]


def test_an_amendment_replaces_a_line_from_its_day_and_both_are_told():
    setting = Setting()
    first = listed(setting, "87-QĐ/TU")
    actions.issue_decision(first, by=setting.desk)
    old, day = first.assignments.get(), date(2027, 3, 1)
    amendment = amendments.draft_amendment(first, starts_on=day, by=setting.desk)
    amendments.remove_lines(amendment, [old], by=setting.desk)
    binh = setting.official("Trần Thị Bình")
    actions.add_assignment(amendment, official=binh, unit=setting.branch, by=setting.desk)

    actions.issue_decision(amendment, by=setting.desk)

    first.refresh_from_db()
    old.refresh_from_db()
    assert (first.status, old.ends_on) == (DecisionStatus.AMENDED, date(2027, 2, 28))
    assert [row.official for row in Assignment.objects.in_force(day)] == [binh]
    told = Notice.objects.filter(channel="email", occasion__contains=":ended")
    assert [one.user.official for one in told] == [old.official]
    document = decision_document(papers.paper_of(amendment, today=day))
    (annex,) = document.annexes
    assert annex.subject == "Danh sách thay đổi cán bộ dự sinh hoạt chi bộ"
    was, becomes = annex.blocks[0].rows[1][-2:]
    assert (was, becomes) == (
        "Vũ Văn An, Chuyên viên, Sở Nội vụ",
        "Trần Thị Bình, Chuyên viên, Sở Nội vụ",
    )
    assert "Quyết định số 87-QĐ/TU, ngày 20/12/2025" in str(document.blocks)


def test_an_amendment_ends_only_lines_of_the_decision_it_amends():
    setting = Setting()
    first, stranger = listed(setting, "87-QĐ/TU"), setting.draft("90-QĐ/TU")
    other = actions.add_assignment(
        stranger,
        official=setting.official("Lê Văn Ân"),
        unit=setting.another_branch("Chi bộ xóm 9"),
        by=setting.desk,
    )
    actions.issue_decision(first, by=setting.desk)
    amendment = amendments.draft_amendment(first, starts_on=date(2027, 3, 1), by=setting.desk)

    with pytest.raises(Refused, match="không thuộc Quyết định số 87-QĐ/TU"):
        amendments.remove_lines(amendment, [other], by=setting.desk)


def test_an_amendment_shows_old_beside_new_for_each_place(client: Client):
    setting = Setting()
    first = listed(setting, "87-QĐ/TU")
    stays = setting.another_branch("Chi bộ xóm 4")
    leaves = setting.another_branch("Chi bộ xóm 5")
    for name, unit in (("Lê Văn Ân", stays), ("Phạm Đức Đạt", leaves)):
        actions.add_assignment(first, official=setting.official(name), unit=unit, by=setting.desk)
    actions.issue_decision(first, by=setting.desk)
    amendment = amendments.draft_amendment(first, starts_on=date(2027, 3, 1), by=setting.desk)
    ending = first.assignments.exclude(unit=stays)
    amendments.remove_lines(amendment, list(ending), by=setting.desk)
    for unit in (setting.branch, setting.another_branch("Chi bộ xóm 6")):
        binh = setting.official("Trần Thị Bình")
        actions.add_assignment(amendment, official=binh, unit=unit, by=setting.desk)
    client.force_login(setting.desk)

    page = client.get(amendment.get_absolute_url())

    assert [
        (
            change.unit.name,
            [str(one.assignment.official) for one in change.was],
            [str(one.official) for one in change.becomes],
            change.state[0],
        )
        for change in page.context["changes"]
    ] == [
        ("Chi bộ xóm 3", ["Vũ Văn An"], ["Trần Thị Bình"], "Thay người"),
        ("Chi bộ xóm 5", ["Phạm Đức Đạt"], [], "Thôi dự"),
        ("Chi bộ xóm 6", [], ["Trần Thị Bình"], "Thêm"),
    ]


def test_searching_for_who_stops_keeps_who_was_picked(client: Client):
    setting = Setting()
    first = listed(setting, "87-QĐ/TU")
    binh = setting.official("Trần Thị Bình")
    other = setting.another_branch("Chi bộ xóm 4")
    actions.add_assignment(first, official=binh, unit=other, by=setting.desk)
    actions.issue_decision(first, by=setting.desk)
    amendment = amendments.draft_amendment(first, starts_on=date(2027, 3, 1), by=setting.desk)
    client.force_login(setting.desk)
    picked = first.assignments.get(official=binh)
    url = reverse("assignments:removal_add", args=[amendment.pk])

    page = client.get(url, {"q": "xom 3", "lines": picked.pk})

    assert list(page.context["picked"]) == [picked]
    assert [line.unit for line in page.context["page"].rows] == [setting.branch]
    assert f'value="{picked.pk}" data-pick-row checked' in page.content.decode()


def test_a_decision_whose_term_is_over_is_listed_with_the_ended_ones(client: Client):
    setting = Setting()
    over = setting.draft(
        "12-QĐ/TU",
        status=DecisionStatus.ISSUED,
        subject="Về phân công dự họp",
        ends_on=date(2026, 1, 31),
    )
    setting.draft("87-QĐ/TU", status=DecisionStatus.ISSUED)
    client.force_login(setting.desk)
    url = reverse("assignments:decision_list")

    numbers = {
        status: [row.number for row in client.get(url, {"status": status}).context["page"].rows]
        for status in ("ended", "issued")
    }

    assert numbers == {"ended": ["12-QĐ/TU"], "issued": ["87-QĐ/TU"]}
    assert "Hết thời hạn" in client.get(over.get_absolute_url()).content.decode()
    found = client.get(url, {"q": "phan cong du hop"}).context["page"].rows
    assert [row.number for row in found] == ["12-QĐ/TU"]


def test_an_ended_decision_says_so_and_takes_no_more_acts(client: Client):
    setting = Setting()
    first = listed(setting, "87-QĐ/TU")
    actions.issue_decision(first, by=setting.desk)
    actions.end_decision(first, ended_on=date(2026, 12, 31), reason="Hết nhiệm kỳ", by=setting.desk)
    client.force_login(setting.desk)

    text = client.get(first.get_absolute_url()).content.decode()
    listing = client.get(reverse("assignments:decision_list"), {"status": "ended"})

    assert "Hết hiệu lực" in text
    assert "Kết thúc quyết định" not in text
    assert "Bổ sung, thay đổi" not in text
    assert "87-QĐ/TU" in listing.content.decode()
    for act in (
        lambda: amendments.draft_amendment(first, starts_on=date(2027, 1, 1), by=setting.desk),
        lambda: actions.end_decision(
            first, ended_on=date(2026, 12, 30), reason="Lần nữa", by=setting.desk
        ),
    ):
        with pytest.raises(Refused, match="Chỉ quyết định đang có hiệu lực"):
            act()
