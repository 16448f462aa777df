"""Pages of recommendations: the list, one's life, and the acts that move it on."""

from datetime import date, datetime
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.errors import refuse_if
from config.lib.paging import count_shown, page_by_key
from config.lib.text import whole_number
from meetings.models import Meeting
from reports.actions import recommendations as actions
from reports.deadlines import Explanation, explain, term_on
from reports.filters.recommendations import OVERDUE, RecommendationFilter
from reports.forms.recommendations import AnswerForm, ForwardForm, ReadOutForm, SetAsideForm
from reports.models import Answer, Recommendation
from reports.querysets import RecommendationQuerySet
from reports.rules import recommendations as rules
from reports.states import Outcome, RecommendationStatus
from reports.timeline import counted_from, hearings, steps_of
from roster.http import UserRequest, file_response, forbid_if
from roster.models import StoredFile
from roster.states import Role

BY_DEADLINE: Final = {RecommendationStatus.OPEN, OVERDUE}
TABS: Final = (
    (RecommendationStatus.RECEIVED, "Mới"),
    (RecommendationStatus.OPEN, "Chờ trả lời"),
    (OVERDUE, "Quá hạn"),
    (RecommendationStatus.ANSWERED, "Chờ thông báo lại"),
    (RecommendationStatus.CLOSED, "Đã đóng"),
    (RecommendationStatus.SET_ASIDE, "Không thụ lý"),
)


@require_safe
def recommendation_list(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    seen = Recommendation.objects.visible_to(request.user)
    filters = RecommendationFilter(request.GET, seen, today=today, user=request.user)
    if not filters.is_valid():
        raise BadRequest("filter")
    state = filters.form.cleaned_data["state"]
    keys = ("due_on", "pk") if state in BY_DEADLINE else ("-raised_on", "-pk")
    facts = {
        "filters": filters,
        "state": state,
        "tabs": tabs(seen, today),
        "page": page_by_key(filters.shown(filters.qs.for_list()), keys, request.GET),
        "sees_subtree": request.user.role in Role.whole_subtree(),
        "count": count_shown(filters.qs),
        "today": today,
    }
    return render(request, "reports/recommendation_list.html", facts)


def tabs(seen: RecommendationQuerySet, today: date) -> list[tuple[str, str, int]]:
    """(state, label, how many)."""
    counted = dict(seen.order_by().values_list("status").annotate(Count("pk")))
    counted[OVERDUE] = seen.order_by().overdue(today).count()
    return [(state, label, counted.get(state, 0)) for state, label in TABS]


def found(request: UserRequest, pk: int) -> Recommendation:
    rows = Recommendation.objects.visible_to(request.user).for_detail()
    return get_object_or_404(rows, pk=pk)


@require_safe
def recommendation_detail(request: UserRequest, pk: int) -> HttpResponse:
    recommendation = found(request, pk)
    now = timezone.now()
    coming = hearings(recommendation).first()
    facts = {
        "recommendation": recommendation,
        "steps": steps_of(recommendation, coming),
        "explanation": explanation_of(recommendation),
        "coming": coming,
        "today": timezone.localdate(now),
        "may_open_report": Meeting.objects.visible_to(request.user)
        .filter(pk=recommendation.report.meeting_id)
        .exists(),
        **acts(recommendation, request, coming, now),
    }
    return render(request, "reports/recommendation_detail.html", facts)


def acts(
    recommendation: Recommendation, request: UserRequest, coming: Meeting | None, now: datetime
) -> dict[str, Any]:
    """The sentence that stands beside each act, None where it may be done; and the form for reading out."""
    user = request.user
    why_not_read_out = rules.why_not_read_out_next(recommendation, coming, user, now)
    return {
        "why_not_forward": rules.why_not_forward(recommendation, user),
        "why_not_set_aside": rules.why_not_set_aside(recommendation, user),
        "why_not_answer": rules.why_not_answer(recommendation, user),
        "why_not_read_out": why_not_read_out,
        "read_out_form": None if why_not_read_out else read_out_form(request, recommendation, now),
    }


def explanation_of(recommendation: Recommendation) -> Explanation | None:
    start = counted_from(recommendation)
    if start is None or recommendation.due_on is None:
        return None
    answered_at = recommendation.answered_at
    answered_on = timezone.localdate(answered_at) if answered_at else None
    return explain(recommendation.due_on, start, answered_on, term_on(start))


def moved(request: UserRequest, recommendation: Recommendation, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(recommendation)


@require_http_methods(["GET", "POST"])
def recommendation_forward(request: UserRequest, pk: int) -> HttpResponse:
    recommendation = found(request, pk)
    forbid_if(rules.why_not_handle(recommendation, request.user))
    refuse_if(rules.why_not_forward(recommendation, request.user))
    today = timezone.localdate()
    term = term_on(today)
    form = ForwardForm(
        request.POST or None, recommendation, today=today, due_on=term.ends_on(today)
    )
    if form.is_valid():
        actions.forward_recommendation(recommendation, by=request.user, **form.cleaned_data)
        return moved(
            request,
            recommendation,
            f"Đã chuyển tới {recommendation.holder}, hạn trả lời {recommendation.deadline:%d/%m/%Y}.",
        )
    facts = {"recommendation": recommendation, "form": form, "term": term}
    return render(request, "reports/recommendation_forward.html", facts)


@require_http_methods(["GET", "POST"])
def recommendation_set_aside(request: UserRequest, pk: int) -> HttpResponse:
    recommendation = found(request, pk)
    forbid_if(rules.why_not_handle(recommendation, request.user))
    refuse_if(rules.why_not_set_aside(recommendation, request.user))
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        actions.set_aside_recommendation(recommendation, because=form.because(), by=request.user)
        return moved(request, recommendation, "Đã ghi: không thụ lý. Người dự và bí thư được báo.")
    facts = {"recommendation": recommendation, "form": form}
    return render(request, "reports/recommendation_set_aside.html", facts)


@require_http_methods(["GET", "POST"])
def recommendation_answer(request: UserRequest, pk: int) -> HttpResponse:
    recommendation = found(request, pk)
    forbid_if(rules.why_not_speak_for(recommendation.authority, request.user))
    refuse_if(rules.why_not_answer(recommendation, request.user))
    form = AnswerForm(
        request.POST or None,
        request.FILES or None,
        recommendation=recommendation,
        today=timezone.localdate(),
    )
    if form.is_valid():
        facts = form.cleaned_data
        outcome = Outcome(facts.pop("outcome"))
        actions.answer_recommendation(recommendation, outcome=outcome, by=request.user, **facts)
        return moved(request, recommendation, said_after_answer(recommendation))
    context = {"recommendation": recommendation, "form": form}
    return render(request, "reports/recommendation_answer.html", context)


def said_after_answer(recommendation: Recommendation) -> str:
    if recommendation.status == RecommendationStatus.OPEN:
        return f"Đã chuyển tiếp tới {recommendation.holder}. Thời hạn không đổi."
    if recommendation.status == RecommendationStatus.RECEIVED:
        return "Đã trả lại bộ phận tiếp nhận."
    return f"Đã gửi trả lời. Câu trả lời sẽ được đọc tại {recommendation.unit}."


@require_http_methods(["GET", "POST"])
def recommendation_read_out(request: UserRequest, pk: int) -> HttpResponse:
    recommendation = found(request, pk)
    coming, now = hearings(recommendation).first(), timezone.now()
    forbid_if(rules.why_not_speak_of(coming or recommendation.report.meeting, request.user))
    refuse_if(rules.why_not_read_out_next(recommendation, coming, request.user, now))
    form = read_out_form(request, recommendation, now)
    if form.is_valid():
        facts = form.cleaned_data
        is_satisfied = facts.pop("said") == "yes"
        actions.read_out_recommendation(
            recommendation, is_satisfied=is_satisfied, by=request.user, **facts
        )
        said = "Đã ghi: chi bộ đồng tình, kiến nghị kết thúc."
        if not is_satisfied:
            said = f"Đã mở lại kiến nghị, hạn trả lời mới {recommendation.deadline:%d/%m/%Y}."
        return moved(request, recommendation, said)
    context = {"recommendation": recommendation, "form": form}
    return render(request, "reports/recommendation_read_out.html", context)


def read_out_form(
    request: UserRequest, recommendation: Recommendation, now: datetime
) -> ReadOutForm:
    """At one of the meetings that have begun; `?meeting=` names the one whose sheet one comes from."""
    begun = hearings(recommendation).filter(starts_at__lte=now).order_by("-starts_at", "-pk")
    chosen = whole_number(request.GET.get("meeting", ""))
    initial = {"meeting": chosen} if chosen is not None else None
    return ReadOutForm(request.POST or None, meetings=begun, initial=initial)


@require_safe
def answer_file(request: UserRequest, pk: int) -> FileResponse:
    seen = Recommendation.objects.visible_to(request.user)
    stored = StoredFile.objects.filter(
        pk__in=Answer.objects.filter(pk=pk, recommendation__in=seen).values("file")
    )
    return file_response(get_object_or_404(stored))


patterns = [
    path("reports/recommendations/", recommendation_list, name="recommendation_list"),
    path(
        "reports/recommendations/<int:pk>/",
        recommendation_detail,
        name="recommendation_detail",
    ),
    path(
        "reports/recommendations/<int:pk>/forward/",
        recommendation_forward,
        name="recommendation_forward",
    ),
    path(
        "reports/recommendations/<int:pk>/set-aside/",
        recommendation_set_aside,
        name="recommendation_set_aside",
    ),
    path(
        "reports/recommendations/<int:pk>/answer/",
        recommendation_answer,
        name="recommendation_answer",
    ),
    path(
        "reports/recommendations/<int:pk>/read-out/",
        recommendation_read_out,
        name="recommendation_read_out",
    ),
    path(
        "reports/recommendations/answers/<int:pk>/file/",
        answer_file,
        name="answer_file",
    ),
]
