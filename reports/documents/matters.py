"""The sections of a summary on what was said: quality, problems and mood, recommendations, what is overdue."""

from config.lib.documents.party import Align, Block, Column, Heading, Item, Paragraph, Table
from reports.documents.figures import DASH, number, percent
from reports.facts import Facts, Matter, Topic

AUTHORITIES_NAMED = 5
VOICES_SHOWN = 3
TOPICS_SHOWN = 6
MATTERS_SHOWN = 15


def scores(facts: Facts) -> list[Block]:
    found = facts["scores"]
    if not found["scored"]:
        return [Paragraph("Chưa có báo cáo nào được chấm điểm.")]
    average = (
        f"; điểm trung bình người dự chấm {found['average'].replace('.', ',')}"
        if found["average"]
        else ""
    )
    text = f"Đã chấm điểm {number(found['scored'])} buổi sinh hoạt theo khung tiêu chí đang có hiệu lực{average}."
    rows = tuple(
        (name, number(count), percent(count, found["scored"])) for name, count in found["bands"]
    )
    columns = (
        Column("Xếp loại", 60),
        Column("Số buổi", 35, Align.RIGHT),
        Column("Tỷ lệ", 35, Align.RIGHT),
    )
    return [
        Paragraph(text),
        Table(columns, rows, total=("Cộng", number(found["scored"]), percent(1, 1))),
    ]


def topics(facts: Facts) -> list[Block]:
    found = facts["topics"]
    if not found:
        return [Paragraph("Các báo cáo không nêu vấn đề bức thiết hoặc tâm tư, nguyện vọng nào.")]
    problems = sum(topic["problems"] for topic in found)
    columns = (
        Column("Chủ đề", 65),
        Column("Vấn đề bức thiết", 25, Align.CENTER),
        *(
            Column(name, 25, Align.CENTER, "Tâm tư, nguyện vọng")
            for name in ("Ổn định", "Còn băn khoăn", "Bức xúc")
        ),
    )
    rows = tuple(topic_row(topic) for topic in found)
    return [
        Paragraph(topics_sentence(found, problems)),
        Table(columns, rows, total=topic_row(topics_total(found))),
        *[item for topic in found[:TOPICS_SHOWN] for item in voices(topic)],
    ]


def topics_sentence(found: list[Topic], problems: int) -> str:
    if not problems:
        return "Các chi bộ không nêu vấn đề bức thiết; tình hình tâm tư theo chủ đề như sau:"
    leading = [topic for topic in found if topic["problems"]][:3]
    listed = ", ".join(
        f"{topic['name'].lower()} ({number(topic['problems'])})" for topic in leading
    )
    return f"Các chi bộ nêu {number(problems)} vấn đề bức thiết, nhiều nhất là {listed}."


def topic_row(topic: Topic) -> tuple[str, ...]:
    numbers = (topic["problems"], topic["calm"], topic["concerned"], topic["pressing"])
    return (topic["name"], *(number(value) if value else DASH for value in numbers))


def topics_total(found: list[Topic]) -> Topic:
    return {
        "name": "Cộng",
        "problems": sum(topic["problems"] for topic in found),
        "calm": sum(topic["calm"] for topic in found),
        "concerned": sum(topic["concerned"] for topic in found),
        "pressing": sum(topic["pressing"] for topic in found),
        "voices": [],
    }


def voices(topic: Topic) -> list[Block]:
    """The latest problems of a topic; how many there are in all stands in the table."""
    shown = topic["voices"][:VOICES_SHOWN]
    if not shown:
        return []
    more = (
        f" ({len(shown)} trong {number(topic['problems'])} ý kiến)"
        if topic["problems"] > len(shown)
        else ""
    )
    return [
        Heading(f"{topic['name']}{more}", 3),
        *(Item(f"{voice['text'].strip().rstrip('.')} ({voice['place']}).") for voice in shown),
    ]


def recommendations(facts: Facts) -> list[Block]:
    if not facts["raised"]:
        return [Paragraph("Trong kỳ, các chi bộ không có kiến nghị, đề xuất.")]
    listed = "; ".join(
        f"{label.lower()} {number(count)}" for label, count in facts["by_status"] if count
    )
    return [
        Paragraph(
            f"Các chi bộ có {number(facts['raised'])} kiến nghị, đề xuất. Trong đó: {listed}."
        ),
        Heading("1. Theo lĩnh vực", 2),
        matters_table("Lĩnh vực", facts["by_field"]),
        Heading("2. Theo cơ quan có thẩm quyền", 2),
        matters_table("Cơ quan", facts["by_authority"]),
    ]


def matters_table(title: str, matters: list[Matter]) -> Table:
    columns = (
        Column(title, 60),
        *(
            Column(name, 17.5, Align.CENTER)
            for name in (
                "Tổng số",
                "Chưa chuyển",
                "Chờ trả lời",
                "Đã trả lời",
                "Đã đóng",
                "Quá hạn",
            )
        ),
    )
    shown, rest = matters[:MATTERS_SHOWN], matters[MATTERS_SHOWN:]
    note = f"Còn {len(rest)} dòng trong tệp số liệu kèm theo, đã tính vào tổng." if rest else ""
    rows = tuple(matter_row(matter["name"], [matter]) for matter in shown)
    return Table(columns, rows, total=matter_row("Cộng", matters), note=note)


def matter_row(name: str, matters: list[Matter]) -> tuple[str, ...]:
    keys = ("total", "received", "open", "answered", "closed", "overdue")
    sums = (sum(matter[key] for matter in matters) for key in keys)  # type: ignore[literal-required]
    return (name, *(number(value) if value else DASH for value in sums))


def overdue(facts: Facts) -> list[Block]:
    missing, late = facts["overdue_reports_total"], facts["overdue_recommendations_total"]
    if not missing and not late:
        return [Paragraph("Đến thời điểm tổng hợp, không có báo cáo hoặc kiến nghị nào quá hạn.")]
    found: list[Block] = []
    if missing:
        found.append(
            Item(
                f"{number(missing)} báo cáo quá hạn chưa nộp (danh sách tại phụ lục).",
                lead="Báo cáo:",
            )
        )
    if late:
        found.append(Item(late_sentence(facts), lead="Kiến nghị:"))
    return found


def late_sentence(facts: Facts) -> str:
    leading = facts["overdue_by_authority"][:AUTHORITIES_NAMED]
    listed = ", ".join(f"{name} ({number(count)})" for name, count in leading)
    total = number(facts["overdue_recommendations_total"])
    return f"{total} kiến nghị quá hạn trả lời (danh sách tại phụ lục); nhiều nhất: {listed}."
