"""A personal paper form as PDF, from the facts of `reports.paper_forms`. No query, no request, no clock."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from config.lib.documents.pdf import clean, set_in_type

TEMPLATE = Path(__file__).with_suffix(".typ").read_bytes()


def paper_form_pdf(facts: Mapping[str, Any], day: date) -> bytes:
    return set_in_type(TEMPLATE, clean(dict(facts)), day)
