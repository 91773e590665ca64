"""What stands in the file when someone has taken an item from the list."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from scaffold.catalogue import Catalogue
from scaffold.spec import read
from tests.editor.servers import Editor, Kind
from tests.editor.texts import ITEM, inside
from tests.tools.snippets import split, taken

pytestmark = pytest.mark.slow

HEAD: dict[Kind, str] = {
    "yaml": "inputs: [8, 8, 1]\n",
    "json": '{"inputs": [8, 8, 1], ',
    "toml": "inputs = [8, 8, 1]\n",
}
OWN = {
    "reuse",
    "recurse",
    "loop",
    "name",
    "from",
    "call",
    "repeat",
    "for",
    "if",
    "else",
}


def loaded(text: str, kind: Kind) -> Any:
    """Reads a text as plain data."""
    if kind == "json":
        return json.loads(text)
    if kind == "toml":
        return tomllib.loads(text)
    return YAML(typ="safe", pure=True).load(text)


def after_taking(editing: Editor, marked: str, fill: str) -> dict[str, list[str]]:
    """Gives the texts that come of taking each item, by label."""
    text, place = split(marked)
    uri = editing.open(text)
    texts: dict[str, list[str]] = {}
    for item in editing.server.complete(uri, place):
        after = taken(text, place, item, fill)
        texts.setdefault(item["label"].strip('"'), []).append(after)
    return texts


def spec(kind: Kind, *path: str | int) -> str:
    """Gives a spec that is whole but for the place of the cursor."""
    marked = inside(kind, *path)
    return HEAD[kind] + (marked[1:] if kind == "json" else marked)


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
def test_layer_that_is_taken_is_an_entry(editing: Editor, catalogue: Catalogue) -> None:
    """Whatever is offered after `- `, the file can be read: the margins are right."""
    texts = after_taking(editing, spec(editing.kind, "layers", ITEM), "1")
    pairs = [(label, text) for label, several in texts.items() for text in several]
    wrong = [pair for pair in pairs if not is_as_it_says(*pair, editing.kind)]
    assert wrong == []
    assert len(texts) > len(catalogue.names("layers"))


@pytest.mark.parametrize("running", ["json"], indirect=True)
def test_entry_that_is_taken_in_json_is_whole(editing: Editor) -> None:
    """Where an entry begins, before its brace, whole entries are offered."""
    texts = after_taking(editing, HEAD["json"] + '"layers": [<|>]}', "1")
    assert [label for label in texts if " " in label]
    pairs = [(label, text) for label, several in texts.items() for text in several]
    wrong = [pair for pair in pairs if not is_as_it_says(*pair, editing.kind)]
    assert wrong == []


def is_as_it_says(label: str, text: str, kind: Kind) -> bool:
    """Says whether a spec has one entry, of what was taken, and can be read."""
    (entry,) = loaded(text, kind)["layers"]
    is_snippet = " " in label
    if not is_snippet and list(entry) != [label]:
        return False
    # Siblings are not whole without a layer; and a dollar begins an expression.
    is_read = label in OWN or not read(text.encode(), "spec", kind).diagnostics
    return is_read and "$$" not in text and "\\" not in text


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
def test_needed_arguments_come_with_the_layer(editing: Editor) -> None:
    """Taking `Conv2D` leaves two numbers to be typed, and nothing that is a default."""
    texts = after_taking(editing, spec(editing.kind, "layers", ITEM), "3")
    entries = [
        loaded(text, editing.kind)["layers"][0]
        for label, several in texts.items()
        for text in several
        if label.startswith("Conv2D") and "Transpose" not in label
    ]
    assert {"Conv2D": {"filters": 3, "kernel_size": 3}} in entries
    assert all(len(entry["Conv2D"] or {}) in (0, 2) for entry in entries), entries


@pytest.mark.parametrize("running", ["yaml", "json"], indirect=True)
def test_argument_that_is_taken_is_empty(editing: Editor) -> None:
    """An argument comes with its colon and without a value: no default, no zero."""
    marked = spec(editing.kind, "layers", ITEM, "Conv2D")
    texts = after_taking(editing, marked, "@")
    for name in ("filters", "padding", "strides", "use_bias", "activation", "groups"):
        (text,) = texts[name]
        *_, after = text.partition(name)
        assert re.fullmatch(r'"?:\s*(@|""|\[@?\]|- @)?[}\]\s]*', after), text
