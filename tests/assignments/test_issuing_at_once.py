"""Two decisions that send two people to one branch, issued at the same moment."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from assignments.actions import decisions as actions
from assignments.models import Assignment, Decision
from assignments.states import DecisionStatus
from config.lib.errors import Refused
from tests.assignments.setting import Setting


@pytest.mark.django_db(transaction=True)
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
    start, refusals = Barrier(2), []

    def issue(pk: int) -> None:
        draft = Decision.objects.select_related("issuer").get(pk=pk)
        start.wait()
        try:
            actions.issue_decision(draft, by=setting.desk)
        except Refused as refused:
            refusals.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=issue, args=[draft.pk]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    issued = Decision.objects.filter(status=DecisionStatus.ISSUED)
    in_force = Assignment.objects.filter(in_force=True)
    assert issued.count() == 1
    assert set(in_force.values_list("decision", flat=True)) == {issued.get().pk}
    assert in_force.count() == 2
    assert len(refusals) == 1
    assert "dự chính đến 31/12/2027 theo Quyết định số" in refusals[0]
