"""Where django-allauth and django-axes meet our accounts: no sign-up, Vietnamese sentences, the lock-out page."""

from collections.abc import Mapping
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.helpers import get_client_username, get_cool_off, get_failure_limit
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WRONG_PAIR = "Tên đăng nhập hoặc mật khẩu chưa đúng."
WRONG_CODE = "Mã chưa đúng. Xem lại mã đang hiện trên điện thoại."
TOO_MANY = "Có quá nhiều lần thử. Chờ vài phút rồi thử lại."
LONGEST_NAME: Final = 255  # the column of axes


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are given by the commission: nobody signs up."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Tài khoản này đã ngừng dùng.",
        "email_password_mismatch": WRONG_PAIR,
        "username_password_mismatch": WRONG_PAIR,
        "enter_current_password": "Mật khẩu hiện tại chưa đúng.",
        "incorrect_password": "Mật khẩu chưa đúng.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "Đường dẫn đặt lại mật khẩu không còn dùng được.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """axes counts wrong passwords; allauth's own limit is for codes of the second factor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Vai trò của đồng chí bắt buộc xác thực hai lớp, không tắt được.",
        "cannot_generate_recovery_codes": "Bật xác thực hai lớp trước, rồi lập mã dự phòng.",
    }


def name_tried(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """Under which name axes counts a wrong password: one counter however the name is written.

    Names are found without regard to case, as PostgreSQL's UPPER sees it.
    """
    tried = (credentials or {}).get("username") or (request.POST.get("login") if request else None)
    return (tried or "").strip().upper().lower()[:LONGEST_NAME]


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The page after too many wrong passwords: it says until when."""
    username = get_client_username(request, credentials) or ""
    attempt = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    cool_off = get_cool_off(request)
    facts = {
        "username": username,
        "limit": get_failure_limit(request, credentials),
        "until": attempt.attempt_time + cool_off if attempt and cool_off else None,
    }
    return render(request, "account/locked_out.html", facts, status=429)
