"""Every row of the language has a case that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from scaffold.spec import read
from tests.goldens import CASES, simplest, specs, styles_of
from tests.spec_rows import ENTRIES, KEYS, ROWS

DOCS = CASES.parent.parent / "docs" / "spec.md"


def path_of(case: str) -> Path:
    """Gives the file of a case."""
    return CASES / f"{case}.yaml"


@pytest.mark.parametrize("title", ROWS)
def test_row_is_shown(title: str) -> None:
    """Each case is there, has its expected output, and really uses the row."""
    row = ROWS[title]
    assert row.cases
    for case in row.cases:
        path = path_of(case)
        result = read(path.read_bytes(), path.name).spec
        assert result is not None and row.uses(result), f"{case} does not use it"
        if not case.startswith("faults/"):
            assert path in specs()
            assert len(styles_of(path)) >= (1 if simplest(path) == "subclass" else 2)


@pytest.mark.parametrize("title", [row for row in ROWS if ROWS[row].keyed])
def test_notation(title: str) -> None:
    """A case in keyed notation has no entry that is a line, and the other way round."""
    row = ROWS[title]
    for cases, kind in ((row.keyed, dict), (row.line, str)):
        for case in cases:
            content = YAML(typ="safe").load(path_of(case))
            blocks = content.get("blocks", {}).values()
            written = [item for block in blocks for item in block["layers"]]
            if kind is dict and not written:
                written = content["layers"]
            assert any(
                isinstance(text, kind) for text in [*written, *content["layers"]]
            )
            assert all(isinstance(item, kind) for item in written), case


@pytest.mark.parametrize("title", KEYS)
def test_key(title: str) -> None:
    """A key stands in a case that shows it, and a default where it is left out."""
    contents = [YAML(typ="safe").load(path_of(case)) for case in KEYS[title].cases]
    assert any(title.strip("`") in content for content in contents)


def test_each_row_of_the_reference_has_a_case() -> None:
    """What `docs/spec.md` lists is in the table, and nothing else."""
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    cells = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
        if line.startswith("|") and not line.startswith("|---")
    ]
    listed = {row[0] for row in cells if row[0] not in ("key", "line")}
    assert listed == {*KEYS, *ENTRIES}


def test_each_case_of_a_row_is_in_the_table() -> None:
    """No file says that it shows a row which the table does not have."""
    named_after_rows = {path.stem for path in specs() if path.stem.startswith("row_")}
    assert named_after_rows == {
        case.split("/")[1]
        for row in ROWS.values()
        for case in row.cases
        if "/row_" in case
    }
