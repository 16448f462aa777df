"""A decision's facts as a Party document: quyết định or công văn, with the list as a landscape annex. No query, no clock."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from assignments.papers import ChangedGroup, Group, Paper, row_count
from assignments.states import DecisionKind
from config.lib.documents import lint
from config.lib.documents.docx import docx
from config.lib.documents.naming import party_organisation, without_prefix
from config.lib.documents.party import (
    Align,
    Annex,
    Block,
    Column,
    Item,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
)
from config.lib.documents.pdf import pdf
from roster.states import UnitKind

NUMBER = re.compile(r"(?P<number>\d{1,5})\s*[-–]\s*(?P<symbol>\S+)")
ISSUER_SYMBOLS = {UnitKind.PROVINCIAL: "TU", UnitKind.DISTRICT: "HU", UnitKind.COMMUNE: "ĐU"}
DEFAULT_OFFICES = {UnitKind.PROVINCIAL: "PHÓ BÍ THƯ"}
SIZE = 12


def decision_docx(paper: Paper) -> bytes:
    return docx(decision_document(paper))


def decision_pdf(paper: Paper) -> bytes:
    return pdf(decision_document(paper))


def form_problems(paper: Paper) -> list[str]:
    """What a records clerk would send back; number and day are given at issue and do not count as missing."""
    number = paper["number"] or f"01-{symbol_for(paper['kind'], paper['issuer']['kind'])}"
    return lint.problems(
        decision_document({**paper, "number": number, "dated": paper["dated"] or paper["drafted"]})
    )


def symbol_for(kind: str, issuer_kind: str) -> str:
    """`QĐ/TU`, `CV/ĐU`: the type in the register of numbers, and in the number itself."""
    word = "CV" if kind == DecisionKind.LETTER else "QĐ"
    return f"{word}/{ISSUER_SYMBOLS.get(UnitKind(issuer_kind), 'ĐU')}"


def decision_document(paper: Paper) -> PartyDocument:
    is_letter = paper["kind"] == DecisionKind.LETTER
    issuer = paper["issuer"]["called"]
    return PartyDocument(
        letterhead=letterhead(paper),
        kind="" if is_letter else "QUYẾT ĐỊNH",
        subject=subject_of(paper),
        issuer_name=issuer,
        addressees=addressees(paper) if is_letter else (),
        blocks=letter(paper) if is_letter else articles(paper),
        signatures=(signature(paper),),
        recipients=recipients(paper),
        annexes=annexes(paper),
    )


def letterhead(paper: Paper) -> Letterhead:
    issuer = paper["issuer"]
    match = NUMBER.fullmatch(paper["number"])
    return Letterhead(
        superior=party_organisation(issuer["above"]).upper() if issuer["above"] else "",
        issuer=issuer["called"].upper(),
        symbol=match["symbol"] if match else symbol_for(paper["kind"], issuer["kind"]),
        place=without_prefix(issuer["name"]),
        number=int(match["number"]) if match else None,
        dated=date.fromisoformat(paper["dated"]) if match and paper["dated"] else None,
        drafted=date.fromisoformat(paper["drafted"]),
    )


def subject_of(paper: Paper) -> str:
    typed = paper["subject"].rstrip(".;: ")
    if typed and typed != typed.upper():  # a list's title in capitals is no subject
        return typed[:1].lower() + typed[1:]
    word = "phân công bổ sung, thay đổi" if paper["amends"] else "phân công"
    return f"về việc {word} cán bộ dự sinh hoạt {places_word(paper)}"


def places_word(paper: Paper) -> str:
    if not paper["committees"]:
        return "chi bộ"
    return "chi bộ và hội nghị đảng ủy mở rộng" if paper["branches"] else "hội nghị đảng ủy mở rộng"


def articles(paper: Paper) -> tuple[Block, ...]:
    """The text of a quyết định: its bases, then article by article."""
    body = body_name(paper)
    texts = [*assigning(paper), duties(paper), carrying_out(paper)]
    return (
        *(Item(f"{text};", marker="-") for text in [*paper["basis"], *amended_basis(paper)]),
        Paragraph(f"{body.upper()} QUYẾT ĐỊNH", bold=True, align=Align.CENTER, indented=False),
        *(Paragraph(text, lead=f"Điều {index}.") for index, text in enumerate(texts, 1)),
    )


def letter(paper: Paper) -> tuple[Block, ...]:
    """The text of a công văn: the same, as paragraphs."""
    bases = "; ".join([*paper["basis"], *amended_basis(paper)])
    first = f"{bases}, " if bases else ""
    opening = f"{first}{body_name(paper)} có ý kiến như sau:"
    return (
        Paragraph(opening[:1].upper() + opening[1:]),
        *(
            Paragraph(text, lead=f"{index}.")
            for index, text in enumerate([*assigning(paper), duties(paper)], 1)
        ),
        Paragraph(f"{body_name(paper)} đề nghị các đồng chí và cấp ủy có liên quan thực hiện./."),
    )


def amended_basis(paper: Paper) -> list[str]:
    return [f"Căn cứ {paper['amends']}"] if paper["amends"] else []


def assigning(paper: Paper) -> list[str]:
    """Who is sent, from when to when; of an amendment, who stops too."""
    first = vn(paper["starts_on"])
    until = f" đến ngày {vn(paper['ends_on'])}" if paper["ends_on"] else ""
    change = f"Bổ sung, thay đổi cho {paper['amends']}: phân" if paper["amends"] else "Phân"
    found = []
    if ended := row_count(paper["removed"]):
        found.append(
            f"Từ ngày {first}, thôi phân công dự sinh hoạt đối với {counted_as(ended)} trường hợp theo {paper['amends']} "
            "(có danh sách kèm theo)."
        )
    if paper["people"]:
        found.append(
            f"{change} công {counted_as(paper['people'])} đồng chí dự {counted(paper)} "
            f"từ ngày {first}{until} (có danh sách kèm theo)."
        )
    return found


def counted(paper: Paper) -> str:
    """ "sinh hoạt tại 12 chi bộ và hội nghị mở rộng của 02 đảng ủy xã, phường"."""
    parts = []
    if paper["branches"]:
        parts.append(f"sinh hoạt thường kỳ hằng tháng tại {counted_as(paper['branches'])} chi bộ")
    if paper["committees"]:
        parts.append(
            f"hội nghị mở rộng hằng tháng của {counted_as(paper['committees'])} đảng ủy xã, phường"
        )
    return " và ".join(parts)


def counted_as(number: int) -> str:
    """ "05", "12", "3.000"."""
    return f"{number:02,d}".replace(",", ".")


def duties(paper: Paper) -> str:
    due = (
        f" trong thời hạn {paper['due_days']:02d} ngày kể từ ngày họp" if paper["due_days"] else ""
    )
    return (
        "Các đồng chí có tên trong danh sách dự đầy đủ các cuộc họp; nắm tình hình, lắng nghe, giải đáp ý kiến của "
        f"cán bộ, đảng viên; báo cáo kết quả và kiến nghị, đề xuất của cơ sở về {body_name(paper)}{due}."
    )


def carrying_out(paper: Paper) -> str:
    return (
        "Các cơ quan tham mưu giúp việc của cấp ủy, các cấp ủy, chi bộ có liên quan và các đồng chí có tên trong danh "
        "sách chịu trách nhiệm thi hành Quyết định này./."
    )


def body_name(paper: Paper) -> str:
    """Who decides: the standing committee of the issuer."""
    return f"Ban Thường vụ {paper['issuer']['called']}"


def addressees(paper: Paper) -> tuple[str, ...]:
    return ("Các đồng chí có tên trong danh sách kèm theo", "Cấp ủy các đơn vị có liên quan")


def signature(paper: Paper) -> Signature:
    signer = paper["signer"]
    office = DEFAULT_OFFICES.get(UnitKind(paper["issuer"]["kind"]), "BÍ THƯ")
    return Signature(
        authority=(signer["authority"] or "T/M BAN THƯỜNG VỤ"),
        office=(signer["office"] or office).upper(),
        name=signer["name"],
    )


def recipients(paper: Paper) -> tuple[str, ...]:
    issuer = paper["issuer"]
    is_letter = paper["kind"] == DecisionKind.LETTER
    above = [f"{issuer['above']} (để báo cáo)"] if issuer["above"] else []
    listed = [] if is_letter else ["Các đồng chí có tên trong danh sách"]
    return (
        *(["Như kính gửi"] if is_letter else []),
        *above,
        body_name(paper),
        *listed,
        "Cấp ủy các đơn vị có liên quan",
        f"Lưu Văn phòng {issuer['called']}",
    )


def annexes(paper: Paper) -> tuple[Annex, ...]:
    """The list of those who go; of an amendment what changes, old beside new."""
    if changed := paper.get("changed"):
        title = f"Danh sách thay đổi cán bộ dự sinh hoạt {places_word(paper)}"
        return (Annex("PHỤ LỤC", title, (changes_table(changed, paper["starts_on"]),)),)
    found = [
        (title, listed)
        for title, listed in (
            ("Danh sách thôi phân công dự sinh hoạt", paper["removed"]),
            (f"Danh sách cán bộ được phân công dự sinh hoạt {places_word(paper)}", paper["added"]),
        )
        if listed
    ]
    is_single = len(found) == 1
    return tuple(
        Annex("PHỤ LỤC" if is_single else f"PHỤ LỤC {index}", title, (table(listed),))
        for index, (title, listed) in enumerate(found, 1)
    )


def table(found: list[Group]) -> Table:
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Họ và tên", 52),
        Column("Chức vụ, đơn vị công tác", 78),
        Column("Nơi dự sinh hoạt", 52),
        Column("Ngày họp", 36, Align.CENTER),
        Column("Vai trò", 22, Align.CENTER),
    )
    listed = (
        (
            group["commune"],
            [
                (row["name"], row["office"], row["place"], row["meets"], row["role"])
                for row in group["rows"]
            ],
        )
        for group in found
    )
    return Table(columns, numbered(listed), size=SIZE)


def changes_table(found: list[ChangedGroup], day: str) -> Table:
    columns = (
        Column("TT", 12, Align.CENTER),
        Column("Nơi dự sinh hoạt", 50),
        Column("Ngày họp", 34, Align.CENTER),
        Column(f"Thôi dự từ {vn(day)}", 78),
        Column(f"Được phân công từ {vn(day)}", 78),
    )
    listed = (
        (
            group["commune"],
            [
                (
                    row["place"],
                    row["meets"],
                    "; ".join(row["was"]) or "–",
                    "; ".join(row["becomes"]) or "–",
                )
                for row in group["rows"]
            ],
        )
        for group in found
    )
    return Table(columns, numbered(listed), size=SIZE)


def numbered(found: Iterable[tuple[str, Sequence[tuple[str, ...]]]]) -> tuple[tuple[str, ...], ...]:
    """A row of one cell heads each commune; numbers run through."""
    rows: list[tuple[str, ...]] = []
    numbers = count(1)
    for commune, listed in found:
        rows.append((f"{commune} ({len(listed)})",))
        rows += [(str(next(numbers)), *row) for row in listed]
    return tuple(rows)


def vn(day: str) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}"
