"""Photos and papers of a report: sent, refused, taken out again."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.actions import attachments
from reports.models import Attachment, MeetingReport
from roster.models import Event
from tests.reports.posts import filled
from tests.reports.scenes import IN_TIME, Scene
from tests.reports.test_report_views import edit_url, text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def attendee(client: Client, scene: Scene) -> Client:
    client.force_login(scene.attendee)
    return client


def test_photo_goes_up_and_comes_down_again(attendee: Client, scene: Scene) -> None:
    scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])
    upload = SimpleUploadedFile("biên bản.pdf", PDF)

    added = attendee.post(url, {"files": upload}, headers={"Accept": "application/json"})
    attachment = Attachment.objects.get()
    got = attendee.get(reverse("reports:attachment_detail", args=[attachment.pk]))
    attendee.post(reverse("reports:attachment_delete", args=[attachment.pk]))

    assert "biên bản.pdf" in added.json()["files"]
    assert b"".join(got.streaming_content) == PDF
    assert "attachment" in got["Content-Disposition"]
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("mat_ke_hoach.pdf", PDF, "có dấu hiệu MẬT"),
        (
            "virus.pdf",
            b"MZ\0\0",
            "không phải PDF, ảnh, Word (.docx) hoặc Excel (.xlsx). Chọn tệp khác.",
        ),
        ("trong.pdf", b"", "Tệp này rỗng"),
        ("to.pdf", PDF + b" " * (10 * 1024 * 1024), "lớn quá 10 MB"),
    ],
)
def test_file_that_may_not_be_kept_is_refused(
    attendee: Client, scene: Scene, name: str, content: bytes, sentence: str
) -> None:
    scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])

    response = attendee.post(url, {"files": SimpleUploadedFile(name, content)})

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not Attachment.objects.exists()


def test_eleventh_file_is_refused(attendee: Client, scene: Scene) -> None:
    scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])
    files = [SimpleUploadedFile(f"{one}.pdf", PDF + b"%d" % one) for one in range(11)]

    response = attendee.post(url, {"files": files})

    assert "Báo cáo đã có 10 tệp." in text_of(response)
    assert Attachment.objects.count() == 10


def test_file_sent_again_after_a_lost_answer_is_kept_once(attendee: Client, scene: Scene) -> None:
    scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])

    for content in (PDF, PDF, PDF + b"%"):
        attendee.post(url, {"files": SimpleUploadedFile("a.pdf", content)})

    assert Attachment.objects.count() == 2


def test_without_scripts_a_file_is_taken_out_and_the_words_are_kept(
    attendee: Client, scene: Scene
) -> None:
    report = scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])
    attendee.post(url, {"files": SimpleUploadedFile("a.pdf", PDF)})
    drop = Attachment.objects.get().pk

    response = attendee.post(
        edit_url(scene),
        {"version": report.version, "news": "Kỳ họp tỉnh.", "drop": drop},
        follow=True,
    )

    assert "Đã bỏ tệp, đã lưu bản nháp." in text_of(response)
    assert not Attachment.objects.exists()
    assert MeetingReport.objects.get().draft == {"news": "Kỳ họp tỉnh."}


def test_file_taken_out_on_two_pages_is_taken_out_once(scene: Scene) -> None:
    attachments.attach_file(scene.opened(), SimpleUploadedFile("a.pdf", PDF), by=scene.attendee)
    both = [Attachment.objects.get(), Attachment.objects.get()]

    for attachment in both:
        attachments.remove_attachment(attachment, by=scene.attendee)

    assert Event.objects.filter(verb="file_removed").count() == 1


def test_files_are_read_for_the_receipt_once_none_can_come(attendee: Client, scene: Scene) -> None:
    typed = filled(scene.opened())

    with CaptureQueriesContext(connection) as asked:
        attendee.post(edit_url(scene), typed)

    said = [one["sql"] for one in asked]
    locked = next(index for index, sql in enumerate(said) if sql.endswith("FOR UPDATE"))
    read = next(index for index, sql in enumerate(said) if "FROM reports_attachment" in sql)
    assert locked < read


def test_report_is_locked_only_once_its_file_is_looked_through(
    attendee: Client, scene: Scene
) -> None:
    """The scanner may take its time, and the page goes on saving."""
    scene.opened()
    url = reverse("reports:attachment_add", args=[scene.meeting.pk])
    sent = [SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("virus.pdf", b"MZ\0\0")]

    locks = []
    for upload in sent:
        with CaptureQueriesContext(connection) as asked:
            attendee.post(url, {"files": upload})
        locks.append(any("FOR UPDATE" in one["sql"] for one in asked))

    assert locks == [True, False]
