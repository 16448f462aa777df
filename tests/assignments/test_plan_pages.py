"""The page of a plan: what it shows of each place, what one can look for, and what blocks."""

from datetime import date

import pytest
from django.urls import reverse

from assignments import plan_pages, plan_rows
from assignments.actions import proposals
from assignments.models import Assignment, Proposal
from assignments.states import ProposalStatus
from roster.models import Unit
from roster.states import JobStatus
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db
QUERIES = 16
SEAT, FAR_OFF = {"lat": 20.25, "lon": 105.97}, {"lat": 20.0, "lon": 106.1}
FURTHER_OFF = {"lat": 19.9, "lon": 106.2}


def put(unit: Unit, place: dict[str, float]) -> None:
    Unit.objects.filter(pk=unit.pk).update(**place)


class Month(Setting):
    """Three branches on the third and the fifth; one has a holder, one lies further off. Two officials may go, one branch each."""

    def __init__(self) -> None:
        super().__init__()
        put(self.commune, FAR_OFF)
        put(self.agency, SEAT)
        self.second, self.third = map(self.another_branch, ("Chi bộ xóm 4", "Chi bộ xóm 5"))
        for unit, day in ((self.branch, 3), (self.second, 3), (self.third, 5)):
            factories.MeetingRuleFactory(unit=unit, day=day)
        put(self.second, FURTHER_OFF)
        self.people = [self.official(name, capacity=1) for name in ("Hoàng Thị Ảnh", "Lê Văn Ân")]
        factories.AssignmentFactory(
            decision=factories.DecisionFactory(issuer=self.province),
            official=self.people[0],
            unit=self.branch,
            starts_on=date(2025, 1, 1),
            ends_on=date(2025, 12, 31),
        )
        self.decision = self.draft(number="")

    def plan(self, **told: object) -> Proposal:
        proposal = proposals.ask_for_plan(self.decision, by=self.desk, **told)
        proposals.run_plan(proposal.pk)
        return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def month() -> Month:
    return Month()


@pytest.fixture
def desk(client, month):
    client.force_login(month.desk)
    return client


def shown(client, proposal: Proposal, **filters: object) -> list[object]:
    response = client.get(proposal.get_absolute_url(), filters)
    return [(row.place.unit, row.official, row.state[0]) for row in response.context["rows"]]


def test_each_place_says_how_far_how_laden_and_what_changes(desk, month):
    proposal = month.plan()

    rows = desk.get(proposal.get_absolute_url()).context["rows"]

    kept = next(row for row in rows if row.place.unit == month.branch)
    assert (kept.official, kept.state, kept.load, kept.capacity) == (
        month.people[0],
        ("Giữ", ""),
        1,
        1,
    )
    assert kept.km == pytest.approx(31, abs=0.5)
    assert sorted(row.state[0] for row in rows) == ["Chưa có người", "Giữ", "Mới"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"only": "kept"}, 1),
        ({"only": "uncovered"}, 1),
        ({"only": "new"}, 1),
        ({"only": "changed"}, 0),
        ({"day": 5}, 1),
        ({"q": "hoang thi anh"}, 1),
        ({"q": "xom 4"}, 1),
        ({"q": "xóm"}, 3),
    ],
)
def test_one_can_look_for_places(desk, month, filters, count):
    proposal = month.plan()

    found = shown(desk, proposal, **filters)

    assert len(found) == count
    assert len(shown(desk, proposal)) == 3


def test_one_can_look_at_one_commune(desk, month):
    other = factories.commune(month.province, name="Xã Kim Đông")
    there = factories.branch(other, name="Chi bộ xóm 9")
    factories.MeetingRuleFactory(unit=there, day=10)
    proposal = month.plan()

    assert [row[0] for row in shown(desk, proposal, commune=other.pk)] == [there]


def test_what_moved_since_the_former_plan_is_a_filter(desk, month):
    before = month.plan()
    after = month.plan(former=before, forbids=[[month.people[0].pk, month.branch.pk]])

    moved = shown(desk, after, only="moved")

    assert [unit.pk for unit, _, _ in moved] == [unit for _, unit in after.facts["moved"]]
    assert moved


def test_every_branch_left_out_has_its_own_way_out(desk, month):
    for number in range(6, 12):
        factories.MeetingRuleFactory(unit=month.another_branch(f"Chi bộ xóm {number}"), day=15)
    proposal = month.plan()

    sets = plan_pages.blocked(proposal)
    page = desk.get(proposal.get_absolute_url()).content.decode()

    left = [one for row in sets for one in row["units"]]
    assert len(left) == proposal.facts["units"] - proposal.facts["covered"] == 7
    assert all(one["way_out"].startswith("Rẻ nhất") for one in left)
    assert all(one["unit"].name in page for one in left)
    assert "1 xã, phường" in sets[0]["words"]


def test_plans_of_the_first_shape_are_still_explained(desk, month):
    """They kept the barred units without a reason, and one way out for a whole set."""
    proposal = month.plan()
    proposal.rows["officials"][0][6] = [month.third.pk]
    for row in proposal.facts["blocked"]:
        row["way_out"] = row.pop("ways")[0]
    proposal.facts.pop("unplaced")
    proposal.save()
    url = reverse("assignments:plan_why", args=[proposal.pk, month.third.pk])

    page = desk.get(url, {"official": "hoang thi anh"})

    assert "không được cử đến nơi này" in page.content.decode()
    assert desk.get(proposal.get_absolute_url()).status_code == 200


def test_an_agency_without_coordinates_counts_from_the_middle_and_the_page_says_so(desk, month):
    put(month.agency, {"lat": None, "lon": None})

    proposal = month.plan()

    assert proposal.facts["unplaced"] == 2
    assert proposal.facts["km"] == 0
    assert (
        "2 đồng chí ở cơ quan chưa có tọa độ"
        in desk.get(proposal.get_absolute_url()).content.decode()
    )


def test_the_weights_stand_in_the_page_and_give_another_plan(desk, month):
    proposal = month.plan()
    form = desk.get(proposal.get_absolute_url()).context["weights"]
    typed = {name: form[name].value() for name in form.fields} | {"distance": 3}

    desk.post(reverse("assignments:plan_new", args=[month.decision.pk]), typed)

    assert proposal.weights["distance"] == 10
    assert Proposal.objects.latest("pk").weights == {**proposal.weights, "distance": 3}


def test_two_plans_side_by_side_say_where_they_differ(desk, month):
    one = month.plan()
    two = month.plan(former=one, forbids=[[month.people[0].pk, month.branch.pk]])
    url = reverse("assignments:plan_compare", args=[one.pk, two.pk])

    page = desk.get(url).context["page"]

    before, after = dict(map(reversed, one.pairs)), dict(map(reversed, two.pairs))
    assert {row["unit"].pk for row in page.rows} == {
        unit for unit in before | after if before.get(unit) != after.get(unit)
    }
    assert {row["commune"] for row in page.rows} == {month.commune}


def test_a_page_that_waits_is_told_when_the_plan_is_there(desk, month):
    proposal = proposals.ask_for_plan(month.decision, by=month.desk)
    asks = {"headers": {"HX-Request": "true", "HX-Target": "lap"}}
    waiting = desk.get(proposal.get_absolute_url(), **asks)

    proposals.run_plan(proposal.pk)

    assert "Đang chờ đến lượt" in waiting.content.decode()
    assert "Hủy, giữ danh sách cũ" in waiting.content.decode()
    assert desk.get(proposal.get_absolute_url(), **asks).headers["HX-Refresh"] == "true"


def test_a_plan_that_is_cancelled_while_it_is_made_stops_and_leaves_the_list(month):
    """The search looks before each round: none begins after the cancelling."""
    month.plan()
    listed = set(Assignment.objects.filter(decision=month.decision).values_list("pk", flat=True))
    proposal = proposals.ask_for_plan(month.decision, by=month.desk)
    told: list[str] = []

    def cancel(done: int, text: str) -> None:
        told.append(text)
        if done == 1:
            proposals.cancel_plan(Proposal.objects.get(pk=proposal.pk), by=month.desk)

    with pytest.raises(proposals.Cancelled):
        proposals.make_plan(Proposal.objects.get(pk=proposal.pk), tell=cancel)

    assert len(told) == 2, "neither another round nor the writing"
    assert set(month.decision.assignments.values_list("pk", flat=True)) == listed


def test_a_job_cancelled_on_its_way_says_so_and_is_no_error(month, monkeypatch):
    proposal = proposals.ask_for_plan(month.decision, by=month.desk)
    read = plan_rows.read

    def read_and_cancel(*told: object) -> object:
        proposals.cancel_plan(Proposal.objects.get(pk=proposal.pk), by=month.desk)
        return read(*told)

    monkeypatch.setattr(plan_rows, "read", read_and_cancel)

    proposals.run_plan(proposal.pk)

    proposal.job.refresh_from_db()
    assert (proposal.job.status, proposal.job.sentence) == (JobStatus.FAILED, proposals.CANCELLED)
    assert Proposal.objects.get(pk=proposal.pk).status == ProposalStatus.CANCELLED
    assert not month.decision.assignments.exists()


@pytest.mark.parametrize("count", [3, 6])
def test_the_page_reads_as_much_for_more_rows(desk, month, django_assert_num_queries, count):
    for number in range(count - 3):
        factories.MeetingRuleFactory(unit=month.another_branch(f"Chi bộ thôn {number}"), day=7)
    proposal = month.plan()
    desk.get(proposal.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        assert len(shown(desk, proposal)) == count
