"""What a person switches off."""

from collections.abc import Collection

from django.db import transaction

from notices import topics
from notices.models import SwitchedOff
from roster import audit
from roster.models import User


@transaction.atomic
def switch_off(off: Collection[tuple[str, str]], *, by: User) -> None:
    """Exactly these (topic, channel) are off from now on; a topic's floor stays."""
    known = {topic.name: topic for topic in topics.topics()}
    rows = []
    for name, topic in known.items():
        channels = [channel for one, channel in off if one == name]
        kept = set(channels) - set(topics.stays_on(topic, channels))
        rows += [SwitchedOff(user=by, topic=name, channel=channel) for channel in sorted(kept)]
    SwitchedOff.objects.filter(user=by).delete()
    SwitchedOff.objects.bulk_create(rows)
    audit.record("notice_channels_chosen", by, by=by, off=[f"{r.topic}:{r.channel}" for r in rows])
