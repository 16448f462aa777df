"""DOMAIN.md §5: what may be kept of a person, and nothing else (Luật 91/2025/QH15)."""

import pytest
from django.apps import apps

from config.lib.text import fold
from roster.models import Contact, Official
from roster.sheets.vocabulary import FIELDS
from roster.states import RosterKind

KEPT_OF_AN_OFFICIAL = {
    "id", "full_name", "name_key", "search", "birth_date", "birth_year", "title", "agency", "group", "rank",
    "phone", "email", "note", "capacity", "own_branch", "is_active", "merged_into",
}  # fmt: skip
KEPT_OF_A_CONTACT = {"id", "unit", "role", "name", "phone", "email", "starts_on", "ends_on"}
FORBIDDEN = (
    "ton giao", "dan toc", "can cuoc", "chung minh", "cccd", "cmnd", "gia dinh", "vo chong", "suc khoe", "que quan",
    "religion", "ethnic", "citizen", "passport", "family", "spouse", "health",
)  # fmt: skip


@pytest.mark.parametrize(
    ("model", "kept"), [(Official, KEPT_OF_AN_OFFICIAL), (Contact, KEPT_OF_A_CONTACT)]
)
def test_a_person_is_kept_with_these_columns_only(model, kept):
    assert {field.name for field in model._meta.fields} == kept


@pytest.mark.parametrize("app", ["roster", "notices", "assignments", "meetings", "reports"])
def test_no_column_of_any_room_asks_for_what_the_law_calls_sensitive(app):
    words = {
        f"{model._meta.label} {fold(f'{field.name} {field.verbose_name}'.replace('_', ' '))}"
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.fields
    }

    assert [word for word in words if any(one in word for one in FORBIDDEN)] == []


@pytest.mark.parametrize("kind", list(RosterKind))
def test_no_list_is_read_for_it(kind):
    labels = [fold(one.label) for one in FIELDS[kind]]

    assert [label for label in labels if any(word in label for word in FORBIDDEN)] == []
