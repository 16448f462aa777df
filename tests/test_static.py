"""The face of the program: nothing missing, nothing changed unseen, nothing the CSP would refuse."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
APPS = ("config", "roster", "notices", "assignments", "meetings", "reports")
SYMBOLS = set(re.findall(r'symbol id="(\w+)"', (STATIC / "icons.svg").read_text()))
TEXTS = [
    *TEMPLATES,
    *sorted((STATIC / "js").glob("*.js")),
    *(path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))),
]
CLASS = re.compile(r"\.([a-z][\w-]*)(?=[^{}]*\{)")
CLASSES = re.compile(r"""class(?:es|Name)?(?:=|: |": ?|\.add\(|_class ?= ?)["'`]([^"'`]+)["'`]""")
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


def test_no_page_uses_a_part_of_bootstrap_that_is_not_shipped():
    left_out = set((VENDOR / "bootstrap-5.3.9/left-out.txt").read_text().split())
    own = {
        name
        for sheet in (STATIC / "css").glob("*.css")
        for name in CLASS.findall(sheet.read_text())
    }
    classes = {
        name
        for text in TEXTS
        for found in CLASSES.findall(text.read_text())
        for name in found.split()
    }

    assert classes & (left_out - own) == set()  # vendor.mjs says how to ship it


@pytest.mark.parametrize(
    "sheet", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name
)
def test_only_the_tokens_name_colours(sheet):
    exempt = {"tokens.css", "print.css"}
    text = re.sub(r"box-shadow:[^;]+;", "", sheet.read_text())

    assert sheet.name in exempt or re.findall(r"#[0-9a-f]{3,8}\b|rgb\(", text) == []
