"""Opening, changing and closing the address of a person's calendar."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from config.lib.errors import refuse_if
from meetings.feeds import why_not_have_feed
from meetings.models import CalendarFeed
from roster import audit
from roster.models import User

NOTED_EVERY: Final = timedelta(hours=1)


@transaction.atomic
def open_feed(*, by: User) -> CalendarFeed:
    """The user's address; a second time it is the same one."""
    refuse_if(why_not_have_feed(by))
    lock(by)
    found = CalendarFeed.objects.open().filter(user=by).first()
    return found or make_feed(by)


@transaction.atomic
def renew_feed(*, by: User) -> CalendarFeed:
    """A new address; whoever has the old one reads nothing more."""
    refuse_if(why_not_have_feed(by))
    close_feed(by=by)
    return make_feed(by)


@transaction.atomic
def close_feed(*, by: User) -> None:
    """Revoke the user's address; a second time it does nothing."""
    lock(by)
    for feed in CalendarFeed.objects.filter(user=by, revoked_at=None):
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record("feed_revoked", feed, by=by)


def make_feed(user: User) -> CalendarFeed:
    feed = CalendarFeed.objects.create(user=user)
    audit.record("feed_made", feed, by=user)
    return feed


def lock(user: User) -> None:
    """Two devices that press at once: the second waits and finds what the first has made."""
    User.objects.select_for_update().only("pk").get(pk=user.pk)


def note_read(feed: CalendarFeed, *, now: datetime) -> None:
    """When a phone last came, to the hour: it shows whether the calendar works."""
    if feed.last_read_at is None or feed.last_read_at < now - NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
