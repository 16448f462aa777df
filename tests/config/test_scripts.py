"""Modules in one file: each once, before the one that imports it, and nothing that the bundler does not know."""

import pytest

from config.lib.scripts import bundled

MODULES = {
    "store": "// what is kept\nexport const get = (key) => key;\nexport async function put(row) {\n  await row;\n}\n",
    "draft-file": 'import { get, put } from "./store.js";\nexport function fill() {\n  put(get(1));\n}\n',
    "page": 'import { get } from "./store.js";\nimport { fill } from "./draft-file.js";\n\nawait fill(get(2));\n',
}


def test_modules_come_once_and_before_those_that_import_them():
    assert bundled(["page", "draft-file"], MODULES.__getitem__).splitlines() == [
        "const store = (() => {",
        "const get = (key) => key;",
        "async function put(row) {",
        "await row;",
        "}",
        "return { get, put };",
        "})();",
        "const draft_file = (() => {",
        "const { get, put } = store;",
        "function fill() {",
        "put(get(1));",
        "}",
        "return { fill };",
        "})();",
        "(async () => {",
        "const { get } = store;",
        "const { fill } = draft_file;",
        "await fill(get(2));",
        "})();",
    ]


@pytest.mark.parametrize(
    "line", ["export default 1;", 'import all from "./store.js";', "const text = `one"]
)
def test_what_it_does_not_know_is_refused(line):
    with pytest.raises(ValueError, match=r"odd\.js"):
        bundled(["odd"], {"odd": f"{line}\n"}.__getitem__)
