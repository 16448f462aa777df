"""From a notice to its words."""

from django.conf import settings
from django.template import Context, Engine

from notices.models import Notice


def render(notice: Notice) -> tuple[str, str]:
    """(subject, text) of `templates/<app>/notices/<name>.txt`: the first line, and the rest.

    The template sees the facts, `user`, and `link`: the whole address of the fact `url`.
    """
    app, _, name = notice.kind.partition(".")
    template = Engine.get_default().get_template(f"{app}/notices/{name}.txt")
    facts = {**notice.facts, "user": notice.user, "link": whole_address(notice.facts.get("url"))}
    subject, _, text = template.render(Context(facts, autoescape=False)).strip().partition("\n")
    return " ".join(subject.split()), text.strip()


def whole_address(path: str | None) -> str:
    return f"{settings.SITE_URL}{path}" if path else ""
