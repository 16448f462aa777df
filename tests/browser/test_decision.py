"""A draft's grid worked by hand and by key, and the decision's document as a picture."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from assignments import papers
from assignments.actions import decisions
from assignments.documents import decision_document
from assignments.models import Decision
from config.lib.documents.pdf import pages
from roster.models import User
from tests import factories
from tests.assignments.setting import Setting
from tests.browser.conftest import SHOTS

pytestmark = pytest.mark.django_db(transaction=True)


def scene() -> tuple[Setting, Decision]:
    setting = Setting()
    for number in range(4, 12):
        unit = setting.another_branch(f"Chi bộ xóm {number}")
        factories.MeetingRuleFactory(unit=unit, day=number)
    for name in ("Vũ Văn An", "Trần Thị Bình", "Đỗ Văn Cường"):
        setting.official(name)
    draft = setting.draft("", signer="Hoàng Thị Ảnh", basis="Căn cứ Điều lệ Đảng")
    return setting, draft


def test_the_grid_keeps_filter_pick_and_scroll(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
) -> None:
    setting, draft = scene()
    sign_in(setting.desk)
    page.goto(live_server.url + reverse("assignments:decision_grid", args=[draft.pk]))
    page.get_by_label("Chọn Chi bộ xóm 4").check()
    page.get_by_label("Chọn Chi bộ xóm 5").check()
    page.locator("#loc input[type=search]").fill("xom 5")
    expect(page.get_by_text("1 nơi ngoài bộ lọc")).to_be_visible()

    page.locator("#can-bo label", has_text="Vũ Văn An").click()
    page.get_by_role("button", name="Giao các nơi đã chọn").click()

    expect(page.get_by_text("Đã giao 2 nơi cho đồng chí Vũ Văn An.")).to_be_visible()
    assert "q=xom" in page.url
    expect(page.get_by_label("Chọn Chi bộ xóm 5")).to_be_checked()
    page.get_by_label("Chọn Chi bộ xóm 5").focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Đã hoàn tác: giao 2 nơi")).to_be_visible()
    assert not draft.assignments.exists()
    look(page, "grid")
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in {"serious", "critical"}] == []


def test_an_act_leaves_the_page_where_it_was_scrolled_to(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    setting, draft = scene()
    for number in range(12, 50):
        setting.another_branch(f"Chi bộ xóm {number}")
    an = setting.official("Phạm Đức Đạt")
    decisions.add_assignment(draft, official=an, unit=setting.branch, by=setting.desk)
    sign_in(setting.desk)
    page.goto(live_server.url + reverse("assignments:decision_grid", args=[draft.pk]))
    page.get_by_label("Chọn Chi bộ xóm 45").check()
    before = page.evaluate("scrollY")

    page.keyboard.press("Control+z")

    expect(page.get_by_text("Đã hoàn tác: thêm đồng chí")).to_be_attached()
    assert before > 500
    assert abs(page.evaluate("scrollY") - before) < 100
    expect(page.get_by_label("Chọn Chi bộ xóm 45")).to_be_checked()


def test_turning_the_page_keeps_what_was_picked_and_unpicked(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    setting, draft = scene()
    for number in range(12, 70):
        setting.another_branch(f"Chi bộ xóm {number}")
    sign_in(setting.desk)
    page.goto(live_server.url + reverse("assignments:decision_grid", args=[draft.pk]))
    page.get_by_label("Chọn Chi bộ xóm 4", exact=True).check()
    page.get_by_label("Chọn Chi bộ xóm 5", exact=True).check()

    page.get_by_role("link", name="Trang sau").click()
    page.get_by_label("Chọn Chi bộ xóm 60", exact=True).check()
    expect(page.locator("[data-grid-count]")).to_have_text("3")
    page.get_by_role("link", name="Trang trước").click()
    expect(page.get_by_label("Chọn Chi bộ xóm 4", exact=True)).to_be_checked()
    page.get_by_label("Chọn Chi bộ xóm 4", exact=True).uncheck()
    page.get_by_role("link", name="Trang sau").click()

    expect(page.get_by_label("Chọn Chi bộ xóm 60", exact=True)).to_be_checked()
    expect(page.locator("[data-grid-count]")).to_have_text("2")


@pytest.mark.parametrize("kind", ["qd", "cv"])
def test_the_document_is_there_as_docx_and_pdf(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
    tmp_path: Path,
    kind: str,
) -> None:
    setting, draft = scene()
    draft.kind = kind
    decisions.save_decision(draft, by=setting.desk)
    an = setting.official("Phạm Đức Đạt")
    decisions.add_assignment(draft, official=an, unit=setting.branch, by=setting.desk)
    decisions.issue_decision(draft, by=setting.desk)
    sign_in(setting.desk)
    page.goto(live_server.url + draft.get_absolute_url())
    look(page, f"decision-{kind}")
    contents = {}
    for extension in ("DOCX", "PDF"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=f"Văn bản {extension}").click()
        waiting.value.save_as(tmp_path / extension)
        contents[extension] = (tmp_path / extension).read_bytes()

    document = decision_document(papers.paper_of(draft, today=date(2026, 1, 1)))
    for index, picture in enumerate(pages(document), 1):
        (SHOTS / f"decision-{kind}-page-{index}.png").write_bytes(picture)

    assert "Kèm theo" in PdfReader(BytesIO(contents["PDF"])).pages[-1].extract_text()
    words = [paragraph.text for paragraph in Document(BytesIO(contents["DOCX"])).paragraphs]
    assert any(text.startswith("(Kèm theo") for text in words)
