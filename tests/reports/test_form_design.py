"""The commission changes the report form: a draft version, its parts, its publication."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.lib.errors import Conflict, Refused
from reports import form_design
from reports.actions import report_forms as actions
from reports.models import FormDraft, ReportForm
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.reports.scenes import IN_TIME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_time() -> Any:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def officer() -> User:
    user: User = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=factories.province())
    return user


@pytest.fixture
def leader(officer: User) -> User:
    user: User = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=officer.unit)
    return user


@pytest.fixture
def draft(officer: User) -> FormDraft:
    return actions.begin_draft(by=officer)


def question(draft: FormDraft, key: str) -> Any:
    return form_design.questions_in(FormDraft.objects.get(pk=draft.pk).definition).get(key)


def test_draft_is_a_copy_and_there_is_one(draft: FormDraft, officer: User) -> None:
    assert draft.definition == ReportForm.objects.get().definition
    with pytest.raises(Refused, match="Đang có một bản soạn"):
        actions.begin_draft(by=officer)


def test_question_is_added_with_a_new_key_and_a_condition(
    draft: FormDraft, officer: User, client: Client
) -> None:
    client.force_login(officer)
    url = reverse("reports:form_question_add", args=[draft.pk, "exchange"])
    typed = {
        "label": "Vì sao ít ý kiến",
        "kind": "choice",
        "more": "Vắng nhiều\nNgại nói",
        "required": "on",
    }

    client.post(url, {**typed, "asked_when": "answer", "answers": ["openness=quiet"]})
    client.post(url, {**typed, "asked_when": "thematic"})

    assert question(draft, "q_vi_sao_it_y_kien") == {
        "key": "q_vi_sao_it_y_kien",
        "label": "Vì sao ít ý kiến",
        "kind": "choice",
        "required": True,
        "choices": [["q_vang_nhieu", "Vắng nhiều"], ["q_ngai_noi", "Ngại nói"]],
        "condition": {"field": "openness", "is": ["quiet"]},
    }
    assert question(draft, "q_vi_sao_it_y_kien_2")["condition"] == {"month": "thematic"}


def test_renamed_question_and_choice_keep_their_keys(
    draft: FormDraft, officer: User, client: Client
) -> None:
    client.force_login(officer)
    url = reverse("reports:form_question_edit", args=[draft.pk, "openness"])
    typed = {"label": "Không khí", "kind": "text", "asked_when": "always"}

    client.post(
        url, {**typed, "choice-open": "Rất cởi mở", "choice-usual": "Thường", "choice-quiet": ""}
    )

    assert question(draft, "openness") == {
        "key": "openness",
        "label": "Không khí",
        "kind": "choice",
        "choices": [["open", "Rất cởi mở"], ["usual", "Thường"]],
    }


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"label": ""}, "label", "Ghi câu hỏi."),
        ({"kind": "choices"}, "more", "Ghi ít nhất một lựa chọn."),
        (
            {"kind": "choice", "more": "Có\nCó"},
            "more",
            "Mỗi lựa chọn ghi một lần, không quá 120 ký tự.",
        ),
        ({"asked_when": "answer"}, "answers", "Chọn câu trả lời của đúng một câu."),
    ],
    ids=["no label", "no choices", "twice", "no answer"],
)
def test_misshapen_question_is_told_at_its_field(
    draft: FormDraft, officer: User, client: Client, typed: Any, field: str, sentence: str
) -> None:
    client.force_login(officer)
    url = reverse("reports:form_question_add", args=[draft.pk, "exchange"])

    page = client.post(url, {"label": "Câu", "kind": "text", "asked_when": "always", **typed})

    assert page.context["form"].errors[field] == [sentence]
    assert FormDraft.objects.get(pk=draft.pk).version == 0


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("present_count", "Câu “Có mặt” không bỏ được"),
        ("results", "số liệu tổng hợp đọc câu này"),
        ("pressing", "không bỏ được"),
        ("scores", "Phần “Chấm điểm” không bỏ được"),
    ],
)
def test_what_summaries_read_is_not_removed(
    draft: FormDraft, officer: User, key: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.remove_part(draft, key, is_section=key in {"pressing", "scores"}, by=officer)


def test_parts_are_moved_among_their_own(draft: FormDraft, officer: User) -> None:
    actions.move_part(draft, "good_example", -1, by=officer)
    actions.move_part(draft, "time", -1, is_section=True, by=officer)
    actions.move_part(draft, "exchange", 1, is_section=True, by=officer)

    keys = [part["key"] for part in draft.definition]
    section = form_design.section_of(draft.definition, "good_example")
    assert keys[:6] == ["time", "content", "pressing", "attendee", "moods", "exchange"]
    assert [one["key"] for one in section["fields"]] == [
        "opinion_count",
        "openness",
        "good_example",
        "discussion",
        "by_secret_channel",
    ]


@pytest.mark.parametrize(
    ("key", "steps", "section", "place"),
    [
        ("conveyed", -1, "pressing", -1),  # the first of its section
        ("by_secret_channel", 1, "exchange", -1),  # the last of all
        ("pressing_resolution", 1, "attendee", 0),
        ("began_at", -1, "time", 0),  # the first of all
    ],
)
def test_question_at_the_end_of_its_section_goes_into_the_next(
    draft: FormDraft, officer: User, key: str, steps: int, section: str, place: int
) -> None:
    actions.move_part(draft, key, steps, by=officer)

    found = form_design.section_of(draft.definition, key)
    assert (found["key"], found["fields"][place]["key"]) == (section, key)
    assert len(form_design.questions_in(draft.definition)) == 26


def test_second_person_does_not_overwrite_the_first(draft: FormDraft, officer: User) -> None:
    stale = FormDraft.objects.get(pk=draft.pk)
    actions.remove_part(draft, "good_example", by=officer)

    with pytest.raises(Conflict):
        actions.remove_part(stale, "suggested", by=officer)


def test_published_draft_follows_the_version_before(
    draft: FormDraft, officer: User, leader: User
) -> None:
    actions.remove_part(draft, "good_example", by=officer)
    with pytest.raises(Refused, match="Lãnh đạo"):
        actions.publish_draft(draft, name="Mẫu 2", starts_on=date(2026, 12, 1), by=officer)

    actions.publish_draft(draft, name="Mẫu 2", starts_on=date(2026, 12, 1), by=leader)

    first, second = ReportForm.objects.order_by("version")
    assert (first.ends_on, second.starts_on, second.version) == (
        date(2026, 11, 30),
        date(2026, 12, 1),
        2,
    )
    assert not FormDraft.objects.exists()
    assert Event.objects.filter(verb="published", target_id=second.pk, by=leader).exists()


def test_key_that_was_dropped_is_never_given_again(
    draft: FormDraft, officer: User, leader: User
) -> None:
    asked = {"key": "q_a", "label": "A", "kind": "text"}
    actions.change_draft(
        draft, lambda d: form_design.with_question(d, "exchange", asked), by=officer
    )
    actions.publish_draft(draft, name="Mẫu 2", starts_on=date(2026, 12, 1), by=leader)
    third = actions.begin_draft(by=officer)
    actions.remove_part(third, "q_a", by=officer)

    assert form_design.new_key("A", actions.taken_keys(third)) == "q_a_2"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d, "Bản soạn chưa khác mẫu đang dùng."),
        (
            lambda d: form_design.with_section(
                d, {"key": "q_x", "title": "X", "lead": "", "fields": []}
            ),
            "Phần “X” chưa có câu hỏi nào.",
        ),
        (
            lambda d: form_design.with_question(
                d,
                "time",
                {
                    "key": "q_y",
                    "label": "Y",
                    "kind": "text",
                    "condition": {"field": "openness", "is": ["open"]},
                },
            ),
            "dựa vào một câu không đứng trước nó",
        ),
        (
            lambda d: form_design.with_section(d, {**d[0], "condition": {"month": "thematic"}}),
            "nên không đặt điều kiện",
        ),
    ],
    ids=["no change", "empty section", "looks ahead", "summary's question"],
)
def test_draft_with_a_fault_is_not_published(
    draft: FormDraft, leader: User, change: Any, sentence: str
) -> None:
    actions.change_draft(
        draft, lambda definition: [dict(one) for one in change(definition)], by=leader
    )

    with pytest.raises(Refused, match=sentence):
        actions.publish_draft(draft, name="Mẫu 2", starts_on=date(2026, 12, 1), by=leader)


def test_version_does_not_begin_before_this_month(
    draft: FormDraft, leader: User, client: Client
) -> None:
    actions.remove_part(draft, "good_example", by=leader)
    client.force_login(leader)
    url = reverse("reports:form_draft_publish", args=[draft.pk])

    page = client.post(url, {"name": "Mẫu 2", "starts_on": "31/10/2026"})

    assert page.context["form"].errors["starts_on"] == ["Mẫu mới dùng từ ngày 01/11/2026 trở đi."]


def test_pages_show_what_differs_and_the_preview(
    draft: FormDraft, officer: User, client: Client
) -> None:
    actions.remove_part(draft, "good_example", by=officer)
    client.force_login(officer)

    page = client.get(reverse("reports:form_draft_edit", args=[draft.pk]))
    preview = client.get(reverse("reports:form_draft_preview", args=[draft.pk])).content.decode()

    assert page.context["changes"] == [("Bỏ", "Điểm tốt, cách làm hay")]
    assert "Không khí thảo luận" in preview
    assert "Điểm tốt, cách làm hay" not in preview
