"""The summary as a Party document: a report one can read, with its tables, and annexes by commune."""

from datetime import date

from config.lib.documents.party import (
    Block,
    Heading,
    Letterhead,
    Paragraph,
    PartyDocument,
    Signature,
)
from reports.documents import annexes, matters, sections
from reports.documents.bodies import Body, body_of
from reports.documents.figures import day
from reports.facts import Facts


def summary_document(facts: Facts) -> PartyDocument:
    body = body_of(facts["unit"])
    return PartyDocument(
        letterhead=letterhead(facts, body),
        kind="BÁO CÁO",
        subject=f"kết quả dự sinh hoạt chi bộ {facts['period']['label']}",
        issuer_name=body.issuer_name,
        blocks=blocks(facts, body),
        signatures=(signature(facts, body),),
        recipients=body.recipients,
        annexes=annexes.annexes(facts, body),
    )


def letterhead(facts: Facts, body: Body) -> Letterhead:
    """With number and day once issued; before that a draft's of the day of building."""
    issue = facts["issue"]
    is_issued = issue is not None and issue["number"] is not None
    return Letterhead(
        superior=body.superior,
        issuer=body.issuer,
        symbol=body.symbol,
        place=body.place,
        number=issue["number"] if issue else None,
        dated=date.fromisoformat(issue["dated"]) if issue and is_issued else None,
        drafted=date.fromisoformat(facts["as_of"]),
    )


def signature(facts: Facts, body: Body) -> Signature:
    issue = facts["issue"]
    if issue is None:
        return Signature(office=body.office, name="", authority=body.authority)
    return Signature(office=issue["office"], name=issue["name"], authority=issue["authority"])


def blocks(facts: Facts, body: Body) -> tuple[Block, ...]:
    return (
        Paragraph(
            "Thực hiện quy định về việc cấp ủy viên, thủ trưởng cơ quan và cán bộ được phân công dự sinh hoạt chi bộ, "
            f"{body.issuer_name} báo cáo kết quả {facts['period']['label']} như sau "
            f"(số liệu tính đến ngày {day(facts['as_of'])}):"
        ),
        Heading("I- KẾT QUẢ DỰ SINH HOẠT"),
        *sections.meetings(facts, body),
        *sections.reports(facts, body),
        Heading("II- CHẤT LƯỢNG SINH HOẠT"),
        *matters.scores(facts),
        Heading("III- VẤN ĐỀ BỨC THIẾT, TÂM TƯ, NGUYỆN VỌNG"),
        *matters.topics(facts),
        Heading("IV- KIẾN NGHỊ, ĐỀ XUẤT"),
        *matters.recommendations(facts),
        Heading("V- VIỆC QUÁ HẠN"),
        *matters.overdue(facts),
        Paragraph(
            f"Trên đây là kết quả dự sinh hoạt chi bộ {facts['period']['label']}, "
            f"{body.issuer_name} báo cáo {body.reports_to}./."
        ),
    )
