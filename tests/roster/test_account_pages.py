import re

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client

from notices.channels import Email
from roster.models import Event, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "mật khẩu thử"  # noqa: S105 - the factory's
NEW_PASSWORD = "bến đò sông Ân 7"  # noqa: S105 - made up here


@pytest.fixture
def user() -> User:
    return factories.UserFactory(
        username="dinhthilua", email="lua@thu.example", unit=factories.province()
    )


def sign_in(client: Client, login: str = "dinhthilua", password: str = PASSWORD):
    return client.post("/accounts/login/", {"login": login, "password": password})


def is_signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


@pytest.mark.parametrize("login", ["dinhthilua", "lua@thu.example"])
def test_one_signs_in_by_name_or_address(client, user, login):
    response = sign_in(client, login)

    assert response["Location"] == "/"
    assert is_signed_in(client)


def test_a_wrong_password_says_how_many_tries_are_left(client, user):
    response = sign_in(client, password="sai")

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 4 lần thử." in response.text
    assert not is_signed_in(client)


def test_an_unknown_name_is_answered_like_a_wrong_password(client, user):
    response = sign_in(client, "khongco")

    assert "Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 4 lần thử." in response.text


def test_after_five_wrong_passwords_the_account_is_locked_until_a_time(client, user):
    with time_machine.travel("2026-11-03T09:00:00+07:00", tick=False) as now:
        answers = [sign_in(client, password="sai") for _ in range(5)]
        locked = sign_in(client)
        now.shift(15 * 60 + 1)
        later = sign_in(client)

    assert answers[-1].status_code == locked.status_code == 429
    assert "Tạm khóa đăng nhập đến 09:15" in locked.text
    assert later["Location"] == "/"


def test_the_lock_is_the_account_s_and_nobody_else_s(client, user):
    factories.UserFactory(username="khac", unit=user.unit)
    for _ in range(5):
        sign_in(client, password="sai")

    assert sign_in(Client(), "khac")["Location"] == "/"


@pytest.mark.parametrize("other", ["DinhThiLua", "DINHTHILUA", "d\u0131nhthilua", " dinhthilua "])
def test_the_lock_does_not_mind_how_the_name_is_written(client, user, other):
    for name in ("dinhthilua", other) * 3:
        answer = sign_in(client, name, password="sai")

    assert answer.status_code == sign_in(Client(), other).status_code == 429


def test_a_name_of_any_length_is_a_wrong_name(client, user):
    assert "Còn 4 lần thử." in sign_in(client, "x" * 5000).text


def test_a_closed_account_does_not_open(client, user):
    User.objects.filter(pk=user.pk).update(is_active=False)

    sign_in(client)

    assert not is_signed_in(client)


def test_nobody_signs_up(client):
    response = client.post(
        "/accounts/signup/", {"username": "x", "email": "x@thu.example", "password1": "x" * 12}
    )

    assert "Tài khoản do Ban Tổ chức cấp" in response.text
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_through_the_address(client, user):
    client.post("/accounts/password/reset/", {"email": "lua@thu.example"})
    [message] = mail.outbox
    [path] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", message.body)

    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert message.subject == "Đặt lại mật khẩu, Dự sinh hoạt chi bộ"
    assert sign_in(Client(), password=NEW_PASSWORD)["Location"] == "/"


def test_a_forgotten_password_tells_nobody_who_has_an_account(client, user):
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("lua@thu.example", "ai@thu.example")
    ]

    assert [answer.redirect_chain for answer in answers] == [
        [("/accounts/password/reset/done/", 302)]
    ] * 2
    assert all(
        "Nếu thư điện tử ấy thuộc một tài khoản đang dùng" in answer.text for answer in answers
    )
    assert len(mail.outbox) == 1


def test_one_changes_the_own_password(client, user):
    sign_in(client)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        follow=True,
    )

    assert "Đã đổi mật khẩu." in response.text
    assert sign_in(Client(), password=NEW_PASSWORD)["Location"] == "/"


def test_a_short_password_is_refused_in_vietnamese(client, user):
    sign_in(client)

    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "ngan", "password2": "ngan"},
    )

    assert "Mật khẩu ngắn quá: ít nhất 10 ký tự." in response.text


def test_the_second_factor_is_asked_after_the_password(client, user):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    other = Client()

    first = sign_in(other)

    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(other)
    assert "Mã chưa đúng." in other.post("/accounts/2fa/authenticate/", {"code": "000000"}).text


def test_codes_of_the_second_factor_cannot_be_tried_on_and_on(client, user):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06d}"
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    other = Client()
    sign_in(other)
    for number in range(5):
        other.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})

    refused = other.post("/accounts/2fa/authenticate/", {"code": "000009"})

    assert "Có quá nhiều lần thử." in refused.text
    assert not is_signed_in(other)


def test_contact_is_changed_after_the_password_was_asked_again(client, user):
    client.force_login(user)
    asked = client.get("/account/edit/")
    client.post(asked["Location"], {"password": PASSWORD})

    response = client.post(
        "/account/edit/", {"email": "moi@thu.example", "phone": "912000009"}, follow=True
    )

    user.refresh_from_db()
    assert "Đã ghi thông tin liên hệ." in response.text
    assert (user.email, user.phone) == ("moi@thu.example", "+84912000009")
    assert Event.objects.about(user).get().detail == {"fields": ["email", "phone"]}


def test_one_s_own_contact_is_also_where_messages_go(client, user):
    agency = factories.agency(factories.province())
    user.official = factories.OfficialFactory(agency=agency, email="cu@thu.example", phone="")
    user.save()
    client.force_login(user)
    client.post(client.get("/account/edit/")["Location"], {"password": PASSWORD})

    client.post("/account/edit/", {"email": "moi@thu.example", "phone": "912000009"})

    user.official.refresh_from_db()
    assert (user.official.email, user.official.phone) == ("moi@thu.example", "+84912000009")
    assert Email().address_of(User.objects.get(pk=user.pk)) == "moi@thu.example"


def test_an_address_that_was_given_up_resets_no_password(client, user):
    client.post("/accounts/password/reset/", {"email": "lua@thu.example"})
    User.objects.filter(pk=user.pk).update(email="moi@thu.example")
    mail.outbox.clear()

    for email in ("lua@thu.example", "Moi@thu.example"):
        client.post("/accounts/password/reset/", {"email": email})

    assert [message.to for message in mail.outbox] == [["moi@thu.example"]]


def test_no_other_page_takes_an_address_without_asking_the_password(client, user):
    client.force_login(user)

    response = client.post(
        "/accounts/email/", {"email": "khac@thu.example", "action_add": ""}, follow=True
    )

    assert [path for path, _ in response.redirect_chain] == [
        "/account/edit/",
        "/accounts/reauthenticate/?next=%2Faccount%2Fedit%2F",
    ]
    assert mail.outbox == []


def test_role_and_unit_are_not_one_s_own_to_change(client, user):
    sign_in(client)

    client.post("/account/edit/", {"email": "lua@thu.example", "role": "system_admin"})

    user.refresh_from_db()
    assert user.role == "commission_officer"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/", "An toàn tài khoản"),
        ("/accounts/password/change/", "Đổi mật khẩu"),
        ("/accounts/2fa/", "Chưa bật"),
        ("/accounts/2fa/totp/activate/", "Bật xác thực hai lớp"),
        ("/accounts/logout/", "Ở lại, về việc của tôi"),
    ],
)
def test_pages_of_the_account_speak_vietnamese(client, user, path, words):
    sign_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert words in client.get(path).text
