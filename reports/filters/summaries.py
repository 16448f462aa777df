"""What one can look for among summaries; the filters live in the address."""

from typing import Any

import django_filters as df

from config.lib.text import fold
from reports.models import Summary
from reports.querysets import SummaryQuerySet
from reports.states import SummaryStatus
from roster.filters import choice_box, search_box


class SummaryFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm theo đơn vị", widget=search_box("Tìm theo đơn vị")
    )
    status = df.ChoiceFilter(
        label="Trạng thái",
        choices=SummaryStatus.choices,
        empty_label="Mọi trạng thái",
        widget=choice_box(),
    )

    class Meta:
        model = Summary
        fields: list[str] = []

    def search(self, summaries: SummaryQuerySet, name: str, words: Any) -> SummaryQuerySet:
        return summaries.filter(unit__search__contains=fold(words))
