"""Docstrings that are read at run time, also where Python has dropped them (`-OO`)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import cache
from inspect import cleandoc
from typing import Any


def docstring(thing: type | Callable[..., Any]) -> str:
    """Return the docstring of a class or function, without its indentation.

    With `PYTHONOPTIMIZE=2` Python keeps no docstrings; they are read from the source.

    Args:
        thing: A class or function of the top level of its module.

    Returns:
        The text, `""` where there is none.
    """
    text = thing.__doc__ or _docstrings(thing.__module__).get(thing.__name__, "")
    return cleandoc(text)


@cache
def _docstrings(module: str) -> dict[str, str]:
    """Read the docstrings of a module's classes and functions from its source."""
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
