"""What a records clerk would send back: problems of form, as sentences."""

import re
from collections.abc import Iterator

from config.lib.documents.party import Block, Letterhead, PartyDocument, Signature, Table
from config.lib.documents.rules import FormRules, rules_on

KIND_SYMBOLS = {
    "": "CV",
    "BÁO CÁO": "BC",
    "CHỈ THỊ": "CT",
    "CHƯƠNG TRÌNH": "CTr",
    "HƯỚNG DẪN": "HD",
    "KẾ HOẠCH": "KH",
    "KẾT LUẬN": "KL",
    "NGHỊ QUYẾT": "NQ",
    "QUY CHẾ": "QC",
    "QUY ĐỊNH": "QĐi",
    "QUYẾT ĐỊNH": "QĐ",
    "THÔNG BÁO": "TB",
    "TỜ TRÌNH": "TTr",
}
SYMBOL = re.compile(r"(?P<kind>[A-ZĐ][A-Za-zĐđ]{0,3})/(?P<issuer>[A-ZĐ]{2,12}(-[A-ZĐ]{2,8})?)")
NUMBER_LINE = re.compile(r"Số (?P<number>\d+)-(?P<symbol>\S+)")
PLACE_LINE = re.compile(r"[^,]+, ngày (?P<day>\d{1,2}) tháng (?P<month>\d{1,2}) năm \d{4}")
AUTHORITY = re.compile(r"(T/M|K/T|T/L) \S.*")
TOPMOST = ("TỈNH ỦY ", "THÀNH ỦY ")
"""Bodies that stand alone in the head: no superior above a provincial committee's name."""
STATE_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ)\.?\b")
ROUNDING = 0.5
DEGREE = re.compile(r"\b(GS|PGS|TS|ThS|Th\.S|CN|KS|BS|Tiến sĩ|Thạc sĩ)\b\.?", re.IGNORECASE)


def problems(document: PartyDocument) -> list[str]:
    """Everything that keeps the document from being issued, in the order of the page; empty when it may go."""
    day = document.letterhead.form_day
    found = [
        *head_problems(document.letterhead, document.kind),
        *text_problems(document),
        *foot_problems(document),
    ]
    return [*found, *table_problems(document, rules_on(day))] if day else found


def head_problems(letterhead: Letterhead, kind: str) -> Iterator[str]:
    for name, text in (
        ("cơ quan cấp trên", letterhead.superior),
        ("cơ quan ban hành", letterhead.issuer),
    ):
        if not text and not letterhead.issuer.startswith(TOPMOST):
            yield f"Thiếu tên {name}."
        elif text != text.upper():
            yield f"Tên {name} “{text}” phải viết in hoa."
    if letterhead.number is None or letterhead.number < 1:
        yield "Thiếu số văn bản."
    yield from symbol_problems(letterhead.symbol, kind)
    if not letterhead.place:
        yield "Thiếu địa danh."
    if letterhead.dated is None:
        yield "Thiếu ngày, tháng, năm ban hành."


def symbol_problems(symbol: str, kind: str) -> Iterator[str]:
    match = SYMBOL.fullmatch(symbol)
    expected = KIND_SYMBOLS.get(kind)
    if not match:
        yield f"Ký hiệu “{symbol}” không đúng mẫu, ví dụ “{expected or 'BC'}/BTCTU”."
    elif expected and match["kind"] != expected:
        yield f"Ký hiệu “{symbol}” không hợp với loại văn bản; phải bắt đầu bằng “{expected}/”."


def text_problems(document: PartyDocument) -> Iterator[str]:
    if document.kind not in KIND_SYMBOLS:
        yield f"Không có loại văn bản “{document.kind}” trong thể thức văn bản của Đảng."
    if not document.subject:
        yield "Thiếu trích yếu nội dung."
    elif document.subject == document.subject.upper():
        yield "Trích yếu nội dung viết chữ thường, không viết in hoa."
    elif document.subject.endswith((".", ";", ":")):
        yield "Trích yếu nội dung không có dấu ở cuối."
    if not document.blocks:
        yield "Văn bản chưa có nội dung."
    if document.annexes and not document.issuer_name:
        yield "Phụ lục cần tên đầy đủ của cơ quan ban hành."


def foot_problems(document: PartyDocument) -> Iterator[str]:
    if not document.signatures:
        yield "Thiếu người ký."
    for signature in document.signatures:
        yield from signature_problems(signature)
    if not document.recipients:
        yield "Thiếu nơi nhận."
    elif not document.recipients[-1].startswith("Lưu"):
        yield "Dòng cuối của nơi nhận phải là nơi lưu, ví dụ “Lưu Văn phòng”."


def signature_problems(signature: Signature) -> Iterator[str]:
    if STATE_AUTHORITY.match(signature.authority):
        yield f"Thẩm quyền ký “{signature.authority}”: văn bản của Đảng viết “T/M”, “K/T”, “T/L” có gạch chéo."
    elif signature.authority and not AUTHORITY.fullmatch(signature.authority):
        yield f"Thẩm quyền ký “{signature.authority}” phải bắt đầu bằng “T/M”, “K/T” hoặc “T/L”."
    if not signature.office:
        yield "Thiếu chức vụ người ký."
    elif signature.office != signature.office.upper():
        yield f"Chức vụ người ký “{signature.office}” phải viết in hoa."
    if not signature.name:
        yield "Thiếu họ tên người ký."
    elif DEGREE.search(signature.name):
        yield f"Họ tên người ký “{signature.name}” không ghi học hàm, học vị."


def table_problems(document: PartyDocument, rules: FormRules) -> Iterator[str]:
    for block in document.blocks:
        yield from block_problems(block, rules.text_width)
    for annex in document.annexes:
        for block in annex.blocks:
            yield from block_problems(block, rules.landscape_text_width)


def block_problems(block: Block, room: float) -> Iterator[str]:
    """A table must fit into `room` mm and fill its columns."""
    if not isinstance(block, Table):
        return
    name = block.caption or block.columns[0].title
    if block.width > room + ROUNDING:
        yield f"Bảng “{name}” rộng {block.width:g} mm, quá khổ chữ {room:g} mm."
    cells = {len(row) for row in (*block.rows, block.total) if row}
    if cells - {1, len(block.columns)}:
        yield f"Bảng “{name}” có hàng không đủ {len(block.columns)} ô."


def number_line_problems(line: str) -> Iterator[str]:
    """For a number typed or read from elsewhere: `Số 05-QĐ/TU`."""
    match = NUMBER_LINE.fullmatch(line.strip())
    if not match:
        yield f"“{line}” không đúng mẫu “Số 05-QĐ/TU” (không có dấu hai chấm)."
    elif len(match["number"]) == 1:
        yield f"Số dưới 10 phải thêm số 0: “Số 0{match['number']}-{match['symbol']}”."
    elif not SYMBOL.fullmatch(match["symbol"]):
        yield f"Ký hiệu “{match['symbol']}” không đúng mẫu, ví dụ “QĐ/TU”."


def place_line_problems(line: str, rules: FormRules) -> Iterator[str]:
    """For a place and date typed or read from elsewhere: `Ninh Bình, ngày 05 tháng 12 năm 2026`."""
    match = PLACE_LINE.fullmatch(line.strip())
    if not match:
        yield f"“{line}” không đúng mẫu “Ninh Bình, ngày 05 tháng 12 năm 2026”."
        return
    if len(match["day"]) == 1:
        yield f"Ngày dưới 10 phải thêm số 0: “ngày 0{match['day']}”."
    is_padded = match["month"].startswith("0")
    if is_padded != (int(match["month"]) in rules.months_padded):
        yield f"Tháng “{match['month']}”: chỉ thêm số 0 trước tháng 1 và tháng 2."
