"""A report form in versions: what is asked only on a condition, and drafts that move to the form of their day."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from reports import conditions, paper_forms, reading
from reports.actions import reports as actions
from reports.forms.paper import Paper
from reports.models import MeetingReport, ReportForm
from roster.states import MeetingKind
from tests import factories
from tests.reports.posts import filled
from tests.reports.scenes import HELD_ON, IN_TIME, Scene

pytestmark = pytest.mark.django_db

THEME = {
    "key": "q_theme",
    "label": "Chuyên đề gì",
    "kind": "text",
    "required": True,
    "max_length": 200,
}
WHY = {
    "key": "q_why",
    "label": "Vì sao ít ý kiến",
    "kind": "long_text",
    "required": True,
    "condition": {"field": "openness", "is": ["quiet"]},
}


@pytest.fixture(autouse=True)
def in_time() -> Any:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


def next_form(*added: dict[str, Any], without: str = "", on: date = HELD_ON) -> ReportForm:
    """Version 2 from `on`: the first one with questions at its end, and without one."""
    first = ReportForm.objects.get(version=1)
    definition = deepcopy(first.definition)
    for section in definition:
        section["fields"] = [one for one in section["fields"] if one["key"] != without]
    definition[4]["fields"].extend(added)
    ReportForm.objects.filter(pk=first.pk).update(ends_on=on - timedelta(days=1))
    return ReportForm.objects.create(version=2, name="Mẫu 2", starts_on=on, definition=definition)


def posted(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def thematic_only() -> dict[str, Any]:
    return {**THEME, "condition": conditions.THEMATIC}


def test_question_of_a_thematic_month_is_not_asked_in_another(scene: Scene) -> None:
    next_form(thematic_only())
    report = scene.opened()

    paper = Paper(report, posted(filled(report)))

    assert paper.is_valid()
    assert "q_theme" not in paper.questions.fields
    assert "Chuyên đề gì" not in str(paper_forms.facts_of(scene.meeting, None))


def test_question_of_a_thematic_month_is_asked_and_needed_in_it(scene: Scene) -> None:
    next_form(thematic_only())
    factories.meeting(scene.branch, on=date(2026, 11, 20), kind=MeetingKind.THEMATIC)
    report = scene.opened()

    without = Paper(report, posted(filled(report)))
    with_it = Paper(report, posted(filled(report, q_theme="Học Bác")))

    assert not without.is_valid()
    assert without.questions.errors["q_theme"] == ["Chưa ghi mục “Chuyên đề gì”."]
    assert with_it.is_valid()
    assert with_it.cleaned()["q_theme"] == "Học Bác"


@pytest.mark.parametrize(
    ("openness", "needed"), [("quiet", True), ("open", False)], ids=["holds", "does not"]
)
def test_question_on_an_answer_is_needed_only_while_it_holds(
    scene: Scene, openness: str, needed: bool
) -> None:
    next_form(WHY)
    report = scene.opened()

    paper = Paper(report, posted(filled(report, openness=openness)))

    assert paper.is_valid() is not needed
    assert ("q_why" in paper.questions.errors) is needed


def test_answer_that_is_hidden_is_not_kept_nor_told_as_missing(scene: Scene) -> None:
    next_form(WHY)
    report = scene.opened()
    paper = Paper(report, posted(filled(report, openness="open", q_why="x" * 9000)))
    assert paper.is_valid()

    actions.submit_report(report, paper.cleaned(), "k", by=scene.attendee, now=IN_TIME)

    assert "q_why" not in MeetingReport.objects.get().answers
    unsaid = [label for part in reading.parts(report) for label in part.unsaid]
    assert "Vì sao ít ý kiến" not in unsaid
    assert "Nhận xét về chuẩn bị" in unsaid


def test_what_depends_on_a_hidden_question_is_hidden() -> None:
    chain = [
        {"key": "a", "kind": "flag"},
        {"key": "b", "kind": "flag", "condition": {"field": "a", "is": ["on"]}},
        {"key": "c", "kind": "text", "condition": {"field": "b", "is": ["on"]}},
    ]

    def asked(**answers: list[str]) -> set[str]:
        return conditions.asked_keys(
            [{"fields": chain}], lambda key: answers.get(key, []), is_thematic=False
        )

    assert asked(b=["on"]) == {"a"}
    assert asked(a=["on"], b=["on"]) == {"a", "b", "c"}


def test_form_marks_what_an_answer_shows(scene: Scene, client: Client) -> None:
    next_form(WHY)
    client.force_login(scene.attendee)

    page = client.get(reverse("reports:report_edit", args=[scene.meeting.pk])).content.decode()

    assert 'data-shown-when="openness=quiet"' in page
    assert "Chỉ ghi khi mục “Không khí thảo luận” là “Ít ý kiến”." in page


def test_draft_moves_to_the_form_of_its_day_and_says_what_has_no_place(
    scene: Scene, client: Client
) -> None:
    report = scene.opened()
    typed = {"conveyed": "Kết quả kỳ họp.", "discussion": "Bàn việc\nnạo vét.", "page": "p"}
    actions.save_draft(report, typed, report.version, by=scene.attendee)
    second = next_form(WHY, without="discussion")
    client.force_login(scene.attendee)

    page = client.get(reverse("reports:report_edit", args=[scene.meeting.pk])).content.decode()

    report = MeetingReport.objects.get()
    assert report.form == second
    assert report.draft == {"conveyed": "Kết quả kỳ họp.", "page": "p"}
    assert report.left_over == {"discussion": ["Những việc được bàn nhiều", "Bàn việc\nnạo vét."]}
    assert "Những việc được bàn nhiều:</strong> Bàn việc<br>nạo vét." in page


def test_left_over_answers_stay_through_saves_until_filed(scene: Scene) -> None:
    report = scene.opened()
    actions.save_draft(report, {"discussion": "Bàn."}, report.version, by=scene.attendee)
    next_form(without="discussion")
    report = scene.opened()

    actions.save_draft(report, {"conveyed": "Đã nói."}, report.version, by=scene.attendee)
    kept = scene.opened().left_over
    scene.submitted()

    assert list(kept) == ["discussion"]
    assert MeetingReport.objects.get().left_over == {}


def test_filed_and_returned_reports_stay_in_their_own_version(scene: Scene) -> None:
    first = scene.returned().form
    next_form(without="discussion")

    assert scene.opened().form == first


def test_form_in_use_never_changes(scene: Scene) -> None:
    form = scene.opened().form

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ReportForm.objects.filter(pk=form.pk).update(name="Tên khác")
    ReportForm.objects.filter(pk=form.pk).update(ends_on=date(2030, 1, 1))
