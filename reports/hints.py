"""What the desk should look at again in a report under review (M9): facts of the report, never of a person.

Worked out when the page is read, from what is stored anyway; nothing is kept, counted or listed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone

from config.lib.months import add_months
from reports.models import MeetingReport, Recommendation, Score
from reports.similarity import percent_within, shingles
from reports.states import ReportStatus, ScoredBy
from roster.models import Event, User

# Two honest reports on one matter share terms and figures; four fifths of all runs of words are a copy.
ALIKE_PERCENT: Final = 80
# Two equal sheets are a quiet pair of months; three are a habit.
SAME_SHEETS: Final = 3
QUICK: Final = timedelta(seconds=60)
EARLIER: Final = 6
MOST_COMPARED: Final = 300
MOST_NAMED: Final = 3
# Every branch hears the same in the same month: these answers are then alike because they are right.
TOLD_TO_ALL: Final = frozenset({"news", "policies", "conveyed"})

NEEDED: Final = (
    "answers",
    "pressing_problem",
    "form",
    "meeting__month",
    "meeting__unit__name",
    "meeting__unit__kind",
    "meeting__commune__name",
)


@dataclass(frozen=True)
class Hint:
    """`fact` and what to `look` at; `other` names a report, `url` only where the reader may open it.

    Of several copies only the last says what to look at.
    """

    fact: str
    look: str = ""
    other: str = ""
    url: str = ""


@dataclass(frozen=True)
class Alike:
    """Another report that holds `percent` of this one's words."""

    percent: int
    report: MeetingReport


def hints(report: MeetingReport, user: User) -> list[Hint]:
    """For the desk's `user`; the caller has decided that he or she reviews the report."""
    earlier = list(MeetingReport.objects.before(report.meeting).only("pk")[:EARLIER])
    return [
        *copies(report, earlier, user),
        *same_scores(report, earlier),
        *filed_before_the_end(report),
        *filed_quickly(report),
    ]


def copies(report: MeetingReport, earlier: list[MeetingReport], user: User) -> list[Hint]:
    """The most alike first; the others only as a number."""
    found = alike(report, earlier)
    named, rest = found[:MOST_NAMED], found[MOST_NAMED:]
    seen = visible_among([one.report.pk for one in named], user)
    told = [
        Hint(
            f"Giống {one.percent} %",
            other=name_of(one.report, report),
            url=one.report.get_absolute_url() if one.report.pk in seen else "",
        )
        for one in named
    ]
    if rest:
        told.append(Hint(f"Còn {len(rest)} báo cáo khác giống từ {ALIKE_PERCENT} %"))
    look = "Số liệu, việc đã bàn, kiến nghị có đúng của cuộc họp này không."
    return [*told[:-1], *(replace(last, look=look) for last in told[-1:])]


def visible_among(keys: list[int], user: User) -> set[int]:
    if not keys:
        return set()
    seen = MeetingReport.objects.visible_to(user).filter(pk__in=keys)
    return set(seen.values_list("pk", flat=True))


def name_of(other: MeetingReport, report: MeetingReport) -> str:
    meeting = other.meeting
    is_far = meeting.commune is not None and meeting.commune_id != report.meeting.commune_id
    place = (
        f"{meeting.unit.committee_name}, {meeting.commune}"
        if is_far
        else meeting.unit.committee_name
    )
    return f"báo cáo tháng {meeting.month.month}/{meeting.month.year} của {place}"


def alike(report: MeetingReport, earlier: list[MeetingReport]) -> list[Alike]:
    others = list(compared(report, earlier))
    asked = recommended([report, *others])
    whole = shingles(texts_of(report, asked))
    own = shingles(texts_of(report, asked, without=TOLD_TO_ALL))
    found = []
    for other in others:
        is_same_month = other.meeting.month == report.meeting.month
        left_out = TOLD_TO_ALL if is_same_month else frozenset()
        theirs = shingles(texts_of(other, asked, without=left_out))
        percent = percent_within(own if is_same_month else whole, theirs)
        if percent >= ALIKE_PERCENT:
            found.append(Alike(percent, other))
    return sorted(found, key=lambda one: (-one.percent, -one.report.pk))


def compared(report: MeetingReport, earlier: list[MeetingReport]) -> QuerySet[MeetingReport]:
    """The branch's last reports, its author's of half a year, the commune's of the month."""
    meeting = report.meeting
    filed = MeetingReport.objects.exclude(status=ReportStatus.DRAFT).exclude(pk=report.pk)
    by_author = filed.filter(
        author=report.author_id,
        meeting__month__range=(add_months(meeting.month, -6), meeting.month),
    )
    nearby = filed.filter(meeting__commune=meeting.commune_id, meeting__month=meeting.month)
    sources = (
        filed.filter(pk__in=[row.pk for row in earlier]),
        by_author,
        nearby if meeting.commune_id else filed.none(),
    )
    first, *more = (rows.order_by("-pk").values("pk")[:MOST_COMPARED] for rows in sources)
    # one set of keys: an OR of three would try every report there is
    chosen = MeetingReport.objects.filter(pk__in=first.union(*more))
    rows = chosen.select_related("meeting__unit", "meeting__commune")
    return rows.only(*NEEDED).prefetch_related("form")


def recommended(reports: Iterable[MeetingReport]) -> dict[int, list[str]]:
    """The texts of the recommendations, by report."""
    rows = Recommendation.objects.filter(report__in=[report.pk for report in reports])
    found: dict[int, list[str]] = {}
    for pk, text, proposal in rows.order_by("pk").values_list("report_id", "text", "proposal"):
        found.setdefault(pk, []).extend((text, proposal))
    return found


def texts_of(
    report: MeetingReport,
    asked: Mapping[int, list[str]],
    *,
    without: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """What the author wrote at length: long answers by the report's own form, and recommendations."""
    for question in long_questions(report.form.definition):
        key = question.get("key", "")
        said = report.pressing_problem if key == "pressing_problem" else report.answers.get(key)
        if isinstance(said, str) and key not in without:
            yield said
    yield from asked.get(report.pk, ())


def long_questions(definition: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for section in definition:
        for question in section.get("fields", ()):
            if question.get("kind") == "long_text":
                yield question


def same_scores(report: MeetingReport, earlier: list[MeetingReport]) -> Iterator[Hint]:
    """The attendee's sheet, criterion by criterion, as often as it stands unchanged in a row."""
    sheets: dict[int, dict[int, Any]] = {}
    rows = Score.objects.filter(
        report__in=[report.pk, *(row.pk for row in earlier)], scored_by=ScoredBy.ATTENDEE
    )
    for pk, criterion, points in rows.values_list("report_id", "criterion_id", "points"):
        sheets.setdefault(pk, {})[criterion] = points
    own = sheets.get(report.pk)
    count = 1
    for row in earlier:
        if sheets.get(row.pk) != own:
            break
        count += 1
    if own and count >= SAME_SHEETS:
        yield Hint(
            f"Điểm người dự chấm giống hệt ở từng tiêu chí trong {count} báo cáo liên tiếp của chi bộ",
            "Điểm có khớp với nhận xét và số liệu của cuộc họp này không.",
        )


def filed_before_the_end(report: MeetingReport) -> Iterator[Hint]:
    ends_at = end_of(report)
    if report.submitted_at is not None and report.submitted_at < ends_at:
        filed, end = timezone.localtime(report.submitted_at), timezone.localtime(ends_at)
        what = "kết thúc" if report.ended_at else "bắt đầu"
        where = "ghi trong báo cáo" if report.ended_at else "trong lịch"
        yield Hint(
            f"Nộp lúc {filed:%H:%M} ngày {filed:%d/%m/%Y}, trước giờ {what} {where} ({end:%H:%M} ngày {end:%d/%m/%Y})",
            f"Giờ {what}, phần thảo luận và kiến nghị đã ghi đủ chưa.",
        )


def end_of(report: MeetingReport) -> datetime:
    """The moment the report says the meeting ended, over midnight too; when it was to begin if it says nothing."""
    starts_at = timezone.localtime(report.meeting.starts_at)
    if report.ended_at is None:
        return starts_at
    is_after_midnight = report.ended_at < (report.began_at or starts_at.time())
    day = report.meeting.held_on + timedelta(days=is_after_midnight)
    return datetime.combine(day, report.ended_at, starts_at.tzinfo)


def filed_quickly(report: MeetingReport) -> Iterator[Hint]:
    """From the form's first opening, which the audit keeps, to the first submission.

    What came back after a return has been read already.
    """
    if report.submitted_at is None or report.submitted_at != report.first_submitted_at:
        return
    if report.writing_seconds is not None:
        is_quick = report.writing_seconds < QUICK.total_seconds()
    else:
        is_quick = was_filed_quickly(report)
    if is_quick:
        yield Hint(
            "Nộp chưa đầy 60 giây sau khi mở mẫu báo cáo",
            "Nội dung từng mục đã đúng và đủ của cuộc họp này chưa.",
        )


def was_filed_quickly(report: MeetingReport) -> bool:
    """By the first time the form was opened at the server, where the device has not said how long it took."""
    label = MeetingReport._meta.label_lower
    opened = Event.objects.filter(target_type=label, target_id=report.pk, verb="opened")
    opened_at = opened.order_by("at").values_list("at", flat=True).first()
    return (
        opened_at is not None
        and report.submitted_at is not None
        and report.submitted_at - opened_at < QUICK
    )
