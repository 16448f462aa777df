"""A kept plan as its pages show it: names for keys, and the answer to "why"."""

from typing import Any, Final

from django.http import Http404

from assignments.listing import communes_of
from assignments.models import Proposal
from assignments.plan_facts import plan_again
from assignments.plan_rows import pairs, reasons_of
from assignments.planning import reasons
from assignments.planning.flow import Plan
from assignments.states import Barred
from config.lib.errors import Refused
from config.lib.text import fold
from roster.models import Official, Unit

TERMS: Final = {
    "distance": "Đường đi",
    "seniority": "Thấp hơn mức ưu tiên của chi bộ",
    "keep": "Thay người đang dự",
    "rotation": "Đã dự nơi này trước đây",
    "fields": "Không đúng lĩnh vực chi bộ cần",
    "moved": "Khác phương án trước",
    "load": "Các nơi khác đã nhận",
}
AGAINST: Final = {
    "seniority": "thấp hơn mức ưu tiên",
    "rotation": "đã dự nơi này trước đây",
    "fields": "không đúng lĩnh vực chi bộ cần",
    "keep": "phải thay người đang dự",
}
REFUSALS: Final[dict[str, str]] = {
    Barred.OWN_BRANCH: "sinh hoạt đảng ở chính chi bộ này.",
    Barred.OWN_UNIT: "công tác ở cơ quan, đơn vị của chi bộ này.",
    Barred.LONGEST_STAY: "đã dự nơi này đủ thời gian lâu nhất được phép.",
    Barred.BUSY_DAY: "đã có cuộc họp khác cùng ngày theo quyết định đang có hiệu lực.",
    Barred.REMOVED: "thôi dự nơi này theo chính dự thảo bổ sung, thay đổi này.",
}
NEVER: Final = "không được cử đến nơi này theo các quy định khi lập phương án."


def blocked(proposal: Proposal) -> list[dict[str, Any]]:
    """The sets that block: the sentence of each, and each unit left out with its way out."""
    sets = proposal.facts["blocked"]
    units = Unit.objects.in_bulk({pk for row in sets for pk in row["units"]})
    communes = communes_of(units.values())
    ways: dict[int, dict[str, Any]] = {
        pk: way or {} for row in sets for pk, way in zip(row["units"], ways_of(row), strict=True)
    }
    people = Official.objects.in_bulk({way["official"] for way in ways.values() if way})
    return [
        {
            "words": row["words"],
            "units": [
                {
                    "unit": units[pk],
                    "commune": communes.get(pk),
                    "way_out": sentence(ways[pk], people),
                    "official": people.get(ways[pk].get("official", 0)),
                    "kind": ways[pk].get("kind", ""),
                }
                for pk in row["units"]
                if pk in units
            ],
        }
        for row in sets
    ]


def ways_of(row: dict[str, Any]) -> list[dict[str, Any] | None]:
    """One for each unit; the first plans kept one for the whole set."""
    ways: list[dict[str, Any] | None] = row.get("ways") or [row.get("way_out")] * len(row["units"])
    return ways


def sentence(way: dict[str, Any], people: dict[int, Official]) -> str:
    if not way:
        return "Chưa có cách gỡ nào mà không đổi người khác."
    official = people.get(way["official"], "")
    if way["kind"] == "capacity":
        return f"Rẻ nhất: thêm một suất cho đồng chí {official} (+{way['extra']} điểm)."
    return (
        f"Rẻ nhất: dời sang ngày {way['day']}, đồng chí {official} dự được (+{way['extra']} điểm)."
    )


def why(proposal: Proposal, unit: Unit, asked: str) -> dict[str, Any]:
    """The choice for a unit, the three next, and the pair that is asked for: by its key or a name."""
    plan, pk = plan_again(proposal.pk), unit.pk
    if pk not in plan.problem.row:
        raise Http404
    chosen, other = reasons.why(plan, pk), find(plan, asked)
    try:
        runners = reasons.runners_up(plan, pk)
        answer = reasons.why_not(plan, other, pk) if other else None
    except ArithmeticError:  # its rows are of a time that counted otherwise
        raise Refused("Phương án này lập theo cách tính cũ. Hãy lập lại rồi hỏi vì sao.") from None
    keys = {choice.official for choice in [chosen, answer, *runners] if choice} | {other or 0}
    people = Official.objects.select_related("agency").in_bulk(keys)
    return {
        "refusal": refusal(proposal, plan, other, pk) if other and not answer else "",
        "unit": unit,
        "commune": communes_of([unit]).get(pk),
        "chosen": told(plan, chosen, people),
        "runners": [told(plan, one, people) for one in runners],
        "asked": asked,
        "other": people.get(other or 0),
        "answer": told(plan, answer, people),
    }


def refusal(proposal: Proposal, plan: Plan, official: int, unit: int) -> str:
    """The very reason why a pair cannot be."""
    row = next(row for row in proposal.rows["officials"] if row[0] == official)
    pins, barred = pairs(proposal.pins), reasons_of(row[6])
    reasons_found = (
        (row[5], "vắng cả thời hạn của quyết định."),
        ((official, unit) in pairs(proposal.forbids), "đã bị loại khỏi nơi này trong phương án."),
        (unit in barred, REFUSALS.get(barred.get(unit, ""), NEVER)),
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
    """A choice as it is shown; the load counts as what this place adds to the others the official has."""
    if choice is None:
        return None
    problem = plan.problem
    place, row = problem.column[choice.official], problem.row[choice.branch]
    load, capacity = int(plan.loads[place]), int(problem.capacities[place])
    others = load - (plan.holders[row] == place)
    points = {**choice.terms, "load": int(others * problem.weights.load)}
    return {
        "official": people.get(choice.official),
        "terms": [(TERMS[name], value) for name, value in points.items()],
        "total": sum(points.values()),
        "extra": choice.extra,
        "lost": choice.lost,
        "km": problem.branches[row].seat.km(problem.officials[place].seat),
        "load": load,
        "capacity": capacity,
        "is_full": load >= capacity,
        "against": [AGAINST[name] for name in AGAINST if points.get(name)],
    }


def changes(one: Proposal, two: Proposal) -> list[dict[str, Any]]:
    """The units to which different people go in two plans, by commune."""
    first = {unit: official for official, unit in one.pairs}
    second = {unit: official for official, unit in two.pairs}
    units = Unit.objects.in_bulk(
        [unit for unit in first.keys() | second.keys() if first.get(unit) != second.get(unit)]
    )
    communes = communes_of(units.values())
    people = Official.objects.in_bulk({*first.values(), *second.values()})
    rows = [
        {
            "unit": unit,
            "commune": communes.get(pk),
            "one": people.get(first.get(pk, 0)),
            "two": people.get(second.get(pk, 0)),
        }
        for pk, unit in units.items()
    ]
    return sorted(rows, key=by_place)


def by_place(row: dict[str, Any]) -> tuple[str, str, int]:
    commune, unit = row["commune"], row["unit"]
    return commune.name_key if commune else "", unit.name_key, unit.pk
