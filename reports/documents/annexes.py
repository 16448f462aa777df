"""The annexes of a summary: landscape tables by commune or branch, and the lists of what is overdue."""

from collections.abc import Iterator

from config.lib.documents.party import Align, Annex, Column, Table
from reports.documents.bodies import Body
from reports.documents.figures import DASH, day, number, percent
from reports.facts import Counts, Facts, Place, busy

MEETING_COLUMNS = (
    ("planned", "Có phân công"),
    ("cancelled", "Không họp"),
    ("not_yet", "Chưa đến ngày"),
    ("expected", "Đã đến ngày"),
    ("held", "Đã họp"),
    ("attended", "Có người dự"),
)
REPORT_COLUMNS = (
    ("report_due", "Đến hạn"),
    ("on_time", "Đúng hạn"),
    ("late", "Nộp muộn"),
    ("missing", "Chưa nộp"),
)
COUNTED = (*MEETING_COLUMNS, *REPORT_COLUMNS)
SMALL = 11


def annexes(facts: Facts, body: Body) -> tuple[Annex, ...]:
    """Numbered in their order; those without a row are left out."""
    found = [*place_annexes(facts, body), *overdue_annexes(facts)]
    is_single = len(found) == 1
    return tuple(
        Annex("PHỤ LỤC" if is_single else f"PHỤ LỤC {index}", title, (table,))
        for index, (title, table) in enumerate(found, 1)
    )


def place_annexes(facts: Facts, body: Body) -> Iterator[tuple[str, Table]]:
    if facts["places"]:
        yield f"Kết quả dự sinh hoạt theo {body.parts}", counts_table(facts, body)
    if facts["scores"]["scored"]:
        yield f"Xếp loại buổi sinh hoạt theo {body.parts}", bands_table(facts, body)


def overdue_annexes(facts: Facts) -> Iterator[tuple[str, Table]]:
    if facts["overdue_reports"]:
        yield "Báo cáo quá hạn chưa nộp", reports_table(facts)
    if facts["overdue_recommendations"]:
        yield "Kiến nghị quá hạn trả lời", recommendations_table(facts)


def counts_table(facts: Facts, body: Body) -> Table:
    columns = (
        Column("TT", 10, Align.CENTER),
        Column(body.parts.capitalize(), 51),
        *(Column(title, 14.5, Align.CENTER, "Cuộc họp") for _, title in MEETING_COLUMNS),
        *(Column(title, 14.5, Align.CENTER, "Báo cáo") for _, title in REPORT_COLUMNS),
        Column("Tỷ lệ đúng hạn", 16, Align.CENTER),
        Column("Kiến nghị", 14.5, Align.CENTER),
        Column("Chưa phân công", 15, Align.CENTER),
    )
    shown = busy(facts["places"])
    rows = tuple(
        (str(index), place["name"], *count_cells(place["counts"]))
        for index, place in enumerate(shown, 1)
    )
    total = ("", body.whole.capitalize(), *count_cells(facts["totals"]))
    note = "“Chưa phân công”: cuộc họp theo lịch chưa có người được phân công dự, không tính vào các cột khác."
    if idle := len(facts["places"]) - len(shown):
        note += f" {number(idle)} {body.parts} không có cuộc họp theo lịch trong kỳ, không liệt kê."
    return Table(columns, rows, total=total, size=SMALL, note=note)


def count_cells(counts: Counts) -> tuple[str, ...]:
    values = [counts[name] for name, _ in COUNTED]  # type: ignore[literal-required]
    rate = percent(counts["on_time"], counts["report_due"])
    rest = (counts["recommendations"], counts["unassigned"])
    return (*map(quiet, values), rate, *map(quiet, rest))


def quiet(value: int) -> str:
    """A nought is a dash: the eye finds the figures."""
    return number(value) if value else DASH


def bands_table(facts: Facts, body: Body) -> Table:
    names = [name for name, _ in facts["scores"]["bands"]]
    columns = (
        Column("TT", 12, Align.CENTER),
        Column(body.parts.capitalize(), 80),
        *(Column(name, 25, Align.CENTER) for name in names),
        Column("Đã chấm", 25, Align.CENTER),
    )
    scored = [place for place in facts["places"] if place["bands"]]
    rows = tuple(
        (str(index), place["name"], *band_cells(place, names))
        for index, place in enumerate(scored, 1)
    )
    total = ("", body.whole.capitalize(), *(quiet(count) for _, count in facts["scores"]["bands"]))
    return Table(columns, rows, total=(*total, number(facts["scores"]["scored"])), size=SMALL)


def band_cells(place: Place, names: list[str]) -> tuple[str, ...]:
    counts = [place["bands"].get(name, 0) for name in names]
    return (*map(quiet, counts), quiet(sum(counts)))


def reports_table(facts: Facts) -> Table:
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Cuộc họp", 70),
        Column("Xã, phường", 45),
        Column("Người dự", 50),
        Column("Ngày họp", 25, Align.CENTER),
        Column("Hạn nộp", 25, Align.CENTER),
        Column("Quá hạn (ngày)", 25, Align.CENTER),
    )
    rows = tuple(
        (
            str(index),
            row["meeting"],
            row["place"],
            row["attendee"],
            day(row["held_on"]),
            day(row["late_after"]),
            number(row["days"]),
        )
        for index, row in enumerate(facts["overdue_reports"], 1)
    )
    return Table(columns, rows, size=SMALL, note=cut(len(rows), facts["overdue_reports_total"]))


def recommendations_table(facts: Facts) -> Table:
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Số", 32),
        Column("Chi bộ", 48),
        Column("Nội dung", 78),
        Column("Cơ quan có thẩm quyền", 40),
        Column("Hạn trả lời", 22, Align.CENTER),
        Column("Quá hạn (ngày)", 20, Align.CENTER),
    )
    rows = tuple(
        (
            str(index),
            row["number"],
            row["place"],
            row["text"],
            row["authority"],
            day(row["due_on"]),
            number(row["days"]),
        )
        for index, row in enumerate(facts["overdue_recommendations"], 1)
    )
    return Table(
        columns, rows, size=SMALL, note=cut(len(rows), facts["overdue_recommendations_total"])
    )


def cut(shown: int, total: int) -> str:
    """A list that was cut says so (R21)."""
    return (
        f"Danh sách ghi {number(shown)} dòng đầu trong {number(total)} dòng."
        if shown < total
        else ""
    )
