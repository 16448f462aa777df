"""The sections of a summary: sentences with figures around their tables."""

from config.lib.documents.party import Align, Block, Column, Heading, Item, Paragraph, Table
from reports.documents.bodies import Body
from reports.documents.figures import DASH, number, percent, share
from reports.facts import Counts, Facts, Matter, Part, Place, Topic

STANDOUTS = 5
ENOUGH_DUE = 3
LOW_SHARE = 80
VOICES_SHOWN = 3
TOPICS_SHOWN = 6
MATTERS_SHOWN = 15


def meetings(facts: Facts, body: Body) -> list[Block]:
    counts = facts["totals"]
    head: list[Block] = [Heading("1. Cuộc họp", 2), Paragraph(calendar_sentence(facts, body))]
    if counts["expected"]:
        head.append(Paragraph(attendance_sentence(counts)))
    if facts["members"]["obliged"]:
        head.append(Paragraph(members_sentence(facts)))
    if counts["unassigned"]:
        text = (
            f"Ngoài ra có {number(counts['unassigned'])} cuộc họp theo lịch chưa có người được phân công dự, "
            "không tính vào các số liệu trên."
        )
        head.append(Paragraph(text))
    return [*head, parts_table("Loại cuộc họp", facts["kinds"])] if facts["kinds"] else head


def calendar_sentence(facts: Facts, body: Body) -> str:
    counts, period = facts["totals"], facts["period"]["label"]
    if not counts["planned"]:
        return f"Trong {period}, {body.whole} không có cuộc họp nào được phân công cán bộ dự."
    parts = [f"{number(counts['expected'])} cuộc đã đến ngày họp"]
    if counts["not_yet"]:
        parts.append(f"{number(counts['not_yet'])} cuộc chưa đến ngày họp, không tính là thiếu")
    if counts["cancelled"]:
        parts.append(f"{number(counts['cancelled'])} cuộc không họp, có lý do")
    return (
        f"Trong {period}, {body.whole} có {number(counts['planned'])} cuộc họp được phân công cán bộ dự, "
        f"trong đó: {'; '.join(parts)}."
    )


def attendance_sentence(counts: Counts) -> str:
    held = f"Đã họp {number(counts['held'])} cuộc, bằng {percent(counts['held'], counts['expected'])} số cuộc đã đến ngày."
    if not counts["held"]:
        return held
    share_attended = percent(counts["attended"], counts["held"])
    return f"{held} Có cán bộ dự {number(counts['attended'])} cuộc, bằng {share_attended} số cuộc đã họp."


def members_sentence(facts: Facts) -> str:
    members = facts["members"]
    away = members["excused"] + members["unexcused"]
    sentence = (
        f"Theo {number(members['reports'])} báo cáo có ghi số đảng viên, có mặt {number(members['present'])} lượt đảng viên "
        f"trên {number(members['obliged'])} lượt phải sinh hoạt"
    )
    if members["present"] <= members["obliged"]:
        sentence += f", đạt {percent(members['present'], members['obliged'])}"
    if not away:
        return f"{sentence}."
    unexcused = members["unexcused"]
    reasons = f"trong đó không có lý do {number(unexcused)} lượt" if unexcused else "đều có lý do"
    return f"{sentence}; vắng {number(away)} lượt, {reasons}."


def parts_table(title: str, parts: list[Part]) -> Table:
    """One line for each kind of meeting or month."""
    columns = (
        Column(title, 53),
        *(
            Column(name, 16, Align.CENTER)
            for name in (
                "Có phân công",
                "Chưa đến ngày",
                "Đã đến ngày",
                "Đã họp",
                "Có người dự",
                "Đúng hạn",
                "Chưa nộp",
            )
        ),
    )
    names = ("planned", "not_yet", "expected", "held", "attended", "on_time", "missing")
    rows = tuple(
        (part["name"], *(number(part["counts"][name]) for name in names))  # type: ignore[literal-required]
        for part in parts
    )
    return Table(columns, rows)


def reports(facts: Facts, body: Body) -> list[Block]:
    counts = facts["totals"]
    found: list[Block] = [
        Heading("2. Báo cáo của người dự", 2),
        Paragraph(reports_sentence(counts)),
    ]
    if facts["months"]:
        found += [
            Paragraph(f"Kết quả từng tháng của {body.whole}:"),
            parts_table("Tháng", facts["months"]),
        ]
    low = lowest(facts["places"])
    if low:
        listed = "; ".join(f"{place['name']} {rate(place['counts'])}" for place in low)
        found.append(Item(f"{listed}.", lead=f"Tỷ lệ nộp đúng hạn thấp (dưới {LOW_SHARE}\u00a0%):"))
    full = [
        place
        for place in facts["places"]
        if place["counts"]["report_due"] >= ENOUGH_DUE and all_on_time(place)
    ]
    if full:
        found.append(
            Item(
                f"{number(len(full))} {body.parts} (từ {ENOUGH_DUE} báo cáo trở lên).",
                lead="Nộp đủ, đúng hạn:",
            )
        )
    return found


def reports_sentence(counts: Counts) -> str:
    if not counts["report_due"]:
        return "Chưa có báo cáo nào đến hạn nộp."
    not_due = counts["expected"] - counts["report_due"]
    sentence = (
        f"Đến hạn {number(counts['report_due'])} báo cáo; đã nộp {number(counts['reported'])} báo cáo, "
        f"trong đó đúng hạn {number(counts['on_time'])}, bằng {percent(counts['on_time'], counts['report_due'])} "
        f"số đến hạn, nộp muộn {number(counts['late'])}; chưa nộp {number(counts['missing'])}."
    )
    if not_due:
        sentence += (
            f" Còn {number(not_due)} cuộc đã họp chưa đến hạn nộp báo cáo, không tính là thiếu."
        )
    return sentence


def lowest(places: list[Place]) -> list[Place]:
    """The places furthest behind among those with enough reports due to speak of a share."""
    behind = [
        place
        for place in places
        if place["counts"]["report_due"] >= ENOUGH_DUE
        and (on_time(place["counts"]) or 0) < LOW_SHARE
    ]
    return sorted(behind, key=lambda place: (on_time(place["counts"]) or 0, place["name"]))[
        :STANDOUTS
    ]


def on_time(counts: Counts) -> float | None:
    return share(counts["on_time"], counts["report_due"])


def rate(counts: Counts) -> str:
    return f"{percent(counts['on_time'], counts['report_due'])} ({counts['on_time']}/{counts['report_due']})"


def all_on_time(place: Place) -> bool:
    return place["counts"]["on_time"] == place["counts"]["report_due"]


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
    leading = facts["overdue_by_authority"][:STANDOUTS]
    listed = ", ".join(f"{name} ({number(count)})" for name, count in leading)
    total = number(facts["overdue_recommendations_total"])
    return f"{total} kiến nghị quá hạn trả lời (danh sách tại phụ lục); nhiều nhất: {listed}."
