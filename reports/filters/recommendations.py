"""What one can look for among recommendations; the filters live in the address.

`?state=` is a status or `overdue`; `?month=2026-11` is the month of the meeting; `?commune=`, `?field=` and
`?authority=` are primary keys (`authority=null`: sent to nobody); `?due=2026-11` keeps those whose deadline in that month has been decided, `?answered=` how.
"""

from datetime import date
from typing import Any, Final

import django_filters as df
from django import forms
from django.core.exceptions import BadRequest

from config.lib.errors import Refused
from config.lib.months import parse_month
from reports.filters.reports import communes_of_month
from reports.models import Field, Recommendation
from reports.querysets import ANSWERED, RecommendationQuerySet
from reports.rollups.matters import NOT_FORWARDED
from reports.states import RecommendationStatus
from roster.filters import PlaceFilter, choice_box, search_box, units_asked
from roster.models import Unit, User
from roster.states import Units
from roster.successors import living

OVERDUE: Final = "overdue"
ANSWERS: Final = [
    ("on_time", "Trả lời đúng hạn"),
    ("late", "Trả lời muộn"),
    ("not", "Chưa trả lời"),
]
STATES: Final = [*RecommendationStatus.choices, (OVERDUE, "Quá hạn trả lời")]


class RecommendationFilter(PlaceFilter):
    to_meeting = "report__meeting__"
    q = df.CharFilter(
        method="search",
        label="Tìm theo nội dung hoặc số",
        widget=search_box("Tìm theo nội dung hoặc số"),
    )
    state = df.ChoiceFilter(
        method="in_state", label="Trạng thái", choices=STATES, widget=forms.HiddenInput()
    )
    field = df.ModelChoiceFilter(
        label="Lĩnh vực",
        queryset=Field.objects.all(),
        empty_label="Mọi lĩnh vực",
        widget=choice_box(),
    )
    authority = df.ModelChoiceFilter(
        label="Cơ quan",
        queryset=Unit.objects.none(),
        empty_label="Mọi cơ quan",
        null_label=NOT_FORWARDED,
        widget=choice_box(),
        method="of_authority",
    )
    month = df.CharFilter(method="of_month", label="Tháng họp", widget=forms.HiddenInput())
    due = df.CharFilter(method="due_in", label="Đến hạn trong tháng", widget=forms.HiddenInput())
    answered = df.ChoiceFilter(
        method="answered_so", label="Trả lời", choices=ANSWERS, widget=forms.HiddenInput()
    )

    class Meta:
        model = Recommendation
        fields: list[str] = []

    def __init__(self, data: Any, seen: RecommendationQuerySet, *, today: date, user: User) -> None:
        communes = communes_of_month(user, units_asked(data), data.get("month"), today)
        super().__init__(data, queryset=seen, communes=communes)
        self.today = today
        self.lives_on_in: dict[int, int] | None = None
        keys: Any = seen.order_by().values("authority")
        if self.shown_by == Units.NOW:
            sent = seen.order_by().exclude(authority=None).values_list("authority", flat=True)
            self.lives_on_in = living(sent.distinct(), today)
            keys = self.lives_on_in.values()
        authorities = Unit.objects.filter(pk__in=keys)
        self.filters["authority"].field.queryset = authorities.order_by("name_key", "pk")

    def of_authority(self, rows: Any, name: str, authority: Any) -> Any:
        """As now also what was sent to those that live on in it; `null`: what was sent to nobody."""
        if authority == self.filters[name].null_value:
            return rows.filter(authority=None)
        if self.lives_on_in is None:
            return rows.filter(authority=authority)
        here = [old for old, new in self.lives_on_in.items() if new == authority.pk]
        return rows.filter(authority__in=here)

    def search(self, rows: Any, name: str, words: str) -> Any:
        return rows.matching(words)

    def in_state(self, rows: Any, name: str, state: str) -> Any:
        return rows.overdue(self.today) if state == OVERDUE else rows.filter(status=state)

    def of_month(self, rows: Any, name: str, code: str) -> Any:
        return rows.filter(report__meeting__month=month_or_400(code))

    def answered_so(self, rows: Any, name: str, how: str) -> Any:
        return rows.filter(ANSWERED[how])

    def due_in(self, rows: Any, name: str, code: str) -> Any:
        """Answered, or overdue, with a deadline in the month: what the share of answers in time counts."""
        return rows.decided(month_or_400(code), self.today)


def month_or_400(code: str) -> date:
    try:
        return parse_month(code)
    except Refused:
        raise BadRequest("month") from None
