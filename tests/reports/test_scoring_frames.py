"""The commission makes the next scoring frame: criteria, parts, choices, bands; from a day, and reports keep their own."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.lib.errors import Conflict, Refused
from reports import frame_design
from reports.actions import report_forms
from reports.actions import scoring_frames as actions
from reports.models import FrameDraft, ScoringFrame
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.reports.scenes import IN_TIME, Scene

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def in_time() -> Any:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def leader() -> User:
    user: User = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=factories.province())
    return user


@pytest.fixture
def draft(leader: User) -> FrameDraft:
    return actions.begin_draft(by=leader)


def rows_of(*choices: tuple[str, str], **more: str) -> dict[str, str]:
    """The choices as a browser sends them: (points, words)."""
    typed = {"choices-TOTAL_FORMS": str(len(choices) + 1), "choices-INITIAL_FORMS": "0"}
    for index, (points, words) in enumerate(choices):
        typed |= {f"choices-{index}-points": points, f"choices-{index}-label": words}
    return {**typed, **more}


def now(draft: FrameDraft) -> Any:
    return FrameDraft.objects.get(pk=draft.pk).definition


def criterion(draft: FrameDraft, key: str) -> Any:
    return next(one for one in now(draft)["criteria"] if one["key"] == key)


def post(client: Client, leader: User, draft: FrameDraft, url: str, *args: Any, **data: str) -> Any:
    client.force_login(leader)
    return client.post(reverse(f"reports:{url}", args=[draft.pk, *args]), data)


def test_draft_is_a_copy_of_the_last_frame_and_there_is_one(
    draft: FrameDraft, leader: User
) -> None:
    last = ScoringFrame.objects.get(code="HD 42")

    assert draft.definition == frame_design.definition_of(last)
    assert list(frame_design.problems(draft.definition)) == []
    with pytest.raises(Refused, match="Đang có một bản soạn"):
        actions.begin_draft(by=leader)


def test_part_is_added_with_its_choices_and_the_criterion_has_their_sum(
    draft: FrameDraft, leader: User, client: Client
) -> None:
    typed = rows_of(("1.5", "Đủ"), ("0", "Thiếu"))

    post(client, leader, draft, "frame_part_add", "c5", label="Có khách dự", **typed)

    part = criterion(draft, "c5")["fields"][-1]
    assert part == {
        "key": "q_co_khach_du",
        "label": "Có khách dự",
        "choices": [
            {"key": "1", "label": "Đủ", "points": 1.5},
            {"key": "2", "label": "Thiếu", "points": 0},
        ],
    }
    assert list(frame_design.problems(now(draft))) == [
        "Tiêu chí “Nguyên tắc tổ chức, sinh hoạt” có 6.5 điểm; cần một số nguyên từ 1.",
        "Các tiêu chí cộng lại 101.5 điểm; cần đúng 100.",
    ]


def test_reworded_choice_keeps_its_key_and_its_suggestion(
    draft: FrameDraft, leader: User, client: Client
) -> None:
    typed = rows_of(("3", "Từ 95 %"), ("1", "Ít hơn"), ("2", "Từ 75 %"))
    typed |= {"choices-0-key": "1", "choices-1-key": "4", "choices-2-key": ""}
    typed |= {"choices-0-least": "95", "choices-1-points": "2", "choices-2-points": "1"}

    post(
        client, leader, draft, "frame_part_edit", "rate",
        label="Tỷ lệ dự", fact="rate", last_if_unexcused="on", **typed,
    )  # fmt: skip

    part = criterion(draft, "c2")["fields"][0]
    assert (part["key"], part["suggest"]) == ("rate", {"fact": "rate", "last_if_unexcused": True})
    assert part["choices"] == [
        {"key": "1", "label": "Từ 95 %", "points": 3, "from": 95},
        {"key": "4", "label": "Ít hơn", "points": 2},
        {"key": "2", "label": "Từ 75 %", "points": 1},
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"label": ""}, "Ghi nội dung của ý."),
        ({"choices-1-points": "", "choices-1-label": ""}, "Ghi ít nhất hai lựa chọn, ví dụ Đạt và Chưa đạt."),
        (rows_of(("0", "A"), ("1", "B")), "Xếp các lựa chọn từ điểm cao xuống thấp"),
        (rows_of(("1", ""), ("0", "B")), "Ghi lời của lựa chọn."),
        (rows_of(("", "A"), ("0", "B")), "Ghi điểm."),
        (rows_of(("101", "A"), ("0", "B")), "Điểm: "),
        ({"fact": "minutes"}, "Ghi số phút quy định."),
        ({"fact": "minutes", "need": "90", "members": "30"}, "Ghi cả số phút và số đảng viên"),
        ({"fact": "gió"}, "gió"),
        ({"choices-0-key": 'a"]'}, "choices-0-key"),
    ],
)  # fmt: skip
def test_misshapen_part_is_told_and_not_kept(
    draft: FrameDraft, leader: User, client: Client, typed: dict[str, str], sentence: str
) -> None:
    good = {"label": "Có khách dự", **rows_of(("1", "Đạt"), ("0", "Chưa đạt"))}

    page = post(client, leader, draft, "frame_part_add", "c5", **{**good, **typed})

    assert sentence in page.content.decode()
    assert now(draft) == draft.definition


@pytest.mark.parametrize(
    ("bands", "sentence"),
    [
        ("", "Ghi ít nhất một mức."),
        ("Tốt 90", "ghi số điểm, rồi tên"),
        ("50 Khá\n90 Tốt\n0 Kém", "Các mức giảm dần"),
        ("90 Tốt\n50 Khá", "mức cuối từ 0 điểm"),
        ("101 Tốt\n0 Kém", "không quá 100"),
        (f"{'9' * 5000} Tốt\n0 Kém", "ghi số điểm, rồi tên"),
    ],
)
def test_bands_descend_to_nought(
    draft: FrameDraft, leader: User, client: Client, bands: str, sentence: str
) -> None:
    page = post(client, leader, draft, "frame_about_edit", name="Khung", code="HD 43", bands=bands)

    assert sentence in page.content.decode()
    assert now(draft) == draft.definition


def mended(draft: FrameDraft, leader: User) -> FrameDraft:
    """Criterion 7 becomes one number; the frame has a code of its own."""
    criteria = draft.definition["criteria"]
    last = {**criteria[-1], "fields": []}
    told = {"code": "HD 43", "name": "Hướng dẫn 43", "criteria": [*criteria[:-1], last]}
    return report_forms.change_draft(draft, lambda whole: {**whole, **told}, by=leader)


def test_published_frame_holds_from_its_day_and_a_report_stays_in_its_own(
    draft: FrameDraft, leader: User
) -> None:
    report = Scene(province=leader.unit).submitted()

    frame = actions.publish_draft(mended(draft, leader), starts_on=TOMORROW, by=leader)

    report.refresh_from_db()
    assert report.frame.code == "HD 42"
    assert ScoringFrame.objects.on(TOMORROW).get() == frame
    assert ScoringFrame.objects.on(IN_TIME.date()).get() == report.frame
    assert frame_design.definition_of(frame)["criteria"] == [
        {**one, "key": f"c{number}"} for number, one in enumerate(mended_criteria(report.frame), 1)
    ]
    assert [(band.name, band.min_points) for band in frame.bands.all()] == [
        ("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Kém", 0),
    ]  # fmt: skip
    assert not FrameDraft.objects.exists()
    assert Event.objects.filter(verb="published", target_id=frame.pk).exists()


def mended_criteria(frame: ScoringFrame) -> list[Any]:
    criteria: list[Any] = frame_design.definition_of(frame)["criteria"]
    return [*criteria[:-1], {**criteria[-1], "fields": []}]


def test_report_of_the_new_frame_is_scored_by_its_parts(draft: FrameDraft, leader: User) -> None:
    frame = actions.publish_draft(mended(draft, leader), starts_on=TOMORROW, by=leader)
    scene = Scene(province=leader.unit, on=TOMORROW)

    with time_machine.travel(datetime(2026, 11, 6, 8, tzinfo=factories.ZONE), tick=False):
        report = scene.opened()

    assert report.frame == frame
    assert frame.criteria.get(number=7).max_points == 5


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Bản soạn chưa khác khung đang dùng."),
        ({"name": "Khác"}, "Ký hiệu “HD 42” đã dùng cho một khung."),
        ({"code": "HD 43", "criteria": []}, "Các tiêu chí cộng lại 0 điểm; cần đúng 100."),
    ],
)
def test_what_may_not_be_published(
    draft: FrameDraft, leader: User, change: Any, sentence: str
) -> None:
    changed = report_forms.change_draft(draft, lambda whole: {**whole, **change}, by=leader)

    with pytest.raises(Refused, match=sentence):
        actions.publish_draft(changed, starts_on=TOMORROW, by=leader)

    assert ScoringFrame.objects.count() == 2


def test_frame_begins_tomorrow_at_the_earliest(draft: FrameDraft, leader: User) -> None:
    with pytest.raises(Refused, match=r"Khung mới dùng từ ngày 05/11/2026 trở đi."):
        actions.publish_draft(mended(draft, leader), starts_on=IN_TIME.date(), by=leader)


def test_officer_drafts_and_only_a_leader_publishes(draft: FrameDraft, leader: User) -> None:
    officer = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=leader.unit)
    changed = mended(draft, officer)

    with pytest.raises(Refused, match=r"Lãnh đạo Ban Tổ chức ban hành khung."):
        actions.publish_draft(changed, starts_on=TOMORROW, by=officer)


def test_two_at_once_and_the_second_is_told(draft: FrameDraft, leader: User) -> None:
    stale = FrameDraft.objects.get(pk=draft.pk)
    mended(draft, leader)

    with pytest.raises(Conflict):
        mended(stale, leader)
    with pytest.raises(Conflict):
        actions.publish_draft(_as_if_mended(stale), starts_on=TOMORROW, by=leader)


def _as_if_mended(draft: FrameDraft) -> FrameDraft:
    draft.definition = {**draft.definition, "code": "HD 44"}
    return draft


def test_pieces_are_moved_and_taken_out(draft: FrameDraft, leader: User, client: Client) -> None:
    post(client, leader, draft, "frame_piece_move", key="c3", is_section="1", to="up")
    post(client, leader, draft, "frame_piece_move", key="steering", to="up")
    post(client, leader, draft, "frame_piece_remove", key="documents")

    keys = [one["key"] for one in now(draft)["criteria"]]
    assert keys == ["c1", "c3", "c2", "c4", "c5", "c6", "c7"]
    assert [one["key"] for one in criterion(draft, "c3")["fields"]] == [
        "steering", "content", "committee", "told",
    ]  # fmt: skip
    assert ("Bỏ", "Tài liệu lên Sổ tay đảng viên điện tử trước ít nhất một ngày") in list(
        frame_design.changes(draft.definition, now(draft))
    )


def test_last_criterion_stays(draft: FrameDraft, leader: User, client: Client) -> None:
    one = {"criteria": draft.definition["criteria"][:1]}
    report_forms.change_draft(draft, lambda whole: {**whole, **one}, by=leader)

    page = post(client, leader, draft, "frame_piece_remove", key="c1", is_section="1")

    assert "Khung cần ít nhất một tiêu chí." in page.content.decode()
    assert len(now(draft)["criteria"]) == 1


def test_preview_shows_the_sheet_with_its_parts_and_its_source(
    draft: FrameDraft, leader: User, client: Client
) -> None:
    client.force_login(leader)

    page = client.get(reverse("reports:frame_draft_preview", args=[draft.pk])).content.decode()

    assert "chia điểm theo phiếu của một phường (nguồn thứ cấp)" in page
    assert page.count("<legend>") == sum(len(one["fields"]) for one in draft.definition["criteria"])
    assert "Điều hành của bí thư <span>10 điểm</span>" in page
