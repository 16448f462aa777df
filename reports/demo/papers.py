"""What an official of the demo writes: a report as the form would have cleaned it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from meetings.models import Meeting
from reports.demo import matters
from reports.demo.matters import MATTERS, Matter, worded
from reports.models import Criterion, Field, MeetingReport
from reports.parts import points_of
from reports.states import ScoredBy
from roster.models import Contact, Unit

ASKING, OWN_SHEET, BY_PARTS = 0.8, 0.7, 0.4  # shares of reports


@dataclass
class Library:
    """What every report refers to, read once."""

    fields: dict[str, Field]
    agencies: dict[str, Unit]
    secretaries: dict[int, str]

    @classmethod
    def load(cls) -> "Library":
        return cls(
            fields={field.code: field for field in Field.objects.all()},
            agencies={unit.name: unit for unit in Unit.objects.agencies().filter(ends_on=None)},
            secretaries=dict(Contact.objects.values_list("unit", "name")),
        )

    def authority(self, matter: Matter, meeting: Meeting) -> Unit:
        if matter.authority != matters.COMMUNE or meeting.commune is None:
            return self.agencies[matter.authority]
        called = meeting.commune.name
        return self.agencies[f"UBND {called[:1].lower()}{called[1:]}"]


def paper(
    report: MeetingReport, library: Library, dice: Random
) -> tuple[dict[str, Any], list[Matter]]:
    """A filled form, and the matters it brings forward, in the order of its recommendations."""
    meeting = report.meeting
    place = meeting.unit.name.removeprefix("Chi bộ ")
    matter, *others = dice.sample(MATTERS, 3)
    asked = [matter, *others[: dice.choice((0, 0, 1))]] if dice.random() < ASKING else []
    cleaned = {
        **hours(meeting, dice),
        **heads(meeting.unit.member_count or 35, dice),
        "chaired_by": f"Bí thư chi bộ {library.secretaries.get(meeting.unit_id, '')}".strip(),
        "pressing_problem": worded(matter.problem, place, dice),
        "pressing_field": library.fields[matter.field],
        "pressing_resolution": matter.resolved,
        **words(dice),
        **sheets(report, dice),
        "moods": moods(library, dice),
        "recommendations": [
            {
                "text": worded(one.ask, place, dice),
                "proposal": one.proposal,
                "field": library.fields[one.field],
                "urgency": one.urgency,
                "suggested_authority": library.authority(one, meeting),
            }
            for one in asked
        ],
    }
    return cleaned, asked


def hours(meeting: Meeting, dice: Random) -> dict[str, Any]:
    began = timezone.localtime(meeting.starts_at) + timedelta(minutes=dice.choice((0, 0, 5)))
    ended: datetime = began + timedelta(minutes=dice.choice((75, 90, 95, 105, 120)))
    return {"began_at": began.time(), "ended_at": ended.time()}


def heads(members: int, dice: Random) -> dict[str, int]:
    """Counts that add up: present, excused and unexcused are the obliged ones."""
    obliged = members - dice.randrange(0, 4)
    excused, unexcused = dice.randrange(0, 5), dice.choice((0, 0, 0, 1))
    return {
        "member_count": members,
        "obliged_count": obliged,
        "present_count": obliged - excused - unexcused,
        "excused_count": excused,
        "unexcused_count": unexcused,
        "opinion_count": dice.randrange(4, 15),
    }


def words(dice: Random) -> dict[str, Any]:
    """The answers that are chosen or told."""
    return {
        "committee_met": dice.choice(("yes", "yes", "yes", "no")),
        "documents_sent": dice.choice(("day_before", "day_before", "same_day")),
        "preparation": "Chi ủy họp trước, phân công người chuẩn bị từng nội dung.",
        "agenda": ["news", "results", "tasks"],
        "news": dice.choice(matters.NEWS),
        "results": dice.choice(matters.RESULTS),
        "policies": "Quán triệt Hướng dẫn 42-HD/BTCTW về nội dung sinh hoạt chi bộ.",
        "conveyed": dice.choice(matters.NEWS),
        "explained": dice.choice(matters.EXPLAINED),
        "suggested": dice.choice(matters.SUGGESTED),
        "openness": dice.choice(("open", "open", "usual", "quiet")),
        "discussion": "Bàn kỹ việc bức thiết của kỳ này và phân công thực hiện.",
        "good_example": dice.choice(matters.GOOD),
    }


def sheets(report: MeetingReport, dice: Random) -> dict[str, Any]:
    """The attendee's score sheet; in most branches also their own, a little kinder. Some go through the parts."""
    criteria = list(report.frame.criteria.all())
    quality = dice.uniform(0.74, 0.99)
    scores = {ScoredBy.ATTENDEE.value: sheet(criteria, quality, dice)}
    if dice.random() < OWN_SHEET:
        scores[ScoredBy.BRANCH.value] = sheet(criteria, min(quality + 0.04, 1), dice)
    if dice.random() >= BY_PARTS:
        return {"scores": scores}
    chosen = {one.number: choices(one, quality, dice) for one in criteria if one.parts}
    summed = {one.number: points_of(one.parts, chosen[one.number]) for one in criteria if one.parts}
    scores[ScoredBy.ATTENDEE.value] |= summed
    return {"scores": scores, "choices": {ScoredBy.ATTENDEE.value: chosen}}


def choices(criterion: Criterion, quality: float, dice: Random) -> dict[str, str]:
    """Mostly the best of each part, else the next."""
    return {
        part["key"]: part["choices"][0 if dice.random() < quality else 1]["key"]
        for part in criterion.parts
    }


def sheet(criteria: list[Criterion], quality: float, dice: Random) -> dict[int, Decimal]:
    """Points in halves, none above its maximum."""
    return {
        one.number: Decimal(
            min(round(one.max_points * quality * dice.uniform(0.94, 1.06) * 2), one.max_points * 2)
        )
        / 2
        for one in criteria
    }


def moods(library: Library, dice: Random) -> list[dict[str, Any]]:
    return [
        {"field": library.fields[field], "tone": tone, "text": text}
        for field, tone, text in dice.sample(matters.MOODS, dice.choice((1, 2)))
    ]
