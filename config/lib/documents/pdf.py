"""A Party document as PDF, by typst: text goes in as JSON, so nothing a person wrote can be markup."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

from config.lib.documents import wording
from config.lib.documents.party import Block, PartyDocument, Table
from config.lib.documents.rules import FormRules, rules_on
from config.lib.errors import Refused

HERE = Path(__file__).parent
TEMPLATE = (HERE / "party.typ").read_bytes()


def pdf(document: PartyDocument) -> bytes:
    """The document as PDF/A-2b; the same document always gives the same bytes."""
    day = document.letterhead.form_day
    if day is None:
        raise Refused("Văn bản chưa có ngày nên chưa chọn được thể thức.")
    return set_in_type(TEMPLATE, facts_of(document, rules_on(day)), day)


def set_in_type(template: bytes, facts: Mapping[str, Any], day: date) -> bytes:
    """A template of ours filled with JSON values; PDF/A-2b, dated `day`, the same facts always the same bytes."""
    return typst.compile(
        template,
        font_paths=fonts(),
        sys_inputs={"document": json.dumps(facts, ensure_ascii=False)},
        pdf_standards="a-2b",
        timestamp=datetime.combine(day, time(), UTC),
    )


def pages(document: PartyDocument, ppi: int = 80) -> list[bytes]:
    """The same pages as PNG pictures, for those who want to look before they open a file."""
    day = document.letterhead.form_day
    if day is None:
        raise Refused("Văn bản chưa có ngày nên chưa chọn được thể thức.")
    facts = json.dumps(facts_of(document, rules_on(day)), ensure_ascii=False)
    found: Any = typst.compile(  # a list, but for one page the picture itself
        TEMPLATE, font_paths=fonts(), sys_inputs={"document": facts}, format="png", ppi=ppi
    )
    return found if isinstance(found, list) else [found]


@cache
def fonts() -> typst.Fonts:
    """Only our own face: what the machine has installed must not change a sealed file."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[HERE / "fonts"]
    )


def facts_of(document: PartyDocument, rules: FormRules) -> dict[str, Any]:
    """What the template needs, as JSON values with printable text."""
    letterhead = document.letterhead
    facts = {
        "title": f"{document.kind.capitalize()} {document.subject}".strip(),
        "author": document.issuer_name or letterhead.issuer,
        "kind": document.kind,
        "subject": document.subject,
        "superior": letterhead.superior,
        "issuer": letterhead.issuer,
        "symbol_line": wording.symbol_line(letterhead),
        "place_line": wording.place_and_date(letterhead, rules),
        "addressees": document.addressees,
        "blocks": [block_facts(block) for block in document.blocks],
        "signatures": [asdict(signature) for signature in document.signatures],
        "recipients": wording.recipient_lines(document.recipients),
        "attached_to": wording.attached_to(document, rules) if document.annexes else "",
        "annexes": [
            {**asdict(annex), "blocks": [block_facts(block) for block in annex.blocks]}
            for annex in document.annexes
        ],
    }
    return {**clean(facts), "form": asdict(rules) | {"starts_on": None}}


def block_facts(block: Block) -> dict[str, Any]:
    facts = asdict(block) | {"type": type(block).__name__.lower()}
    if isinstance(block, Table):
        return facts | {"is_grouped": block.is_grouped, "is_short": block.is_short}
    return facts


def clean(value: Any) -> Any:
    """Every string in a tree of JSON values made printable."""
    if isinstance(value, str):
        return wording.printable(value)
    if isinstance(value, dict):
        return {key: clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value
