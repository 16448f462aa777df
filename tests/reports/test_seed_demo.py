"""The demo's data: every state is there, it is the same each time, and it never reaches production."""

from datetime import datetime
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assignments.models import Assignment, Decision, Substitution
from config.lib.errors import Refused
from meetings.models import Meeting
from notices.models import Notice
from reports.demo import bulk, clock, people, small
from reports.models import MeetingReport, Recommendation, RollUp, Summary
from roster.models import Event, Official, Unit, User
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.ZONE)


def fresh_dice() -> Random:
    return Random(2026)


def statuses(model: type) -> set[str]:
    return set(model.objects.values_list("status", flat=True))


def quiet(sentence: str) -> None:
    pass


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_small_demo_shows_work_in_every_state():
    small.seed(months=2, dice=fresh_dice(), now=NOW, say=quiet)

    assert {user.role for user in User.objects.filter(username__in=people.USERNAMES)} == set(Role)
    assert statuses(Meeting) == {"planned", "held", "cancelled"}
    assert statuses(MeetingReport) == {"draft", "submitted", "returned", "accepted"}
    assert statuses(Recommendation) >= {"received", "open", "answered", "closed"}
    assert statuses(Decision) == {"draft", "issued"}
    assert Decision.objects.get(amends__isnull=False).removals.count() == 2
    assert statuses(Substitution) >= {"asked", "offered", "accepted"}
    offer = Substitution.objects.get(status="offered")
    assert offer.substitute == Official.objects.get(user__username=people.ATTENDEE)
    assert {row.month.month for row in Meeting.objects.all()} == {10, 11, 12}
    assert MeetingReport.objects.filter(submitted_at__gt=NOW).count() == 0
    assert Summary.objects.filter(status="sent").exists()
    assert Notice.objects.filter(status="waiting", due_at__lt=NOW).count() == 0
    assert timezone.localdate(Event.objects.filter(verb="submitted").earliest("pk").at).month == 10


def test_the_large_scales_hold_together():
    scale = bulk.Scale(branches=400)

    bulk.seed(scale, months=2, dice=fresh_dice(), now=NOW, say=quiet)

    visible = Official.objects.filter(assignments__in_force=True).distinct()
    assert Unit.objects.branches().count() == 400
    assert Unit.objects.communes().count() == 129
    assert Meeting.objects.count() == 1200
    assert Assignment.objects.count() == 389
    assert visible.count() == 199
    assert MeetingReport.objects.filter(status="accepted").exists()
    assert sum(RollUp.objects.values_list("planned", flat=True)) == 389 * 3
    assert statuses(Recommendation) == {"received", "open", "answered", "closed"}


def test_a_database_with_people_in_it_is_not_filled():
    factories.UserFactory(unit=factories.province())

    with pytest.raises(Refused, match="Cơ sở dữ liệu đã có dữ liệu"):
        small.seed(months=1, dice=fresh_dice(), now=NOW, say=quiet)


def test_production_is_never_filled(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="không nạp trong chế độ chạy thật"):
        call_command("seed_demo", "--scale=small")

    assert not User.objects.exists()


def test_the_accounts_are_printed_with_their_password():
    people.open_account(people.PROVINCE[1], factories.province(name="Tỉnh ủy Thử"))
    out = StringIO()

    call_command("seed_demo", "--accounts", stdout=out)

    line = "  chuyen.vien  Chi-bo-2026   Chuyên viên Ban Tổ chức (Tỉnh ủy Thử)"
    assert line in out.getvalue().splitlines()


def test_the_demos_clock_is_set_back_afterwards():
    with clock.at(NOW):
        inside = timezone.localdate()

    assert inside == NOW.date()
    assert timezone.now() != NOW
