"""A recommendation's life as the steps of a timeline: what happened, where it stands, what is still to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from reports.models import Answer, Hop, ReadOut, Recommendation
from reports.states import Outcome, RecommendationStatus

DONE: Final = "done"
TURN: Final = "turn"
HERE: Final = "here"
AHEAD: Final = "ahead"


@dataclass(frozen=True)
class Step:
    """One entry: `shape` is the mark beside it, `answer` the answer to be shown with it."""

    shape: str
    title: str
    on: date | None = None
    text: str = ""
    quote: str = ""
    answer: Answer | None = None
    badge: str = ""
    is_late: bool = False


Happening = Hop | Answer | ReadOut


def steps_of(recommendation: Recommendation, coming: Meeting | None) -> list[Step]:
    """`coming` is the meeting at which an answer is or will be read out. Asks nothing: hops, answers and
    read-outs have been fetched with their people."""
    return [
        raised(recommendation),
        *happened(recommendation),
        *still_to_come(recommendation, coming),
    ]


def raised(recommendation: Recommendation) -> Step:
    report = recommendation.report
    filed = f"Báo cáo {report.number} của đồng chí {report.author}."
    return Step(
        DONE,
        "Chi bộ nêu kiến nghị",
        recommendation.raised_on,
        filed,
        quote=recommendation.text,
    )


def happened(recommendation: Recommendation) -> Iterator[Step]:
    """Hops, answers and read-outs in their order. A hop that an answer or a read-out caused is told with it."""
    before: Happening | None = None
    due_on: date | None = None
    count = 0
    for row in in_order(recommendation):
        if isinstance(row, Hop):
            count = 1 if isinstance(before, ReadOut) or before is None else count + 1
            due_on = row.due_on
            if not is_cause(before):
                yield sent(row, count)
        elif isinstance(row, Answer):
            yield answered(row, due_on)
        else:
            yield heard(row)
        before = row
    if recommendation.status == RecommendationStatus.SET_ASIDE:
        yield Step(TURN, "Không thụ lý", None, recommendation.set_aside_because)


def in_order(recommendation: Recommendation) -> list[Happening]:
    rows: list[Happening] = [
        *recommendation.hops.all(),
        *recommendation.answers.all(),
        *recommendation.read_outs.all(),
    ]
    return sorted(rows, key=lambda row: (row.at, isinstance(row, Hop)))


def is_cause(row: Happening | None) -> bool:
    """Whether the hop after `row` came of it."""
    if isinstance(row, Answer):
        return row.owner_id is not None
    return isinstance(row, ReadOut)


def sent(hop: Hop, count: int) -> Step:
    again = f" Lần chuyển thứ {count}, thời hạn tính tiếp từ lần đầu." if count > 1 else ""
    text = f"{hop.note} Hạn trả lời {hop.due_on:%d/%m/%Y}.{again}"
    return Step(TURN, f"Chuyển {hop.authority}", day_of(hop.at), text.strip())


def answered(answer: Answer, due_on: date | None) -> Step:
    day = day_of(answer.at)
    if answer.outcome == Outcome.NOT_COMPETENT:
        where = (
            f"Chuyển tiếp {answer.owner}; thời hạn tính tiếp từ lần đầu."
            if answer.owner
            else "Trả lại bộ phận tiếp nhận để chuyển nơi khác."
        )
        title = f"{answer.authority} báo không đúng thẩm quyền"
        return Step(TURN, title, day, f"{answer.text} {where}")
    is_late = due_on is not None and day > due_on
    badge = "Muộn" if is_late else "Đúng hạn"
    return Step(
        DONE, f"{answer.authority} trả lời", day, answer=answer, badge=badge, is_late=is_late
    )


def heard(row: ReadOut) -> Step:
    day = row.meeting.held_on
    if row.is_satisfied:
        return Step(DONE, "Chi bộ đã nghe và đồng tình", day, row.note, badge="Đồng tình")
    return Step(TURN, "Chi bộ chưa đồng tình, mở lại", day, row.note)


def still_to_come(recommendation: Recommendation, coming: Meeting | None) -> Iterator[Step]:
    """The step one is at, and those after it."""
    status = recommendation.status
    if status == RecommendationStatus.RECEIVED:
        yield Step(HERE, "Chuyển tới cơ quan có thẩm quyền")
        yield Step(AHEAD, "Cơ quan có thẩm quyền trả lời")
    if status == RecommendationStatus.OPEN:
        yield Step(HERE, f"{recommendation.authority} trả lời", recommendation.due_on)
    if status in {RecommendationStatus.RECEIVED, RecommendationStatus.OPEN}:
        yield Step(AHEAD, "Thông báo lại chi bộ", text="Tại cuộc họp đầu tiên sau khi có trả lời.")
    if status == RecommendationStatus.ANSWERED:
        yield Step(HERE, "Thông báo lại chi bộ", coming.held_on if coming else None)
    if status not in {RecommendationStatus.CLOSED, RecommendationStatus.SET_ASIDE}:
        yield Step(AHEAD, "Kết thúc", text="Chỉ khi chi bộ đã nghe trả lời và đồng tình.")
    if recommendation.closed_at:
        yield Step(DONE, "Kết thúc", day_of(recommendation.closed_at))


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


def hearings(recommendation: Recommendation) -> MeetingQuerySet:
    """Meetings of the branch at which the answer can be read out, the nearest first."""
    meetings = Meeting.objects.live().filter(unit=recommendation.unit_id)
    if recommendation.answered_at is None:
        return meetings.none()
    since = day_of(recommendation.answered_at)
    later = meetings.filter(held_on__gte=since).exclude(read_outs__recommendation=recommendation)
    return later.order_by("starts_at", "pk")


def counted_from(recommendation: Recommendation) -> date | None:
    """The day from which the present deadline runs: the first sending since the branch last heard an answer."""
    reopened_at = [row.at for row in recommendation.read_outs.all() if not row.is_satisfied]
    hops = [hop.at for hop in recommendation.hops.all()]
    this_round = [at for at in hops if not reopened_at or at >= max(reopened_at)]
    return day_of(min(this_round)) if this_round else None
