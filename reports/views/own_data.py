"""What the program holds about the person who asks, as one file (Luật 91/2025/QH15: the right to one's own data)."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assignments.models import Assignment, Substitution
from meetings.models import Attendance
from notices.models import Notice
from reports.models import MeetingReport
from roster.http import UserRequest
from roster.models import Event, User


@never_cache
@require_safe
def own_data(request: UserRequest) -> HttpResponse:
    facts = {"downloaded_at": timezone.localtime(), **data_of(request.user)}
    content = json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    name = f"du-lieu-cua-toi-{timezone.localdate():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


def data_of(user: User) -> Mapping[str, Any]:
    """The account, what was done under it, what it was told; of an official also the record and the work."""
    account = ("username", "full_name", "email", "phone", "role", "unit__name", "last_login", "date_joined")  # fmt: skip
    acts = Event.objects.filter(by=user).order_by("pk")
    told = Notice.objects.filter(user=user).order_by("pk")
    return {
        "account": User.objects.values(*account).get(pk=user.pk),
        "acts": list(acts.values("at", "verb", "target_label")),
        "notices": list(told.values("kind", "channel", "status", "due_at", "sent_at", "subject")),
        **(work_of(user) if user.official_id else {}),
    }


def work_of(user: User) -> Mapping[str, Any]:
    official = user.official
    assert official is not None  # noqa: S101 - asked only for officials
    record = {name: getattr(official, name) for name in ("full_name", "title", "birth_date", "birth_year", "phone", "email", "group", "capacity", "note")}  # fmt: skip
    replaced = Substitution.objects.filter(substitute=official)
    return {
        "official": {**record, "agency": str(official.agency), "own_branch": str(official.own_branch or "")},
        "terms": rows(official.terms.all(), "office", "unit__name", "starts_on", "ends_on", "decision"),
        "absences": rows(official.absences.all(), "reason", "starts_on", "ends_on", "note"),
        "assignments": rows(Assignment.objects.filter(official=official), "unit__name", "role", "starts_on", "ends_on", decision_number=F("decision__number")),
        "stood_in": rows(replaced, "assignment__unit__name", "starts_on", "ends_on", "reason", "status"),
        "attendances": rows(Attendance.objects.filter(official=official), "meeting__unit__name", "meeting__held_on", "status", "reason"),
        "reports": rows(MeetingReport.objects.filter(author=official), "number", "status", "meeting__unit__name", "meeting__held_on", "submitted_at", "answers", "pressing_problem"),
    }  # fmt: skip


def rows(found: QuerySet[Any], *names: str, **more: Any) -> list[Any]:
    return list(found.order_by("pk").values(*names, **more))


patterns = [path("account/data/", own_data, name="own_data")]
