"""Signing in and keeping an account safe: allauth's forms in our words."""

from typing import Any, Final

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_failure_limit
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError

from roster.models import User

LABELS: Final = {
    "login": "Tên đăng nhập hoặc thư điện tử công vụ",
    "password": "Mật khẩu",
    "oldpassword": "Mật khẩu hiện tại",
    "password1": "Mật khẩu mới",
    "password2": "Mật khẩu mới, ghi lại lần nữa",
    "email": "Thư điện tử công vụ",
    "code": "Mã",
}


class OurWords(forms.BaseForm):
    """Labels instead of placeholders, and no help text in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
        if "code" in self.fields:
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInForm(OurWords, account.LoginForm):
    """A wrong password says how many tries are left before the lock-out; a personal link names the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and (login := self.request.GET.get("login")):
            self.fields["login"].initial = login

    def clean(self) -> dict[str, Any] | None:
        try:
            return super().clean()
        except ValidationError as error:
            self.add_error("password", ValidationError(f"{error.messages[0]}{self.tries_left()}"))
            return self.cleaned_data

    def tries_left(self) -> str:
        credentials = self.user_credentials()
        left = get_failure_limit(self.request, credentials) - AxesProxyHandler.get_failures(
            self.request, credentials
        )
        return f" Còn {left} lần thử." if left > 0 else ""


class PasswordChangeForm(OurWords, account.ChangePasswordForm):
    pass


class PasswordSetForm(OurWords, account.SetPasswordForm):
    pass


class PasswordResetForm(OurWords, account.ResetPasswordForm):
    """Only to the address of today: allauth remembers those that an account had before."""

    users: list[User]

    def clean_email(self) -> str:
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.email.lower() == email.lower()]
        return email


class PasswordResetKeyForm(OurWords, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    pass


class SecondFactorForm(OurWords, mfa.AuthenticateForm):
    pass


class SecondFactorAgainForm(OurWords, mfa.ReauthenticateForm):
    pass


class SecondFactorStartForm(OurWords, ActivateTOTPForm):
    pass


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg] # generic in the stubs only
    """The first password of an account that was made for somebody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("new_password1", "new_password2"):
            self.fields[name].help_text = ""
        self.fields["new_password1"].label = LABELS["password1"]
        self.fields["new_password2"].label = LABELS["password2"]
