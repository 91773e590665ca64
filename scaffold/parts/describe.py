"""A part, made of what a user asked for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic
from scaffold.ir.fold import fold
from scaffold.parts.kinds import KINDS, Kind
from scaffold.parts.naming import class_name, module_name, part_name
from scaffold.parts.params import Given, read_params, usual_params
from scaffold.parts.types import Part
from scaffold.styles.params import immutable, quoted
from scaffold.styles.types import Docstring, Parameter
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
    """Makes a part.

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
    found = [*part_name(kind, name, catalogue, tested=tested)]
    read, faults = read_params(known, params, catalogue)
    found += faults
    if found:
        return None, tuple(found)
    given = read or usual_params(known)
    writer = Writer(catalogue)
    written = tuple(
        Parameter(one.name, immutable(writer.value(one.default))) for one in given
    )
    made = Part(
        kind=kind,
        name=class_name(name),
        module=module_name(name),
        params=written,
        roles=frozenset(one.name for one in given if one.role),
        doc=_doc(known, module_name(name), given, written),
        changed=tuple(_changed(given)),
    )
    return made, ()


def _doc(
    kind: Kind, module: str, given: Iterable[Given], written: Iterable[Parameter]
) -> Docstring:
    """Describes the params; what the part does, its template says."""
    args = [
        (one.name, _said(kind, one, param.default))
        for one, param in zip(given, written, strict=True)
    ]
    if kind.named:
        args.append(("name", f'str, {kind.named}. Defaults to "{module}".'))
    if kind.takes:
        args.append(("**kwargs", f"What `{kind.base}` takes, such as `{kind.takes}`."))
    return Docstring("", args=tuple(args))


def _said(kind: Kind, given: Given, default: ast.expr | None) -> str:
    """Says what a param is, what for, and its default."""
    assert default is not None
    value = fold(given.default, {})
    what = "tuple" if isinstance(value, list) else type(value).__name__
    if value is None:
        is_string = given.role and given.role.argument.kinds == ("activation",)
        what = "str" if is_string else "any"
    purpose = given.role.purpose if given.role else f"to be used in {kind.method}"
    text = quoted(ast.unparse(default))
    said = f"{what}, {purpose}."
    return f"{said} Defaults to {text}." if len(text) <= _LONGEST_SHOWN else said


def _changed(given: Iterable[Given]) -> Iterator[ast.keyword]:
    """Gives values that are not the defaults, where it is plain what could be one."""
    for one in given:
        value = fold(one.default, {})
        tried = (
            [other for other in one.role.tried if other != value] if one.role else []
        )
        if tried:
            yield ast.keyword(one.name, ast.Constant(tried[0]))
        elif isinstance(value, bool):
            yield ast.keyword(one.name, ast.Constant(not value))
        elif isinstance(value, int):
            yield ast.keyword(one.name, ast.Constant(value + 1))
        elif isinstance(value, float) and abs(value) < _LARGE:
            yield ast.keyword(one.name, ast.Constant(value / 2 or 0.5))
