"""What a person may switch off: topics of kinds (NOTICE_TOPICS) over channels."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from notices.states import ChannelName

OTHER = "other"


@dataclass(frozen=True)
class Topic:
    """With a floor, one channel outside the program always stays on."""

    name: str
    label: str
    kinds: Collection[str]
    has_floor: bool


def topics() -> list[Topic]:
    return [Topic(*row) for row in settings.NOTICE_TOPICS]


def topic_of(kind: str) -> Topic:
    found = {name: topic for topic in topics() for name in topic.kinds}
    return found.get(kind) or next(topic for topic in topics() if topic.name == OTHER)


def outside_channels() -> list[ChannelName]:
    """Those switched on that reach a person who does not open the program."""
    names = [ChannelName(name) for name in settings.NOTICE_CHANNELS]
    return [name for name in names if name != ChannelName.IN_APP]


def stays_on(topic: Topic, off: Collection[str]) -> Collection[str]:
    """Channels of a topic with a floor that go out although all were switched off: the first one."""
    outside = outside_channels()
    return outside[:1] if topic.has_floor and set(outside) <= set(off) else ()
