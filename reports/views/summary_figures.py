"""What the page of a summary shows of its frozen facts: four figures that open, and the lines of its tables."""

from dataclasses import dataclass

from reports.facts import Counts, Facts


@dataclass(frozen=True)
class Line:
    """One line of a reckoning; `sign` is "−" for what is taken off, "=" for the result."""

    label: str
    value: int
    sign: str = ""


@dataclass(frozen=True)
class Figure:
    """`part` of `whole`, with the lines that lead to it."""

    name: str
    part: int
    whole: int
    of: str
    lines: tuple[Line, ...]


def figures(facts: Facts) -> list[Figure]:
    counts = facts["totals"]
    return [on_time(counts), attended(counts), best_band(facts), recommendations(facts)]


def on_time(counts: Counts) -> Figure:
    not_due = counts["expected"] - counts["report_due"]
    lines = (
        Line("Cuộc họp có phân công", counts["planned"]),
        Line("trừ chưa đến ngày họp", counts["not_yet"], "−"),
        Line("trừ không họp, có lý do", counts["cancelled"], "−"),
        Line("trừ chưa đến hạn nộp", not_due, "−"),
        Line("Báo cáo đến hạn", counts["report_due"], "="),
        Line("nộp đúng hạn", counts["on_time"]),
        Line("nộp muộn", counts["late"]),
        Line("quá hạn chưa nộp", counts["missing"]),
    )
    return Figure(
        "Báo cáo đúng hạn", counts["on_time"], counts["report_due"], "báo cáo đến hạn", lines
    )


def attended(counts: Counts) -> Figure:
    lines = (
        Line("Đã đến ngày họp", counts["expected"]),
        Line("trừ chưa ghi nhận đã họp", counts["expected"] - counts["held"], "−"),
        Line("Đã họp", counts["held"], "="),
        Line("có cán bộ dự", counts["attended"]),
        Line("không có cán bộ dự", counts["held"] - counts["attended"]),
    )
    return Figure("Cuộc họp có cán bộ dự", counts["attended"], counts["held"], "cuộc đã họp", lines)


def best_band(facts: Facts) -> Figure:
    scores = facts["scores"]
    lines = tuple(Line(name, count) for name, count in scores["bands"])
    name, count = scores["bands"][0] if scores["bands"] else ("Tốt", 0)
    return Figure(f"Xếp loại {name}", count, scores["scored"], "buổi đã chấm điểm", lines)


def recommendations(facts: Facts) -> Figure:
    """Closed of those raised; by status in the reckoning."""
    lines = tuple(Line(label, count) for label, count in facts["by_status"])
    closed = sum(matter["closed"] for matter in facts["by_field"])
    return Figure("Kiến nghị đã đóng", closed, facts["raised"], "kiến nghị trong kỳ", lines)
