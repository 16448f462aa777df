"""The sections of a summary on what was done: meetings and reports, sentences with figures around their tables."""

from config.lib.documents.party import Align, Block, Column, Heading, Item, Paragraph, Table
from reports.documents.bodies import Body
from reports.documents.figures import number, percent, share
from reports.facts import Counts, Facts, Part, Place

STANDOUTS = 5
ENOUGH_DUE = 3
LOW_SHARE = 80


def meetings(facts: Facts, body: Body) -> list[Block]:
    counts = facts["totals"]
    head: list[Block] = [Heading("1. Cuộc họp", 2), Paragraph(calendar_sentence(facts, body))]
    if counts["expected"]:
        head.append(Paragraph(attendance_sentence(counts)))
    if facts["members"]["obliged"]:
        head.append(Paragraph(members_sentence(facts)))
    if facts.get("units") == "now":
        text = (
            "Số liệu cộng theo đơn vị hiện nay: cuộc họp của các đơn vị trước khi sắp xếp tính cho đơn vị kế thừa "
            "tại ngày dựng báo cáo."
        )
        head.append(Paragraph(text))
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
