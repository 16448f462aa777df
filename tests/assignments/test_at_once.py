"""What two clerks do at the same moment, each on a connection of its own."""

from collections.abc import Callable
from datetime import date
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from assignments.actions import decisions as actions
from assignments.actions import substitutions
from assignments.models import Assignment, Decision, Substitution
from assignments.states import DecisionStatus
from config.lib.errors import Conflict, Refused
from roster.models import DocumentNumber, Official, Unit
from tests.assignments.setting import Setting
from tests.assignments.test_substitutions import ask, sent

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = """
INSERT INTO assignments_assignment
    (decision_id, official_id, unit_id, role, starts_on, ends_on, in_force, ended_because)
VALUES (%s, %s, %s, %s, %s, %s, true, '')
"""


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each act on a connection of its own, all begun together; returns the refusals."""
    start, refusals = Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except (Refused, IntegrityError, OperationalError) as refused:
            refusals.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def issue(setting: Setting, pk: int) -> None:
    actions.issue_decision(Decision.objects.select_related("issuer").get(pk=pk), by=setting.desk)


def insert(decision: Decision, official: Official, unit: Unit, *rest: object) -> None:
    """By SQL, past all our own checks; the transaction stays open long enough for the other to meet it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [decision.pk, official.pk, unit.pk, *rest])
        cursor.execute("SELECT pg_sleep(0.2)")


def test_one_of_two_conflicting_issues_wins_and_the_other_hears_why():
    setting = Setting()
    drafts = [setting.draft("87-QĐ/TU"), setting.draft("91-QĐ/TU")]
    places = [setting.branch, setting.another_branch("Chi bộ xóm 4")]
    for draft, names, order in zip(
        drafts, (("A", "B"), ("C", "D")), (places, places[::-1]), strict=True
    ):
        for name, unit in zip(names, order, strict=True):
            official = setting.official(f"Nguyễn Văn {name}")
            actions.add_assignment(draft, official=official, unit=unit, by=setting.desk)
    refusals = at_once(*(partial(issue, setting, draft.pk) for draft in drafts))

    issued = Decision.objects.filter(status=DecisionStatus.ISSUED)
    in_force = Assignment.objects.filter(in_force=True)
    assert issued.count() == 1
    assert set(in_force.values_list("decision", flat=True)) == {issued.get().pk}
    assert in_force.count() == 2
    assert len(refusals) == 1
    assert "dự chính đến 31/12/2027 theo Quyết định số" in refusals[0]


@pytest.mark.parametrize(
    ("names", "roles", "constraint"),
    [
        (("A", "B"), ("main", "main"), "unit_has_one_main_attendee_a_day"),
        (("A", "A"), ("main", "second"), "official_is_assigned_once_to_a_unit_a_day"),
        (("A", "A"), ("second", "second"), "official_is_assigned_once_to_a_unit_a_day"),
    ],
)
def test_of_two_transactions_in_sql_the_database_refuses_one(
    names: tuple[str, str], roles: tuple[str, str], constraint: str
):
    setting = Setting()
    officials = {name: setting.official(f"Nguyễn Văn {name}") for name in names}
    drafts = [setting.draft("87-QĐ/TU"), setting.draft("91-QĐ/TU")]
    days = [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 6, 30), None)]  # share one day

    refusals = at_once(
        *(
            partial(insert, draft, officials[name], setting.branch, role, *period)
            for draft, name, role, period in zip(drafts, names, roles, days, strict=True)
        )
    )

    # two rows written in the same instant wait for each other's check until PostgreSQL ends one of the two
    endings = (constraint, "while checking exclusion constraint")
    assert Assignment.objects.count() == 1
    assert [any(ending in refusal for ending in endings) for refusal in refusals] == [True]


def test_bringing_a_row_into_force_by_sql_is_refused_too():
    setting = Setting()
    drafts = [setting.draft("87-QĐ/TU"), setting.draft("91-QĐ/TU")]
    for draft, name in zip(drafts, "AB", strict=True):
        official = setting.official(f"Nguyễn Văn {name}")
        actions.add_assignment(draft, official=official, unit=setting.branch, by=setting.desk)

    with (
        pytest.raises(IntegrityError, match="unit_has_one_main_attendee_a_day"),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE assignments_assignment SET in_force = true")

    assert not Assignment.objects.filter(in_force=True).exists()


def test_two_decisions_issued_at_once_get_two_numbers_in_a_row():
    setting = Setting()
    places = [setting.branch, *(setting.another_branch(f"Chi bộ xóm {n}") for n in range(4, 7))]
    drafts = []
    for index, unit in enumerate(places):
        kind = "cv" if index == 3 else "qd"
        drafts.append(setting.draft("", kind=kind))
        official = setting.official(f"Nguyễn Văn {index}")
        actions.add_assignment(drafts[-1], official=official, unit=unit, by=setting.desk)

    refusals = at_once(*(partial(issue, setting, draft.pk) for draft in drafts))

    assert refusals == []
    assert sorted(Decision.objects.values_list("number", flat=True)) == [
        "01-CV/TU",
        "01-QĐ/TU",
        "02-QĐ/TU",
        "03-QĐ/TU",
    ]
    assert DocumentNumber.objects.count() == 4


def test_one_decision_issued_twice_at_once_takes_one_number():
    setting = Setting()
    draft = setting.draft("")
    official = setting.official("Nguyễn Văn A")
    actions.add_assignment(draft, official=official, unit=setting.branch, by=setting.desk)

    at_once(*(partial(issue_or_stale, setting, draft.pk) for _ in range(2)))

    assert Decision.objects.get().number == "01-QĐ/TU"
    assert DocumentNumber.objects.count() == 1


def test_one_person_is_not_sent_to_two_places_on_a_day_by_two_desks_at_once():
    setting = Setting()
    binh = setting.official("Trần Thị Bình")
    asked = [
        ask(sent(setting, name, setting.another_branch(f"Chi bộ {name}")), setting.desk)
        for name in ("Vũ Văn An", "Lê Văn Ân")
    ]

    refusals = at_once(
        *(
            partial(substitutions.accept_substitution, one, substitute=binh, by=setting.desk)
            for one in asked
        )
    )

    assert Substitution.objects.accepted().filter(substitute=binh).count() == 1
    assert ["đã đi thay tại" in refusal for refusal in refusals] == [True]


def test_two_requests_for_the_same_days_at_once_are_one():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")

    assert at_once(*(partial(ask, assignment, setting.desk) for _ in range(2))) == []

    assert Substitution.objects.count() == 1


def issue_or_stale(setting: Setting, pk: int) -> None:
    try:
        issue(setting, pk)
    except Conflict as conflict:
        raise Refused(str(conflict)) from conflict
