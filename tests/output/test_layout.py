"""Code formatted by another Black is distinguished from other code."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold.cli.main import cli
from scaffold.output import seal
from scaffold.output.layout import differs_in_layout

PLAIN = '''"""The module.

Two lines.
"""

# @digest@

import keras


def build(a, b):
    """Build it.

    Args:
        a: This.
    """
    # A comment.
    return keras.Model(a, b)
'''
SPEC = """
name: tiny
inputs: [4]
layers:
  - Dense(1, activation="relu", use_bias=False)
"""


def sealed(*changes: tuple[str, str]) -> str:
    """Return the file with changes, sealed again."""
    text = PLAIN
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return seal(text, "By keras-scaffold from a.yaml (functional)")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("keras.Model(a, b)", "keras.Model(\n        a,\n        b,\n    )"),
        ("keras.Model(a, b)", "(keras.Model(a, b))"),
        ("\n\n\ndef", "\n\ndef"),
        ('    """\n    # A', '    """\n\n    # A'),
        ('This.\n    """', 'This."""'),
        ("import keras\n", "import keras  \n"),
        ("Two lines.\n", "Two lines.   \n"),
    ],
)
def test_the_same_program(before: str, after: str) -> None:
    """Lines, brackets and blanks may differ, also in docstrings."""
    other = sealed((before, after))
    assert differs_in_layout(sealed(), other)
    assert differs_in_layout(other.replace("\n", "\r\n"), sealed())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(a, b)\n", "(b, a)\n"),
        ("A comment", "Another comment"),
        ("    # A comment.\n", ""),
        ("Two lines", "Three lines"),
        ("import keras", "import keras as keras"),
        ("import keras", "import (keras"),
    ],
)
def test_another_program(before: str, after: str) -> None:
    """Other code is not layout, and invalid Python has no layout."""
    assert not differs_in_layout(sealed(), sealed((before, after)))


def test_the_same_text() -> None:
    """Identical text does not differ in layout."""
    assert not differs_in_layout(sealed(), sealed())


def test_check_says_that_it_was_another_black(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file formatted by another Black is out of date, with this reason."""
    import black

    from scaffold.render import layout

    monkeypatch.chdir(tmp_path)
    Path("tiny.yaml").write_text(SPEC)

    def run(*args: str) -> str:
        done = CliRunner().invoke(cli, ["new", "tiny.yaml", *args])
        assert done.exit_code == ("--check" in args and "tiny.py is" in done.stderr)
        return done.stderr

    with monkeypatch.context() as patch:
        other = black.Mode(line_length=40)
        patch.setattr(
            layout, "format_source", lambda text: black.format_str(text, mode=other)
        )
        run()
    result = run("--check")
    assert "formatted by another version of Black (installed here: Black " in result
    Path("tiny.yaml").write_text(SPEC.replace("relu", "gelu"))
    assert run("--check") == "tiny.py is not up to date\n"
    Path("tiny.yaml").write_text(SPEC)
    assert "update" in run()
    assert run("--check") == ""
