"""Render a module as text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from scaffold.ir.types import Origin
from scaffold.render.docstrings import docstring
from scaffold.render.explanations import explain
from scaffold.render.formatting import WIDTH, format_source
from scaffold.render.imports import imports
from scaffold.render.origins import Lines, mark, origins_of
from scaffold.render.shapes import with_shapes
from scaffold.render.source import arguments, identifier, source, targets
from scaffold.render.templates import environment
from scaffold.styles.types import FunctionParameter, Module

if TYPE_CHECKING:
    from jinja2 import Environment


def render(
    module: Module,
    shapes: Mapping[Origin, str] | None = None,
    *,
    is_explained: bool = False,
) -> str:
    """Render a module with the template of its style, and format it with Black.

    Args:
        module: The module.
        shapes: The output shapes of entries, for comments.
        is_explained: Whether to add comments that explain the code.

    Returns:
        Python source, with the line `# @digest@` as placeholder of the digest.

    Raises:
        ValueError: A name in the module is invalid, which the checks should report.
    """
    text = format_source(_lay_out(module, marked=False))
    if shapes:
        origins = origins_of(text, _lay_out(module, marked=True))
        text = with_shapes(text, origins, shapes)
    return explain(text) if is_explained else text


def render_with_origins(module: Module, width: int = WIDTH) -> tuple[str, Lines]:
    """Render a module, and return the origins of its lines as well.

    Args:
        module: The module.
        width: The columns of a line; with another width than 88, only the line breaks
            differ from what `render` returns.

    Returns:
        The result of `render`; and the number (from 1) of each line that comes from an
        entry of the spec, with its origin, in order.

    Raises:
        ValueError: A name in the module is invalid, which the checks should report.
    """
    text = format_source(_lay_out(module, marked=False), width)
    return text, origins_of(text, _lay_out(module, marked=True))


def _lay_out(module: Module, *, marked: bool) -> str:
    identifier(module.name)
    template = python_environment("model", marked).get_template(
        f"{module.style}.py.jinja"
    )
    return template.render(module=module)


@cache
def python_environment(directory: str, marked: bool = False) -> Environment:
    """Return the Jinja environment for the Python templates of a directory.

    Args:
        directory: The directory in `templates/`: `model` or `parts`.
        marked: Whether lines get a mark with the entry that they come from.
    """
    return environment(
        directory,
        source=source,
        targets=targets,
        arguments=arguments,
        parameters=_parameters,
        docstring=docstring,
        imports=imports,
        mark=mark if marked else _no_mark,
    )


def _no_mark(origin: Origin | None) -> str:
    return ""


def _parameters(params: tuple[FunctionParameter, ...]) -> list[str]:
    return [
        (
            identifier(param.name)
            if param.default is None
            else arguments([ast.keyword(param.name, param.default)])
        )
        for param in params
    ]
