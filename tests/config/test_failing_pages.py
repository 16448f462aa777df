import pytest
from django.test import Client

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.failing_urls")]


@pytest.fixture
def client():
    client = Client(raise_request_exception=False)
    client.force_login(factories.UserFactory(unit=factories.province()))
    return client


def test_a_refusal_is_a_page_with_its_reason_and_a_way_back(client):
    response = client.get("/failing/refused/", headers={"referer": "http://testserver/roster/"})

    assert response.status_code == 422
    assert "Số có mặt (43) lớn hơn tổng số đảng viên (41)." in response.text
    assert 'href="http://testserver/roster/"' in response.text


def test_the_way_back_never_leads_to_another_site(client):
    response = client.get("/failing/refused/", headers={"referer": "https://elsewhere.example/x"})

    assert "elsewhere" not in response.text


def test_a_refusal_is_a_banner_for_htmx(client):
    response = client.get("/failing/refused/", headers={"HX-Request": "true"})

    assert response.status_code == 422
    assert response["HX-Retarget"] == "#thong-bao"
    assert "<html" not in response.text
    assert "Số có mặt (43)" in response.text


def test_a_refusal_is_a_sentence_for_a_script(client):
    response = client.get("/failing/refused/", headers={"accept": "application/json"})

    assert response.status_code == 422
    assert response.json() == {"error": "Số có mặt (43) lớn hơn tổng số đảng viên (41)."}


def test_a_stale_tab_is_told_so(client):
    response = client.get("/failing/stale/")

    assert response.status_code == 409
    assert "Trang đồng chí đang mở đã cũ" in response.text


def test_a_forbidden_page_gives_the_rule_s_sentence(client):
    response = client.get("/failing/forbidden/")

    assert response.status_code == 403
    assert "Chỉ chuyên viên Ban Tổ chức được sửa danh bạ." in response.text


def test_a_request_nobody_can_read_is_answered_in_vietnamese(client):
    response = client.get("/failing/unreadable/")

    assert response.status_code == 400
    assert "Máy chủ không đọc được yêu cầu này" in response.text


def test_an_error_shows_no_trace(client):
    response = client.get("/failing/broken/")

    assert response.status_code == 500
    assert "Hệ thống gặp sự cố" in response.text
    assert "secret detail" not in response.text


def test_a_page_that_is_not_there_says_what_to_do(client):
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Không tìm thấy trang này" in response.text


def test_a_form_of_an_old_session_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})

    assert response.status_code == 403
    assert "Trang mở đã lâu nên chưa gửi được" in response.text


def test_a_fragment_after_the_session_ended_goes_to_the_sign_in_page():
    response = Client().get("/failing/fine/", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response["HX-Redirect"] == "/accounts/login/?next=/failing/fine/"
    assert response.text == ""


def test_pages_forbid_inline_scripts_and_styles(client):
    policy = client.get("/failing/fine/")["Content-Security-Policy"].split("; ")

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
