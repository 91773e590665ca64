"""Vim with what is written for it: `:make` jumps to the findings of a spec."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.editor.findings import SPECS, Finding, environment
from tests.tools.find import program

pytestmark = pytest.mark.slow

EDITOR = "vim"

READ = """
set nocompatible
set encoding=utf-8
filetype plugin on
autocmd VimEnter,DirChanged * if filereadable('.keras-scaffold/specs.vim')
  \\ | source .keras-scaffold/specs.vim | endif
"""
"""What a user's vimrc has, as the head of the script says."""

_BEGIN = "autocmd VimEnter * ++nested source orders.vim"

WRITE = """
let s:seen = []
for s:one in getqflist()
  call add(s:seen, [fnamemodify(bufname(s:one.bufnr), ':p'), s:one.lnum, s:one.col,
    \\ s:one.type, s:one.text, s:one.nr])
endfor
let s:at = [expand('%:p'), line('.'), charcol('.'), &l:makeprg]
call writefile([json_encode({'seen': s:seen, 'at': s:at})], 'seen.json')
qall!
"""


def in_vim(place: Path, *orders: str) -> dict[str, list[list[object]]]:
    """Runs orders in Vim, and gives what its quickfix list has, and where it is."""
    vimrc = place / "vimrc"
    vimrc.write_text(READ)
    (place / "orders.vim").write_text("\n".join(orders) + WRITE)
    subprocess.run(
        [program("vim"), "-es", "-N", "-u", vimrc, "-c", _BEGIN],
        cwd=place,
        env=environment(place),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    seen: dict[str, list[list[object]]] = json.loads((place / "seen.json").read_text())
    return seen


def entry(place: Path, diagnostic: Finding) -> list[object]:
    """Gives a finding as the quickfix list has it."""
    path = str(place / diagnostic.file)
    kind = diagnostic.severity[0]
    return [
        path,
        diagnostic.line,
        diagnostic.column,
        kind,
        diagnostic.message,
        int(diagnostic.code[2:]),
    ]


@pytest.mark.parametrize("order", ["KerasCheck", "KerasNew", "make"])
def test_make_jumps_to_the_finding(
    order: str, place: Path, printed: tuple[str, list[Finding]]
) -> None:
    """Every finding is in the list, and the cursor is at the first."""
    expected = [item for item in printed[1] if item.file == "model.yaml"]
    seen = in_vim(place, "edit model.yaml", "normal G", order)
    assert seen["seen"] == [entry(place, item) for item in expected]
    first = expected[0]
    assert seen["at"][:3] == [str(place / "model.yaml"), first.line, first.column]


def test_columns_are_characters(place: Path) -> None:
    """A letter of two bytes before the fault moves nothing."""
    text = "inputs: [4]\nlayers:\n  - {name: é, Dens: {units: 3}}\n"
    (place / "models" / "letters.yaml").write_text(text, encoding="utf-8")
    order = ("edit models/letters.yaml", "KerasCheck", "normal! 1G", "clast")
    assert in_vim(place, *order)["at"][1:3] == [
        3,
        text.index("Dens") - text.rindex("\n  "),
    ]


@pytest.mark.parametrize("name", SPECS[2:4])
def test_awkward_names(
    name: str, place: Path, printed: tuple[str, list[Finding]]
) -> None:
    """Blanks, colons, quotes and brackets in a name: the file is the right one."""
    mine = [item for item in printed[1] if item.file == name]
    assert mine
    opened = name.replace("'", "''")
    seen = in_vim(place, f"execute 'edit ' .. fnameescape('{opened}')", "make!")
    assert seen["seen"] == [entry(place, item) for item in mine]


def test_all_of_what_check_prints(
    place: Path, printed: tuple[str, list[Finding]]
) -> None:
    """Several files at once, one of which is not there: a line of 0 is a whole file."""
    text, expected = printed
    (place / "printed").write_text(text)
    seen = in_vim(place, "edit model.yaml", "cgetfile printed")
    assert seen["seen"] == [entry(place, item) for item in expected]


def test_generates(place: Path) -> None:
    """A sound spec is written in the style that is asked for, and the list is empty."""
    spec = "name: digits\ninputs: [4]\nlayers: [Dense(1)]\n"
    (place / "models" / "digits.yaml").write_text(spec)
    seen = in_vim(
        place, "edit models/digits.yaml", "KerasNew --style subclass", "KerasCheck"
    )
    assert seen["seen"] == []
    assert seen["at"][3] == "keras-scaffold new --format short %:p:S"
    assert "class Digits(" in (place / "digits.py").read_text()


def test_other_files_are_left_alone(place: Path) -> None:
    """Only specs get it: not each YAML file of the project."""
    (place / "other.yaml").write_text("a: 1\n")
    (place / "deep" / "models").mkdir(parents=True)
    (place / "deep" / "models" / "a.yaml").write_text("a: 1\n")
    for name in ("other.yaml", "deep/models/a.yaml"):
        assert in_vim(place, f"edit {name}")["at"][3] == ""
    assert in_vim(place, "edit models/new.yaml")["at"][3] != ""


def test_completes_options(place: Path) -> None:
    """After `:KerasNew ` the styles are offered."""
    offered = "call writefile(getcompletion('KerasNew --s', 'cmdline'), 'offered')"
    in_vim(place, "edit model.yaml", offered)
    lines = (place / "offered").read_text().splitlines()
    assert "--style functional" in lines and "--shapes" in lines
