"""Specs with something put in, taken out or doubled anywhere: never a fault of ours."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.catalogue import load
from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate
from scaffold.resources import resource_directory
from scaffold.spec import Notation
from scaffold.styles import STYLES
from tests.hostile.thorough import thorough

from ..spec.spans import cut

pytestmark = pytest.mark.slow

CATALOGUE = load()
JSON = """{"name": "a", "params": {"n": 3}, "inputs": {"x": {"shape": [null, 4],
"dtype": "int32"}}, "layers": ["a = Dense(n * 2) <- x", {"Dense": {"units": "$n"},
"name": "b", "from": "a"}], "compile": {"loss": "mse"},
"train": {"x": [1], "y": [2]}}"""
TOML = """name = "a"
inputs = [4]
layers = ["Dense(n, kernel_regularizer=L2(1e-4))", {Dense = {units = "$n"}}]
[params]
n = 3
[compile]
optimizer = {Adam = {learning_rate = 1e-3}}
loss = 'mse'
"""
PRESETS = sorted(resource_directory("presets").glob("*.yaml"))
SEEDS: list[tuple[str, Notation]] = [
    *((path.read_text(encoding="utf-8"), "yaml") for path in PRESETS),
    (JSON, "json"),
    (JSON, "yaml"),
    (TOML, "toml"),
]
NOISE = (
    *(
        "",
        " ",
        "\n",
        "\r",
        "\t",
        "\0",
        "'",
        '"',
        '"""',
        "\\",
        "`",
        "#",
        "# ",
        ": ",
        ":",
    ),
    *(
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        ",",
        "-",
        "- ",
        "--",
        "---\n",
        "...",
        "|",
        ">",
        "&a",
    ),
    *(
        "*a",
        "*",
        "**",
        "!",
        "!!str ",
        "?",
        "? ",
        "%",
        "@",
        "~",
        "$",
        "$$",
        "<<: ",
        "<-",
    ),
    *("=", "==", " for ", " in ", " if ", " else ", " and ", " not ", "lambda: ", ":="),
    *(
        "0",
        "-1",
        "1e999",
        "1_0",
        "0x",
        "0o7",
        "1j",
        "NaN",
        ".inf",
        "None",
        "True",
        "null",
    ),
    *("ä", "😀", "\u2028", "\x85", "\ufeff", "\\ud800", "\\u", "\\x", "f'", "b'", "r'"),
    *(
        "layers",
        "inputs",
        "name",
        "params",
        "from",
        "call",
        "repeat",
        "Dense(",
        "Add()",
    ),
    *("blocks: {A: {layers: [ReLU]}}\n", "outputs: a\n", "override: [train_step]\n"),
    *("imports: {A: 'b:C'}\n", "reuse(a)", "recurse(a)", "loop(a)", "ops.mean(axis=1)"),
)

noise = st.one_of(st.sampled_from(NOISE), st.text(max_size=4))


@st.composite
def noisy(draw: st.DrawFn) -> tuple[bytes, Notation]:
    """Draws a spec that was right until something happened to it."""
    text, notation = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(
            start + draw(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 20, 200])), len(text)
        )
        text = text[:start] + draw(noise) + text[end:]
    data = text.encode("utf-8", "surrogatepass")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=3)) + data[at:]
    return data, notation


def test_noise() -> None:
    """Findings at places in the file, or code that Python reads, in 1,500 specs."""
    written = []

    @settings(thorough, max_examples=1500)
    @given(noisy(), st.sampled_from(STYLES))
    def check(drawn: tuple[bytes, Notation], style: str) -> None:
        data, notation = drawn
        generated, checked = generate(Source(data, "model", notation), style, CATALOGUE)
        for finding in checked.diagnostics:
            assert finding.message and not finding.message.endswith(".")
            if finding.span.line:
                cut(checked.text, finding.span)
        report(
            checked.diagnostics, "text", {"model": checked.text}, colour=True
        ).encode()
        written.append(generated is not None)
        if generated is not None:
            ast.parse(generated.text)
        else:
            assert any(
                diagnostic.severity == "error" for diagnostic in checked.diagnostics
            )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scaffold.render.layout.format_source", lambda text: text)
        check()
    assert 150 < sum(written) < 1350


def test_this_python_is_as_limited_as_any() -> None:
    """The bounds of nesting hold however many calls Python allows."""
    limit = sys.getrecursionlimit()
    spec = "inputs: [4]\nlayers: ['Dense(" + "1+" * 20_000 + "1)']\n"
    try:
        sys.setrecursionlimit(5_000)
        _, checked = generate(Source(spec.encode(), "model"), "subclass", CATALOGUE)
    finally:
        sys.setrecursionlimit(limit)
    assert [diagnostic.code for diagnostic in checked.diagnostics] == ["KS105"]
