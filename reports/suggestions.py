"""What the report already says of a sub-criterion: a fact suggests a choice, and nobody but the person takes it.

The page's script works it out from what is being typed; here stands only what it is told.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

FACTS: Final[Mapping[str, str]] = {
    "minutes": "Thời lượng: số phút so với quy định (đủ là 0, thiếu 15 phút là -15)",
    "rate": "Tỷ lệ dự: phần trăm có mặt trên số phải sinh hoạt",
    "unexcused": "Không ai vắng không lý do: lựa chọn đầu, nếu không thì lựa chọn cuối",
    "documents_sent": "Tài liệu gửi trước một ngày: lựa chọn đầu, nếu không thì lựa chọn cuối",
    "committee_met": "Chi ủy họp trước: lựa chọn đầu, nếu không thì lựa chọn cuối",
}
COUNTED: Final = ("minutes", "rate")
# Answers of the report form, by its stable keys, that speak for the first choice.
YES: Final[Mapping[str, Sequence[str]]] = {
    "documents_sent": ("day_before",),
    "committee_met": ("yes", "none"),
}


def told_to_script(part: Mapping[str, Any]) -> str:
    """The part's rule as JSON: `steps` are (least value, choice), highest first; `first` and `last` are choices."""
    rule = part.get("suggest")
    if not rule:
        return ""
    choices = part["choices"]
    steps = [[one["from"], one["key"]] for one in choices if "from" in one]
    told = {
        **rule,
        "steps": sorted(steps, reverse=True),
        "first": choices[0]["key"],
        "last": choices[-1]["key"],
        "yes": YES.get(rule["fact"], ()),
    }
    return json.dumps(told, separators=(",", ":"))
