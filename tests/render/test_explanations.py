"""Comments that explain generated code: nothing but comments is added."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.main import cli
from scaffold.output import is_untouched
from scaffold.output.note import read_note
from scaffold.pipeline import Source, generate
from scaffold.render.explanations import explain
from scaffold.render.formatting import format_source
from scaffold.styles import STYLES
from tests.goldens import golden, possible, specs

pytestmark = pytest.mark.slow

SPEC = """\
name: tiny
params: {units: 3}
inputs: [4]
layers: [Dense(units), Dropout(0.1)]
"""


@pytest.mark.parametrize(
    "spec", specs(), ids=lambda path: f"{path.parent.stem}-{path.stem}"
)
def test_only_comments_are_added(spec: Path) -> None:
    """The code is the same, as Black lays it out, and no comment is repeated."""
    for style in possible(spec):
        before = golden(spec, style).read_text(encoding="utf-8")
        after = explain(before)
        assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(before))
        assert format_source(after) == after
        kept, added = before.splitlines(), []
        for line in after.splitlines():
            if kept and line == kept[0]:
                del kept[0]
            else:
                added.append(line)
        assert not kept and added
        assert all(line.lstrip().startswith("# ") for line in added)
        assert len(added) == len({*added}) and max(map(len, added)) <= 88


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("sequential", ["on the output of the previous one"]),
        ("functional", ["adds it to the graph", "from its inputs to its outputs"]),
        (
            "subclass",
            [
                "Without `build`",
                "It passes `training` on",
                "what `get_config` returns",
                "created once",
                "registered",
            ],
        ),
    ],
)
def test_what_is_explained(style: str, words: list[str]) -> None:
    """Each style has its own comments, at the code that they are about."""
    source = Source(SPEC.encode(), "tiny.yaml")
    plain, _ = generate(source, style)
    explained, _ = generate(source, style, explain=True)
    assert plain is not None and explained is not None
    text = " ".join(explained.text.replace("# ", " ").split())
    assert all(word in text for word in words)
    assert not any(word in " ".join(plain.text.split()) for word in words)
    assert is_untouched(explained.text)
    note = read_note(explained.text)
    assert note is not None and note.is_explained and note.style == style
    assert note.names("tiny.yaml") and not note.names("other.yaml")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Works in a directory with a spec."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.yaml").write_text(SPEC)
    return tmp_path


def new(*args: str) -> Result:
    """Runs `new`."""
    return CliRunner().invoke(cli, ["new", "tiny.yaml", *args])


@pytest.mark.parametrize("style", [*STYLES, "all"])
def test_an_existing_file_keeps_its_comments(here: Path, style: str) -> None:
    """Without the option nothing changes; `--no-explain` removes them."""
    assert new("--style", style, "--explain").exit_code == 0
    paths = [*here.glob("*.py")]
    assert len(paths) == (3 if style == "all" else 1)
    assert new("--style", style, "--check").exit_code == 0
    assert new("--style", style, "--explain", "--check").exit_code == 0
    assert new("--style", style, "--no-explain", "--check").exit_code == 1
    (here / "tiny.yaml").write_text(SPEC.replace("units: 3", "units: 5"))
    assert new("--style", style).exit_code == 0
    for path in paths:
        assert "units=5" in path.read_text() and ", explained)" in path.read_text()
    assert new("--style", style, "--no-explain").exit_code == 0
    for path in paths:
        assert ", explained)" not in path.read_text()
    assert new("--style", style, "--check").exit_code == 0


def test_without_a_file_there_are_none(here: Path) -> None:
    """The option is off by default, also on standard output."""
    assert new("-o", "-").stdout.count("explained)") == 0
    assert new("-o", "-", "--explain").stdout.count("explained)") == 1
