"""One document with everything the form knows; people and figures are invented."""

from dataclasses import replace
from datetime import date

from config.lib.documents.party import (
    Align,
    Annex,
    Column,
    Heading,
    Item,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
)

LETTERHEAD = Letterhead(
    superior="TỈNH ỦY NINH BÌNH",
    issuer="BAN TỔ CHỨC",
    symbol="BC/BTCTU",
    place="Ninh Bình",
    number=5,
    dated=date(2026, 12, 5),
)
BANDS = Table(
    columns=(Column("Xếp loại", 60), Column("Số cuộc", 30, Align.RIGHT)),
    rows=(("Tốt", "205"), ("Khá", "121")),
    total=("Cộng", "326"),
    caption="Bảng 1. Xếp loại",
)
COMMUNES = Table(
    columns=(
        Column("TT", 12, Align.CENTER),
        Column("Xã, phường", 60),
        *(
            Column(title, 18, Align.CENTER, "Cuộc họp")
            for title in ("Theo kế hoạch", "Đã họp", "Có người dự")
        ),
        *(
            Column(title, 18, Align.CENTER, "Báo cáo")
            for title in ("Phải nộp", "Đã nộp", "Đúng hạn", "Nộp muộn")
        ),
        Column("Chưa nộp", 18, Align.CENTER),
    ),
    rows=tuple((str(number), f"Xã thứ {number}", *"12345678") for number in range(1, 130)),
    total=("", "Toàn tỉnh", *"12345678"),
    size=11,
)
REPORT = PartyDocument(
    letterhead=LETTERHEAD,
    kind="BÁO CÁO",
    subject="kết quả dự sinh hoạt chi bộ tháng 11 năm 2026",
    issuer_name="Ban Tổ chức Tỉnh ủy Ninh Bình",
    blocks=(
        Heading("I- KẾT QUẢ"),
        Heading("1. Cuộc họp", 2),
        Paragraph("Toàn tỉnh có 388 cuộc đã họp (94,2\u00a0%).", lead="Về cuộc họp:"),
        Item("Nộp muộn: 28 báo cáo."),
        BANDS,
    ),
    signatures=(Signature("PHÓ TRƯỞNG BAN", "Nguyễn Văn Mẫu", "K/T TRƯỞNG BAN"),),
    recipients=("Thường trực Tỉnh ủy", "Lưu Ban Tổ chức"),
    annexes=(Annex("Phụ lục 1", "KẾT QUẢ THEO XÃ, PHƯỜNG", (COMMUNES,)),),
)
LETTER = replace(
    REPORT,
    letterhead=replace(LETTERHEAD, symbol="CV/BTCTU"),
    kind="",
    addressees=("Đảng ủy xã Quang Thiện",),
    annexes=(),
)
DRAFT = replace(
    REPORT, letterhead=replace(LETTERHEAD, number=None, dated=None, drafted=date(2026, 12, 5))
)
