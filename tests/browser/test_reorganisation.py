"""The reorganisation of July 2025 by page: the real communes with one branch each; then one operation by hand."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from roster.actions import reorganisation_jobs
from roster.actions.shipped_units import DATA
from roster.models import Job, Reorganisation, Unit, User
from roster.states import Role
from tests import factories
from tests.browser.test_main_pages import overhanging, violations
from tests.journeys.communes_of_2025 import CHANGES, FIRST, three_years
from tests.journeys.reorganising import Place

pytestmark = pytest.mark.django_db(transaction=True)
Look = Callable[[Page, str], None]


def officer_of(province: Unit) -> User:
    user: User = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=province)
    return user


def seen(page: Page, look: Look, name: str) -> list[str]:
    look(page, f"reorganisation-{name}")
    return [f"{name}: {found}" for found in (*overhanging(page), *violations(page))]


def before_july() -> Unit:
    three_years()
    first = [str(DATA / "commune_changes_2025_01.csv"), f"--effective={FIRST}", "--decision=NQ 1"]
    call_command("reorganise", *first, "--commit", stdout=io.StringIO())
    return Unit.objects.get(kind="provincial", ends_on=None)


def test_398_communes_become_129_by_page(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], look: Look
) -> None:
    sign_in(officer_of(before_july()))
    page.goto(live_server.url + reverse("roster:reorganisation_add"))
    wrong = seen(page, look, "add")

    page.get_by_label("Số, ngày quyết định").fill("Nghị quyết 1674/NQ-UBTVQH15, 16/6/2025")
    page.get_by_label("Hiệu lực từ ngày").first.fill("01/07/2025")
    page.get_by_label("Bảng thay đổi").set_input_files(Path(CHANGES))
    page.get_by_role("button", name="Lập dự thảo").click()
    expect(page.get_by_text("6 mục", exact=True)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("button", name="Duyệt và thực hiện")).to_be_disabled()
    wrong += seen(page, look, "draft")

    page.get_by_role("link", name="Chọn nơi về").click()
    expect(page.get_by_text("6 mục", exact=True)).to_be_visible()
    wrong += seen(page, look, "homes")
    for choice in page.get_by_label("Nơi về của").all():
        choice.select_option(index=1)
    page.get_by_role("button", name="Ghi nơi về đã sửa").click()
    expect(page.get_by_text("Không có mục nào khớp")).to_be_visible()
    page.get_by_role("link", name="Về việc sắp xếp").click()
    page.get_by_role("button", name="Duyệt và thực hiện").click()
    page.get_by_role("dialog").get_by_role("button", name="Duyệt và thực hiện").click()
    expect(page.get_by_text("Đang chờ đến lượt.")).to_be_visible()
    wrong += seen(page, look, "waiting")
    reorganisation_jobs.run_job(Job.objects.latest("pk").pk)

    expect(page.get_by_role("button", name="Hoàn tác cả lần sắp xếp")).to_be_visible()
    wrong += seen(page, look, "done")
    page.goto(f"{live_server.url}{reverse('roster:unit_list')}?kind=branch&q=dong+huong")
    row = page.get_by_role("row", name="Chi bộ xóm 13 (xã Đồng Hướng cũ)")
    expect(row).to_contain_text("Xã Quang Thiện")
    page.goto(live_server.url + reverse("roster:reorganisation_list"))
    assert [*wrong, *seen(page, look, "list")] == []


def test_a_merger_is_entered_by_hand(
    page: Page, live_server: LiveServer, sign_in: Callable[[User], None], look: Look
) -> None:
    place = Place()
    sign_in(officer_of(place.province))
    page.goto(live_server.url + reverse("roster:reorganisation_add"))
    page.get_by_label("Số, ngày quyết định").fill("QĐ 9-QĐ/TU")
    page.get_by_label("Hiệu lực từ ngày").first.fill("01/09/2025")
    page.get_by_role("button", name="Lập dự thảo").click()
    for name in ("Xã Đồng Hướng", "B Xã Kim Chính"):
        page.get_by_role("link", name="Thêm việc").first.click()
        page.get_by_label("Việc", exact=False).first.select_option("merge")
        page.get_by_label("Đơn vị cũ").fill(name)
        page.get_by_label("hoặc tên đơn vị lập mới").fill("Xã Hướng Chính")
        page.get_by_label("Mã của đơn vị mới").fill("N")
        wrong = seen(page, look, "operation")
        page.get_by_role("button", name="Thêm việc").click()

    expect(page.get_by_text("Mọi mục đã rõ nơi về")).to_be_visible()
    expect(page.get_by_role("link", name="Kênh lịch trên điện thoại")).to_be_visible()
    wrong += seen(page, look, "by-hand")
    page.get_by_role("link", name="Xem tất cả và nơi về").click()
    wrong += seen(page, look, "all-homes")
    page.go_back()
    page.get_by_role("button", name="Bỏ dự thảo").click()
    page.get_by_role("dialog").get_by_role("button", name="Bỏ dự thảo").click()
    expect(page.get_by_text("Đã bỏ dự thảo.")).to_be_visible()
    assert (wrong, Reorganisation.objects.count()) == ([], 0)
