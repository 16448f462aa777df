"""Letters with the link that opens a new account, to those whose work address the roster knows."""

from collections.abc import Iterable
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any, Final

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string

from roster import activation, audit
from roster.models import User

LONGEST_WHY: Final = 200
SUBJECT: Final = "Mở tài khoản Dự sinh hoạt chi bộ"


def send_letters(users: Iterable[User], *, by: User | None) -> int:
    """One letter each over one connection. Sent again, it carries another link; the first password closes all of them.

    An address that the server refuses is noted, and costs nobody else the letter. Returns how many were sent.
    """
    with get_connection() as connection:
        return sum(send_letter(user, connection, by=by) for user in users)


def send_letter(user: User, connection: Any, *, by: User | None) -> bool:
    try:
        letter_to(user, connection).send()
    except (SMTPRecipientsRefused, SMTPDataError) as refused:
        audit.record("link_refused", user, by=by, why=str(refused)[:LONGEST_WHY])
        return False
    audit.record("link_sent", user, by=by)
    return True


def letter_to(user: User, connection: Any) -> EmailMessage:
    facts = {"owner": user, "link": activation.link_for(user), "days": activation.DAYS}
    address = user.official.email if user.official else user.email
    text = render_to_string("roster/activation_letter.txt", facts)
    return EmailMessage(SUBJECT, text, to=[address], connection=connection)
