"""The demo of a few communes: rosters imported, months lived through by the real actions, one on its way."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.db import transaction
from django.utils import timezone

from config.lib.errors import Refused, refuse_if
from config.lib.months import Period, add_months, month_of
from meetings.actions.briefings import publish_briefing
from meetings.actions.planning import plan_month
from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.actions import reports as filed
from reports.actions import summaries
from reports.demo import clock, matters, past_notices, people, places, unfinished
from reports.demo.agenda import Agenda
from reports.demo.life import Stage, answering_accounts, live
from reports.demo.papers import Library
from reports.models import Summary
from reports.rollups import refresh
from roster.actions.shipped_units import load_shipped_units
from roster.models import Official, Unit, User
from roster.states import UnitKind

Say = Callable[[str], None]
PREPARATION: Final = timedelta(days=12)
SUMMARY_DAY: Final = 25


@transaction.atomic
def seed(*, months: int, dice: Random, now: datetime, say: Say) -> None:
    """`months` months up to today; the last of them is going on. All of it, or nothing."""
    refuse_if(why_not_seed())
    today = timezone.localdate(now)
    first = add_months(month_of(today), 1 - months)
    say("Nạp danh mục đơn vị")
    load_shipped_units()
    with clock.at(clock.moment(first - PREPARATION, 8)):
        say("Nhập danh sách chi bộ, cán bộ, phân công")
        desk = prepare(dice)
    stage = Stage(
        agenda=Agenda(until=now),
        dice=dice,
        desk=desk,
        library=Library.load(),
        users={},
        answerers=answering_accounts(list(Unit.objects.agencies().filter(ends_on=None))),
    )
    visited = open_visitors_accounts(now)
    for index in range(months + 1):
        lay_month(stage, add_months(first, index), skipping=visited, earliest=first - PREPARATION)
    say(f"{months} tháng đi qua: lịch họp, báo cáo, kiến nghị, tổng hợp")
    stage.agenda.run()
    with clock.at(now):
        leave_work(visited, desk, today, now)
    refresh.refresh_all(now)
    past_notices.settle(now)


def why_not_seed() -> str | None:
    if Meeting.objects.exists() or User.objects.exists():
        return "Cơ sở dữ liệu đã có dữ liệu. Dữ liệu chạy thử chỉ nạp vào cơ sở dữ liệu trống."
    return None


def prepare(dice: Random) -> User:
    """Units, officials, assignments and the officers of the province; returns the desk that acts."""
    root = Unit.objects.get(kind=UnitKind.PROVINCIAL, ends_on=None)
    officers = {account.username: people.open_account(account, root) for account in people.PROVINCE}
    places.import_rosters(timezone.localdate())
    places.found_peoples_committees()
    people.open_account(people.PROPAGANDA, places.found_propaganda_board(root))
    places.seat_agencies()
    desk = officers["chuyen.vien"]
    branches = places.found_branches(desk, dice)
    places.assign_the_rest(branches, desk, dice)
    commune = places.commune(places.QUANG_THIEN)
    people.open_account(people.COMMUNE_OFFICER, commune)
    agencies = Unit.objects.agencies()
    people.open_account(people.AUTHORITY, agencies.get(name=matters.FARMING))
    people.open_account(people.COMMUNE_AUTHORITY, agencies.get(name="UBND xã Quang Thiện"))
    return desk


def open_visitors_accounts(now: datetime) -> Unit:
    """The printed attendee and secretary belong to one branch: one that has met not long ago."""
    branches = Unit.objects.branches().under(places.commune(places.QUANG_THIEN))
    sent = branches.filter(assignments__in_force=True, meeting_rules__day__isnull=False)
    today = timezone.localdate(now)
    branch = min(
        sent.distinct().prefetch_related("meeting_rules"), key=lambda unit: days_since(unit, today)
    )
    people.open_to_visitors(Official.objects.get(assignments__unit=branch))
    secretary = branch.contacts.order_by("-starts_on").first()
    people.open_account(people.SECRETARY, branch, secretary.name if secretary else "")
    return branch


def days_since(branch: Unit, today: date) -> tuple[int, str]:
    """How many days ago the branch met this month; those still to come sort last."""
    day = branch.meeting_rules.all()[0].day or 0
    return ((today.day - day) % 31 if day < today.day else 99, branch.name_key)


def lay_month(stage: Stage, month: date, *, skipping: Unit, earliest: date) -> None:
    """The month is planned a month before, its briefing published, its meetings take place, its figures go up."""
    plan_on = max(add_months(month, -1), earliest + timedelta(days=1))
    agenda = stage.agenda
    agenda.add(clock.moment(plan_on, 1, 15), lambda: plan(stage, month, skipping))
    agenda.add(clock.moment(month, 9), lambda: brief(stage, month))
    agenda.add(
        clock.moment(month + timedelta(days=SUMMARY_DAY - 1), 17), lambda: sum_up(stage, month)
    )


def plan(stage: Stage, month: date, skipping: Unit) -> None:
    """Plan the month; this month's meeting of the branch `skipping` is left to the visitor."""
    plan_month(month, now=timezone.now())
    meetings = Meeting.objects.of_month(month).select_related("unit", "commune").for_list()
    this_month = month_of(timezone.localdate(stage.agenda.until))
    live(stage, [row for row in meetings if not (row.unit == skipping and month == this_month)])


def brief(stage: Stage, month: date) -> None:
    publish_briefing(
        month=month,
        title=f"Nội dung thông tin tại sinh hoạt chi bộ tháng {month:%m/%Y}",
        text="\n".join(f"{number}. {text}" for number, text in enumerate(matters.NEWS, 1)),
        files=[],
        by=User.objects.get(username=people.PROPAGANDA.username),
    )


def sum_up(stage: Stage, month: date) -> None:
    """The commune's summary is sent up; the province's is approved and sent, but the last one waits for its leader."""
    leader = User.objects.get(username="lanh.dao")
    officer = User.objects.get(username=people.COMMUNE_OFFICER.username)
    refresh.refresh_all(timezone.now())
    commune = places.commune(places.QUANG_THIEN)
    if officer.unit is None or leader.unit is None:
        raise Refused("Tài khoản chạy thử thiếu đơn vị.")
    send_up(commune, month, officer, summaries.Signer("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", officer.full_name))  # fmt: skip
    is_last = add_months(month, 2) > timezone.localdate(stage.agenda.until)
    signer = summaries.Signer("", "TRƯỞNG BAN", leader.full_name)
    if is_last:
        build(leader.unit, month, leader)
    else:
        send_up(leader.unit, month, leader, signer)


def build(unit: Unit, month: date, by: User) -> Summary:
    return summaries.build_summary(unit, Period.of_month(month), by=by, now=timezone.now())


def send_up(unit: Unit, month: date, by: User, signer: summaries.Signer) -> None:
    summary = build(unit, month, by)
    summaries.approve_summary(summary, signer, seen=summary.sha256, by=by)
    summaries.send_summary(summary, by=by, today=timezone.localdate())


def leave_work(visited: Unit, desk: User, today: date, now: datetime) -> None:
    """Something to do for whoever signs in: a report half written, a draft decision, a returned report."""
    places.draft_next_year(desk, today)
    unfinished.draft_amendment(desk, today)
    unfinished.plan_time_after(desk)
    unfinished.ask_for_substitutes(visited, desk, now)
    attendee = User.objects.get(username=people.ATTENDEE)
    begun = visited.meetings.filter(status=MeetingStatus.PLANNED).begun(now)
    meeting = begun.select_related("unit", "commune").order_by("-starts_at").first()
    if meeting and not meeting.is_locked(today):
        report = filed.open_report(meeting, by=attendee)
        half = {**report.draft, "chaired_by": "Bí thư chi bộ", "present_count": "35",
                "pressing_problem": matters.worded(matters.MATTERS[0].problem, "xóm", Random(1))}  # fmt: skip  # noqa: S311
        filed.save_draft(report, half, report.version, by=attendee)
