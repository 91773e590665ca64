"""A rule is one file: what it reports, the page of its code, and its check."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from types import ModuleType

import pytest

from scaffold.checks.rules import BY_SHAPE, MODULES, RULES
from scaffold.diagnostics import Code
from scaffold.modules import modules_in
from scaffold.pages import CODES

RULE_FILES = [pytest.param(module, id=module.__name__) for module in MODULES]


def name_of(module: ModuleType) -> str:
    """Return the name of a rule's file."""
    return module.__name__.rpartition(".")[2]


def pages_of(module: ModuleType) -> set[str]:
    """Return the codes whose pages are in a rule's file."""
    kinds = [value for value in vars(module).values() if isinstance(value, type)]
    own = [kind for kind in kinds if kind.__module__ == module.__name__]
    return {kind.__name__ for kind in own if issubclass(kind, Code)}


def test_all_files_are_rules() -> None:
    """Each file has one rule, which has the name of the file."""
    names = [check.__name__ for check in (*RULES, *BY_SHAPE)]
    assert sorted(names) == [name_of(module) for module in MODULES]
    assert len(names) > 35


@pytest.mark.parametrize("module", RULE_FILES)
def test_file(module: ModuleType) -> None:
    """A rule's file begins with its codes, and reports those whose pages it has."""
    begin = re.match(r"KS\d{3}(, KS\d{3})*: ", module.__doc__ or "")
    assert begin is not None
    codes = set(re.findall(r"KS\d{3}", begin[0]))
    source = inspect.getsource(module)
    assert codes <= set(re.findall(r'"(KS\d{3})"', source)), "it reports its codes"
    assert pages_of(module) <= codes
    assert codes <= CODES.keys()


def test_order() -> None:
    """Rules about names come first; all others are in the order of their codes."""
    names = [check.__name__ for check in RULES]
    assert names[:2] == ["repeated_name", "joined_name"]
    assert names.index("unused_param") < names.index("unknown_callable")
    assert names.index("unknown_callable") < names.index("tensor_count")


def test_modules_are_found_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All modules of a package are found, by their names; nothing else is."""
    package = tmp_path / "found_here"
    (package / "inner").mkdir(parents=True)
    for file in ("b.py", "a.py", "__init__.py", "_hidden.py", "notes.txt"):
        (package / file).write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    __import__("found_here")
    names = [module.__name__ for module in modules_in("found_here")]
    assert names == ["found_here.a", "found_here.b"]
