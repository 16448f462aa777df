"""An official files a report from a phone: section by section, reloaded mid-way, with a bad line in between."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import MeetingReport
from reports.states import ReportStatus
from roster.models import User
from tests import factories
from tests.browser.report_pages import fill_everything
from tests.reports.scenes import TEXT, Scene

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}
# how many drafts the phone's own store holds
KEPT = """new Promise((resolve) => {
  indexedDB.open("du-sinh-hoat").onsuccess = ({ target }) => {
    target.result.transaction("drafts").objectStore("drafts").count().onsuccess = (event) => resolve(event.target.result);
  };
})"""
COUNTS = {
    "member_count": "41",
    "obliged_count": "40",
    "present_count": "38",
    "excused_count": "1",
    "unexcused_count": "1",
}


@pytest.fixture
def scene(page: Page, live_server: LiveServer, sign_in: Callable[[User], None]) -> Scene:
    """The form, open on a phone, of a meeting two days ago."""
    scene = Scene(13, on=timezone.localdate() - timedelta(days=2))
    for number in range(9):
        factories.agency(scene.province, name=f"Sở Số {number}")
    sign_in(scene.attendee)
    page.set_viewport_size(PHONE)
    page.goto(url(live_server, scene))
    return scene


def url(live_server: LiveServer, scene: Scene) -> str:
    return f"{live_server.url}{reverse('reports:report_edit', args=[scene.meeting.pk])}"


def onward(page: Page) -> None:
    page.get_by_role("button", name="Mục tiếp").click()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f'[name="{name}"][value="{value}"] + label').click()


def leave_section(page: Page) -> None:
    """Saves at once; otherwise it takes fifteen seconds of rest."""
    page.evaluate("document.querySelector('[data-paper]').dispatchEvent(new Event('section:left'))")


def saved(page: Page) -> None:
    leave_section(page)
    expect(page.locator("[data-bar-saved]")).to_contain_text("Đã lưu", timeout=10_000)


def fill_time(page: Page) -> None:
    page.locator("[name=ended_at]").fill("21:15")
    page.locator("[name=chaired_by]").fill("Bí thư Trần Văn Thử")
    for name, count in COUNTS.items():
        page.locator(f"[name={name}]").fill(count)


def fill_content(page: Page) -> None:
    choose(page, "committee_met", "yes")
    choose(page, "documents_sent", "day_before")
    choose(page, "agenda", "news")
    choose(page, "agenda", "results")
    page.locator("[name=results]").fill("Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.")


def fill_middle(page: Page) -> None:
    page.locator("[name=pressing_problem]").fill(TEXT)
    page.locator("[name=pressing_field]").select_option(label="Thủy lợi")
    onward(page)
    page.locator("[name=conveyed]").fill("Thông báo kết quả kỳ họp của Hội đồng nhân dân tỉnh.")
    onward(page)
    page.locator("[name=opinion_count]").fill("7")
    choose(page, "openness", "open")
    onward(page)
    page.get_by_role("button", name="Thêm chủ đề").click()
    page.locator("[name=moods-0-field]").select_option(label="Thủy lợi")
    choose(page, "moods-0-tone", "concerned")
    page.locator("[name=moods-0-text]").fill("Lo úng vụ đông.")
    onward(page)


def fill_scores(page: Page) -> None:
    sheet = page.locator("[data-sheet]").first
    for button in sheet.locator('[data-step="1"]').all():
        button.click()
    sheet.locator('[data-step="-1"]').nth(2).click()
    expect(sheet.locator("[data-total]")).to_contain_text("99")
    expect(sheet.locator("[data-band]")).to_have_text("Xếp loại: Tốt")


def fill_first_scores(page: Page, points: str) -> None:
    """The first criterion of both sheets, wherever they stand."""
    page.evaluate(
        """(points) => {
          for (const sheet of document.querySelectorAll("[data-sheet]")) {
            const input = sheet.querySelector("[data-criterion] input");
            input.value = points;
            input.dispatchEvent(new Event("input", { bubbles: true }));
          }
        }""",
        points,
    )


def fill_recommendation(page: Page) -> None:
    page.get_by_role("button", name="Thêm kiến nghị").click()
    page.locator("[name=recommendations-0-text]").fill("Nạo vét 420 m mương tiêu đầu xóm 13.")
    page.locator("[name=recommendations-0-proposal]").fill("Bố trí kinh phí năm 2027.")
    page.locator("[name=recommendations-0-field]").select_option(label="Thủy lợi")
    page.get_by_label("Tìm cơ quan").fill("so so 7")


def test_a_report_is_written_reloaded_and_filed(
    page: Page, live_server: LiveServer, scene: Scene, look: Callable[[Page, str], None]
) -> None:
    fill_time(page)
    onward(page)
    fill_content(page)
    saved(page)

    page.reload()

    expect(page.locator("[name=results]")).to_have_value("Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.")
    expect(page.locator("[data-step-text]")).to_have_text("Mục 2 trên 9")
    onward(page)
    fill_middle(page)
    fill_scores(page)
    look(page, "report-scores")
    onward(page)
    fill_recommendation(page)
    look(page, "report-recommendation")
    onward(page)
    page.locator("#id_files").set_input_files(
        {"name": "anh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF"}
    )
    expect(page.locator("#tep-kem")).to_contain_text("anh.pdf")
    expect(page.locator("[data-review-text]")).to_contain_text("Các mục cần thiết đã đủ.")
    page.get_by_role("button", name="Nộp báo cáo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    look(page, "report-receipt")

    left = page.evaluate(KEPT)
    report = MeetingReport.objects.get()
    recommendation = report.recommendations.get()
    assert left == 0  # the phone keeps its copy until this receipt, and no longer
    assert (report.status, report.present_count, report.band) == ("submitted", 38, "Tốt")
    assert recommendation.suggested_authority.name == "Sở Số 7"
    assert report.attachments.count() == 1


def test_words_typed_without_a_network_wait_on_the_phone(
    page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene
) -> None:
    context.set_offline(True)
    page.locator("[name=chaired_by]").fill("Bí thư viết lúc mất mạng")
    leave_section(page)
    expect(page.locator("[data-state]")).to_contain_text("Chờ mạng", timeout=10_000)

    context.set_offline(False)
    saved(page)

    assert MeetingReport.objects.get().draft["chaired_by"] == "Bí thư viết lúc mất mạng"


def test_words_that_never_reached_the_server_come_back_from_the_phone(
    page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene
) -> None:
    context.set_offline(True)
    page.locator("[name=chaired_by]").fill("Bí thư viết lúc mất mạng")
    leave_section(page)
    expect(page.locator("[data-state]")).to_contain_text("Chờ mạng", timeout=10_000)
    page.goto("about:blank")
    context.set_offline(False)

    page.goto(url(live_server, scene))

    expect(page.locator("[name=chaired_by]")).to_have_value("Bí thư viết lúc mất mạng")
    saved(page)
    assert MeetingReport.objects.get().draft["chaired_by"] == "Bí thư viết lúc mất mạng"


def test_two_tabs_are_told_of_each_other_and_one_chooses(
    page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene
) -> None:
    other = context.new_page()
    other.set_viewport_size(PHONE)
    other.goto(url(live_server, scene))
    page.locator("[name=chaired_by]").fill("trang một")
    saved(page)

    other.locator("[name=chaired_by]").fill("trang hai")
    leave_section(other)
    expect(other.locator("[data-two-copies]")).to_contain_text(
        "Bản nháp này vừa được lưu từ một trang khác.", timeout=10_000
    )
    assert MeetingReport.objects.get().draft["chaired_by"] == "trang một"
    other.get_by_role("button", name="Giữ bản trên trang này").click()
    saved(other)

    assert MeetingReport.objects.get().draft["chaired_by"] == "trang hai"


def test_of_two_copies_each_score_names_its_sheet(
    page: Page, context: BrowserContext, live_server: LiveServer, scene: Scene
) -> None:
    other = context.new_page()
    other.set_viewport_size(PHONE)
    other.goto(url(live_server, scene))
    fill_first_scores(page, "7")
    saved(page)

    fill_first_scores(other, "8")
    leave_section(other)
    legends = other.locator("[data-differences] legend")
    expect(legends).to_have_count(2, timeout=10_000)

    sheets = [text.split(": ")[1:] for text in legends.all_text_contents()]
    name = sheets[0][1]
    assert sheets == [["Phiếu người dự chấm", name], ["Phiếu chi bộ tự chấm", name]]
    assert "tối đa" not in name


def test_mistakes_lead_back_to_their_section(
    page: Page, live_server: LiveServer, scene: Scene
) -> None:
    fill_time(page)
    page.locator("[name=present_count]").fill("43")
    for _ in range(8):
        onward(page)
    page.get_by_role("button", name="Nộp báo cáo").click()

    expect(page.locator("[data-errors]")).to_contain_text("Chưa nộp được")
    expect(page.locator("[data-step-text]")).to_have_text("Mục 1 trên 9")
    expect(page.locator("#time .field-error").first).to_contain_text(
        "Số có mặt (43) lớn hơn tổng số đảng viên (41)."
    )
    assert MeetingReport.objects.get().status == ReportStatus.DRAFT


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Đề nghị cấp trên quan tâm giải quyết.", "Còn chung chung."),
        ("Đề nghị các cấp, các ngành quan tâm đầu tư hạ tầng.", "Còn chung chung."),
        ("Chị Nguyễn Thị Hoa còn nợ quỹ.", "Có vẻ có tên người (“Chị Nguyễn Thị Hoa”)."),
        ("Hộ Trần Thị Lụa chưa có sổ đỏ.", "Có vẻ có tên người (“Trần Thị Lụa”)."),
        ("Gia đình anh Tuấn khó khăn.", "Có vẻ có tên người (“anh Tuấn”)."),
        (
            "Thu quỹ đạt 96 %, còn ba hộ chưa nộp, đã nhắc hai lần.",
            "Gần như nguyên văn báo cáo tháng trước.",
        ),
    ],
)
def test_hints_stand_below_the_words_and_block_nothing(
    page: Page, live_server: LiveServer, scene: Scene, typed: str, hint: str
) -> None:
    area = page.locator("[name=results]")
    area.evaluate(
        "(area) => { area.dataset.earlier = 'Thu quỹ đạt 96 %, còn ba hộ chưa nộp, đã nhắc hai lần.' }"
    )
    fill_everything(page, results=typed)
    expect(page.locator("[name=results] + [data-hints]")).to_contain_text(hint)

    page.evaluate("document.querySelector('[data-step-submit]').click()")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Có thể đóng trang.")
    assert MeetingReport.objects.get().answers["results"] == typed


def test_marks_of_secrecy_are_pointed_out_while_typing_and_do_block(
    page: Page, live_server: LiveServer, scene: Scene
) -> None:
    fill_everything(page, results="Theo văn bản TỐI MẬT số 3.")
    expect(page.locator("[name=results] + [data-hints]")).to_contain_text("dấu hiệu “TỐI MẬT”")

    page.evaluate("document.querySelector('[data-step-submit]').click()")

    expect(page.locator("[data-errors]")).to_contain_text("Chưa nộp được")
    expect(page.locator("#content .field-error").first).to_contain_text(
        "Không nhập nội dung bí mật ở đây"
    )
    report = MeetingReport.objects.get()
    assert (report.status, "TỐI MẬT" in str(report.draft)) == (ReportStatus.DRAFT, False)


def test_without_scripts_the_form_is_one_long_page(
    browser: object, live_server: LiveServer, scene: Scene, context: BrowserContext
) -> None:
    plain = context.browser.new_context(
        java_script_enabled=False, viewport=PHONE, storage_state=context.storage_state()
    )
    page = plain.new_page()
    page.goto(url(live_server, scene))

    page.locator("[name=chaired_by]").fill("Bí thư Trần Văn Thử")
    page.locator("[name=recommendations-0-text]").fill("Nạo vét 420 m mương tiêu.")
    page.locator(".paper-bar [name=save]").click()

    expect(page.locator(".messages")).to_contain_text("Đã lưu bản nháp.")
    expect(page.locator("[name=recommendations-0-text]")).to_have_value("Nạo vét 420 m mương tiêu.")
    plain.close()
