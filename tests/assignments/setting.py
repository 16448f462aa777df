"""A commune with branches, officials of an agency, and a desk: what the tests of assignments start from."""

from datetime import date

from assignments.models import Decision
from assignments.states import DecisionStatus
from roster.models import Official, Unit, User
from roster.states import Role
from tests import factories

TERM = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}


class Setting:
    """`draft()` makes another decision of the province; `desk` is an officer of its commission."""

    def __init__(self) -> None:
        self.province = factories.province()
        self.commune = factories.commune(self.province, name="Xã Quang Thiện")
        self.agency = factories.agency(self.province, name="Sở Nội vụ")
        self.branch = factories.branch(self.commune, name="Chi bộ xóm 3")
        self.desk: User = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=self.province)

    def official(self, name: str, **values: object) -> Official:
        official: Official = factories.OfficialFactory(full_name=name, agency=self.agency, **values)
        return official

    def another_branch(self, name: str) -> Unit:
        return factories.branch(self.commune, name=name)

    def draft(self, number: str = "87-QĐ/TU", **values: object) -> Decision:
        decision: Decision = factories.DecisionFactory(
            issuer=self.province,
            number=number,
            by=self.desk,
            **{"status": DecisionStatus.DRAFT, "signed_on": date(2025, 12, 20), **TERM, **values},
        )
        return decision
