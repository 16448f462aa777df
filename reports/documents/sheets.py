"""The summary's figures as a workbook: numbers as numbers, for those who go on counting."""

from datetime import date

from config.lib.documents.xlsx import Sheet, SheetColumn, Value, xlsx
from reports.documents.annexes import COUNTED, MEETING_COLUMNS
from reports.documents.bodies import Body, body_of
from reports.documents.figures import day, share
from reports.facts import Counts, Facts, Matter

LABELS = {
    "planned": "Cuộc họp có phân công",
    "cancelled": "Không họp, có lý do",
    "not_yet": "Chưa đến ngày họp",
    "expected": "Đã đến ngày họp",
    "held": "Đã họp",
    "attended": "Có người dự",
    "report_due": "Báo cáo đến hạn",
    "reported": "Báo cáo đã nộp",
    "on_time": "Nộp đúng hạn",
    "late": "Nộp muộn",
    "missing": "Quá hạn chưa nộp",
    "recommendations": "Kiến nghị, đề xuất",
    "unassigned": "Chưa có người được phân công",
}
WHOLE_OF = {
    "held": "expected",
    "attended": "held",
    "reported": "report_due",
    "on_time": "report_due",
    "late": "report_due",
    "missing": "report_due",
}


def workbook(facts: Facts) -> bytes:
    body = body_of(facts["unit"])
    sheets = (
        overview(facts),
        places(facts, body),
        topics(facts),
        voices(facts),
        matters("Kiến nghị theo lĩnh vực", "Lĩnh vực", facts["by_field"], facts),
        matters("Kiến nghị theo cơ quan", "Cơ quan có thẩm quyền", facts["by_authority"], facts),
        overdue_reports(facts),
        overdue_recommendations(facts),
    )
    title = f"Số liệu dự sinh hoạt chi bộ {facts['period']['label']}"
    return xlsx(
        sheets, title=title, author=body.issuer_name, day=date.fromisoformat(facts["as_of"])
    )


def subtitle(facts: Facts) -> str:
    return f"{facts['unit']['name']}, {facts['period']['label']}; {seen_by(facts)}số liệu tính đến ngày {day(facts['as_of'])}"


def seen_by(facts: Facts) -> str:
    """The other view is the ordinary one, and goes without saying."""
    return "theo đơn vị hiện nay; " if facts.get("units") == "now" else ""


def overview(facts: Facts) -> Sheet:
    """Each figure with what it is a share of."""
    counts = facts["totals"]
    columns = (
        SheetColumn("Chỉ tiêu", 38),
        SheetColumn("Số lượng", 12),
        SheetColumn("Trên tổng số", 14),
        SheetColumn("Tỷ lệ", 10, is_percent=True),
    )
    rows = [overview_row(label, counts, name) for name, label in LABELS.items()]
    scored = facts["scores"]["scored"]
    for band, count in facts["scores"]["bands"]:
        rows.append((f"Xếp loại {band}", count, scored, share(count, scored)))
    rows += [
        (f"Kiến nghị: {label.lower()}", count, facts["raised"], share(count, facts["raised"]))
        for label, count in facts["by_status"]
    ]
    return Sheet(
        "Tổng hợp",
        "Tổng hợp kết quả dự sinh hoạt chi bộ",
        subtitle(facts),
        columns,
        tuple(rows),
        frozen=1,
    )


def overview_row(label: str, counts: Counts, name: str) -> tuple[Value, ...]:
    part: int = counts[name]  # type: ignore[literal-required]
    if name not in WHOLE_OF:
        return (label, part, None, None)
    whole: int = counts[WHOLE_OF[name]]  # type: ignore[literal-required]
    return (label, part, whole, share(part, whole))


def places(facts: Facts, body: Body) -> Sheet:
    bands = [name for name, _ in facts["scores"]["bands"]]
    columns = (
        SheetColumn("TT", 6),
        SheetColumn(body.parts.capitalize(), 34),
        *(
            SheetColumn(title, 11, "Cuộc họp" if (name, title) in MEETING_COLUMNS else "Báo cáo")
            for name, title in COUNTED
        ),
        SheetColumn("Tỷ lệ đúng hạn", 11, is_percent=True),
        SheetColumn("Kiến nghị", 11),
        SheetColumn("Chưa phân công", 12),
        *(SheetColumn(name, 11, "Xếp loại") for name in bands),
    )
    rows = tuple(
        (
            index,
            place["name"],
            *count_values(place["counts"]),
            *(place["bands"].get(name, 0) for name in bands),
        )
        for index, place in enumerate(facts["places"], 1)
    )
    sums = (count for _, count in facts["scores"]["bands"])
    total = ("", body.whole.capitalize(), *count_values(facts["totals"]), *sums)
    title = f"Kết quả theo {body.parts}"
    return Sheet(f"Theo {body.parts}", title, subtitle(facts), columns, rows, total)


def count_values(counts: Counts) -> tuple[Value, ...]:
    values: list[int] = [counts[name] for name, _ in COUNTED]  # type: ignore[literal-required]
    rate = share(counts["on_time"], counts["report_due"])
    return (*values, rate, counts["recommendations"], counts["unassigned"])


def topics(facts: Facts) -> Sheet:
    columns = (
        SheetColumn("Chủ đề", 34),
        SheetColumn("Vấn đề bức thiết", 14),
        *(
            SheetColumn(name, 14, "Tâm tư, nguyện vọng")
            for name in ("Ổn định", "Còn băn khoăn", "Bức xúc")
        ),
    )
    rows = tuple(
        (topic["name"], topic["problems"], topic["calm"], topic["concerned"], topic["pressing"])
        for topic in facts["topics"]
    )
    sums = tuple(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))
    total: tuple[Value, ...] = ("Cộng", *sums) if rows else ()
    return Sheet(
        "Vấn đề, tâm tư",
        "Vấn đề bức thiết và tâm tư theo chủ đề",
        subtitle(facts),
        columns,
        rows,
        total,
        frozen=1,
    )


def voices(facts: Facts) -> Sheet:
    """The texts kept for each topic; the subtitle says of how many."""
    columns = (SheetColumn("Chủ đề", 24), SheetColumn("Nội dung", 90), SheetColumn("Nơi nêu", 40))
    rows = tuple(
        (topic["name"], voice["text"], voice["place"])
        for topic in facts["topics"]
        for voice in topic["voices"]
    )
    told = sum(topic["problems"] for topic in facts["topics"])
    line = f"{subtitle(facts)}; ghi {len(rows)} trong {told} vấn đề"
    return Sheet(
        "Nội dung vấn đề", "Vấn đề bức thiết các chi bộ nêu", line, columns, rows, frozen=1
    )


def matters(name: str, head: str, found: list[Matter], facts: Facts) -> Sheet:
    titles = (
        "Tổng số",
        "Chưa chuyển",
        "Chờ trả lời",
        "Đã trả lời",
        "Đã đóng",
        "Không thụ lý",
        "Quá hạn",
    )
    columns = (SheetColumn(head, 40), *(SheetColumn(title, 12) for title in titles))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (matter["name"], *matter_values(matter)) for matter in found
    )
    sums = tuple(sum(column) for column in zip(*map(matter_values, found), strict=True))
    total: tuple[Value, ...] = ("Cộng", *sums) if rows else ()
    return Sheet(name, name, subtitle(facts), columns, rows, total, frozen=1)


def matter_values(matter: Matter) -> tuple[int, ...]:
    keys = ("total", "received", "open", "answered", "closed", "set_aside", "overdue")
    return tuple(matter[key] for key in keys)  # type: ignore[literal-required]


def overdue_reports(facts: Facts) -> Sheet:
    columns = (
        SheetColumn("TT", 6),
        SheetColumn("Cuộc họp", 40),
        SheetColumn("Xã, phường", 24),
        SheetColumn("Người dự", 26),
        SheetColumn("Ngày họp", 12),
        SheetColumn("Hạn nộp", 12),
        SheetColumn("Quá hạn (ngày)", 12),
    )
    rows = tuple(
        (
            index,
            row["meeting"],
            row["place"],
            row["attendee"],
            date.fromisoformat(row["held_on"]),
            date.fromisoformat(row["late_after"]),
            row["days"],
        )
        for index, row in enumerate(facts["overdue_reports"], 1)
    )
    line = f"{subtitle(facts)}; ghi {len(rows)} trong {facts['overdue_reports_total']} báo cáo"
    return Sheet("Báo cáo quá hạn", "Báo cáo quá hạn chưa nộp", line, columns, rows)


def overdue_recommendations(facts: Facts) -> Sheet:
    columns = (
        SheetColumn("TT", 6),
        SheetColumn("Số", 18),
        SheetColumn("Chi bộ", 36),
        SheetColumn("Nội dung", 70),
        SheetColumn("Cơ quan có thẩm quyền", 34),
        SheetColumn("Hạn trả lời", 12),
        SheetColumn("Quá hạn (ngày)", 12),
    )
    rows = tuple(
        (
            index,
            row["number"],
            row["place"],
            row["text"],
            row["authority"],
            date.fromisoformat(row["due_on"]),
            row["days"],
        )
        for index, row in enumerate(facts["overdue_recommendations"], 1)
    )
    line = f"{subtitle(facts)}; ghi {len(rows)} trong {facts['overdue_recommendations_total']} kiến nghị"
    return Sheet("Kiến nghị quá hạn", "Kiến nghị quá hạn trả lời", line, columns, rows)
