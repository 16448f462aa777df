"""What the form of a report refuses, at which field, in which words; and what it makes of good input."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.actions.drafts import draft_of, flat, rows_of
from reports.forms.paper import Paper, typed_in
from reports.forms.questions import Questions
from reports.models import Field, MeetingReport
from roster.states import UnitKind
from tests import factories
from tests.reports.posts import filled
from tests.reports.scenes import IN_TIME, Scene

COUNTS = ("member_count", "obliged_count", "present_count", "excused_count", "unexcused_count")
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


def posted(values: dict[str, Any]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def paper_with(report: MeetingReport, **changes: str) -> Paper:
    return Paper(report, posted(filled(report, **changes)))


def errors_of(paper: Paper) -> dict[str, list[str]]:
    paper.is_valid()
    found = {**paper.questions.errors, **paper.scores.errors}
    for rows in (paper.moods, paper.recommendations):
        for row in rows.forms:
            found.update({row.add_prefix(name): texts for name, texts in row.errors.items()})
    return {name: list(texts) for name, texts in found.items()}


@pytest.mark.django_db
def test_complete_form_gives_what_the_action_takes() -> None:
    report = Scene().opened()

    paper = paper_with(report)

    assert errors_of(paper) == {}
    cleaned = paper.cleaned()
    assert cleaned["present_count"] == 38
    assert cleaned["results"] == "Thu quỹ đạt 96 %,\ncòn 3 hộ chưa nộp."
    assert cleaned["scores"] == {
        "attendee": {n: Decimal(p) for n, p in enumerate((5, 5, 9, 36, 5, 26, 5), 1)}
    }
    assert [mood["field"].code for mood in cleaned["moods"]] == ["thuy-loi"]
    assert len(cleaned["recommendations"]) == 1


BAD = [
    ({"present_count": "43"}, "present_count", "Số có mặt (43) lớn hơn tổng số đảng viên (41). Xem lại một trong hai số."),
    ({"obliged_count": "42"}, "obliged_count", "Số phải sinh hoạt (42) lớn hơn tổng số đảng viên (41). Xem lại một trong hai số."),
    ({"excused_count": "3"}, "unexcused_count", "Có mặt 38, vắng có lý do 3, vắng không lý do 1: cộng lại là 42, không bằng số phải sinh hoạt (40)."),
    ({"ended_at": "19:00"}, "ended_at", "Giờ kết thúc (19:00) không sau giờ bắt đầu (19:30)."),
    ({"ended_at": "19:30"}, "ended_at", "Giờ kết thúc (19:30) không sau giờ bắt đầu (19:30)."),
    ({"began_at": ""}, "began_at", "Chưa ghi mục “Bắt đầu lúc”."),
    ({"chaired_by": "   "}, "chaired_by", "Chưa ghi mục “Người chủ trì”."),
    ({"agenda": []}, "agenda", "Chưa ghi mục “Đã thực hiện”."),
    ({"score-attendee-1": "6"}, "score-attendee-1", "Điểm vượt mức tối đa 5 của tiêu chí “Thời gian, thời lượng”."),
    ({"score-attendee-2": "-1"}, "score-attendee-2", "Điểm không được âm."),
    ({"score-attendee-3": ""}, "score-attendee-3", "Chưa chấm tiêu chí “Chuẩn bị”."),
    ({"score-attendee-4": "ba"}, "score-attendee-4", "Điểm là một số, ví dụ 4 hoặc 4,5."),
    ({"score-branch-1": "5"}, "score-branch-2", "Phiếu của chi bộ chấm đủ các tiêu chí, hoặc để trống cả phiếu."),
    ({"moods-0-tone": ""}, "moods-0-tone", "Chọn mức độ."),
    ({"moods-0-field": ""}, "moods-0-field", "Chọn chủ đề."),
    ({"recommendations-0-text": "Sửa đường"}, "recommendations-0-text", "Kiến nghị quá ngắn. Nêu rõ ở đâu, bao nhiêu, cần ai làm gì."),
    ({"recommendations-0-proposal": ""}, "recommendations-0-proposal", "Ghi chi bộ đề xuất giải quyết thế nào, đến khi nào."),
    ({"recommendations-0-field": ""}, "recommendations-0-field", "Chọn lĩnh vực."),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "sentence"), BAD, ids=[f"{b[1]}-{n}" for n, b in enumerate(BAD)]
)
def test_bad_input_is_told_at_its_field(changes: dict[str, str], field: str, sentence: str) -> None:
    report = Scene().opened()

    errors = errors_of(paper_with(report, **changes))

    assert errors[field] == [sentence]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field",
    [
        "results",
        "chaired_by",
        "pressing_problem",
        "moods-0-text",
        "recommendations-0-text",
        "recommendations-0-proposal",
    ],
)
def test_marks_of_secrecy_are_refused_at_every_free_text(field: str) -> None:
    report = Scene().opened()

    errors = errors_of(paper_with(report, **{field: "Theo văn bản MẬT số 3 của trên."}))

    assert errors[field][0].startswith("Trong nội dung có dấu hiệu “MẬT”.")


@pytest.mark.django_db
def test_topic_stands_once() -> None:
    report = Scene().opened()
    field = str(Field.objects.get(code="thuy-loi").pk)
    twice = {"moods-1-field": field, "moods-1-tone": "calm"}

    assert errors_of(paper_with(report, **twice)) == {
        "moods-1-field": ["Chủ đề “Thủy lợi” đã ghi ở trên. Gộp vào một dòng."]
    }


@pytest.mark.django_db
def test_removed_row_is_no_row() -> None:
    report = Scene().opened()
    emptied = {f"recommendations-0-{name}": "" for name in ("text", "proposal", "field", "urgency")}

    paper = paper_with(report, **emptied)

    assert errors_of(paper) == {}
    assert paper.cleaned()["recommendations"] == []


@pytest.mark.django_db
def test_points_may_have_a_comma() -> None:
    report = Scene().opened()

    paper = paper_with(report, **{"score-attendee-1": "4,5"})

    assert errors_of(paper) == {}
    assert paper.cleaned()["scores"]["attendee"][1] == Decimal("4.5")


@pytest.mark.django_db
def test_authorities_are_the_commune_and_the_agencies_of_the_province() -> None:
    scene = Scene()
    elsewhere = factories.agency(factories.province(name="Tỉnh ủy khác"), name="Sở khác")
    closed = factories.agency(scene.province, name="Sở đã giải thể", ends_on=factories.FIRST_DAY)
    factories.commune(scene.province, name="Xã bên")

    choices = Paper(scene.opened()).recommendations.empty_form.fields["suggested_authority"].choices

    names = [name for _, name in choices]
    assert names == ["Để cán bộ tiếp nhận chọn", scene.commune.name, scene.agency.name]
    assert {elsewhere.kind, closed.kind} == {UnitKind.AGENCY}


@pytest.mark.django_db
def test_earlier_counts_are_only_a_hint() -> None:
    scene = Scene()
    scene.submitted()
    scene.meeting = factories.meeting(scene.branch, on=IN_TIME.date().replace(month=12))
    with time_machine.travel(IN_TIME.replace(month=12)):
        report = scene.opened()
    earlier = MeetingReport.objects.before(scene.meeting).first()

    paper = Paper(report)
    paper.lay_beside(earlier, None)
    returned = Paper(report, QueryDict("present_count=abc"))
    assert not returned.is_valid()
    returned.lay_beside(earlier, None)

    assert paper.questions["present_count"].value() is None
    assert paper.questions["present_count"].help_text == "Kỳ trước: 38"
    assert returned.questions["present_count"].help_text == "Kỳ trước: 38"


@pytest.mark.django_db
def test_what_was_typed_comes_back_into_the_form() -> None:
    report = Scene().opened()
    report.draft = typed_in(posted(filled(report)))

    paper = Paper(report)

    assert paper.questions["agenda"].value() == ["news", "results"]
    assert [row["text"].value() for row in paper.mood_rows()] == ["Lo úng vụ đông."]
    assert [row["urgency"].value() for row in paper.recommendation_rows()] == ["soon"]
    assert paper.scores["score-attendee-4"].value() == "36"


@pytest.mark.django_db
def test_returned_report_fills_the_form_with_what_was_filed() -> None:
    report = Scene().returned()

    draft = draft_of(report)

    assert draft["recommendations-0-number"] == "KN-2026-000001"
    data = posted({**filled(report), **draft})
    assert errors_of(Paper(report, data)) == {}


@PATIENT
@given(
    rows=st.lists(
        st.dictionaries(st.sampled_from(["field", "tone", "text"]), st.text(min_size=1), min_size=1)
    )
)
def test_rows_of_a_draft_survive_being_flattened(rows: list[dict[str, str]]) -> None:
    assert rows_of(flat("moods", rows), "moods") == rows


@PATIENT
@given(counts=st.tuples(*[st.integers(-5, 60)] * 5))
def test_counts_are_accepted_only_if_they_agree(counts: tuple[int, ...]) -> None:
    members, obliged, present, excused, unexcused = counts
    definition = [{"fields": [{"key": key, "label": key, "kind": "count"} for key in COUNTS]}]
    agree = (
        min(counts) >= 0
        and max(obliged, present) <= members
        and present + excused + unexcused == obliged
    )

    form = Questions(
        dict(zip(COUNTS, map(str, counts), strict=True)), definition=definition, fields=[]
    )

    assert form.is_valid() == agree


def test_a_row_of_a_made_up_number_is_no_row() -> None:
    assert rows_of({f"moods-{'9' * 5000}-text": "x", "moods-1-text": "y"}, "moods") == [
        {"text": "y"}
    ]
