"""What one can look for in the calendar; the filters live in the address."""

from datetime import date
from typing import Any, Final

import django_filters as df
from django import forms
from django.db.models import QuerySet, TextChoices

from config.lib.months import last_day
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from meetings.states import MeetingStatus
from roster.filters import PlaceFilter, choice_box, communes_of, search_box, units_asked
from roster.models import User
from roster.states import MeetingKind, Units


class State(TextChoices):
    """The tabs of the calendar: the statuses, and what was moved. The others are opened by a figure only."""

    PLANNED = MeetingStatus.PLANNED.value, "Theo lịch"
    HELD = MeetingStatus.HELD.value, "Đã họp"
    CANCELLED = MeetingStatus.CANCELLED.value, "Không họp"
    MOVED = "moved", "Đã dời"
    AHEAD = "ahead", "Chưa đến ngày họp"
    COME = "come", "Đã đến ngày họp"
    ATTENDED = "attended", "Có cán bộ dự"


TABS: Final = (State.PLANNED, State.HELD, State.CANCELLED, State.MOVED)


class MeetingFilter(PlaceFilter):
    """Within one month. `state` is a tab and narrows after the tabs were counted."""

    q = df.CharFilter(
        method="search", label="Tìm chi bộ, xã", widget=search_box("Tìm chi bộ, xã, phường")
    )
    kind = df.ChoiceFilter(
        label="Loại cuộc họp", choices=MeetingKind, empty_label="Mọi loại", widget=choice_box()
    )

    on = df.DateFilter(field_name="held_on", label="Ngày", widget=forms.HiddenInput())

    sent = df.BooleanFilter(
        method="only_sent", label="Có người được phân công", widget=forms.HiddenInput()
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, data: Any, *, user: User, month: date, today: date) -> None:
        units = units_asked(data)
        last = last_day(month) if units == Units.THEN else today
        communes = communes_of(user, units, month, last)
        seen = Meeting.objects.visible_to(user).of_month(month)
        super().__init__(data, queryset=seen, communes=communes)

    def only_sent(self, meetings: MeetingQuerySet, name: str, wanted: bool) -> QuerySet[Meeting]:  # noqa: FBT001 - django-filter calls it
        """What the month's figures count: meetings to which somebody is sent; `0`: those that stand apart."""
        return meetings.sent() if wanted else meetings.live().unsent()

    def search(self, meetings: MeetingQuerySet, name: str, words: str) -> QuerySet[Meeting]:
        return meetings.matching(words, self.shown_by)
