"""Choosing channels, and a day."""

from typing import Any

from django import forms

from notices import topics
from notices.models import SwitchedOff
from roster.models import User


class ChannelsForm(forms.Form):
    """One field a topic: the channels that are on."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = [(channel.value, channel.label) for channel in topics.outside_channels()]
        off = set(SwitchedOff.objects.filter(user=user).values_list("topic", "channel"))
        for topic in topics.topics():
            self.fields[topic.name] = forms.MultipleChoiceField(
                label=topic.label,
                choices=channels,
                required=False,
                initial=[name for name, _ in channels if (topic.name, name) not in off],
                widget=forms.CheckboxSelectMultiple({"class": "form-check-input"}),
            )

    def clean(self) -> dict[str, Any]:
        for topic in topics.topics():
            if topic.has_floor and not self.cleaned_data.get(topic.name):
                self.add_error(
                    topic.name,
                    "Giữ ít nhất một kênh: tin này quyết định đồng chí đi đâu, nộp khi nào.",
                )
        return self.cleaned_data

    def switched_off(self) -> list[tuple[str, str]]:
        return [
            (topic.name, channel.value)
            for topic in topics.topics()
            for channel in topics.outside_channels()
            if channel.value not in self.cleaned_data[topic.name]
        ]


class DayForm(forms.Form):
    day = forms.DateField(label="Ngày")
