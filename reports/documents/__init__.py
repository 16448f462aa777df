"""From a summary's frozen facts to its three files. No query, no request, no clock."""

from datetime import date

from config.lib.documents import lint
from config.lib.documents.docx import docx
from config.lib.documents.party import PartyDocument
from config.lib.documents.pdf import pdf
from reports.documents.sheets import workbook
from reports.documents.summary import summary_document
from reports.facts import Facts

__all__ = ["PartyDocument", "summary_document", "summary_docx", "summary_pdf", "summary_xlsx"]


def problems_if_issued(facts: Facts, number: int, dated: date) -> list[str]:
    """What a records clerk would send back, were the approved facts issued under this number on this day."""
    issue = facts["issue"]
    if issue is None:
        return ["Thiếu người ký."]
    issued: Facts = {**facts, "issue": {**issue, "number": number, "dated": dated.isoformat()}}
    return lint.problems(summary_document(issued))


def summary_docx(facts: Facts) -> bytes:
    return docx(summary_document(facts))


def summary_pdf(facts: Facts) -> bytes:
    return pdf(summary_document(facts))


def summary_xlsx(facts: Facts) -> bytes:
    return workbook(facts)
