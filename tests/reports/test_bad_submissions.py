"""A thousand bad submissions made from the form's own definition: a sentence at the field each time, nothing written."""

from collections.abc import Mapping
from typing import Any, Final

import pytest
import time_machine
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.forms.paper import Paper
from reports.models import (
    Mood,
    Recommendation,
    ReportForm,
    ReportVersion,
    Score,
    ScoringFrame,
)
from reports.parts import name_of
from reports.states import ReportStatus
from reports.views.writing import MISTAKEN
from tests.reports.posts import POINTS, filled
from tests.reports.scenes import IN_TIME, Scene

MOST_CHANGES: Final = 3
MARKED: Final = "Theo văn bản TỐI MẬT số 3."
NOT_A_COUNT: Final = st.sampled_from(["-1", "ba", "1,5", "10000", "9" * 400, "٣-", "1e999"])
NOT_AN_HOUR: Final = st.sampled_from(["25:00", "19:60", "tối", "19", "-1:00", "9" * 400])
NOT_OFFERED: Final = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=30
).map("không có ".__add__)
NOT_POINTS: Final = st.sampled_from(["", "-1", "ba", "41", "NaN", "Infinity", "4,55", "9" * 400])
ROWS: Final = [
    ("moods-0-field", NOT_OFFERED | st.just("")),
    ("moods-0-tone", NOT_OFFERED | st.just("")),
    ("moods-0-text", st.just(MARKED) | st.just("a" * 1001)),
    ("recommendations-0-text", st.sampled_from(["", "Ngắn", "a" * 1001, f"{MARKED} Xóm 13 ngập."])),
    ("recommendations-0-proposal", st.sampled_from(["", "a" * 1001, MARKED])),
    ("recommendations-0-field", NOT_OFFERED | st.just("")),
    ("recommendations-0-urgency", NOT_OFFERED | st.just("")),
    ("recommendations-0-suggested_authority", NOT_OFFERED),
]


def bad_answers(question: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """What this question must refuse."""
    kinds = {"count": NOT_A_COUNT, "time": NOT_AN_HOUR}
    if question["kind"] in {"text", "long_text"}:
        most = question.get("max_length", 2000)
        bad = st.just(MARKED) | st.integers(1, 400).map(lambda more: "a" * (most + more))
    else:
        bad = kinds.get(question["kind"], NOT_OFFERED)
    return bad | st.just("") if question.get("required") else bad


def bad_fields() -> list[tuple[str, st.SearchStrategy[str]]]:
    form = ReportForm.objects.on(IN_TIME.date()).get()
    asked = [
        (question["key"], bad_answers(question))
        for section in form.definition
        for question in section["fields"]
        if question["kind"] != "flag"
    ]
    scores = [(f"score-attendee-{number}", NOT_POINTS) for number, _ in enumerate(POINTS, 1)]
    return [*asked, *scores, *bad_parts(), *ROWS]


def bad_parts() -> list[tuple[str, st.SearchStrategy[str]]]:
    """Choices that the frame does not offer; where a handful does not make up a criterion, good ones too: it is begun only."""
    frame = ScoringFrame.objects.on(IN_TIME.date()).get()
    return [
        (
            name_of("attendee", criterion.number, part["key"]),
            NOT_OFFERED | st.sampled_from([choice["key"] for choice in part["choices"]])
            if len(criterion.parts) > MOST_CHANGES
            else NOT_OFFERED,
        )
        for criterion in frame.criteria.all()
        for part in criterion.parts
    ]


def told_at(name: str) -> str:
    """Where the sentence stands: of a part at its criterion."""
    return "-".join(name.split("-")[:3]) if name.startswith("score-") else name


def posted(values: Mapping[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def errors_of(paper: Paper) -> dict[str, list[str]]:
    paper.is_valid()
    found = {**paper.questions.errors, **paper.scores.errors}
    for rows in (paper.moods, paper.recommendations):
        for row in rows.forms:
            found.update({row.add_prefix(name): texts for name, texts in row.errors.items()})
    return {name: list(texts) for name, texts in found.items()}


@st.composite
def broken_answers(draw: st.DrawFn, fields: Mapping[str, st.SearchStrategy[str]]) -> dict[str, str]:
    names = draw(
        st.lists(st.sampled_from(sorted(fields)), min_size=1, max_size=MOST_CHANGES, unique=True)
    )
    return {name: draw(fields[name]) for name in names}


def hypothesis_of(examples: int) -> Any:
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def is_untouched() -> bool:
    models = (ReportVersion, Score, Mood, Recommendation)
    return not any(model._default_manager.exists() for model in models)


@pytest.mark.django_db
@time_machine.travel(IN_TIME, tick=False)
def test_each_bad_answer_of_a_thousand_submissions_is_told_at_its_field() -> None:
    report = Scene().opened()
    good = filled(report)
    tried = []

    @hypothesis_of(1000)
    @given(changes=broken_answers(dict(bad_fields())))
    def refuse(changes: dict[str, str]) -> None:
        errors = errors_of(Paper(report, posted({**good, **changes})))
        said = {
            name for name in changes if any(text.strip() for text in errors.get(told_at(name), ()))
        }
        assert said == set(changes)
        tried.append(changes)

    refuse()

    assert len(tried) >= 1000
    assert is_untouched()


@pytest.mark.django_db
@time_machine.travel(IN_TIME, tick=False)
def test_page_answers_a_bad_submission_with_its_sentences_and_writes_nothing() -> None:
    scene = Scene()
    report = scene.opened()
    client = Client(raise_request_exception=True, headers={"Accept": "application/json"})
    client.force_login(scene.attendee)
    url = reverse("reports:report_edit", args=[scene.meeting.pk])

    @hypothesis_of(15)
    @given(changes=broken_answers(dict(bad_fields())))
    def refuse(changes: dict[str, str]) -> None:
        report.refresh_from_db()
        assert client.post(url, filled(report, **changes)).status_code == MISTAKEN
        report.refresh_from_db()
        assert (report.status, report.number) == (ReportStatus.DRAFT, "")

    refuse()

    assert is_untouched()
