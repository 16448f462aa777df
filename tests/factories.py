"""Factories without surprises: plain rows; late statuses are reached through actions."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from assignments.models import Assignment, Decision
from assignments.states import DecisionStatus
from meetings.models import Meeting
from roster.models import Contact, MeetingRule, Official, Unit, UnitParent, User
from roster.states import BranchType, MeetingKind, Role, UnitKind

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST_DAY = date(2025, 7, 1)


class UnitFactory(DjangoModelFactory):
    """A unit under `parent` (none: a root), with its path and its row of history."""

    class Meta:
        model = Unit
        skip_postgeneration_save = True

    kind = UnitKind.COMMUNE
    code = ""
    name = factory.Sequence(lambda n: f"Xã Thử {n}")
    starts_on = FIRST_DAY

    @factory.post_generation
    def place(self: Unit, create: bool, extracted: Unit | None, **kwargs: object) -> None:
        parent = self._parent
        self.path = f"{parent.path if parent else '/'}{self.pk}/"
        self.save()
        if parent:
            UnitParent.objects.create(unit=self, parent=parent, starts_on=self.starts_on)

    @classmethod
    def _create(cls, model_class: type[Unit], *args: object, **kwargs: object) -> Unit:
        parent = kwargs.pop("under", None)
        unit = model_class(*args, **kwargs)
        unit._parent = parent
        unit.save()
        return unit


def province(**kwargs: object) -> Unit:
    return UnitFactory(kind=UnitKind.PROVINCIAL, **{"name": "Tỉnh ủy Thử", **kwargs})


def commune(under: Unit, **kwargs: object) -> Unit:
    return UnitFactory(kind=UnitKind.COMMUNE, under=under, **kwargs)


def branch(under: Unit, **kwargs: object) -> Unit:
    values = {
        "name": "Chi bộ xóm 1",
        "branch_type": BranchType.RESIDENTIAL,
        "member_count": 40,
        **kwargs,
    }
    return UnitFactory(kind=UnitKind.BRANCH, under=under, **values)


def agency(under: Unit, **kwargs: object) -> Unit:
    return UnitFactory(kind=UnitKind.AGENCY, under=under, **{"name": "Sở Thử", **kwargs})


class MeetingRuleFactory(DjangoModelFactory):
    class Meta:
        model = MeetingRule

    day = 3
    time = time(19, 30)
    place = "Nhà văn hóa xóm"
    starts_on = FIRST_DAY


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = Contact

    name = "Trần Văn Thử"
    phone = "+84912000001"
    starts_on = FIRST_DAY


class OfficialFactory(DjangoModelFactory):
    class Meta:
        model = Official

    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Thử {n}")
    title = "Chuyên viên"
    email = factory.Sequence(lambda n: f"can-bo-{n}@thu.example")


class UserFactory(DjangoModelFactory):
    """A user whose password is `mật khẩu thử`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi-dung-{n}")
    full_name = factory.Sequence(lambda n: f"Lê Thị Thử {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@thu.example")
    role = Role.COMMISSION_OFFICER
    password = factory.django.Password("mật khẩu thử")


def attendee(official: Official, **kwargs: object) -> User:
    return UserFactory(
        role=Role.ATTENDEE,
        official=official,
        full_name=official.full_name,
        email=official.email,
        **kwargs,
    )


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    number = factory.Sequence(lambda n: f"{n + 1:02d}-QĐ/TU")
    signed_on = FIRST_DAY
    starts_on = FIRST_DAY
    status = DecisionStatus.ISSUED


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    starts_on = FIRST_DAY
    in_force = True


def meeting(unit: Unit, on: date = date(2026, 11, 3), **kwargs: object) -> Meeting:
    """A planned meeting at 19:30 whose report is due after 5 days and locked after 30."""
    starts_at = datetime.combine(on, time(19, 30), ZONE)
    above = Unit.objects.in_bulk(unit.ancestor_ids)
    values = {
        "month": on.replace(day=1),
        "kind": MeetingKind.ENLARGED if unit.kind == UnitKind.COMMUNE else MeetingKind.REGULAR,
        "starts_at": starts_at,
        "held_on": on,
        "place": "Nhà văn hóa",
        "report_due_on": date.fromordinal(on.toordinal() + 5),
        "late_after": date.fromordinal(on.toordinal() + 5),
        "locked_on": date.fromordinal(on.toordinal() + 31),
        "commune": next((u for u in [unit, *above.values()] if u.kind == UnitKind.COMMUNE), None),
        "province": next((u for u in above.values() if u.kind == UnitKind.PROVINCIAL), None),
    }
    return Meeting.objects.create(unit=unit, **{**values, **kwargs})
