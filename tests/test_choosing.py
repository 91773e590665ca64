"""docs/choosing-a-style.md is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold import STYLES, Source, generate, preset_names
from tests import choosing_a_style as choosing
from tests.choosing_a_style import DOCS, EXAMPLE, PAGE, PROBES, TREE

ROOT = Path(__file__).parents[1]
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_current() -> None:
    """It is written by `make docs` and by nothing else."""
    assert TEXT == choosing.page(), "run `make docs`"


def test_the_page_is_printed() -> None:
    """`python -m tests.choosing_a_style` prints it."""
    command = [sys.executable, "-m", "tests.choosing_a_style"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == TEXT


def test_code_is_that_of_the_tool() -> None:
    """Each style's whole file is there; the template itself holds no code."""
    for style in STYLES:
        result, _ = generate(Source(EXAMPLE.encode(), "digits.yaml"), style)
        assert result is not None and f"```python\n{result.text}```" in TEXT
    template = choosing.TEMPLATE.read_text(encoding="utf-8")
    for block in re.findall(r"^```\w+\n(.*?)^```$", template, re.M | re.S):
        lines = [line for line in block.splitlines() if not line.startswith("$ ")]
        assert all(re.fullmatch(r"\{\{ [\w.]+ \}\}", line) for line in lines)


def test_the_chapter_on_trees() -> None:
    """It is there as soon as its preset is."""
    assert ("## What only the subclass style can express" in TEXT) == (
        TREE in preset_names()
    )
    assert "## What only the subclass style can express" not in choosing.page(
        "no_such_preset"
    )
    shown = choosing.page("cnn")
    assert "$ keras-scaffold styles cnn\nsequential  yes\n" in shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('"""Doc."""\n\n# Note.\nx = 1\n', 1),
        ('def f():\n    """Doc.\n\n    More.\n    """\n    return """\ntext"""\n', 3),
        ("class A:\n    # Note.\n\n    x = 1\n", 2),
    ],
)
def test_lines_of_code(text: str, lines: int) -> None:
    """Blank lines, comments and docstrings do not count."""
    assert choosing.lines_of_code(text) == lines


def test_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    """All have a row, but for what is not written yet; a faulty one is no row."""
    rows = {row["feature"]: row["support"] for row in choosing.probe_rows()}
    assert list(rows) == [feature for feature in PROBES if feature in rows]
    assert set(list(PROBES)[:9]) <= set(rows)
    assert rows["a chain of layers"] == ["yes", "yes", "yes"]
    assert rows["several inputs"] == ["no", "yes", "yes"]
    monkeypatch.setitem(PROBES, "nonsense", "inputs: [4]\nlayers: [Dens(1)]\n")
    with pytest.raises(ValueError, match="KS201"):
        list(choosing.probe_rows())


def test_links() -> None:
    """The page is linked, and what it names is there."""
    assert "(docs/choosing-a-style.md)" in (ROOT / "README.md").read_text()
    assert (DOCS / "choosing-a-style.md.jinja").is_file()
    assert "(tutorial.md)" in TEXT and "(choosing-a-style.md)" in (
        DOCS / "tutorial.md"
    ).read_text(encoding="utf-8")
