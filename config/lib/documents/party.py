"""What a Party document consists of, whatever it is rendered as."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SHORT_TABLE = 12


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of page one. Without `number` or `dated` it is a draft's, with room to write by hand."""

    superior: str
    issuer: str
    symbol: str
    place: str
    number: int | None = None
    dated: date | None = None
    drafted: date | None = None
    """The day of the draft: chooses the form and prints month and year while `dated` is missing."""

    @property
    def form_day(self) -> date | None:
        return self.dated or self.drafted


@dataclass(frozen=True, slots=True)
class Heading:
    """`I- KẾT QUẢ` (level 1), `1. Công tác chuẩn bị` (2), `1.1. …` (3); numbering is part of the text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `lead` is set in bold before the text, on the same line."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    align: Align = Align.JUSTIFY
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: `- …` or `1. …`."""

    text: str
    marker: str = "-"
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, `width` in mm; neighbours with the same `group` share a head above theirs."""

    title: str
    width: float
    align: Align = Align.LEFT
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page. A row of one cell is a group heading across all columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    caption: str = ""
    note: str = ""
    size: float = 12
    """Type size in points."""

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    @property
    def is_short(self) -> bool:
        """Short enough to be kept on one page."""
        return len(self.rows) <= SHORT_TABLE

    @property
    def is_grouped(self) -> bool:
        return any(column.group for column in self.columns)


Block = Heading | Paragraph | Item | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """`T/M BAN THƯỜNG VỤ` (may be empty), the office of the signer, the name without degrees."""

    office: str
    name: str
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """Landscape pages behind the signature, headed with the document they belong to."""

    title: str
    subject: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PartyDocument:
    """One document. `kind` is its type in capitals; empty for a công văn, whose subject stands under the number.

    `issuer_name` is the issuing body as it is written in running text, for the heads of annexes.
    """

    letterhead: Letterhead
    kind: str
    subject: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...]
    issuer_name: str = ""
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.letterhead.number is None or self.letterhead.dated is None
