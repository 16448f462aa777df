"""What the form tells its writer: similar recommendations, whom to address, what was answered since."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reports import prompts
from reports.actions import reports as actions
from reports.models import Field, MeetingReport, Recommendation
from tests import factories
from tests.reports import recommending
from tests.reports.recommending import Village, filed_report, recommendation, village

pytestmark = pytest.mark.django_db
MEANT = "Mương tiêu qua xóm bồi lắng, đề nghị nạo vét mương tiêu vì ngập lúa vụ mùa"


@pytest.fixture(autouse=True)
def _the_day_of_the_next_meeting() -> Iterator[None]:
    with time_machine.travel("2026-12-03 21:00+07:00", tick=False):
        yield


@pytest.fixture
def place() -> Village:
    return village()


def opened(place: Village) -> MeetingReport:
    return actions.open_report(place.next_meeting, by=place.attendee)


def raised_in(place: Village, commune: Any, on: date, **kwargs: Any) -> Recommendation:
    meeting = factories.meeting(factories.branch(commune), on=on)
    return recommendation(filed_report(meeting, place.official), **kwargs)


def asked(client: Client, place: Village, **data: Any) -> str:
    client.force_login(place.attendee)
    url = reverse("reports:recommendation_prompts", args=[place.next_meeting.pk])
    return client.post(url, data).content.decode()


def test_similar_ones_are_of_the_same_commune_and_the_last_year_and_of_other_reports(
    place: Village,
) -> None:
    report = opened(place)
    neighbour = raised_in(place, place.commune, date(2026, 11, 4))
    raised_in(place, factories.commune(place.province), date(2026, 11, 4))
    raised_in(place, place.commune, date(2025, 11, 4))
    raised_in(
        place,
        place.commune,
        date(2026, 11, 4),
        text="Xây thêm hai phòng học mầm non ở khu trung tâm.",
    )
    recommendation(report)

    found = prompts.similar(report, MEANT, None)

    assert found == [neighbour, place.recommendation]
    assert prompts.similar(report, "Nạo vét mương", None) == []


def test_in_the_chosen_field_a_lesser_likeness_is_shown(place: Village) -> None:
    report = opened(place)
    other_words = "Nạo vét mương ở đầu làng, nước rút chậm sau mưa lớn"

    assert prompts.similar(report, other_words, None) == []
    assert prompts.similar(report, other_words, place.recommendation.field) == [
        place.recommendation
    ]


def test_authority_that_answered_last_in_the_field_is_suggested_with_the_reason(
    place: Village,
) -> None:
    recommending.forward(place)
    recommending.answer(place)
    offered = [place.agency, place.other_agency]

    found = prompts.suggestion(place.recommendation.field, offered)

    assert found == prompts.Suggestion(
        place.agency,
        "vì kiến nghị lĩnh vực thủy lợi gần đây do Sở Nông nghiệp và Môi trường trả lời",
    )
    assert prompts.suggestion(Field.objects.get(code="y-te"), offered) is None
    assert prompts.suggestion(place.recommendation.field, [place.other_agency]) is None


@pytest.mark.parametrize(
    ("field", "name", "reason"),
    [
        ("y-te", "Sở Y tế", "vì việc lĩnh vực y tế thường do Sở Y tế giải quyết"),
        ("dat-dai", "UBND xã Quang Thiện", "vì việc lĩnh vực đất đai thường do UBND xã Quang Thiện giải quyết"),
    ],
)  # fmt: skip
def test_before_any_answer_the_usual_authority_is_suggested(
    field: str, name: str, reason: str
) -> None:
    province = factories.province()
    commune = factories.commune(province, name="Xã Quang Thiện")
    health = factories.agency(province, name="Sở Y tế")
    committee = factories.agency(commune, name="UBND xã Quang Thiện")

    found = prompts.suggestion(Field.objects.get(code=field), [commune, committee, health])

    assert found is not None
    assert (found.authority.name, found.reason) == (name, reason)
    assert prompts.suggestion(Field.objects.get(code="khac"), [commune, committee, health]) is None


def test_commune_without_a_committee_on_record_is_suggested_itself() -> None:
    commune = factories.commune(factories.province())

    found = prompts.suggestion(Field.objects.get(code="dat-dai"), [commune])

    assert found is not None
    assert found.authority == commune


def test_piece_of_the_page_says_both_and_nothing_for_odd_input(
    client: Client, place: Village
) -> None:
    opened(place)
    recommending.forward(place)
    recommending.answer(place)

    page = asked(client, place, text=MEANT, field=place.recommendation.field_id)

    assert f'data-suggestion="{place.agency.pk}"' in page
    assert place.recommendation.number in page
    assert asked(client, place, text="\0", field="x" * 40).split("\n", 1)[1].strip() == ""


def test_answers_since_the_meeting_before_are_shown_and_not_the_earlier_read_out_ones(
    place: Village,
) -> None:
    recommending.forward(place)
    assert prompts.answered_since_last(place.next_meeting, place.attendee) == []

    recommending.answer(place)

    assert prompts.answered_since_last(place.next_meeting, place.attendee) == [place.recommendation]
    recommending.read_out(place)
    later = factories.meeting(place.branch, on=date(2027, 1, 3))
    assert prompts.answered_since_last(later, place.attendee) == []


@pytest.mark.parametrize("text", ["Thu quỹ đạt 96 %, còn 3 hộ chưa nộp."])
def test_form_holds_last_months_words_and_the_answers(
    client: Client, place: Village, text: str
) -> None:
    place.report.answers = {"results": text}
    place.report.save(update_fields=["answers"])
    recommending.forward(place)
    recommending.answer(place)
    client.force_login(place.attendee)

    page = client.get(reverse("reports:report_edit", args=[place.next_meeting.pk]))

    assert f'data-earlier="{text}"' in page.content.decode()
    assert "Đã được trả lời từ kỳ họp trước" in page.content.decode()
