"""The page of one's own account."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from roster.actions import records
from roster.forms.records import AccountForm
from roster.http import UserRequest


@require_safe
def account(request: UserRequest) -> HttpResponse:
    return render(
        request, "roster/account.html", {"has_second_factor": is_mfa_enabled(request.user)}
    )


# whoever changes the address can reset the password
@reauthentication_required  # type: ignore[untyped-decorator] # allauth has no types
@require_http_methods(["GET", "POST"])
def account_edit(request: UserRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, instance=request.user)
    if form.is_valid():
        records.keep_own_contact(form, by=request.user)
        messages.success(request, "Đã ghi thông tin liên hệ.")
        return redirect("roster:account")
    return render(request, "roster/account_edit.html", {"form": form})
