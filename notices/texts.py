"""From a notice to its words."""

from collections.abc import Sequence

from django.conf import settings
from django.template import Context, Engine

from notices import links
from notices.models import Notice
from notices.states import ChannelName


def render(notice: Notice) -> tuple[str, str]:
    """(subject, text) of `templates/<app>/notices/<name>.txt`: the first line, and the rest.

    The template sees the facts, `user`, and `link`: in the inbox the whole address of the fact
    `url`, elsewhere the personal link to it.
    """
    return fill(notice.kind, {**notice.facts, "user": notice.user, "link": link_of(notice)})


def render_together(notices: Sequence[Notice]) -> tuple[str, str]:
    """One message for several that were held: their subjects, each with its link."""
    parts = [(render(notice)[0], link_of(notice)) for notice in notices]
    return fill("notices.digest", {"parts": parts, "user": notices[0].user})


def fill(kind: str, facts: dict[str, object]) -> tuple[str, str]:
    app, _, name = kind.partition(".")
    template = Engine.get_default().get_template(f"{app}/notices/{name}.txt")
    subject, _, text = template.render(Context(facts, autoescape=False)).strip().partition("\n")
    return " ".join(subject.split()), text.strip()


def link_of(notice: Notice) -> str:
    if notice.channel != ChannelName.IN_APP:
        return links.personal_link(notice)
    path = notice.facts.get("url")
    return f"{settings.SITE_URL}{path}" if path else ""
