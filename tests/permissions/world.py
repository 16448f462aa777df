"""A small world with one object of each kind, and for each role a user inside and one outside.

Two provinces; in the first two communes, a branch in each, and two agencies. Everything a row is
tried on belongs to `commune`, `branch`, `agency` and `official`; the outside users belong to the
neighbours. Objects that only some rows need are made when first asked for.
"""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from assignments.models import Assignment, Decision
from meetings.models import Meeting
from roster.models import Unit, User
from roster.states import Role
from tests import factories

OF_A_PROVINCE = (
    Role.SYSTEM_ADMIN,
    Role.COMMISSION_OFFICER,
    Role.COMMISSION_LEADER,
    Role.VIEWER,
)


class World:
    """Made anew for each row of the matrix; see this module's docstring."""

    def __init__(self) -> None:
        self.province = factories.province(name="Tỉnh ủy Trong")
        self.other_province = factories.province(name="Tỉnh ủy Ngoài")
        self.commune = factories.commune(self.province, name="Xã Trong")
        self.other_commune = factories.commune(self.province, name="Xã Ngoài")
        self.branch = factories.branch(self.commune, name="Chi bộ xóm Trong")
        self.other_branch = factories.branch(self.other_commune, name="Chi bộ xóm Ngoài")
        self.agency = factories.agency(self.province, name="Sở Trong")
        self.other_agency = factories.agency(self.province, name="Sở Ngoài")
        self.official = factories.OfficialFactory(full_name="Đinh Văn Trong", agency=self.agency)
        self.other_official = factories.OfficialFactory(
            full_name="Đinh Văn Ngoài", agency=self.other_agency
        )
        self.inside = self._users("trong", self.commune, self.branch, self.agency)
        self.outside = self._users(
            "ngoai", self.other_commune, self.other_branch, self.other_agency
        )
        self.assign(self.other_official, self.other_branch)

    def users(self) -> Iterator[tuple[tuple[str, str], User]]:
        """((side, role), user) of all sixteen."""
        for side in ("inside", "outside"):
            for role, user in getattr(self, side).items():
                yield (side, role.value), user

    @cached_property
    def decision(self) -> Decision:
        decision: Decision = factories.DecisionFactory(issuer=self.province)
        return decision

    @cached_property
    def assignment(self) -> Assignment:
        """The inside official goes to the inside branch."""
        return self.assign(self.official, self.branch)

    @cached_property
    def meeting(self) -> Meeting:
        """A meeting of the inside branch, attended by the inside official, on 3/11/2026."""
        assert self.assignment
        return factories.meeting(self.branch, on=date(2026, 11, 3))

    def assign(self, official: object, unit: Unit) -> Assignment:
        assignment: Assignment = factories.AssignmentFactory(
            decision=self.decision, official=official, unit=unit
        )
        return assignment

    def _users(self, side: str, commune: Unit, branch: Unit, agency: Unit) -> dict[Role, User]:
        inside = side == "trong"
        province = self.province if inside else self.other_province
        places = {
            **dict.fromkeys(OF_A_PROVINCE, province),
            Role.COMMUNE_OFFICER: commune,
            Role.BRANCH_SECRETARY: branch,
            Role.AUTHORITY_OFFICER: agency,
            Role.ATTENDEE: None,
        }
        official = self.official if inside else self.other_official
        return {
            role: factories.UserFactory(
                username=f"{role}-{side}",
                role=role,
                unit=places[role],
                official=official if role == Role.ATTENDEE else None,
                password="!",
            )
            for role in Role
        }
