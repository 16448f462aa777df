"""ES modules in one file, so that a page asks for its scripts once. No bundler is on a machine that has only Python.

It knows the form our modules keep to: each import and export on a line of its own, no default exports, no new names.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

IMPORT: Final = re.compile(r'^import (\{ .+ \}) from "\./([\w-]+)\.js";$', re.MULTILINE)
EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:const|function) (\w+))", re.MULTILINE)
UNKNOWN: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
COMMENT: Final = re.compile(r"^\s*(?://.*)?\n", re.MULTILINE)
INDENT: Final = re.compile(r"^ +", re.MULTILINE)


def bundled(names: Iterable[str], read: Callable[[str], str]) -> str:
    """The modules in their order, each in a function of its own; what one imports comes once, before it."""
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name in done:
            return
        text = read(name)
        for _, imported in IMPORT.findall(text):
            add(imported)
        done[name] = wrapped(name, text)

    for name in names:
        add(name)
    return "".join(done.values())


def wrapped(name: str, text: str) -> str:
    """A module that exports gives an object; any other may wait (`await`) without the next one waiting for it."""
    exported = EXPORT.findall(text)
    body = EXPORT.sub(
        "", IMPORT.sub(lambda found: f"const {found[1]} = {variable(found[2])};", text)
    )
    if unknown := UNKNOWN.search(body):
        raise ValueError(f"{name}.js: {unknown[0]}")
    if any(line.count("`") % 2 for line in body.splitlines()):
        raise ValueError(f"{name}.js: a text over several lines would lose its indents")
    body = INDENT.sub("", COMMENT.sub("", body))
    if exported:
        return f"const {variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"
    return f"(async () => {{\n{body}}})();\n"


def variable(name: str) -> str:
    return name.replace("-", "_")
