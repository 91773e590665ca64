"""A package is called like its directory, or another name is proposed."""

from __future__ import annotations

import keyword
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.diagnostics import Refused
from scaffold.kit.naming import package_name


@pytest.mark.parametrize(
    ("directory", "package"),
    [
        ("digits", "digits"),
        ("my-project", "my_project"),
        ("My Project", "my_project"),
        ("a.b", "a_b"),
        ("deep/er/digits", "digits"),
        ("digits/", "digits"),
        ("x2", "x2"),
    ],
)
def test_name(directory: str, package: str) -> None:
    """Dashes, dots and spaces become underscores; capitals become small."""
    assert package_name(Path(directory)) == package


@pytest.mark.parametrize(
    ("directory", "reason", "proposal"),
    [
        ("class", "it is a Python keyword", "my_class"),
        ("match", "it is a Python keyword", "my_match"),
        ("random", "it is a standard library module", "my_random"),
        ("keras", "the project uses another package with that name", "my_keras"),
        ("tests", "the project uses another package with that name", "my_tests"),
        ("2fast", "do not start with a digit", "my_2fast"),
        ("a+b", "use ASCII letters", "a_b"),
        ("größe", "use ASCII letters", "gr_e"),
        ("deep/er/class", "it is a Python keyword", "deep/er/my_class"),
        ("x" * 31, "longer than 30 characters", "x" * 27),
    ],
)
def test_refused(directory: str, reason: str, proposal: str) -> None:
    """What Python could not import is refused, and another name proposed."""
    with pytest.raises(Refused) as refused:
        package_name(Path(directory))
    (diagnostics,) = refused.value.diagnostics
    assert diagnostics.code == "KS608"
    assert reason in diagnostics.message
    assert diagnostics.help.endswith(f"`keras-scaffold init {proposal}`")


@given(st.text(min_size=1, max_size=50).filter(lambda text: "/" not in text))
def test_any_name(name: str) -> None:
    """Of any name there is a package that Python can import, or a proposal of one."""
    try:
        directory = Path(name)
        package = package_name(directory)
    except Refused as refused:
        (diagnostic,) = refused.diagnostics
        proposed = diagnostic.help.split("init ")[1].rstrip("`")
        package = package_name(Path(proposed))
    except ValueError:
        assert "\0" in name
        return
    assert package.isidentifier() and package.isascii()
    assert not keyword.iskeyword(package)
    assert package not in sys.stdlib_module_names
