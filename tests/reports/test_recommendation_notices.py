"""What people read when a recommendation moves on: the subject first, then one link."""

import pytest
from django.conf import settings

from notices.models import Notice
from notices.texts import render
from reports.actions import recommendations as actions
from reports.states import Outcome
from tests.reports.recommending import Village, answer, forward, read_out, village

pytestmark = pytest.mark.django_db


def words(place: Village, kind: str) -> tuple[str, str]:
    """Subject and text as the first person gets them."""
    notice = Notice.objects.filter(kind=f"reports.{kind}").order_by("pk")[0]
    return render(notice)


def link(place: Village) -> str:
    return f"{settings.SITE_URL}{place.recommendation.get_absolute_url()}"


def test_what_the_authority_reads() -> None:
    place = village()
    forward(place)
    number = place.recommendation.number

    subject, text = words(place, "recommendation_forwarded")

    assert subject == f"Kiến nghị {number} chờ trả lời, hạn 06/12/2026"
    assert text == (
        "Chi bộ xóm 13 có kiến nghị chuyển tới Sở Nông nghiệp và Môi trường.\n"
        "Hạn trả lời: 06/12/2026.\n\n"
        f"Đọc và trả lời: {link(place)}"
    )


def test_what_those_read_who_bring_the_answer() -> None:
    place = village()
    forward(place)
    answer(place)
    number = place.recommendation.number

    subject, text = words(place, "recommendation_answered")

    assert subject == f"Đã có trả lời kiến nghị {number}, Chi bộ xóm 13"
    assert text.endswith(f"Xem câu trả lời: {link(place)}")


def test_what_desk_and_authority_read_when_it_opens_again() -> None:
    place = village()
    forward(place)
    answer(place)
    read_out(place, is_satisfied=False, note="Chưa rõ.")
    number = place.recommendation.number

    subject, text = words(place, "recommendation_reopened")

    assert subject == f"Chi bộ chưa đồng tình: kiến nghị {number} mở lại, hạn 02/01/2027"
    assert "Kiến nghị trở lại Sở Nông nghiệp và Môi trường." in text


def test_what_the_desk_reads_when_it_comes_back() -> None:
    place = village()
    forward(place)
    answer(place, outcome=Outcome.NOT_COMPETENT)
    number = place.recommendation.number

    subject, text = words(place, "recommendation_returned")

    assert subject == f"Kiến nghị {number} được trả lại để chuyển nơi khác"
    assert "Hạn trả lời không đổi: 06/12/2026." in text


def test_what_the_branch_reads_when_it_is_not_dealt_with() -> None:
    place = village()
    actions.set_aside_recommendation(place.recommendation, because="Trùng.", by=place.desk)
    number = place.recommendation.number

    subject, text = words(place, "recommendation_set_aside")

    assert subject == f"Kiến nghị {number} không được thụ lý"
    assert text.endswith(f"Xem lý do: {link(place)}")
