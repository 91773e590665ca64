"""Which spec a generated file names."""

from __future__ import annotations

import pytest

from scaffold.output import seal
from scaffold.output.digest import PLACEHOLDER
from scaffold.output.note import read_note
from scaffold.styles.header import note_of


def written(spec: str, style: str = "subclass", head: str = "") -> str:
    """Return the start of a generated file."""
    return seal(f"{head}{PLACEHOLDER}\n\nimport keras\n", note_of(spec, style))


@pytest.mark.parametrize(
    "spec",
    [
        "digits.yaml",
        "-",
        "with (brackets) in it.json",
        "a#b.toml",
        "coding: x.yaml",
        "größer.yaml",
        f"{'long' * 40}.yaml",
    ],
)
def test_a_file_names_its_spec(spec: str) -> None:
    """It does, however its name had to be changed for the line."""
    note = read_note(written(spec))
    assert note is not None and note.style == "subclass"
    assert note.names(spec)
    assert not note.names(f"other{spec}")


def test_a_docstring_is_no_note() -> None:
    """Only the first comment is, wherever else it is written."""
    line = written("digits.yaml").splitlines()[0]
    assert read_note(f'"""A model.\n\n{line}\n"""\n\nimport keras\n') is None
    assert read_note(f"# Mine.\n\n{line}\n") is None
    note = read_note(written("digits.yaml", "functional", f'"""A.\n\n{line}\n"""\n\n'))
    assert note is not None and note.style == "functional"


@pytest.mark.parametrize("text", ["", "x = (\n", "\0", "    x\n  y\n", "'''", "# By\n"])
def test_other_files_have_no_note(text: str) -> None:
    """Also files that are not Python."""
    assert read_note(text) is None
