"""How a recommendation's state looks: word and shape, overdue first."""

from datetime import date
from typing import Final

from django import template

from reports.models import Recommendation
from reports.querysets import UNANSWERED
from reports.states import RecommendationStatus

register = template.Library()

SHAPES: Final = {
    RecommendationStatus.RECEIVED: "new",
    RecommendationStatus.OPEN: "wait",
    RecommendationStatus.ANSWERED: "info",
    RecommendationStatus.READ_OUT: "info",
    RecommendationStatus.CLOSED: "good",
}


@register.filter
def days_over(recommendation: Recommendation, today: date) -> int:
    """Days since the deadline passed without an answer; 0 if it did not."""
    due_on = recommendation.due_on
    if due_on is None or recommendation.status not in UNANSWERED:
        return 0
    return max((today - due_on).days, 0)


@register.filter
def shape(recommendation: Recommendation, today: date) -> str:
    if days_over(recommendation, today):
        return "late"
    return SHAPES.get(RecommendationStatus(recommendation.status), "")


@register.filter
def state_label(recommendation: Recommendation, today: date) -> str:
    days = days_over(recommendation, today)
    if not days:
        return recommendation.get_status_display()
    where = "trả lời" if recommendation.status == RecommendationStatus.OPEN else "chuyển lại"
    return f"Quá hạn {where} {days} ngày"
