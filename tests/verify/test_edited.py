"""What each line of a file comes from after somebody has edited it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.ir.types import Origin
from scaffold.pipeline import File, Source, generate, job
from scaffold.verify.line_origins import line_span
from scaffold.verify.parent.edited_files import carry_over
from tests.goldens import specs, styles_of

A, B, C = (Origin("", number) for number in range(3))
BEFORE = "one\ntwo\nthree\nfour\nfive\n"
ORIGINS = ((2, A), (3, B), (4, B), (5, C))


@pytest.mark.parametrize(
    ("after", "origins"),
    [
        (BEFORE, ORIGINS),
        # Lines above: all move down.
        ("# Mine.\n\n" + BEFORE, tuple((line + 2, of) for line, of in ORIGINS)),
        # A line for a line.
        ("one\n2\nthree\nfour\nfive\n", ORIGINS),
        ("one\n2\n3\nfour\nfive\n", ORIGINS),
        # A line less, a line more.
        ("one\nthree\nfour\nfive\n", ((2, B), (3, B), (4, C))),
        ("one\ntwo\nthree\nnew\nfour\nfive\n", ((2, A), (3, B), (5, B), (6, C))),
        # Several lines of one entry, made to be another number of lines.
        ("one\ntwo\n3\n4\n4\nfive\n", ((2, A), (3, B), (4, B), (5, B), (6, C))),
        ("one\ntwo\n34\nfive\n", ((2, A), (3, B), (4, C))),
        # Lines of different entries: nobody knows.
        ("one\n2\n2\n2\nfour\nfive\n", ((5, B), (6, C))),
        ("", ()),
    ],
)
def test_origins(after: str, origins: tuple[tuple[int, Origin], ...]) -> None:
    """Lines keep their origins, as far as they can be told apart."""
    assert carry_over(ORIGINS, BEFORE, after) == origins


def test_other_layout() -> None:
    """Code that was laid out otherwise is still that of its entries."""
    before = (
        "    [\n        Conv(3, same),\n        Dense(8, relu),\n    ],\n    name=m\n"
    )
    after = "    [\n        Conv(\n            3,\n            same,\n        ),\n"
    after += "        Dense(\n            8, relu,\n        ),\n    ], name=m\n"
    origins = ((2, A), (3, B))
    result = ((2, A), (3, A), (4, A), (6, B), (7, B))
    assert carry_over(origins, before, after) == result
    back = carry_over(result, after, before)
    assert back == origins
    one_line = "    [Dense(8, relu)], name=m\n"
    assert carry_over(origins, before, one_line) == ((1, B),)


@pytest.mark.slow
def test_sealing_keeps_the_lines() -> None:
    """A finding in a line of the final text has the place of its entry."""
    for path in specs():
        source = Source(path.read_bytes(), path.name)
        result, checked = job(source)
        assert result is not None, checked.diagnostics
        assert [candidate.style for candidate in result.candidates] == list(
            styles_of(path)
        )
        for candidate in result.candidates:
            generated, _ = generate(source, candidate.style)
            assert generated is not None and generated.text == candidate.text
            assert candidate.origins
            for line, _ in candidate.origins:
                assert line_span(result, candidate, line).path == path.name


def test_an_edited_file(tmp_path: Path) -> None:
    """Its lines lead to the entries, also where the file has more of them."""
    spec = b"inputs: [4]\nlayers:\n  - Dense(8)\n  - Dropout(0.5)\n  - Dense(1)\n"
    source = Source(spec, "line.yaml")
    generated, _ = generate(source, "functional")
    assert generated is not None
    text = generated.text.replace("import keras\n", "import os\n\nimport keras\n", 1)
    text = text.replace("Dropout(0.5)", "Dropout(0.7)")
    result, _ = job(source, "", [File(text, "line.py", "functional")])
    assert result is not None
    (item,) = result.candidates
    assert (item.path, item.text, item.label) == ("line.py", text, "line.py")
    for number, line in enumerate(text.split("\n"), start=1):
        span = line_span(result, item, number)
        if "layers.D" in line:
            parts = spec.decode().split("\n")[span.line - 1]
            assert parts.strip(" -").split("(")[0] in line
            assert span.path == "line.yaml"
        elif not line.strip():
            assert (span.path, span.column) == ("line.py", 1)
