"""Read docstrings at run time, even if Python has removed them (`-OO`)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from typing import Any


def docstring(definition: type | Callable[..., Any]) -> str:
    """Return the docstring of a class or function, without indentation.

    With `PYTHONOPTIMIZE=2`, Python removes docstrings; then read it from the source.

    Args:
        definition: A class or function at the top level of its module.

    Returns:
        The text, `""` without a docstring.
    """
    text = definition.__doc__ or _docstrings(definition.__module__).get(
        definition.__name__, ""
    )
    return cleandoc(text)


@cache
def _docstrings(module: str) -> dict[str, str]:
    """Read the docstrings of the classes and functions of a module from its source."""
    spec = sys.modules[module].__spec__
    get_source = getattr(spec.loader if spec else None, "get_source", None)
    source = get_source(module) if get_source else None
    kinds = ast.ClassDef | ast.FunctionDef
    definitions = [
        definition
        for definition in ast.parse(source or "").body
        if isinstance(definition, kinds)
    ]
    return {
        definition.name: ast.get_docstring(definition) or ""
        for definition in definitions
    }
