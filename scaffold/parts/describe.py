"""A part, made of what a user asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import fold
from scaffold.parts.kinds import KINDS, Kind
from scaffold.parts.naming import class_name, module_name, part_name
from scaffold.parts.params import PartParam, read_params, usual_params
from scaffold.parts.types import Part
from scaffold.styles.params import immutable, quoted
from scaffold.styles.types import Docstring, FunctionParameter
from scaffold.styles.values import Writer

_LONGEST_SHOWN = 40
_LARGE = 1e300
"""What is larger, or no number at all, has no half that differs from it."""


def describe(
    kind: str,
    name: str,
    params: Iterable[tuple[str, str]],
    catalogue: Catalogue,
    *,
    tested: bool = False,
) -> tuple[Part | None, tuple[Diagnostic, ...]]:
    """Make a part.

    Args:
        kind: One of `KINDS`.
        name: Its name, in CamelCase or snake_case.
        params: Names of params and their defaults, as YAML. Without any, it has those
            that are usual for its kind.
        catalogue: What Keras offers.
        tested: Whether there are to be tests of it.

    Returns:
        The part, `None` where an error was found; and what was found.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: There is no such kind.
    """
    if kind not in KINDS:
        raise ValueError(f"no part is called {kind!r}; there are {', '.join(KINDS)}")
    known = KINDS[kind]
    diagnostics = [*part_name(kind, name, catalogue, tested=tested)]
    read, faults = read_params(known, params, catalogue)
    diagnostics += faults
    if diagnostics:
        return None, tuple(diagnostics)
    part_params = read or usual_params(known)
    writer = Writer(catalogue)
    written = tuple(
        FunctionParameter(param.name, immutable(writer.value(param.default)))
        for param in part_params
    )
    part = Part(
        kind=kind,
        name=class_name(name),
        module=module_name(name),
        params=written,
        roles=frozenset(param.name for param in part_params if param.role),
        doc=_doc(known, module_name(name), part_params, written),
        changed=tuple(_changed(part_params)),
    )
    return part, ()


def _doc(
    kind: Kind,
    module: str,
    part_params: Iterable[PartParam],
    written: Iterable[FunctionParameter],
) -> Docstring:
    """Describe the params; what the part does, its template says."""
    args = [
        (part_param.name, _said(kind, part_param, param.default))
        for part_param, param in zip(part_params, written, strict=True)
    ]
    if kind.named:
        args.append(("name", f'str, {kind.named}. Defaults to "{module}".'))
    if kind.takes:
        args.append(("**kwargs", f"What `{kind.base}` takes, such as `{kind.takes}`."))
    return Docstring("", args=tuple(args))


def _said(kind: Kind, param: PartParam, default: ast.expr | None) -> str:
    """Describe what a param is, what for, and its default."""
    assert default is not None
    value = fold(param.default, {})
    what = "tuple" if isinstance(value, list) else type(value).__name__
    if value is None:
        is_string = param.role and param.role.argument.kinds == ("activation",)
        what = "str" if is_string else "any"
    purpose = param.role.purpose if param.role else f"to be used in {kind.method}"
    text = quoted(ast.unparse(default))
    sentence = f"{what}, {purpose}."
    return (
        f"{sentence} Defaults to {text}." if len(text) <= _LONGEST_SHOWN else sentence
    )


def _changed(params: Iterable[PartParam]) -> Iterator[ast.keyword]:
    """Return values that are not the defaults, where it is plain what could be one."""
    for param in params:
        value = fold(param.default, {})
        tried = (
            [other for other in param.role.tried if other != value]
            if param.role
            else []
        )
        if tried:
            yield ast.keyword(param.name, ast.Constant(tried[0]))
        elif isinstance(value, bool):
            yield ast.keyword(param.name, ast.Constant(not value))
        elif isinstance(value, int):
            yield ast.keyword(param.name, ast.Constant(value + 1))
        elif isinstance(value, float) and abs(value) < _LARGE:
            yield ast.keyword(param.name, ast.Constant(value / 2 or 0.5))
