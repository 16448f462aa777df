"""Accounts of attendees in bulk: who has one, making the missing ones, slips to print, the first password."""

from datetime import timedelta
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.paging import count_shown, page_by_key
from config.lib.text import whole_number
from roster import activation, audit, rules, tasks
from roster.actions import accounts as actions
from roster.forms.accounts import FirstPasswordForm
from roster.http import UserRequest, forbid_if
from roster.models import Official
from roster.states import Role

STATES: Final = {
    "none": "Chưa có tài khoản",
    "new": "Chưa đăng nhập lần nào",
    "used": "Đã dùng",
    "closed": "Đã đóng",
}
SLIPS_AT_ONCE: Final = 300


def officials_in(request: UserRequest, state: str) -> QuerySet[Official]:
    seen = Official.objects.visible_to(request.user).filter(merged_into=None)
    conditions: dict[str, dict[str, Any]] = {
        "none": {"user": None, "is_active": True},
        # a slip opens attendees' accounts only: whoever prints one must not gain a higher role
        "new": {
            "user__is_active": True,
            "user__last_login": None,
            "user__role": Role.ATTENDEE,
        },
        "used": {"user__is_active": True, "user__last_login__isnull": False},
        "closed": {"user__is_active": False},
    }
    return seen.filter(**conditions[state])


@require_safe
def attendee_accounts(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_make_accounts(request.user))
    state = request.GET.get("state", "none")
    if state not in STATES:
        raise BadRequest("state")
    rows = officials_in(request, state)
    facts = {
        "state": state,
        "tabs": [
            (key, label, count_shown(officials_in(request, key))) for key, label in STATES.items()
        ],
        "page": page_by_key(rows.select_related("agency", "user"), ("name_key", "pk"), request.GET),
        "count": count_shown(rows),
    }
    return render(request, "roster/attendee_accounts.html", facts)


@require_POST
def attendee_accounts_make(request: UserRequest) -> HttpResponse:
    """For the picked officials, or for all who have none."""
    forbid_if(rules.why_not_make_accounts(request.user))
    rows = officials_in(request, "none")
    if "all" not in request.POST:
        rows = rows.filter(pk__in=picked(request))
    made = actions.ensure_accounts(rows.order_by("pk"), by=request.user)
    messages.success(request, f"Đã lập {len(made)} tài khoản. In phiếu để trao từng đồng chí.")
    return redirect(f"{reverse('roster:attendee_accounts')}?state=new")


def picked(request: UserRequest) -> list[int]:
    keys = map(whole_number, request.POST.getlist("official"))
    return [key for key in keys if key is not None]


@never_cache
@require_POST
def attendee_account_slips(request: UserRequest) -> HttpResponse:
    """Slips to cut and hand over, each with its own one-time link; who printed whose is in the audit."""
    forbid_if(rules.why_not_make_accounts(request.user))
    rows = officials_in(request, "new").select_related("user", "agency").order_by("name_key", "pk")
    if "all" not in request.POST:
        rows = rows.filter(pk__in=picked(request))
    officials = list(rows[:SLIPS_AT_ONCE])
    slips = [
        (one, activation.link_for(one.user), activation.code_for(one.user)) for one in officials
    ]
    audit.record_many("slip_printed", [one.user for one in officials], by=request.user)
    last_day = timezone.localdate() + timedelta(days=activation.DAYS)
    facts = {"slips": slips, "last_day": last_day, "days": activation.DAYS, "most": SLIPS_AT_ONCE}
    return render(request, "roster/attendee_account_slips.html", facts)


@require_POST
def attendee_account_letters(request: UserRequest) -> HttpResponse:
    """The link of the slip by letter, to the picked or to all who have a work address."""
    forbid_if(rules.why_not_make_accounts(request.user))
    rows = officials_in(request, "new")
    if "all" not in request.POST:
        rows = rows.filter(pk__in=picked(request))
    users = list(rows.exclude(email="").values_list("user", flat=True))
    transaction.on_commit(partial(tasks.send_activation_letters.delay, users, request.user.pk))
    left = rows.filter(email="").count()
    messages.success(
        request,
        f"Đang gửi đường dẫn mở tài khoản cho {len(users)} đồng chí qua thư công vụ."
        + (f" {left} đồng chí chưa có thư công vụ: in phiếu để trao." if left else ""),
    )
    return redirect(f"{reverse('roster:attendee_accounts')}?state=new")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """The owner of a slip sets the first password, then signs in with it."""
    user = activation.user_of(token)
    form = FirstPasswordForm(user, request.POST or None) if user else None
    if user and form and form.is_valid():
        actions.activate(user, password=form.cleaned_data["new_password1"])
        messages.success(request, "Đã đặt mật khẩu. Đăng nhập bằng mật khẩu vừa đặt.")
        return redirect("account_login")
    status = 200 if user else 410
    return render(request, "roster/activate.html", {"owner": user, "form": form}, status=status)
