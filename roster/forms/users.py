"""Accounts as an administrator keeps them."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from config.lib.fields import PhoneField, TextField
from roster.models import User


class WholeAccount(forms.BaseModelForm[User]):
    """The constraints on role, unit and official are told in the form, though the form does not ask for all their fields."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"is_superuser", "unit", "official"}  # type: ignore[misc,no-any-return]


class NewUserForm(WholeAccount, AdminUserCreationForm[User]):
    """A new account has a first password, or its owner sets one through “Quên mật khẩu”."""

    usable_password = forms.ChoiceField(
        label="Cách đặt",
        choices=[("true", "Đặt ngay ở đây"), ("false", "Người dùng tự đặt qua thư điện tử")],
        initial="true",
        widget=forms.RadioSelect,
    )
    full_name = TextField(label="Họ và tên", max_length=120)
    phone = PhoneField(label="Điện thoại", required=False)

    class Meta(AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "full_name", "email", "phone", "role", "unit", "official")


class ChangedUserForm(WholeAccount, UserChangeForm[User]):
    full_name = TextField(label="Họ và tên", max_length=120)
    phone = PhoneField(label="Điện thoại", required=False)

    class Meta(UserChangeForm.Meta):
        model = User
        fields = "__all__"
