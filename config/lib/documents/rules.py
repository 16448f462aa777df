"""The form of Party documents as dated data: measures in mm, type in points."""

from dataclasses import dataclass, replace
from datetime import date

from config.lib.errors import Refused


@dataclass(frozen=True, slots=True)
class FormRules:
    """The form in force from `starts_on` until the next pack begins."""

    source: str
    starts_on: date
    paper: tuple[float, float] = (210, 297)
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15
    page_number_from_top: float = 10
    face: str = "Times New Roman"
    motto: str = "ĐẢNG CỘNG SẢN VIỆT NAM"
    motto_size: float = 15
    motto_width: float = 72.7
    """Width of the motto in bold at its size: the rule below it has the same length."""
    head_left: float = 74
    head_size: float = 14
    kind_size: float = 16
    subject_size: float = 14
    letter_subject_size: float = 12
    """The subject of a công văn, in italics under its number."""
    body_size: float = 14
    first_line: float = 10
    line: float = 18
    paragraph_gap: float = 6
    signature_size: float = 14
    signature_lines: int = 4
    recipients_width: float = 88
    recipients_size: float = 12
    recipients_head_size: float = 14
    months_padded: tuple[int, ...] = (1, 2)

    @property
    def text_width(self) -> float:
        return self.paper[0] - self.left - self.right

    @property
    def landscape_text_width(self) -> float:
        return self.paper[1] - self.left - self.right


HD_36 = FormRules(source="Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018", starts_on=date(2018, 4, 3))

# The guidance of 2026 replaced that of 2018. The measures we print are the same in both; its exact first day was not
# found, so it is taken from the first of the year. A later correction changes this line and nothing else.
HD_05 = replace(HD_36, source="Hướng dẫn số 05-HD/VPTW (2026)", starts_on=date(2026, 1, 1))

PACKS = (HD_05, HD_36)


def rules_on(day: date) -> FormRules:
    """The form for a document of `day`; Refused where no pack reaches back that far."""
    for pack in PACKS:
        if pack.starts_on <= day:
            return pack
    raise Refused(f"Chưa có quy định thể thức văn bản cho ngày {day:%d/%m/%Y}.")
