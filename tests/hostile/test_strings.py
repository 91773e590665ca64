"""No string of a spec ever becomes code, in 2,100 specs.

The proof is twofold. A spec's code has the very syntax of the code of the same spec
with harmless strings: each string is a string, and nothing else has changed. And the
word that all harmful strings try to smuggle in is no name, and in no comment.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.catalogue import load
from scaffold.diagnostics import report
from scaffold.pipeline import Checked, Generated, Source, generate
from scaffold.spec import Notation
from scaffold.styles import STYLES, Style
from tests.hostile.thorough import thorough

from ..spec.chains import to_flow, to_json, to_yaml, toml_document
from .code import comments, identifiers, skeleton
from .payloads import SENTINEL, bad_names, hostile, spec

CATALOGUE = load()
HARMLESS = ["some words", *(f"string {number}" for number in range(2, 9))]

writers: st.SearchStrategy[Any] = st.sampled_from(
    [(to_yaml, "yaml"), (to_flow, "yaml"), (to_json, "json"), (toml_document, "toml")]
)


def generate_code(
    data: dict[str, Any], style: Style, how: Any = (to_json, "json"), path: str = "a"
) -> tuple[Generated | None, Checked]:
    """Generates a spec; what is found can be shown."""
    write, notation = how
    plain = {key: value for key, value in data.items()}
    text: str = write(plain)
    typed: Notation = notation
    generated, checked = generate(Source(text.encode(), path, typed), style, CATALOGUE)
    for form in ("text", "short", "json", "github"):
        sources = {path: checked.text}
        shown = report(checked.diagnostics, form, sources)  # type: ignore[arg-type]  # both are formats
        shown.encode()
    return generated, checked


def unformatted(
    data: dict[str, Any], style: Style, how: Any = (to_json, "json"), path: str = "a"
) -> str:
    """Generates a spec without Black, which does not change the syntax."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scaffold.render.layout.format_source", lambda text: text)
        generated, checked = generate_code(data, style, how, path)
    assert generated is not None, report(checked.diagnostics, "short")
    return generated.text


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES)
def test_strings_stay_strings(style: Style, tmp_path: Path) -> None:
    """Any string is right where a string may be, and gives clean code."""
    clean = unformatted(spec(HARMLESS, {}), style)
    wanted, remarks = skeleton(clean), comments(clean)
    seen, files = [], []

    @settings(thorough, max_examples=700)
    @given(st.lists(hostile, min_size=8, max_size=8), writers, hostile)
    def check(strings: list[str], how: Any, path: str) -> None:
        # A leading `$` makes an expression of a string; it is written as `$$`.
        values = [f"${text}" if text.startswith("$") else text for text in strings[1:]]
        data = spec([strings[0], *values], {})
        seen.append(strings)
        if len(seen) % 3:
            # Formatting takes nearly all the time, and changes no syntax.
            text = unformatted(data, style, how, path)
        else:
            generated, checked = generate_code(data, style, how, path)
            assert generated is not None, report(checked.diagnostics, "short")
            text = generated.text
            files.append(tmp_path / f"spec_{len(files)}.py")
            files[-1].write_text(text, encoding="utf-8")
        compile(text, "generated.py", "exec")
        assert skeleton(text) == wanted
        assert comments(text) == remarks
        assert not any(SENTINEL in identifier for identifier in identifiers(text))

    check()
    assert len(seen) >= 700 and len(files) >= 230
    assert_clean(tmp_path)


def assert_clean(directory: Path) -> None:
    """Finds nothing to change with Black, and nothing to say with ruff."""
    black = [sys.executable, "-m", "black", "--check", "--fast", "--quiet", "-l", "88"]
    rules = ["--select", "F,E,W,I,UP,B,N,D", "--ignore", "D102,D107", "--no-cache"]
    google = ["--config", 'lint.pydocstyle.convention = "google"', "--isolated"]
    ruff = [sys.executable, "-m", "ruff", "check", *rules, *google]
    for command in (black, ruff):
        done = subprocess.run(
            [*command, "."], cwd=directory, capture_output=True, text=True
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[:5000]


PLACES = (
    *("model", "layer", "param", "import", "module", "class"),
    *("argument", "input", "option"),
)


@pytest.mark.parametrize("place", PLACES)
def test_names_are_names_or_refused(place: str) -> None:
    """What is no name is a finding; what is one is in the code as a name."""
    outcomes: list[bool] = []

    @settings(thorough, max_examples=60)
    @given(bad_names, st.sampled_from(STYLES))
    def check(name: str, style: Style) -> None:
        generated, checked = generate_code(spec(HARMLESS, {place: name}), style)
        outcomes.append(generated is not None)
        if generated is None:
            assert checked.diagnostics
            return
        text = generated.text
        compile(text, "generated.py", "exec")
        assert not any(SENTINEL in identifier for identifier in identifiers(text))
        assert comments(text) == comments(unformatted(spec(HARMLESS, {}), style))

    check()
    assert outcomes.count(False) > len(outcomes) / 3
