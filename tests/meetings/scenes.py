"""A branch with one meeting ahead, its secretary, its attendee and the desks above it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assignments.models import Assignment
from meetings.models import Meeting
from roster.models import Official, Unit, User
from roster.states import Role
from tests import factories

HELD_ON = date(2026, 12, 3)


def moment(day: int, hour: int = 8, minute: int = 0, *, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=factories.ZONE)


@dataclass
class Scene:
    """Everybody who has to do with one meeting of Chi bộ xóm 13 on 3/12/2026 at 19:30."""

    province: Unit
    commune: Unit
    branch: Unit
    official: Official
    attendee: User
    secretary: User
    officer: User
    commission: User
    assignment: Assignment
    meeting: Meeting


def scene(on: date = HELD_ON) -> Scene:
    province = factories.province()
    commune = factories.commune(province, name="Xã Quang Thiện")
    branch = factories.branch(commune, name="Chi bộ xóm 13")
    official = factories.OfficialFactory(agency=factories.agency(province))
    assignment = factories.AssignmentFactory(
        decision=factories.DecisionFactory(issuer=province), official=official, unit=branch
    )
    return Scene(
        province,
        commune,
        branch,
        official,
        factories.attendee(official),
        user(Role.BRANCH_SECRETARY, branch),
        user(Role.COMMUNE_OFFICER, commune),
        user(Role.COMMISSION_OFFICER, province),
        assignment,
        factories.meeting(branch, on=on, month=on.replace(day=1)),
    )


def user(role: Role, unit: Unit | None, **kwargs: Any) -> User:
    made: User = factories.UserFactory(role=role, unit=unit, **kwargs)
    return made


def substitute_for(scene: Scene, on: date = HELD_ON) -> User:
    """Somebody who goes in the attendee's place on that day; the account."""
    from assignments.actions import substitutions  # noqa: PLC0415 - only this scene needs it
    from roster.states import AbsenceReason  # noqa: PLC0415

    stand_in = factories.OfficialFactory(agency=scene.official.agency)
    account = factories.attendee(stand_in)
    substitutions.appoint_substitute(
        scene.assignment,
        starts_on=on,
        ends_on=on,
        reason=AbsenceReason.DUTY,
        substitute=stand_in,
        by=scene.commission,
    )
    return account
