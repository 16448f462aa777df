"""Both kinds of meeting, at both levels: who is sent, and to what."""

import json
import random
from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from assignments.actions import amendments, decisions, imports, proposals
from assignments.actions.lines import add_assignment
from assignments.models import Assignment, Decision, Proposal
from assignments.plan_facts import plan_again
from assignments.planning.certificates import blockades, is_short
from assignments.planning.flow import is_optimal
from assignments.states import Barred
from config.lib.errors import Refused
from reports.demo.places import seat_agencies
from roster.actions.shipped_units import load_shipped_units
from roster.models import MeetingRule, Unit
from roster.sheets.preview import ListOptions
from roster.states import Role, RosterKind, UnitKind
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def setting() -> Setting:
    made = Setting()
    factories.MeetingRuleFactory(unit=made.branch, day=3)
    return made


def plan(decision: Decision, **told: object) -> Proposal:
    proposal = proposals.ask_for_plan(decision, by=decision.by, **told)
    proposals.run_plan(proposal.pk)
    return Proposal.objects.get(pk=proposal.pk)


def test_enlarged_meetings_are_planned_by_themselves(setting):
    """The branches' lines of the same draft stay, and count against capacity and day only once in force."""
    one = setting.official("Hoàng Thị Ảnh")
    other = factories.commune(setting.province, name="Xã Kim Đông")
    for commune in (setting.commune, other):
        factories.MeetingRuleFactory(unit=commune, day=12)
    decision = setting.draft(number="")
    add_assignment(decision, official=one, unit=setting.branch, by=setting.desk)

    proposal = plan(decision, reach=UnitKind.COMMUNE)

    assert {unit for _, unit in proposal.pairs} <= {setting.commune.pk, other.pk}
    assert proposal.facts["covered"] == 1
    assert "2 hội nghị, 1 đồng chí rảnh" in proposal.facts["blocked"][0]["words"]
    assert decision.assignments.filter(official=one, unit=setting.branch).exists()


def test_an_amendment_plans_the_branch_it_frees_but_not_for_the_one_it_takes_away(setting):
    one, other = setting.official("Hoàng Thị Ảnh"), setting.official("Vũ Văn An")
    first = setting.draft()
    line = add_assignment(first, official=one, unit=setting.branch, by=setting.desk)
    decisions.issue_decision(first, by=setting.desk)
    amendment = amendments.draft_amendment(first, starts_on=date(2026, 12, 1), by=setting.desk)
    assert plan(amendment).pairs == []

    line.refresh_from_db()
    amendments.remove_lines(amendment, [line], by=setting.desk)

    proposal = plan(amendment)
    assert proposal.pairs == [[other.pk, setting.branch.pk]]
    [row] = [row for row in proposal.rows["officials"] if row[0] == one.pk]
    assert [setting.branch.pk, Barred.REMOVED] in row[6]


def test_what_an_amendment_ends_counts_no_more_against_the_most(setting):
    one = setting.official("Hoàng Thị Ảnh")
    places = [setting.another_branch(f"Chi bộ xóm {n}") for n in range(21, 26)]
    first = setting.draft()
    lines = [add_assignment(first, official=one, unit=unit, by=setting.desk) for unit in places[:4]]
    decisions.issue_decision(first, by=setting.desk)
    amendment = amendments.draft_amendment(first, starts_on=date(2026, 12, 1), by=setting.desk)
    with pytest.raises(Refused, match="đã có 4 nơi"):
        add_assignment(amendment, official=one, unit=places[4], by=setting.desk)

    lines[0].refresh_from_db()
    amendments.remove_lines(amendment, lines[:1], by=setting.desk)
    add_assignment(amendment, official=one, unit=places[4], by=setting.desk)

    assert decisions.issue_decision(amendment, by=setting.desk) == 1


def test_the_command_plans_enlarged_meetings(setting, capsys):
    setting.official("Hoàng Thị Ảnh")
    factories.MeetingRuleFactory(unit=setting.commune, day=12)
    decision = setting.draft(number="")

    call_command("propose_assignments", "--decision", str(decision.pk), "--communes", "--json")

    assert json.loads(capsys.readouterr().out)["covered"] == 1
    assert decision.assignments.get().unit == setting.commune


def a_communes_draft(setting: Setting) -> Decision:
    desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
    return decisions.create_decision(
        issuer=setting.commune, by=desk, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )


def test_a_commune_sends_its_own_people_to_its_own_branches(setting):
    setting.official("Hoàng Thị Ảnh")
    own = factories.OfficialFactory(agency=setting.commune, full_name="Lê Văn Ân")
    elsewhere = factories.commune(setting.province, name="Xã Kim Đông")
    factories.MeetingRuleFactory(unit=factories.branch(elsewhere, name="Chi bộ xóm 9"), day=4)

    proposal = plan(a_communes_draft(setting))

    assert proposal.pairs == [[own.pk, setting.branch.pk]]
    assert is_optimal(plan_again(proposal.pk))


def test_the_province_sends_leaders_of_communes_but_not_within_their_own(setting):
    """They are in its list; a commune's other people are not."""
    leader = factories.OfficialFactory(agency=setting.commune, title="Bí thư Đảng ủy")
    factories.OfficialFactory(agency=setting.commune, title="Chuyên viên")
    elsewhere = factories.commune(setting.province, name="Xã Kim Đông")
    there = factories.branch(elsewhere, name="Chi bộ xóm 9")
    factories.MeetingRuleFactory(unit=there, day=4)

    proposal = plan(setting.draft(number=""))

    assert proposal.facts["officials"] == 1
    assert proposal.pairs == [[leader.pk, there.pk]]


def test_where_the_province_sends_somebody_the_commune_need_not(setting):
    factories.OfficialFactory(agency=setting.commune)
    factories.AssignmentFactory(
        decision=factories.DecisionFactory(issuer=setting.province),
        official=setting.official("Hoàng Thị Ảnh"),
        unit=setting.branch,
    )

    assert plan(a_communes_draft(setting)).facts["units"] == 0


@pytest.fixture
def province_of_2026() -> Decision:
    """243 officials from the shipped list, today's 129 communes, 600 branches of which four in ten meet on the third."""
    load_shipped_units()
    name = "2026-tinh-can-bo.xlsx"
    content = (settings.BASE_DIR / "roster/data/rosters" / name).read_bytes()
    imports.import_list(content, name, RosterKind.OFFICIALS, ListOptions(), today=TODAY)
    seat_agencies()
    draw = random.Random(2026)
    communes = list(Unit.objects.communes().on(TODAY).order_by("pk"))
    branches = Unit.objects.bulk_create(
        Unit(kind=UnitKind.BRANCH, name=f"Chi bộ {n}", starts_on=date(2025, 7, 1))
        for n in range(600)
    )
    for one in branches:
        one.path = f"{draw.choice(communes).path}{one.pk}/"
    Unit.objects.bulk_update(branches, ["path"])
    days = draw.choices([2, 3, 4, 5, 6, 10, 15], [10, 40, 15, 15, 10, 5, 5], k=600)
    MeetingRule.objects.bulk_create(
        MeetingRule(unit=one, day=day, starts_on=date(2025, 7, 1))
        for one, day in zip(branches, days, strict=True)
    )
    top = Unit.objects.get(kind=UnitKind.PROVINCIAL, ends_on=None)
    desk = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=top)
    return decisions.create_decision(
        issuer=top, by=desk, starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)
    )


def test_the_provinces_list_of_2026_over_a_generated_province(province_of_2026):
    """As many branches as can be; the set that blocks each of the others is really short."""
    proposal = plan(province_of_2026)

    found = plan_again(proposal.pk)
    facts = proposal.facts
    assert (facts["officials"], facts["units"]) == (243, 600)
    assert (
        facts["covered"]
        == len(proposal.pairs)
        == Assignment.objects.filter(decision=province_of_2026).count()
    )
    assert is_optimal(found)
    proofs = list(blockades(found))
    assert len(proofs) == facts["units"] - facts["covered"] > 0
    assert all(is_short(found.problem, one) for one in proofs)
    told = [unit for row in facts["blocked"] for unit in row["units"]]
    assert sorted(told) == sorted(found.uncovered)
    assert all(row["words"] and len(row["ways"]) == len(row["units"]) for row in facts["blocked"])
