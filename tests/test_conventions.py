"""The house rules that no linter knows (STYLE.md)."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern

from config.lib.status import Status
from tests.urls import every_url

ROOT = Path(__file__).resolve().parent.parent
APPS = ("roster", "notices", "assignments", "meetings", "reports")
OUR_MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
MODULES = [
    path
    for folder in ("config", *APPS, "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
]
TEMPLATES = [
    path
    for folder in ("templates", *APPS)
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".html", ".txt", ".jinja"}
]
# Open to strangers, each for its reason: to sign in and out, to get a new password, to be told why
# not, to hear that the program lives, to read a calendar by its secret address, to open an account by
# its slip, to be led on from a message, to have the program on the phone without a network. What each
# answers stands in the permission matrix.
OPEN_VIEWS = {
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "healthz",
    "meetings:calendar_feed",
    "mfa_authenticate",
    "notices:link",
    "readyz",
    "reports:manifest",
    "reports:offline",
    "reports:service_worker",
    "roster:activate",
}


def statuses() -> list[type[Status]]:
    for app in APPS:
        __import__(f"{app}.states")
    return Status.__subclasses__()


def rendered_templates(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render":
            template = node.args[1]
            if isinstance(template, ast.Constant):
                yield template.value


def our_views() -> list[tuple[str, URLPattern]]:
    return [
        (name, url)
        for name, url in every_url()
        if url.callback.__module__.split(".")[0] in {"config", *APPS}
        and not name.startswith("admin:")
    ]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_model_says_what_it_is(model: type[Model]) -> None:
    written = inspect.cleandoc(model.__doc__ or "")

    assert written
    assert not written.startswith(f"{model.__name__}(")  # Django's own words


def test_only_listed_views_are_open_to_strangers() -> None:
    opened = {
        name for name, url in every_url() if not getattr(url.callback, "login_required", True)
    }

    assert opened == OPEN_VIEWS


@pytest.mark.parametrize("status", statuses(), ids=lambda status: status.__qualname__)
def test_every_status_can_be_reached_from_its_first(status: type[Status]) -> None:
    reached, waiting = set(), [next(iter(status))]
    while waiting:
        member = waiting.pop()
        if member not in reached:
            reached.add(member)
            waiting.extend(status.steps().get(member, ()))

    assert reached == set(status)


@pytest.mark.parametrize("name_and_url", our_views(), ids=lambda pair: pair[0])
def test_view_url_and_template_have_one_name(name_and_url: tuple[str, URLPattern]) -> None:
    name, url = name_and_url
    view = inspect.unwrap(url.callback)
    space, _, short = name.rpartition(":")
    own = list(rendered_templates(ast.parse(inspect.getsource(view))))

    assert view.__name__ == short
    for template in own:
        folder, _, file = template.partition(".")[0].rpartition("/")
        assert folder.split("/")[0] == space
        assert file.startswith("_") or file == short


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_is_longer_than_150_lines(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 150
