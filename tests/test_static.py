"""The face of the program: nothing missing, nothing changed unseen, nothing the CSP would refuse."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SYMBOLS = set(re.findall(r'symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
INLINE = re.compile(
    r"<[^>]+\s(style|on(?:click|change|input|submit|load|error|focus|blur|key\w+))=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("line", (VENDOR / "SHA256SUMS").read_text().splitlines())
def test_a_vendored_file_is_what_was_brought(line):
    expected, name = line.split("  ")

    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == expected


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_nothing_inline_and_only_icons_that_exist(template):
    text = template.read_text()

    assert INLINE.findall(text) == []
    assert set(re.findall(r'{% icon "(\w+)"', text)) - SYMBOLS == set()


@pytest.mark.parametrize(
    "sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name
)
def test_only_the_tokens_name_colours(sheet):
    exempt = {"tokens.css", "print.css"}
    text = re.sub(r"box-shadow:[^;]+;", "", sheet.read_text())

    assert sheet.name in exempt or re.findall(r"#[0-9a-f]{3,8}\b|rgb\(", text) == []
