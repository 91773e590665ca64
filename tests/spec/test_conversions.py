"""The code of each case is the same in both notations and in all formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scaffold.catalogue import load
from scaffold.pipeline import Source, generate
from scaffold.spec import Notation, read
from scaffold.styles import Style
from tests.goldens import simplest, specs
from tests.spec.conversions import Converter, json_text, toml_text

pytestmark = pytest.mark.usefixtures("no_shapes")

FORMATS: dict[Notation, Callable[[dict[str, Any]], str]] = {
    "json": json_text,
    "toml": toml_text,
    # JSON is the flow style of YAML.
    "yaml": json_text,
}


@pytest.fixture(autouse=True)
def _unformatted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Omit Black, which takes most of the time."""
    monkeypatch.setattr("scaffold.render.layout.format_source", lambda text: text)


def code_of(text: str, stem: str, notation: Notation, style: Style) -> list[str]:
    """Return the lines of the code of a spec, without the line of its digest."""
    source = Source(text.encode(), stem, notation)
    result, checked = generate(source, style, load())
    assert result is not None, (checked.diagnostics, text)
    return [line for line in result.text.splitlines() if "; sha256 " not in line]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in specs()])
def test_other_notations_and_formats(path: Path) -> None:
    """A case that is converted has the same code, with its numbers as spelled."""
    text, style = path.read_text(encoding="utf-8"), simplest(path)
    described = read(text.encode(), path.stem, "yaml").spec
    assert described is not None
    converter = Converter(text, described)
    expected = code_of(text, path.stem, "yaml", style)
    for notation, document in (
        ("json", converter.document()),
        ("toml", converter.document()),
        ("json", converter.document(converter.keyed)),
        ("toml", converter.document(converter.line)),
        ("yaml", converter.document(converter.keyed)),
    ):
        other = FORMATS[notation](document)
        assert code_of(other, path.stem, notation, style) == expected, other


def test_both_notations_are_converted() -> None:
    """Nearly all entries can be converted, so that the test above is not empty."""
    kinds: list[tuple[bool, bool]] = []
    for path in specs():
        text = path.read_text(encoding="utf-8")
        described = read(text.encode(), path.stem, "yaml").spec
        assert described is not None
        converter = Converter(text, described)
        documents = map(converter.document, (converter.keyed, converter.line))
        kinds += [
            (isinstance(keyed, dict), isinstance(line, str))
            for keyed, line in zip(
                *(document["layers"] for document in documents), strict=True
            )
        ]
    keyed, lines = (sum(kind) for kind in zip(*kinds, strict=True))
    assert lines == len(kinds)
    assert keyed > 0.9 * len(kinds)
