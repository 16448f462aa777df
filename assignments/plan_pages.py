"""A kept plan as its pages show it: names for keys, the answer to "why", dots of the map."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404

from assignments.listing import communes_of
from assignments.models import Proposal
from assignments.plan_facts import distance, plan_again
from assignments.plan_rows import pairs
from assignments.planning import reasons
from assignments.planning.flow import Plan
from assignments.states import Barred
from config.lib.text import fold
from roster.models import Official, Unit

TERMS: Final = {
    "distance": "Đường đi",
    "seniority": "Thấp hơn mức ưu tiên của chi bộ",
    "keep": "Thay người đang dự",
    "rotation": "Đã dự nơi này trước đây",
    "fields": "Không đúng lĩnh vực chi bộ cần",
    "moved": "Khác phương án trước",
}
REFUSALS: Final = {
    Barred.OWN_BRANCH: "sinh hoạt đảng ở chính chi bộ này.",
    Barred.OWN_UNIT: "công tác ở cơ quan, đơn vị của chi bộ này.",
    Barred.LONGEST_STAY: "đã dự nơi này đủ thời gian lâu nhất được phép.",
    Barred.BUSY_DAY: "đã có cuộc họp khác cùng ngày theo quyết định đang có hiệu lực.",
}
SIZE: Final = 360.0
EDGE: Final = 16.0
BLOCKED_SHOWN: Final = 20
NAMED: Final = 6


def matching(proposal: Proposal, words: str) -> list[list[int]]:
    """The pairs in which the branch's or the official's name has the words."""
    if not words:
        return list(proposal.pairs)
    folded = fold(words)
    units = set(Unit.objects.filter(search__contains=folded).values_list("pk", flat=True))
    people = set(Official.objects.filter(search__contains=folded).values_list("pk", flat=True))
    return [pair for pair in proposal.pairs if pair[1] in units or pair[0] in people]


def lines(proposal: Proposal, pairs: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """With names and communes; three queries."""
    people = Official.objects.select_related("agency").in_bulk([pair[0] for pair in pairs])
    units = Unit.objects.in_bulk([pair[1] for pair in pairs])
    communes = communes_of(list(units.values()))
    pins = {tuple(pair) for pair in proposal.pins}
    return [
        {
            "official": people.get(official),
            "unit": units.get(unit),
            "commune": communes.get(unit),
            "is_pinned": (official, unit) in pins,
        }
        for official, unit in pairs
    ]


def blocked(proposal: Proposal) -> list[dict[str, Any]]:
    """The sets that block, with the first units' names and the way out as a sentence."""
    rows = proposal.facts["blocked"][:BLOCKED_SHOWN]
    units = Unit.objects.in_bulk({pk for row in rows for pk in row["units"][:NAMED]})
    people = Official.objects.in_bulk(
        {row["way_out"]["official"] for row in rows if row["way_out"]}
    )
    return [
        {
            "units": [units[pk] for pk in row["units"][:NAMED] if pk in units],
            "more": max(len(row["units"]) - NAMED, 0),
            "words": row["words"],
            "way_out": sentence(row["way_out"], people),
        }
        for row in rows
    ]


def sentence(way: dict[str, Any] | None, people: dict[int, Official]) -> str:
    if way is None:
        return "Chưa có cách gỡ nào mà không đổi người khác."
    official = people.get(way["official"], "")
    if way["kind"] == "capacity":
        return f"Rẻ nhất: thêm một suất cho đồng chí {official} (+{way['extra']} điểm)."
    return (
        f"Rẻ nhất: dời sang ngày {way['day']}, đồng chí {official} dự được (+{way['extra']} điểm)."
    )


def why(proposal: Proposal, unit: int, asked: str) -> dict[str, Any]:
    """The choice for a unit, the three next, and the pair that is asked for: by its key or a name."""
    plan = plan_again(proposal.pk)
    if unit not in plan.problem.row:
        raise Http404
    chosen = reasons.why(plan, unit)
    runners = reasons.runners_up(plan, unit)
    other = find(plan, asked)
    answer = reasons.why_not(plan, other, unit) if other else None
    keys = {choice.official for choice in [chosen, answer, *runners] if choice} | {other or 0}
    people = Official.objects.select_related("agency").in_bulk(keys)
    return {
        "refusal": refusal(proposal, plan, other, unit) if other and not answer else "",
        "unit": Unit.objects.get(pk=unit),
        "chosen": told(plan, chosen, people),
        "runners": [told(plan, one, people) for one in runners],
        "asked": asked,
        "other": people.get(other or 0),
        "answer": told(plan, answer, people),
    }


def refusal(proposal: Proposal, plan: Plan, official: int, unit: int) -> str:
    """The very reason why a pair cannot be."""
    row = next(row for row in proposal.rows["officials"] if row[0] == official)
    pins = pairs(proposal.pins)
    reasons_found = (
        (row[5], "vắng cả thời hạn của quyết định."),
        ((official, unit) in pairs(proposal.forbids), "đã bị loại khỏi nơi này trong phương án."),
        (dict(row[6]).get(unit), REFUSALS.get(dict(row[6]).get(unit, ""), "")),
        (row[1] == 0, "đã hết suất: các nơi đang dự ngoài dự thảo này dùng hết định mức."),
        (unit in {place for _, place in pins}, "không được chọn vì nơi này đã ghim người khác."),
    )
    found = (words for holds, words in reasons_found if holds)
    held = "đã được ghim ở nơi khác cùng ngày, hoặc các cặp ghim đã dùng hết suất."
    return next(found, held)


def find(plan: Plan, asked: str) -> int | None:
    if not asked.strip():
        return None
    known = Official.objects.filter(pk__in=list(plan.problem.column))
    if asked.isdecimal():
        return known.filter(pk=asked).values_list("pk", flat=True).first()
    named = known.filter(search__contains=fold(asked)).order_by("name_key", "pk")
    return named.values_list("pk", flat=True).first()


def told(plan: Plan, choice: reasons.Choice | None, people: dict[int, Official]) -> Any:
    if choice is None:
        return None
    place, row = plan.problem.column[choice.official], plan.problem.row[choice.branch]
    return {
        "official": people.get(choice.official),
        "terms": [(TERMS[name], points) for name, points in choice.terms.items()],
        "total": sum(choice.terms.values()),
        "extra": choice.extra,
        "lost": choice.lost,
        "km": distance(plan.problem, row, place),
        "load": int(plan.loads[place]),
        "capacity": int(plan.problem.capacities[place]),
    }


def dots(proposal: Proposal) -> list[dict[str, Any]]:
    """The communes on a map by their coordinates; `is_short`: a branch there has nobody."""
    communes = Unit.objects.communes().on(proposal.decision.starts_on).exclude(lat=None)
    below = communes.filter(path__startswith=proposal.decision.issuer.path)
    rows = [
        (pk, name, lat, lon)
        for pk, name, lat, lon in below.values_list("pk", "name", "lat", "lon")
        if lat is not None and lon is not None
    ]
    if not rows:
        return []
    left = {pk for row in proposal.facts["blocked"] for pk in row["units"]}
    paths = Unit.objects.filter(pk__in=left).values_list("path", flat=True)
    short = {int(part) for path in paths for part in path.split("/") if part}
    west, south = min(row[3] for row in rows), min(row[2] for row in rows)
    span = max(max(r[3] for r in rows) - west, max(r[2] for r in rows) - south) or 1.0
    scale = (SIZE - 2 * EDGE) / span
    return [
        {
            "name": name,
            "x": f"{EDGE + (lon - west) * scale:.1f}",
            "y": f"{SIZE - EDGE - (lat - south) * scale:.1f}",
            "is_short": pk in short,
        }
        for pk, name, lat, lon in rows
    ]


def changes(one: Proposal, two: Proposal) -> list[dict[str, Any]]:
    """The units to which different people go in two plans."""
    first = {unit: official for official, unit in one.pairs}
    second = {unit: official for official, unit in two.pairs}
    different = sorted(
        unit for unit in first.keys() | second.keys() if first.get(unit) != second.get(unit)
    )
    units = Unit.objects.in_bulk(different)
    people = Official.objects.in_bulk({*first.values(), *second.values()})
    return [
        {
            "unit": units.get(unit),
            "one": people.get(first.get(unit, 0)),
            "two": people.get(second.get(unit, 0)),
        }
        for unit in different
    ]
