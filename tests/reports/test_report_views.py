"""The form, its draft, its receipt, the inbox and the desk's acts, through the real pages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.models import MeetingReport, ReportVersion
from reports.states import ReportStatus
from tests import factories
from tests.reports.posts import filled
from tests.reports.scenes import IN_TIME, Scene

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


@pytest.fixture
def desk(client: Client, scene: Scene) -> Client:
    client.force_login(scene.desk)
    return client


def edit_url(scene: Scene) -> str:
    return reverse("reports:report_edit", args=[scene.meeting.pk])


def draft_url(scene: Scene) -> str:
    return reverse("reports:report_save_draft", args=[scene.meeting.pk])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_form_is_filed_and_answers_with_a_receipt(attendee: Client, scene: Scene) -> None:
    response = attendee.post(edit_url(scene), filled(scene.opened()), follow=True)

    report = MeetingReport.objects.get()
    assert response.redirect_chain == [(reverse("reports:report_receipt", args=[report.pk]), 302)]
    assert "Đã nộp lúc 08:00 ngày 04/11/2026, số BN-2026-000001. Có thể đóng trang." in text_of(
        response
    )
    assert report.receipt in text_of(response)


def test_filing_writes_each_table_once_and_takes_the_numbers_late(
    attendee: Client, scene: Scene
) -> None:
    """The counters stay locked from then on, and the next who files waits for them."""
    typed = filled(scene.opened())

    with CaptureQueriesContext(connection) as asked:
        attendee.post(edit_url(scene), typed)

    said = [one["sql"].split() for one in asked]
    read = [words for words in said if words[0] == "SELECT"]
    written = [
        next(word.strip('"') for word in words if "_" in word)
        for words in said
        if words[0] in {"INSERT", "UPDATE"}
    ]
    assert written == [
        "reports_reportversion", "reports_mood", "reports_score", "reports_score", "notices_notice", "meetings_meeting",
        "meetings_attendance", "reports_reportnumber", "reports_meetingreport", "reports_recommendation",
        "reports_dirtymark", "roster_event",
    ]  # fmt: skip
    # user, report, who goes there twice, fields, files, the lock; the frame with criteria and bands
    assert len(read) == 10


def test_second_tab_gets_the_receipt_and_hears_that_its_words_differ(
    attendee: Client, scene: Scene
) -> None:
    first = filled(scene.opened())
    attendee.post(edit_url(scene), first)

    same = attendee.post(edit_url(scene), {**first, "idempotency_key": "2"}, follow=True)
    other = attendee.post(
        edit_url(scene), {**first, "idempotency_key": "3", "opinion_count": "9"}, follow=True
    )

    assert "nội dung trang vừa gửi khác bản đã nộp" not in text_of(same)
    assert "nội dung trang vừa gửi khác bản đã nộp" in text_of(other)
    assert ReportVersion.objects.count() == 1


def test_mistakes_come_back_with_every_word_and_are_kept_as_a_draft(
    attendee: Client, scene: Scene
) -> None:
    response = attendee.post(edit_url(scene), filled(scene.opened(), present_count="43"))

    report = MeetingReport.objects.get()
    assert "Số có mặt (43) lớn hơn tổng số đảng viên (41)." in text_of(response)
    assert "Nạo vét 420 m mương tiêu đầu xóm 13." in text_of(response)
    assert (report.status, report.draft["present_count"]) == (ReportStatus.DRAFT, "43")
    assert f'name="version" value="{report.version}"' in text_of(response)


def test_secret_text_is_shown_again_but_not_kept(attendee: Client, scene: Scene) -> None:
    response = attendee.post(edit_url(scene), filled(scene.opened(), news="công văn TUYỆT MẬT"))

    assert "Trong nội dung có dấu hiệu “TUYỆT MẬT”" in text_of(response)
    assert "news" not in MeetingReport.objects.get().draft


def test_stale_tab_may_not_file_unseen(attendee: Client, scene: Scene) -> None:
    typed = filled(scene.opened())
    attendee.post(draft_url(scene), {"version": "0", "chaired_by": "từ trang kia"})

    response = attendee.post(edit_url(scene), typed)

    assert response.status_code == 409
    assert "Bản nháp này vừa được lưu từ một trang khác." in text_of(response)
    assert "Nạo vét 420 m mương tiêu đầu xóm 13." in text_of(response)
    assert 'name="version" value="1"' in text_of(response)  # sent again, this page's words win
    assert MeetingReport.objects.get().draft == {"chaired_by": "từ trang kia"}


def test_draft_is_saved_under_the_version_that_comes_back(attendee: Client, scene: Scene) -> None:
    scene.opened()

    first = attendee.post(draft_url(scene), {"version": "0", "chaired_by": "Bí thư"})
    second = attendee.post(draft_url(scene), {"version": "1", "chaired_by": "Bí thư Thử"})

    assert first.json() == {"version": 1, "saved": "08:00"}
    assert second.json() == {"version": 2, "saved": "08:00"}


def test_a_nul_in_what_was_sent_is_left_out(attendee: Client, scene: Scene) -> None:
    report = scene.opened()

    answer = attendee.post(draft_url(scene), {"version": "0", "chaired_by": "Bí\0 thư", "x\0": "1"})
    report.refresh_from_db()
    filed = attendee.post(edit_url(scene), filled(report, idempotency_key="a\0b"), follow=True)

    assert answer.json()["version"] == 1
    assert report.draft == {"chaired_by": "Bí thư"}
    assert "Đã nộp" in text_of(filed)


@pytest.mark.parametrize("version", ["", "²", "-1", "9" * 5000])
def test_a_made_up_version_is_a_bad_request(attendee: Client, scene: Scene, version: str) -> None:
    scene.opened()

    assert attendee.post(draft_url(scene), {"version": version}).status_code == 400


def test_stale_draft_is_a_conflict_until_one_says_keep(attendee: Client, scene: Scene) -> None:
    scene.opened()
    attendee.post(draft_url(scene), {"version": "0", "chaired_by": "trang một"})
    stale = {"version": "0", "chaired_by": "trang hai"}

    refused = attendee.post(draft_url(scene), stale, headers={"Accept": "application/json"})
    kept = attendee.post(draft_url(scene), {**stale, "keep": "1"})

    assert (refused.status_code, refused.json()) == (
        409,
        {"error": "Bản nháp này vừa được lưu từ một trang khác."},
    )
    assert kept.json()["version"] == 2
    assert MeetingReport.objects.get().draft == {"chaired_by": "trang hai"}


def test_draft_after_filing_says_that_it_was_filed(attendee: Client, scene: Scene) -> None:
    scene.submitted()

    response = attendee.post(
        draft_url(scene), {"version": "9"}, headers={"Accept": "application/json"}
    )

    assert response.status_code == 422
    assert (
        "Báo cáo đã nộp lúc 08:00 ngày 04/11/2026, số BN-2026-000001." in response.json()["error"]
    )


def test_locked_report_is_shown_with_the_reason(attendee: Client, scene: Scene) -> None:
    typed = filled(scene.opened())

    with time_machine.travel(datetime(2026, 12, 4, 8, tzinfo=factories.ZONE)):
        shown = attendee.get(edit_url(scene))
        response = attendee.post(draft_url(scene), typed)

    assert "Sổ báo cáo của cuộc họp này đã khóa từ ngày 04/12/2026." in text_of(shown)
    assert response.status_code == 422


def test_before_the_hour_the_form_is_open_but_not_filed(attendee: Client, scene: Scene) -> None:
    with time_machine.travel(datetime(2026, 11, 3, 18, tzinfo=factories.ZONE)):
        typed = filled(scene.opened())
        response = attendee.post(edit_url(scene), typed)

    assert "Cuộc họp bắt đầu lúc 19:30 ngày 03/11/2026." in text_of(response)
    assert MeetingReport.objects.get().status == ReportStatus.DRAFT


def test_names_of_fields_count_as_words_of_a_draft(attendee: Client, scene: Scene) -> None:
    report = scene.opened()
    url = reverse("reports:report_save_draft", args=[scene.meeting.pk])

    many = {f"{number:0200}": "1" for number in range(1_001)}
    for fields in ({"TỐI MẬT số 3": "1"}, many):
        assert attendee.post(url, {"version": report.version, **fields}).status_code == 422
    report.refresh_from_db()
    assert set(report.draft) <= {"began_at", "member_count"}


def test_returned_report_shows_each_remark_at_its_field(attendee: Client, scene: Scene) -> None:
    scene.returned(results="Ghi rõ số liệu.")

    page = text_of(attendee.get(edit_url(scene)))

    assert "Báo cáo BN-2026-000001 được trả lại để bổ sung, hạn mới 05/01/2030." in page
    assert "<strong>Cán bộ tiếp nhận:</strong> Ghi rõ số liệu." in page
    assert "KN-2026-000001" in page


def test_desk_returns_a_report_with_remarks_by_field(desk: Client, scene: Scene) -> None:
    report = scene.submitted()
    data = {
        "due_on": "2026-11-09",
        "remark-results": "Ghi rõ số liệu.",
        "remark-scores": "Xem mục 3",
    }

    desk.post(reverse("reports:report_return", args=[report.pk]), data)

    report.refresh_from_db()
    assert (report.status, f"{report.due_on}") == (ReportStatus.RETURNED, "2026-11-09")
    assert set(report.remarks.values_list("field", "text")) == {
        ("results", "Ghi rõ số liệu."),
        ("scores", "Xem mục 3"),
    }


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"due_on": "2026-11-09"}, "Ghi ít nhất một ý kiến"),
        ({"due_on": "2026-11-03", "remark-": "Xem lại"}, "Hạn mới từ ngày 04/11/2026 trở đi."),
        ({"due_on": "", "remark-": "Xem lại"}, "Chọn hạn mới."),
    ],
)
def test_return_without_reason_or_day_is_not_sent(
    desk: Client, scene: Scene, data: dict[str, str], sentence: str
) -> None:
    report = scene.submitted()

    response = desk.post(reverse("reports:report_return", args=[report.pk]), data)

    assert sentence in text_of(response)
    assert MeetingReport.objects.get().status == ReportStatus.SUBMITTED


def test_desk_reads_what_changed_since_the_last_submission(desk: Client, scene: Scene) -> None:
    report = scene.returned()
    attendee = Client()
    attendee.force_login(scene.attendee)
    typed = filled(report, version="2", conveyed="Thông báo Nghị quyết số 5 của tỉnh.")
    attendee.post(edit_url(scene), typed)

    page = text_of(desk.get(report.get_absolute_url()))

    assert "Thông báo Nghị quyết số 5 của tỉnh." in page
    assert (
        "<summary>Lần nộp trước</summary><p>Thông báo kết quả kỳ họp của Hội đồng nhân dân tỉnh.</p>"
        in page
    )


def test_desk_reads_what_left_the_sheets_and_the_earlier_version_as_it_was(
    desk: Client, scene: Scene
) -> None:
    report = scene.returned()
    attendee = Client()
    attendee.force_login(scene.attendee)
    attendee.post(edit_url(scene), filled(report, version="2", **{"score-attendee-4": "30"}))

    page = text_of(desk.get(report.get_absolute_url()))
    earlier = text_of(desk.get(reverse("reports:report_version", args=[report.pk, 1])))

    assert "<li>Người dự chấm, tiêu chí 4: 36 điểm</li>" in page
    assert "Người dự chấm, tiêu chí 3" not in page
    assert "<li>Người dự chấm, tiêu chí 4: 36 điểm</li>" in earlier
    assert "Nạo vét 420 m mương tiêu đầu xóm 13." in earlier
    assert desk.get(reverse("reports:report_version", args=[report.pk, 3])).status_code == 404


def test_desk_goes_from_one_waiting_report_to_the_next_and_round(client: Client) -> None:
    first = Scene(1)
    scenes = [first, *(Scene(number, first.province, commune=first.commune) for number in (2, 3))]
    one, two, three = [scene.submitted() for scene in scenes]
    client.force_login(first.desk)

    onward = [
        client.post(reverse("reports:report_accept", args=[report.pk]))["Location"]
        for report in (two, three, one)
    ]

    assert onward == [three.get_absolute_url(), one.get_absolute_url(), "/reports/"]


def test_desk_accepts_the_picked_reports(desk: Client, scene: Scene) -> None:
    report = scene.submitted()

    response = desk.post(
        reverse("reports:report_accept_many"), {"report": [str(report.pk)]}, follow=True
    )

    assert "Đã tiếp nhận 1 báo cáo." in text_of(response)
    assert MeetingReport.objects.get().status == ReportStatus.ACCEPTED


@pytest.mark.parametrize("key", ["9" * 25, "9" * 5000, "²", "abc", ""])
def test_a_made_up_report_is_not_picked(desk: Client, scene: Scene, key: str) -> None:
    scene.submitted()

    response = desk.post(reverse("reports:report_accept_many"), {"report": [key]}, follow=True)

    assert "Đã tiếp nhận 0 báo cáo." in text_of(response)


def test_draft_of_an_attendee_is_not_the_desks_to_read(desk: Client, scene: Scene) -> None:
    report = scene.opened()

    assert desk.get(report.get_absolute_url()).status_code == 404
