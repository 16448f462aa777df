"""The paper fall-back: the form to print, its photo, and the desk that types it in, told for good."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pypdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from config.lib.errors import Refused
from meetings.models import Attendance
from reports.actions import paper
from reports.actions import reports as actions
from reports.models import Attachment, MeetingReport, ReportForm, ScoringFrame
from reports.states import ReportStatus
from roster.models import Event
from tests.reports.posts import filled
from tests.reports.scenes import IN_TIME, Scene, cleaned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


def photo(name: str = "trang-1.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7\n%%EOF " + name.encode())


def photographed(scene: Scene) -> Attachment:
    report = paper.begin_on_paper(scene.meeting, by=scene.attendee)
    return paper.attach_paper_form(report, photo(), by=scene.attendee)


def url(name: str, scene: Scene) -> str:
    return reverse(f"reports:{name}", args=[scene.meeting.pk])


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_form_is_personal_and_asks_what_the_meetings_own_form_asks(scene: Scene) -> None:
    answer = signed_in(scene.attendee).get(url("report_paper_form", scene))

    text = " ".join(
        " ".join(
            page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages
        ).split()
    )
    assert scene.official.full_name in text
    assert {"1", "03/11/2026"} < set(text.replace(",", " ").split())
    labels = [
        q["label"]
        for s in ReportForm.objects.on(scene.meeting.held_on).get().definition
        for q in s["fields"]
    ]
    assert [label for label in labels if label not in text] == []


def test_last_sheet_holds_the_parts_of_each_criterion_to_be_ticked(scene: Scene) -> None:
    answer = signed_in(scene.attendee).get(url("report_paper_form", scene))

    last = pypdf.PdfReader(BytesIO(answer.content)).pages[-1].extract_text()
    frame = ScoringFrame.objects.on(scene.meeting.held_on).get()
    said = " ".join(last.split())
    labels = [part["label"] for one in frame.criteria.all() for part in one.parts]
    assert [label for label in labels if label not in said] == []
    assert "Từ 80 đến dưới 90 % (27)" in said


def test_same_meeting_gives_the_same_file(scene: Scene) -> None:
    client = signed_in(scene.attendee)

    first, second = (client.get(url("report_paper_form", scene)).content for _ in range(2))

    assert first == second


def test_desk_types_in_what_the_attendee_photographed(scene: Scene) -> None:
    attendee, desk = signed_in(scene.attendee), signed_in(scene.desk)

    attendee.post(url("report_typed", scene), {"files": [photo(), photo("trang-2.pdf")]})
    begun = desk.post(url("report_type_in", scene))
    report = MeetingReport.objects.get()
    saved = desk.post(url("report_save_draft", scene), {"version": "0", "news": "Tin của tỉnh"})
    filed = desk.post(url("report_edit", scene), filled(report, version="1"))

    assert begun["Location"] == url("report_edit", scene)
    assert saved.status_code == 200
    assert filed["Location"] == reverse("reports:report_receipt", args=[report.pk])
    report.refresh_from_db()
    assert (report.status, report.author, report.typed_by) == (
        ReportStatus.SUBMITTED,
        scene.official,
        scene.desk,
    )
    assert report.attachments.filter(is_paper_form=True).count() == 2
    assert Attendance.objects.get().official == scene.official
    assert Event.objects.filter(verb="typed_in", by=scene.desk).exists()
    assert "nhập thay" in desk.get(report.get_absolute_url()).content.decode().lower()


def test_inbox_and_first_page_show_what_waits_to_be_typed(scene: Scene) -> None:
    photographed(scene)
    desk = signed_in(scene.desk)

    assert "Báo cáo bản giấy chờ nhập" in desk.get("/").content.decode()
    assert len(desk.get("/reports/?state=paper").context["lines"]) == 1

    paper.type_in(scene.meeting, by=scene.desk)
    actions.submit_report(
        actions.open_report(scene.meeting, by=scene.desk),
        cleaned(),
        "k",
        by=scene.desk,
        now=IN_TIME,
    )

    assert len(desk.get("/reports/?state=paper").context["lines"]) == 0


def test_attendee_who_files_after_all_files_as_himself(scene: Scene) -> None:
    photographed(scene)
    report = paper.type_in(scene.meeting, by=scene.desk)

    actions.submit_report(report, cleaned(), "k", by=scene.attendee, now=IN_TIME)

    assert MeetingReport.objects.get().typed_by is None


def without_photo(scene: Scene) -> None:
    scene.opened()


def begun_on_the_phone(scene: Scene) -> None:
    photographed(scene)
    actions.save_draft(MeetingReport.objects.get(), {"news": "Tin"}, 0, by=scene.attendee)


def typed_by_another(scene: Scene) -> None:
    photographed(scene)
    paper.type_in(scene.meeting, by=scene.commission)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (without_photo, "Gửi ảnh bản giấy trước, để ai xem báo cáo cũng đối chiếu được."),
        (
            begun_on_the_phone,
            "đang soạn báo cáo này trên máy. Hỏi đồng chí ấy trước khi nhập thay.",
        ),
        (typed_by_another, "đang nhập báo cáo này."),
        (Scene.submitted, "Gửi ảnh bản giấy trước, để ai xem báo cáo cũng đối chiếu được."),
    ],
)
def test_desk_may_not_type(scene: Scene, prepare: Any, sentence: str) -> None:
    prepare(scene)

    with pytest.raises(Refused) as refusal:
        paper.type_in(scene.meeting, by=scene.desk)

    assert str(refusal.value).endswith(sentence)


def test_desk_that_types_nothing_in_may_not_write(scene: Scene) -> None:
    photographed(scene)

    with pytest.raises(Refused):
        actions.open_report(scene.meeting, by=scene.desk)


def test_file_that_is_no_picture_is_refused_and_nothing_kept(scene: Scene) -> None:
    page = signed_in(scene.attendee).post(
        url("report_typed", scene), {"files": SimpleUploadedFile("a.exe", b"MZ\0\0")}, follow=True
    )

    assert not Attachment.objects.exists()
    assert "Chưa có ảnh nào." in page.content.decode()


def test_clerk_sees_the_photo_beside_the_fields(scene: Scene) -> None:
    attendee, desk = signed_in(scene.attendee), signed_in(scene.desk)
    picture = BytesIO()
    Image.new("RGB", (8, 4), "white").save(picture, "PNG")
    upload = SimpleUploadedFile("trang-1.png", picture.getvalue())
    attendee.post(url("report_typed", scene), {"files": [upload, photo()]})
    desk.post(url("report_type_in", scene))

    page = desk.get(url("report_edit", scene)).content.decode()
    shown, kept = (
        reverse("reports:attachment_detail", args=[one.pk])
        for one in Attachment.objects.order_by("pk")
    )

    assert f'<img src="{shown}?shown"' in page
    assert how_given(desk, f"{shown}?shown") == "inline"
    assert how_given(desk, f"{kept}?shown") == how_given(desk, shown) == "attachment"


def how_given(client: Client, address: str) -> str:
    response = client.get(address)
    b"".join(response.streaming_content)  # read to its end, it is closed
    assert response["X-Content-Type-Options"] == "nosniff"
    return response["Content-Disposition"].partition(";")[0]
