"""A module to its text."""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from scaffold.render.docstrings import docstring
from scaffold.render.formatting import format_source
from scaffold.render.imports import imports
from scaffold.render.source import arguments, identifier, source
from scaffold.shipped import shipped
from scaffold.styles.types import Module, Parameter

if TYPE_CHECKING:
    from jinja2 import Environment


def render(module: Module) -> str:
    """Lays a module out with its style's template, and formats it with Black.

    Args:
        module: The module.

    Returns:
        Python source, with the line `# @digest@` where the digest is to stand.

    Raises:
        ValueError: A name in the module is none. The checks should have said so.
    """
    identifier(module.name)
    template = _environment().get_template(f"{module.style}.py.jinja")
    return format_source(template.render(module=module))


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(shipped("model")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # the templates write Python, not HTML
        optimized=False,  # each is used once: looking for constants does not pay
    )
    environment.filters.update(
        source=source,
        arguments=arguments,
        parameters=_parameters,
        docstring=docstring,
        imports=imports,
    )
    return environment


def _parameters(params: tuple[Parameter, ...]) -> list[str]:
    return [arguments([ast.keyword(param.name, param.default)]) for param in params]
