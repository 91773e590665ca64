"""No server complains of any spec of ours that is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scaffold.spec import read
from tests.editor.servers import SCHEMA, Editor, Kind
from tests.goldens import specs
from tests.spec.chains import to_json, toml_document

pytestmark = pytest.mark.slow


def written(path: Path, kind: Kind) -> str | None:
    """Writes a case in a notation, `None` where that cannot say it."""
    text = path.read_text(encoding="utf-8")
    # A schema elsewhere would be fetched.
    text = text.replace("https://example.org/keras-scaffold.json", f"./{SCHEMA}")
    if kind == "yaml":
        return text
    content = portable(YAML(typ="safe", pure=True).load(text))
    if kind == "json":
        return to_json(content)
    return None if has_null(content) else toml_document(content)


def portable(content: Any) -> Any:
    """Writes keys as strings, and calls without arguments as empty mappings."""
    match content:
        case dict():
            pairs = ((str(key), portable(value)) for key, value in content.items())
            return {
                key: {} if pair is None and is_call(key) else pair
                for key, pair in pairs
            }
        case list():
            return [portable(item) for item in content]
    return content


def is_call(key: str) -> bool:
    """Says whether a key names a layer, an object or a function."""
    return key[:1].isupper() or key.startswith("ops.")


def has_null(content: Any) -> bool:
    """Says whether there is a null, for which TOML has no word."""
    if isinstance(content, (dict, list)):
        parts = content.values() if isinstance(content, dict) else content
        return any(map(has_null, parts))
    return content is None


def test_nothing_is_found_in_what_is_right(editing: Editor) -> None:
    """All presets and cases, in every notation that can say them."""
    texts = {path: written(path, editing.kind) for path in specs()}
    known = {path: text for path, text in texts.items() if text is not None}
    assert len(known) > 0.8 * len(texts)
    # All are open before the first is waited for: some servers wait for a pause.
    name = "{}.model"
    opened = {path: editing.open(text, name) for path, text in known.items()}
    results = {path: editing.server.findings(uri) for path, uri in opened.items()}
    complaints = {
        path.stem: [
            (finding["range"]["start"], finding["message"]) for finding in findings
        ]
        for path, findings in results.items()
        if findings
    }
    assert complaints == {}


@pytest.mark.parametrize("kind", ["json", "toml"])
def test_other_notations_are_read(kind: Kind) -> None:
    """What the servers are shown, the tool reads without a finding."""
    texts = {path: written(path, kind) for path in specs()}
    wrong = {
        path.stem: result
        for path, text in texts.items()
        if text is not None
        and (result := read(text.encode(), "model", kind).diagnostics)
    }
    assert wrong == {}
