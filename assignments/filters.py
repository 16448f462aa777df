"""What one can look for in the lists of assignments; the filters live in the address."""

from datetime import date
from typing import Any

import django_filters as df
from django.db.models import Q, QuerySet

from assignments.models import Assignment, Decision
from assignments.states import DecisionStatus
from config.lib.text import fold
from roster.filters import choice_box, search_box
from roster.models import MeetingRule, Official, Unit, UnitParent


class PlaceFilter(df.FilterSet):
    q = df.CharFilter(
        method="search",
        label="Tìm chi bộ hoặc cán bộ",
        widget=search_box("Tìm chi bộ hoặc cán bộ"),
    )
    commune = df.ModelChoiceFilter(
        method="in_commune",
        label="Xã, phường",
        queryset=Unit.objects.none(),
        empty_label="Mọi xã, phường",
        widget=choice_box(),
    )
    only = df.ChoiceFilter(
        method="only_some",
        label="Tình trạng",
        choices=[("vacant", "Chưa có người dự"), ("attended", "Đã có người dự")],
        empty_label="Mọi tình trạng",
        widget=choice_box(),
    )
    decision = df.ModelChoiceFilter(
        method="of_decision",
        label="Quyết định",
        queryset=Decision.objects.none(),
        empty_label="Mọi quyết định",
        widget=choice_box(),
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        communes: QuerySet[Unit],
        decisions: QuerySet[Decision],
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        """`on`: a commune is asked for as it was that day; else as it is today."""
        super().__init__(*args, **kwargs)
        self.on = on
        self.filters["commune"].field.queryset = communes
        if "decision" in self.filters:
            self.filters["decision"].field.queryset = decisions

    def search(self, units: Any, name: str, words: str) -> Any:
        people = Official.objects.matching(words)
        sent = Assignment.objects.filter(official__in=people, in_force=True)
        return units.filter(
            Q(pk__in=Unit.objects.matching(words).values("pk")) | Q(pk__in=sent.values("unit"))
        )

    def in_commune(self, units: Any, name: str, commune: Unit) -> Any:
        if self.on is None:
            return units.filter(Q(home__place=commune) | Q(path__startswith=commune.path))
        dated = UnitParent.objects.on(self.on)
        direct = dated.filter(parent=commune).values("unit")
        below = dated.filter(parent__in=direct).values("unit")
        return units.filter(Q(pk=commune.pk) | Q(pk__in=direct) | Q(pk__in=below))

    def only_some(self, units: Any, name: str, choice: str) -> Any:
        return units.filter(is_attended=choice == "attended")

    def of_decision(self, units: Any, name: str, decision: Decision) -> Any:
        return units.filter(pk__in=decision.assignments.values("unit"))


class GridFilter(PlaceFilter):
    """The same search over a draft: whom its list names, and where it names nobody yet."""

    only = df.ChoiceFilter(
        method="only_some",
        label="Tình trạng",
        choices=[
            ("open", "Chưa xếp ai"),
            ("listed", "Đã có trong danh sách"),
            ("vacant", "Hiện không có người dự"),
        ],
        empty_label="Mọi tình trạng",
        widget=choice_box(),
    )
    day = df.ChoiceFilter(
        method="on_day",
        label="Ngày họp",
        choices=[(day, f"Ngày {day}") for day in range(1, 32)],
        empty_label="Mọi ngày họp",
        widget=choice_box(),
    )
    decision = None

    def __init__(self, *args: Any, draft: Decision, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, decisions=Decision.objects.none(), **kwargs)

    def search(self, units: Any, name: str, words: str) -> Any:
        named = self.draft.assignments.filter(official__in=Official.objects.matching(words))
        return units.filter(
            Q(pk__in=Unit.objects.matching(words).values("pk")) | Q(pk__in=named.values("unit"))
        )

    def only_some(self, units: Any, name: str, choice: str) -> Any:
        if choice == "vacant":
            return units.filter(is_attended=False)
        listed = Q(pk__in=self.draft.assignments.main().values("unit"))
        return units.filter(listed if choice == "listed" else ~listed)

    def on_day(self, units: Any, name: str, day: str) -> Any:
        rules = MeetingRule.objects.on(self.draft.starts_on).filter(day=int(day))
        return units.filter(pk__in=rules.values("unit"))


class PeopleFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm theo họ tên", widget=search_box("Tìm theo họ tên")
    )
    only = df.ChoiceFilter(
        method="only_some",
        label="Tình trạng",
        choices=[
            ("sent", "Được phân công"),
            ("overloaded", "Nhiều hơn mức thường"),
            ("idle", "Chưa được phân công"),
        ],
        empty_label="Mọi tình trạng",
        widget=choice_box(),
    )

    class Meta:
        model = Official
        fields: list[str] = []

    def __init__(self, *args: Any, usual: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual = usual

    def search(self, officials: Any, name: str, words: str) -> Any:
        return officials.matching(words)

    def only_some(self, officials: Any, name: str, choice: str) -> Any:
        loads = {
            "sent": {"load__gt": 0},
            "overloaded": {"load__gt": self.usual},
            "idle": {"load": 0},
        }
        return officials.filter(**loads[choice])


class DecisionFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm số hoặc trích yếu", widget=search_box("Tìm số, trích yếu")
    )
    status = df.ChoiceFilter(
        method="in_status",
        label="Trạng thái",
        choices=DecisionStatus,
        empty_label="Mọi trạng thái",
        widget=choice_box(),
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def search(self, decisions: Any, name: str, words: str) -> Any:
        """Without diacritics; a province has some hundred decisions, so they are read rather than indexed."""
        texts = decisions.order_by().values_list("pk", "number", "subject", "issuer__name")
        found = [pk for pk, *parts in texts if fold(words) in fold(" ".join(parts))]
        return decisions.filter(pk__in=found)

    def in_status(self, decisions: Any, name: str, status: str) -> Any:
        """Whose term is over has ended, whether or not somebody said so."""
        over = Q(status__in=DecisionStatus.standing(), ends_on__lt=self.today)
        if status == DecisionStatus.ENDED:
            return decisions.filter(Q(status=status) | over)
        return decisions.filter(status=status).exclude(over)
