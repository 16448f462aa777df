"""Accounts of attendees. The accounts of officers are made by an administrator, in the admin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet

from config.lib.text import fold
from roster import audit
from roster.models import OfficeTerm, Official, User
from roster.states import Role

LONGEST_USERNAME: Final = 60


def ensure_account(official: Official, *, by: User | None) -> User:
    """The official's account, made now if there is none; see `ensure_accounts`."""
    ensure_accounts([official], by=by)
    return User.objects.get(official=official)


@transaction.atomic
def ensure_accounts(officials: Iterable[Official], *, by: User | None) -> list[User]:
    """Give an attendee's account to each official who has none; returns the new accounts only.

    A person who has an account for another role already (same e-mail address, same name, not
    tied to anybody) keeps that one, tied to the official. A new account has no usable password:
    its owner sets one through "Quên mật khẩu", which proves that the address is his or hers.
    """
    unique = {official.pk: official for official in officials}
    tied = set(User.objects.filter(official__in=unique).values_list("official", flat=True))
    without = tie_to_own_accounts([row for pk, row in unique.items() if pk not in tied], by=by)
    new = [
        account_for(official, username)
        for official, username in zip(without, free_usernames(without), strict=True)
    ]
    made = User.objects.bulk_create(new, batch_size=1000)
    audit.record_many(
        "account_made", made, by=by, detail=lambda user: {"official": user.official_id}
    )
    return made


@transaction.atomic
def activate(user: User, *, password: str) -> None:
    """The owner of a slip sets the first password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record("account_activated", user, by=user)


@transaction.atomic
def suspend_ended(today: date) -> tuple[int, int]:
    """Close the accounts of attendees whose last term is over, open those that have one again; how many of each.

    Who never had a term on record is left alone, and so is who was closed by hand. Safe to run twice.
    """
    ended = Q(official__terms__isnull=False) & ~Q(official__in=in_office(today))
    attendees = User.objects.filter(role=Role.ATTENDEE)
    closed = list(attendees.filter(ended, is_active=True).distinct())
    opened = list(
        attendees.filter(suspended_on__isnull=False, official__in=in_office(today), is_active=False)
    )
    keys = [user.pk for user in closed]
    User.objects.filter(pk__in=keys).update(is_active=False, suspended_on=today)
    keys = [user.pk for user in opened]
    User.objects.filter(pk__in=keys).update(is_active=True, suspended_on=None)
    audit.record_many("account_suspended", closed)
    audit.record_many("account_reopened", opened)
    return len(closed), len(opened)


def in_office(today: date) -> QuerySet[Official, int]:
    return OfficeTerm.objects.on(today).values("official")  # type: ignore[return-value] # keys only


def account_for(official: Official, username: str) -> User:
    user = User(
        username=username,
        full_name=official.full_name,
        role=Role.ATTENDEE,
        official=official,
        email=official.email,
        phone=official.phone,
    )
    user.fill_keys()
    user.password = make_password(None)
    return user


def tie_to_own_accounts(officials: Sequence[Official], *, by: User | None) -> list[Official]:
    """Tie officials to accounts they have for another role; returns those who have none."""
    addresses = [official.email for official in officials if official.email]
    own = {
        (user.email, user.name_key): user
        for user in User.objects.filter(email__in=addresses, official=None)
    }
    without = []
    for official in officials:
        user = own.pop((official.email, official.name_key), None)
        if user is None:
            without.append(official)
            continue
        User.objects.filter(pk=user.pk, official=None).update(official=official)
        audit.record("account_tied", user, by=by, official=official.pk)
    return without


def free_usernames(officials: Sequence[Official]) -> list[str]:
    """For each official a username nobody has, also not in another case."""
    stems = [stem_of(official) for official in officials]
    taken = set(usernames_like(set(stems)))
    names = []
    for stem in stems:
        name = next(name for name in candidates(stem) if name not in taken)
        taken.add(name)
        names.append(name)
    return names


def usernames_like(stems: set[str]) -> Iterator[str]:
    """Usernames in use that begin like one of the stems; one query, whatever the number of stems."""
    if stems:
        starts = "|".join(re.escape(stem) for stem in sorted(stems))
        rows = User.objects.filter(username__iregex=rf"^({starts})\d*$")
        yield from (name.lower() for name in rows.values_list("username", flat=True))


def stem_of(official: Official) -> str:
    """The local part of the e-mail address, else the folded name: `nguyen.van.an`."""
    local = official.email.partition("@")[0] if official.email else official.full_name
    return re.sub(r"[^a-z0-9]+", ".", fold(local)).strip(".")[:LONGEST_USERNAME] or "can.bo"


def candidates(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}{number}" for number in count(2))
