"""Pages of recommendations: what one finds, what one reads, what one does."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.models import Answer, Field, Recommendation
from reports.states import Outcome, RecommendationStatus
from tests import factories
from tests.reports.recommending import (
    ANSWERED,
    READ_OUT,
    Village,
    answer,
    filed_report,
    forward,
    read_out,
    recommendation,
    village,
)

TODAY = "2026-11-23 08:00+07:00"
LIST = "/reports/recommendations/"
LIST_QUERIES = 10

pytestmark = pytest.mark.django_db


def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def page(place: Village, name: str) -> str:
    return reverse(f"reports:recommendation_{name}", args=[place.recommendation.pk])


def numbers(response: Any) -> list[str]:
    return [row.number for row in response.context["page"].rows]


def more(place: Village, count: int, **kwargs: object) -> list[Recommendation]:
    """As many again, each of a branch of its own."""
    branches = [
        factories.branch(place.commune, name=f"Chi bộ thôn {index}") for index in range(count)
    ]
    return [
        recommendation(filed_report(factories.meeting(branch), place.official), **kwargs)
        for branch in branches
    ]


@pytest.mark.parametrize("count", [0, 2])
@time_machine.travel(TODAY, tick=False)
def test_the_list_asks_the_same_however_long(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = village()
    more(place, count)
    signed_in(client, place.commission)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(LIST)

    assert len(response.context["page"].rows) == count + 1


@time_machine.travel("2026-12-10 08:00+07:00", tick=False)
def test_filters_find_by_state_field_authority_commune_month_and_text(client: Client) -> None:
    place = village()
    forward(place)
    road = more(
        place,
        1,
        text="Sửa đường trục thôn Trung.",
        field=Field.objects.get(code="giao-thong"),
    )[0]
    mine, other = place.recommendation.number, road.number
    signed_in(client, place.commission)

    found = {
        query: numbers(client.get(f"{LIST}?{query}"))
        for query in (
            "state=received",
            "state=overdue",
            f"field={road.field_id}",
            f"authority={place.agency.pk}",
            "q=DUONG truc",
            f"q={mine.lower()}",
            "month=2026-12",
            "due=2026-12",
        )
    }

    assert found == {
        "state=received": [other],
        "state=overdue": [mine],
        f"field={road.field_id}": [other],
        f"authority={place.agency.pk}": [mine],
        "q=DUONG truc": [other],
        f"q={mine.lower()}": [mine],
        "month=2026-12": [],
        "due=2026-12": [mine],
    }


@time_machine.travel("2026-12-10 08:00+07:00", tick=False)
def test_overdue_counts_and_says_by_how_many_days(client: Client) -> None:
    place = village()
    forward(place)
    more(place, 1)
    signed_in(client, place.desk)

    response = client.get(LIST)

    assert {state: count for state, _, count in response.context["tabs"]} == {
        "received": 1,
        "open": 1,
        "overdue": 1,
        "answered": 0,
        "closed": 0,
        "set_aside": 0,
    }
    assert "Quá hạn trả lời 4 ngày" in response.content.decode()


@time_machine.travel(TODAY, tick=False)
def test_an_authority_sees_only_what_was_sent_to_it_and_no_phone(client: Client) -> None:
    place = village()
    factories.ContactFactory(unit=place.branch, phone="+84912000001")
    place.official.phone = "+84912000002"
    place.official.save()
    forward(place)
    hidden = more(place, 1)[0]
    signed_in(client, place.officer)

    listed = client.get(LIST)
    detail = client.get(page(place, "detail")).content.decode()
    other = client.get(reverse("reports:recommendation_detail", args=[hidden.pk]))

    assert numbers(listed) == [place.recommendation.number]
    assert "Chi bộ xóm 13" in detail
    assert "0912" not in detail
    assert place.report.get_absolute_url() not in detail
    assert other.status_code == 404


@time_machine.travel(TODAY, tick=False)
def test_two_pages_by_key_hold_every_row_once(client: Client) -> None:
    place = village()
    more(place, 55)
    signed_in(client, place.commission)

    first = client.get(LIST)
    second = client.get(LIST, {"after": first.context["page"].after})

    seen = numbers(first) + numbers(second)
    assert (len(numbers(first)), len(numbers(second)), len(set(seen))) == (50, 6, 56)


def test_the_detail_tells_the_whole_life(client: Client) -> None:
    place = village()
    forward(place, note="Đề nghị trả lời rõ thời gian.")
    answer(place, at="2026-11-18 09:00+07:00", outcome=Outcome.NOT_COMPETENT, owner=place.commune,
           text="Mương nội đồng do xã quản lý.")  # fmt: skip
    officer = factories.UserFactory(role="authority_officer", unit=place.commune)
    answer(place, by=officer, text="Nạo vét trước 12/01/2027.")
    read_out(place, is_satisfied=False, note="Chưa rõ bao giờ khởi công.")
    signed_in(client, place.secretary)

    with time_machine.travel("2026-12-05 08:00+07:00", tick=False):
        response = client.get(page(place, "detail"))

    told = [(step.shape, step.title, step.on) for step in response.context["steps"]]
    assert told == [
        ("done", "Chi bộ nêu kiến nghị", date(2026, 11, 3)),
        ("turn", "Chuyển Sở Nông nghiệp và Môi trường", date(2026, 11, 6)),
        ("turn", "Sở Nông nghiệp và Môi trường báo không đúng thẩm quyền", date(2026, 11, 18)),
        ("done", "Xã Quang Thiện trả lời", date(2026, 12, 1)),
        ("turn", "Chi bộ chưa đồng tình, mở lại", date(2026, 12, 3)),
        ("here", "Xã Quang Thiện trả lời", date(2027, 1, 2)),
        ("ahead", "Thông báo lại chi bộ", None),
        ("ahead", "Kết thúc", None),
    ]
    assert response.context["explanation"].counted_from == date(2026, 12, 3)


def test_a_deadline_that_was_missed_shows_at_the_answer(client: Client) -> None:
    place = village()
    forward(place)
    answer(place, at="2026-12-07 00:30+07:00")
    signed_in(client, place.desk)

    steps = client.get(page(place, "detail")).context["steps"]

    assert [step.badge for step in steps if step.answer] == ["Muộn"]


@time_machine.travel(TODAY, tick=False)
def test_forwarding_by_the_page_asks_for_the_deadline_once(client: Client) -> None:
    place = village()
    signed_in(client, place.desk)

    shown = client.get(page(place, "forward"))
    sent = client.post(
        page(place, "forward"), {"authority": place.agency.pk, "due_on": "2026-12-15", "note": ""}
    )
    again = client.get(page(place, "forward"))

    assert shown.context["form"].initial["due_on"] == date(2026, 12, 23)
    assert sent["Location"] == place.recommendation.get_absolute_url()
    assert Recommendation.objects.get().due_on == date(2026, 12, 15)
    assert list(again.context["form"].fields) == ["authority", "note"]


BAD_FORWARDS = {
    "no authority": ({"authority": ""}, "authority"),
    "a deadline today": ({"due_on": "2026-11-23"}, "due_on"),
    "a day that is none": ({"due_on": "31/02/2027"}, "due_on"),
    "a secret": ({"note": "Tài liệu TỐI MẬT kèm theo"}, "note"),
    "a note too long": ({"note": "a" * 501}, "note"),
}


@pytest.mark.parametrize(("values", "field"), BAD_FORWARDS.values(), ids=BAD_FORWARDS)
@time_machine.travel(TODAY, tick=False)
def test_a_misshapen_forward_keeps_what_was_typed(
    values: dict[str, str], field: str, client: Client
) -> None:
    place = village()
    signed_in(client, place.desk)
    data = {"authority": place.agency.pk, "due_on": "2026-12-15", "note": "Xem kỹ.", **values}

    response = client.post(page(place, "forward"), data)

    assert list(response.context["form"].errors) == [field]
    assert response.context["form"]["note"].value() == data["note"]
    assert Recommendation.objects.get().status == RecommendationStatus.RECEIVED


BAD_ANSWERS = {
    "nothing": ({"outcome": "", "text": ""}, ["outcome", "text"]),
    "a promise without a day": ({"outcome": "scheduled"}, ["settled_by"]),
    "a promise for yesterday": (
        {"outcome": "scheduled", "settled_by": "2026-11-30"},
        ["settled_by"],
    ),
    "a secret": ({"text": "Văn bản (mật) số 3"}, ["text"]),
    "an owner that is none": ({"outcome": "not_competent", "owner": "0"}, ["owner"]),
}


@pytest.mark.parametrize(("values", "fields"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_misshapen_answer_is_not_sent(
    values: dict[str, str], fields: list[str], client: Client
) -> None:
    place = village()
    forward(place)
    signed_in(client, place.officer)

    with time_machine.travel(ANSWERED, tick=False):
        response = client.post(
            page(place, "answer"), {"outcome": "explained", "text": "Đã rõ.", **values}
        )

    assert list(response.context["form"].errors) == fields
    assert Answer.objects.count() == 0


def test_an_answer_with_its_document(client: Client) -> None:
    place = village()
    forward(place)
    signed_in(client, place.officer)
    upload = SimpleUploadedFile("cv-214.pdf", b"%PDF-1.7 tra loi", "application/pdf")

    with time_machine.travel(ANSWERED, tick=False):
        client.post(
            page(place, "answer"),
            {"outcome": "scheduled", "text": "Khởi công 20/12.", "settled_by": "2027-01-12",
             "document_number": "214/UBND", "document_on": "2026-12-01", "upload": upload},
        )  # fmt: skip
    kept = Answer.objects.get()
    signed_in(client, place.secretary)
    sent = client.get(reverse("reports:answer_file", args=[kept.pk]))

    assert (kept.settled_by, kept.document_number) == (date(2027, 1, 12), "214/UBND")
    assert sent["Content-Disposition"] == 'attachment; filename="cv-214.pdf"'
    assert b"".join(sent.streaming_content) == b"%PDF-1.7 tra loi"


def test_an_answer_with_a_file_of_a_wrong_kind_is_refused_and_not_kept(client: Client) -> None:
    place = village()
    forward(place)
    signed_in(client, place.officer)
    upload = SimpleUploadedFile("anh.pdf", b"MZ\x00\x01", "application/pdf")

    with time_machine.travel(ANSWERED, tick=False):
        response = client.post(
            page(place, "answer"), {"outcome": "explained", "text": "Đã rõ.", "upload": upload}
        )

    assert response.status_code == 422
    assert Answer.objects.count() == 0
    assert Recommendation.objects.get().status == RecommendationStatus.OPEN


def test_reading_out_by_the_page_that_offers_only_meetings_that_have_begun(client: Client) -> None:
    place = village()
    forward(place)
    answer(place)
    factories.meeting(place.branch, on=date(2027, 1, 3))
    signed_in(client, place.attendee)

    with time_machine.travel(READ_OUT, tick=False):
        shown = client.get(page(place, "detail"))
        offered = list(shown.context["read_out_form"].fields["meeting"].queryset)
        client.post(
            page(place, "read_out"), {"meeting": place.next_meeting.pk, "said": "yes", "note": ""}
        )

    assert offered == [place.next_meeting]
    assert Recommendation.objects.get().status == RecommendationStatus.CLOSED


def test_before_the_meeting_the_page_says_when(client: Client) -> None:
    place = village()
    forward(place)
    answer(place)
    signed_in(client, place.attendee)

    with time_machine.travel("2026-12-02 08:00+07:00", tick=False):
        shown = client.get(page(place, "detail"))
        refused = client.get(page(place, "read_out"))

    sentence = "Ghi được khi cuộc họp đã bắt đầu, lúc 19:30 ngày 03/12/2026."
    assert shown.context["read_out_form"] is None
    assert sentence in shown.content.decode()
    assert refused.status_code == 422
    assert sentence in refused.content.decode()


def test_a_dissatisfied_branch_says_why(client: Client) -> None:
    place = village()
    forward(place)
    answer(place)
    signed_in(client, place.attendee)

    with time_machine.travel(READ_OUT, tick=False):
        response = client.post(
            page(place, "read_out"), {"meeting": place.next_meeting.pk, "said": "no", "note": ""}
        )

    assert response.context["form"].errors == {"note": ["Chi bộ chưa đồng tình: ghi lý do."]}


def test_a_complaint_is_set_aside_and_points_to_the_inspection_commission(client: Client) -> None:
    place = village()
    signed_in(client, place.desk)

    client.post(page(place, "set_aside"), {"reason": "complaint", "note": "Đơn của một hộ"})

    assert Recommendation.objects.get().set_aside_because == (
        "Là khiếu nại, tố cáo: gửi Ủy ban Kiểm tra theo quy định, không xử lý ở đây. Đơn của một hộ"
    )


def test_another_reason_is_written(client: Client) -> None:
    place = village()
    signed_in(client, place.desk)

    response = client.post(page(place, "set_aside"), {"reason": "other", "note": ""})

    assert response.context["form"].errors == {"note": ["Ghi lý do."]}
