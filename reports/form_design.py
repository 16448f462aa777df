"""A definition of the report form as data to be changed: found, put, moved, removed, compared. Nothing is saved here."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from itertools import count
from typing import Any, Final

from config.lib.text import fold

Part = Mapping[str, Any]
Definition = Sequence[Part]
COLUMNS: Final = (
    "began_at",
    "ended_at",
    "chaired_by",
    "member_count",
    "obliged_count",
    "present_count",
    "excused_count",
    "unexcused_count",
    "opinion_count",
    "pressing_problem",
    "pressing_field",
)
READ_BY_KEY: Final = frozenset({*COLUMNS, "pressing_resolution", "conveyed", "results"})
CHOSEN: Final = ("choice", "choices", "flag")
KEY_LENGTH: Final = 32


def questions_in(definition: Definition) -> dict[str, Part]:
    return {one["key"]: one for section in definition for one in section["fields"]}


def sections_in(definition: Definition) -> dict[str, Part]:
    return {section["key"]: section for section in definition}


def keys_in(definition: Definition) -> set[str]:
    return {*questions_in(definition), *sections_in(definition)}


def new_key(label: str, taken: Collection[str]) -> str:
    """A stable key in the label's words; the prefix keeps it apart from whatever else a report holds."""
    words = "_".join("".join(c if c.isalnum() else " " for c in fold(label)).split())
    stem = f"q_{words.encode('ascii', 'ignore').decode()}"[:KEY_LENGTH].rstrip("_")
    numbered = (stem if number == 1 else f"{stem}_{number}" for number in count(1))
    return next(key for key in numbered if key not in taken)


def with_section(definition: Definition, section: Part) -> list[dict[str, Any]]:
    """The section in place of the one with its key; a new one comes after the last section of questions."""
    parts = copied(definition)
    for index, one in enumerate(parts):
        if one["key"] == section["key"]:
            parts[index] = dict(section)
            return parts
    after = max((i for i, one in enumerate(parts, 1) if not one.get("part")), default=0)
    parts.insert(after, dict(section))
    return parts


def with_question(definition: Definition, section: str, question: Part) -> list[dict[str, Any]]:
    parts = copied(definition)
    fields = next(part["fields"] for part in parts if part["key"] == section)
    here = [index for index, one in enumerate(fields) if one["key"] == question["key"]]
    place = slice(here[0], here[0] + 1) if here else slice(len(fields), None)
    fields[place] = [dict(question)]
    return parts


def without(definition: Definition, key: str, *, is_section: bool) -> list[dict[str, Any]]:
    """In the first version a section and a question had the same key, so one says which is meant."""
    parts = copied(definition)
    if is_section:
        return [part for part in parts if part["key"] != key]
    for part in parts:
        part["fields"] = [one for one in part["fields"] if one["key"] != key]
    return parts


def moved(
    definition: Definition, key: str, steps: int, *, is_section: bool
) -> list[dict[str, Any]]:
    """A section among the sections; a question among all questions: at the end of its section it goes into the next one."""
    parts = copied(definition)
    rows = [parts] if is_section else [part["fields"] for part in parts if not part.get("part")]
    here = next((row for row in rows if any(one["key"] == key for one in row)), None)
    if here is None:
        return parts
    index = next(index for index, one in enumerate(here) if one["key"] == key)
    if 0 <= index + steps < len(here):
        here.insert(index + steps, here.pop(index))
    elif steps > 0 and here is not rows[-1]:
        rows[rows.index(here) + 1].insert(0, here.pop(index))
    elif steps < 0 and here is not rows[0]:
        rows[rows.index(here) - 1].append(here.pop(index))
    return parts


def copied(definition: Definition) -> list[dict[str, Any]]:
    return [deepcopy(dict(part)) for part in definition]


def section_of(definition: Definition, key: str) -> Part:
    return next(part for part in definition if any(one["key"] == key for one in part["fields"]))


def deciding_before(definition: Definition, part: Part | None) -> list[Part]:
    """Questions with choices that stand before the part (or anywhere, if it is new): a condition may look at them."""
    found: list[Part] = []
    is_section = part is not None and "fields" in part
    key = part["key"] if part else None
    for section in definition:
        if is_section and section["key"] == key:
            break
        for one in section["fields"]:
            if not is_section and one["key"] == key:
                return found
            if one["kind"] in CHOSEN:
                found.append(one)
    return found


def offered_by(question: Part) -> list[tuple[str, str]]:
    if question["kind"] == "flag":
        return [("on", "Có")]
    return [(key, label) for key, label in question.get("choices", ())]


def problems(definition: Definition) -> Iterator[str]:
    """What must be mended before officials see the form."""
    for section in definition:
        if not section["fields"] and not section.get("part"):
            yield f"Phần “{section['title']}” chưa có câu hỏi nào."
        for part in (section, *section["fields"]):
            if sentence := wrong_condition(definition, part):
                yield sentence
        kept = [one for one in section["fields"] if one["key"] in READ_BY_KEY]
        if kept and (section.get("condition") or any(one.get("condition") for one in kept)):
            yield f"Báo cáo tổng hợp cần câu “{kept[0]['label']}” ở mọi buổi họp nên không đặt điều kiện."


def wrong_condition(definition: Definition, part: Part) -> str:
    condition = part.get("condition") or {}
    if "field" not in condition:
        return ""
    before = {one["key"]: one for one in deciding_before(definition, part)}
    name = part.get("label") or part.get("title")
    if condition["field"] not in before:
        return f"Điều kiện của “{name}” dựa vào một câu không đứng trước nó."
    offered = {key for key, _ in offered_by(before[condition["field"]])}
    if not offered.issuperset(condition["is"]):
        return f"Điều kiện của “{name}” dựa vào một lựa chọn không còn."
    return ""


def changes(old: Definition, new: Definition) -> Iterator[tuple[str, str]]:
    """(what happened, to which part) from one version to the next."""
    before, after = parts_of(old), parts_of(new)
    for key, part in after.items():
        name = str(part.get("label") or part["title"])
        if key not in before:
            yield "Thêm", name
        elif plain(before[key]) != plain(part):
            yield "Sửa", name
    for key, part in before.items():
        if key not in after:
            yield "Bỏ", str(part.get("label") or part["title"])
    stay = [key for key in before if key in after]
    if stay != [key for key in after if key in before]:
        yield "Đổi", "thứ tự các câu, các phần"


def parts_of(definition: Definition) -> dict[tuple[bool, str], Part]:
    """By (is a section, key), in the order of the page."""
    return {
        ("fields" in part, part["key"]): part
        for section in definition
        for part in (section, *section["fields"])
    }


def plain(part: Part) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "fields"}
