"""From rows in the database to a plan in the database."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from assignments import plan_pages
from assignments.actions import proposals
from assignments.actions.lines import add_assignment, undo_change
from assignments.models import Assignment, BranchNeed, Proposal
from assignments.plan_facts import plan_again
from assignments.planning.flow import is_optimal
from assignments.states import ProposalStatus
from config.lib.errors import Refused
from roster.models import Absence
from roster.states import AbsenceReason
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db


@pytest.fixture
def setting() -> Setting:
    made = Setting()
    factories.MeetingRuleFactory(unit=made.branch, day=3)
    return made


def planned(setting: Setting, **told: object) -> Proposal:
    decision = told.pop("decision", None) or setting.draft(number="")
    proposal = proposals.ask_for_plan(decision, by=setting.desk, **told)
    proposals.run_plan(proposal.pk)
    return Proposal.objects.get(pk=proposal.pk)


def test_the_plan_becomes_the_drafts_list(setting):
    one = setting.official("Hoàng Thị Ảnh")

    proposal = planned(setting)

    assert proposal.pairs == [[one.pk, setting.branch.pk]]
    line = Assignment.objects.get(decision=proposal.decision)
    assert (line.official, line.unit, line.in_force) == (one, setting.branch, False)
    assert is_optimal(plan_again(proposal.pk))


def never_own_branch(setting, one):
    one.own_branch = setting.branch
    one.save()


def never_absent(setting, one):
    Absence.objects.create(official=one, starts_on=date(2025, 12, 1), reason=AbsenceReason.DUTY)


def never_too_long(setting, one):
    factories.AssignmentFactory(
        decision=factories.DecisionFactory(issuer=setting.province),
        official=one,
        unit=setting.branch,
        starts_on=date(2022, 12, 1),
        ends_on=date(2025, 12, 31),
    )


def never_in_own_agency(setting, one):
    agency = factories.agency(setting.commune, name="Trường Thử")
    own = factories.branch(agency, name="Chi bộ trường")
    factories.MeetingRuleFactory(unit=own, day=3)
    setting.branch.delete()
    one.agency = agency
    one.save()


def never_on_a_taken_day(setting, one):
    other = setting.another_branch("Chi bộ xóm 4")
    factories.MeetingRuleFactory(unit=other, day=3)
    factories.AssignmentFactory(
        decision=factories.DecisionFactory(issuer=setting.province), official=one, unit=other
    )


@pytest.mark.parametrize(
    "rule",
    [never_own_branch, never_absent, never_too_long, never_in_own_agency, never_on_a_taken_day],
)
def test_who_may_not_go_is_not_sent_and_the_unit_says_why(setting, rule):
    one = setting.official("Hoàng Thị Ảnh")
    rule(setting, one)

    proposal = planned(setting)

    assert proposal.pairs == []
    assert [len(row["units"]) for row in proposal.facts["blocked"]] == [1]
    assert "Ngày mùng 3" in proposal.facts["blocked"][0]["words"]


def test_branches_for_which_the_same_people_are_too_few_share_one_sentence(setting):
    setting.official("Hoàng Thị Ảnh")
    for name in ("Chi bộ xóm 4", "Chi bộ xóm 5"):
        factories.MeetingRuleFactory(unit=setting.another_branch(name), day=3)

    blocked = planned(setting).facts["blocked"]

    assert [len(row["units"]) for row in blocked] == [2]
    assert "3 chi bộ, 1 đồng chí rảnh" in blocked[0]["words"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (never_own_branch, "sinh hoạt đảng ở chính chi bộ này"),
        (never_absent, "vắng cả thời hạn"),
        (never_too_long, "thời gian lâu nhất"),
        (never_on_a_taken_day, "cùng ngày"),
    ],
)
def test_a_refused_pair_says_its_own_reason(setting, rule, words):
    one = setting.official("Hoàng Thị Ảnh")
    rule(setting, one)

    told = plan_pages.why(planned(setting), setting.branch, str(one.pk))

    assert words in told["refusal"]


def test_one_undo_takes_the_whole_plan_back(setting):
    one, other = setting.official("Hoàng Thị Ảnh"), setting.official("Lê Văn Ân")
    decision = setting.draft(number="")
    add_assignment(decision, official=other, unit=setting.branch, by=setting.desk)
    planned(setting, decision=decision, forbids=[[other.pk, setting.branch.pk]])
    assert decision.assignments.get().official == one

    undo_change(decision, by=setting.desk)

    assert decision.assignments.get().official == other


def test_the_field_that_a_branch_asked_for_decides_between_equals(setting):
    setting.official("Hoàng Thị Ảnh")
    farming = factories.agency(setting.province, name="Sở Nông nghiệp")
    versed = factories.OfficialFactory(agency=farming)
    BranchNeed.objects.create(
        unit=setting.branch, quarter_starts_on=date(2025, 10, 1), agencies=[farming.pk]
    )

    assert planned(setting).pairs == [[versed.pk, setting.branch.pk]]


def test_replanning_moves_only_who_must_and_says_whom(setting):
    people = [setting.official(f"Nguyễn Văn {n}", capacity=1) for n in range(3)]
    second = setting.another_branch("Chi bộ xóm 4")
    factories.MeetingRuleFactory(unit=second, day=3)
    before = planned(setting)
    gone = before.pairs[0]

    after = planned(setting, decision=before.decision, former=before, forbids=[gone])

    assert len(people) == 3
    assert len(after.facts["moved"]) == 1
    assert before.pairs[1] in after.pairs


def test_a_cancelled_plan_leaves_the_list_as_it_is(setting):
    setting.official("Hoàng Thị Ảnh")
    proposal = proposals.ask_for_plan(setting.draft(number=""), by=setting.desk)

    proposals.cancel_plan(proposal, by=setting.desk)
    proposals.run_plan(proposal.pk)

    assert Proposal.objects.get().status == ProposalStatus.CANCELLED
    assert not Assignment.objects.exists()


def test_one_draft_is_planned_once_at_a_time(setting):
    decision = setting.draft(number="")
    proposals.ask_for_plan(decision, by=setting.desk)

    with pytest.raises(Refused, match="Đang lập một phương án"):
        proposals.ask_for_plan(decision, by=setting.desk)


def test_the_command_says_the_same_plan_twice(setting, capsys):
    setting.official("Hoàng Thị Ảnh")
    decision = setting.draft(number="")

    told = []
    for _ in range(2):
        call_command("propose_assignments", "--decision", str(decision.pk), "--json")
        told.append(json.loads(capsys.readouterr().out))

    assert told[0]["pairs"] == told[1]["pairs"]
    assert told[0]["covered"] == 1
