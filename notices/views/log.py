"""What was sent, what was not and why; sending again; what would go out; whom to call."""

from datetime import date, timedelta
from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.paging import count_shown, page_by_key, slice_of
from notices import actions, rehearsing, rules, tasks
from notices.filters import NoticeFilter
from notices.forms import DayForm
from notices.models import Minute, Notice
from notices.states import NoticeStatus
from roster import audit
from roster.http import UserRequest, forbid_if
from roster.models import Job
from roster.rules import why_not_add_official

PEOPLE_A_PAGE = 100
ALARM_FOR = timedelta(days=1)
WRONG_FOR = timedelta(days=90)


def filtered(request: UserRequest, parameters: QueryDict) -> NoticeFilter:
    filters = NoticeFilter(parameters, queryset=Notice.objects.overseen_by(request.user))
    if not filters.is_valid():
        raise BadRequest("filter")
    return filters


@require_safe
def log(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_see_log(request.user))
    filters = filtered(request, request.GET)
    rows = filters.qs.select_related("user", "carried_by")
    facts = {
        "filters": filters,
        "page": page_by_key(rows, ("-pk",), request.GET),
        "count": count_shown(filters.qs),
        "failed": count_shown(filters.qs.filter(status=NoticeStatus.FAILED)),
        "braked": Minute.objects.filter(was_full=True, starts_at__gte=timezone.now() - ALARM_FOR)
        .order_by("-starts_at")
        .first(),
        "why_not_send_again": rules.why_not_send_again(request.user),
    }
    return render(request, "notices/log.html", facts)


@require_POST
def log_send_again(request: UserRequest) -> HttpResponse:
    """Those ticked, or all that the filter shows."""
    forbid_if(rules.why_not_send_again(request.user))
    rows = filtered(request, request.GET).qs
    if picked := request.POST.getlist("pick"):
        rows = rows.filter(pk__in=[key for key in picked if key.isascii() and key.isdigit()])
    found = actions.send_again(rows, by=request.user)
    if isinstance(found, Job):
        transaction.on_commit(partial(tasks.run_sending_again.delay, found.pk))
        return redirect("roster:job_detail", found.pk)
    messages.success(request, f"Sẽ gửi lại {found} tin trong vòng một phút.")
    return redirect(f"{reverse('notices:log')}?{request.GET.urlencode()}")


@require_safe
def wrong_numbers(request: UserRequest) -> HttpResponse:
    """People whom a channel could not reach because the roster has no or a wrong address: the last word of each."""
    forbid_if(rules.why_not_see_log(request.user))
    of_the_same = Notice.objects.filter(user=OuterRef("user"), channel=OuterRef("channel"))
    tried = of_the_same.filter(status__in=(NoticeStatus.SENT, NoticeStatus.FAILED))
    seen = Notice.objects.overseen_by(request.user).filter(
        is_wrong_address=True, due_at__gte=timezone.now() - WRONG_FOR
    )
    last = seen.filter(pk=Subquery(tried.order_by("-pk").values("pk")[:1]))
    rows = last.select_related("user__official__agency", "user__unit").order_by(
        "user__name_key", "user", "channel"
    )
    facts = {
        "page": slice_of(list(rows[:1000]), request.GET, size=PEOPLE_A_PAGE),
        "count": count_shown(last),
        "why_not_edit": why_not_add_official(request.user),
        "why_not_send_again": rules.why_not_send_again(request.user),
    }
    return render(request, "notices/wrong_numbers.html", facts)


@require_safe
def rehearsal(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_see_log(request.user))
    day = asked_day(request)
    people = rehearsing.rehearse(day, request.user)
    facts = {
        "day": day,
        "count": len(people),
        "unreached": sum(not person.is_reached for person in people),
        "page": slice_of(people, request.GET, size=PEOPLE_A_PAGE),
        "why_not_send_again": rules.why_not_send_again(request.user),
    }
    return render(request, "notices/rehearsal.html", facts)


@require_safe
def call_list(request: UserRequest) -> HttpResponse:
    """Numbers are shown in full, so the audit says that they were."""
    forbid_if(rules.why_not_send_again(request.user))
    day, whole = asked_day(request), request.GET.get("who") == "all"
    people = [
        person
        for person in rehearsing.rehearse(day, request.user)
        if whole or not person.is_reached
    ]
    audit.record("call_list_opened", request.user, by=request.user, day=day, count=len(people))
    return render(request, "notices/call_list.html", {"day": day, "whole": whole, "people": people})


def asked_day(request: UserRequest) -> date:
    """Tomorrow unless the address names a day."""
    if "day" not in request.GET:
        return timezone.localdate() + timedelta(days=1)
    form = DayForm(request.GET)
    if not form.is_valid():
        raise BadRequest("day")
    day: date = form.cleaned_data["day"]
    return day
