"""A plan looked through in a real browser: grid, reasons, map, and the decision that comes of it, as pictures."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from assignments import papers
from assignments.actions import decisions, proposals
from assignments.documents import decision_document
from assignments.models import Proposal
from config.lib.documents.docx import docx
from config.lib.documents.pdf import pages, pdf
from roster.actions.shipped_units import rows_of
from roster.models import Unit, User
from tests import factories
from tests.assignments.setting import Setting
from tests.browser.conftest import PHONE, SHOTS, serious

pytestmark = pytest.mark.django_db(transaction=True)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ")


def place_of(row: dict[str, str]) -> dict[str, float]:
    return {"lat": float(row["lat"]), "lon": float(row["lon"])}


def a_plan() -> tuple[User, Proposal]:
    """Today's communes with one branch each, most of them on the third; forty officials with two places each."""
    setting = Setting()
    rows = rows_of("communes_2025.csv")
    for number, row in enumerate(rows):
        commune = factories.commune(setting.province, name=row["name"], **place_of(row))
        branch = factories.branch(commune, name=f"Chi bộ xóm {number + 1}")
        factories.MeetingRuleFactory(unit=branch, day=3 if number % 5 < 2 else 4 + number % 9)
    Unit.objects.filter(pk=setting.agency.pk).update(**place_of(rows[100]))
    seats = [
        setting.agency,
        factories.agency(setting.province, name="Sở Y tế", **place_of(rows[30])),
    ]
    for number in range(40):
        family = FAMILIES[number % len(FAMILIES)]
        factories.OfficialFactory(
            full_name=f"{family} Văn {chr(65 + number % 26)}n", agency=seats[number % 2], capacity=2
        )
    draft = setting.draft("", signer="Hoàng Thị Ảnh", basis="Căn cứ Điều lệ Đảng")
    proposal = proposals.ask_for_plan(draft, by=setting.desk)
    proposals.run_plan(proposal.pk)
    return setting.desk, Proposal.objects.get(pk=proposal.pk)


def test_a_plan_is_looked_through_and_asked_why(
    page: Page,
    live_server: LiveServer,
    sign_in: Callable[[User], None],
    look: Callable[[Page, str], None],
) -> None:
    desk, proposal = a_plan()
    sign_in(desk)
    page.goto(live_server.url + proposal.get_absolute_url())
    expect(page.get_by_role("heading", name="nơi chưa có người dự")).to_be_visible()
    page.get_by_label("So với nay").select_option("new")
    expect(page).to_have_url(re.compile("only=new"))
    page.locator("#ket-qua a.strong").first.click()

    expect(page.locator("#vi-sao .runners li")).to_have_count(3)
    expect(page.locator("#ban-do .go")).to_have_count(1)
    expect(page).to_have_url(re.compile("only=new"))
    look(page, "plan")
    page.locator("#ban-do").screenshot(path=SHOTS / "plan-map.png")
    page.locator("#ket-qua").screenshot(path=SHOTS / "plan-grid.png")
    assert serious(page) == []


def test_on_a_phone_the_plan_is_not_wider_than_the_screen(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None]
) -> None:
    desk, proposal = a_plan()
    sign_in(desk)
    page.set_viewport_size(PHONE)
    unit = proposal.pairs[0][1]
    why = reverse("assignments:plan_why", args=[proposal.pk, unit])

    for address in (proposal.get_absolute_url(), why):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert serious(page) == []


def test_the_plan_becomes_a_decision_in_docx_and_pdf(
    print_docx: Callable[[bytes, str], int],
) -> None:
    desk, proposal = a_plan()
    draft = proposal.decision
    decisions.issue_decision(draft, by=desk)
    document = decision_document(papers.paper_of(draft, today=draft.starts_on))
    SHOTS.mkdir(exist_ok=True)

    for index, picture in enumerate(pages(document), 1):
        (SHOTS / f"plan-decision-page-{index}.png").write_bytes(picture)
    printed = PdfReader(BytesIO(pdf(document)))
    file = docx(document)
    written = Document(BytesIO(file))

    annex = " ".join(page.extract_text() for page in printed.pages)
    names = {line.official.full_name for line in draft.assignments.select_related("official")}
    cells = {cell.text for table in written.tables for row in table.rows for cell in row.cells}
    assert print_docx(file, "plan-decision") > 1
    assert len(proposal.pairs) == 80
    assert all(name.split()[-1] in annex for name in names)
    assert names <= cells
