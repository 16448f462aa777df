"""One's own data as a file: all of one's own, nothing of anybody else's."""

import pytest
from django.test import Client

from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db


def test_an_official_gets_the_own_record_and_work_and_nobody_elses(client: Client) -> None:
    mine, others = Scene(1), Scene(2)
    mine.submitted()
    others.submitted()
    client.force_login(mine.attendee)

    answer = client.get("/account/data/")

    facts = answer.json()
    assert facts["account"]["username"] == mine.attendee.username
    assert facts["official"]["full_name"] == mine.official.full_name
    assert [row["unit__name"] for row in facts["assignments"]] == ["Chi bộ xóm 1"]
    assert [row["meeting__unit__name"] for row in facts["reports"]] == ["Chi bộ xóm 1"]
    assert "submitted" in [row["verb"] for row in facts["acts"]]
    assert "Chi bộ xóm 2" not in answer.content.decode()
    assert others.official.full_name not in answer.content.decode()


def test_an_officer_gets_the_account_alone(client: Client) -> None:
    scene = Scene()
    client.force_login(scene.desk)

    assert set(client.get("/account/data/").json()) == {
        "downloaded_at",
        "account",
        "acts",
        "notices",
    }
