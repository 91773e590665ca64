"""Describe a part from its kind, name and params."""

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
"""The bound above which `_changed` does not halve a float, nor infinity and NaN."""


def describe(
    kind: str,
    name: str,
    params: Iterable[tuple[str, str]],
    catalogue: Catalogue,
    *,
    tested: bool = False,
) -> tuple[Part | None, tuple[Diagnostic, ...]]:
    """Describe a part.

    Args:
        kind: A key of `KINDS`.
        name: The name of the part, in CamelCase or snake_case.
        params: Names of params and their defaults, as YAML. Without params, the part
            has the default ones of its kind.
        catalogue: The catalogue of Keras.
        tested: Whether tests of the part are generated too.

    Returns:
        The part, `None` if there are errors; and the findings.

    Raises:
        CatalogueError: The catalogue cannot be read.
        ValueError: The kind is unknown.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown part {kind!r}; expected one of {', '.join(KINDS)}")
    known = KINDS[kind]
    diagnostics = [*part_name(kind, name, catalogue, tested=tested)]
    requested, faults = read_params(known, params, catalogue)
    diagnostics += faults
    if diagnostics:
        return None, tuple(diagnostics)
    part_params = requested or usual_params(known)
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
    """Return the docstring with the arguments; the template adds the summary."""
    args = [
        (part_param.name, _description(kind, part_param, param.default))
        for part_param, param in zip(part_params, written, strict=True)
    ]
    if kind.name_purpose:
        args.append(("name", f'str, {kind.name_purpose}. Defaults to "{module}".'))
    if kind.kwargs_example:
        text = f"Arguments of `{kind.base}`, such as `{kind.kwargs_example}`."
        args.append(("**kwargs", text))
    return Docstring("", args=tuple(args))


def _description(kind: Kind, param: PartParam, default: ast.expr | None) -> str:
    """Describe the type, the purpose and the default of a param."""
    assert default is not None
    value = fold(param.default, {})
    type_name = "tuple" if isinstance(value, list) else type(value).__name__
    if value is None:
        is_string = param.role and param.role.argument.kinds == ("activation",)
        type_name = "str" if is_string else "any"
    purpose = param.role.purpose if param.role else f"to be used in {kind.method}"
    text = quoted(ast.unparse(default))
    sentence = f"{type_name}, {purpose}."
    return (
        f"{sentence} Defaults to {text}." if len(text) <= _LONGEST_SHOWN else sentence
    )


def _changed(params: Iterable[PartParam]) -> Iterator[ast.keyword]:
    """Return values that differ from the defaults, where the type implies one."""
    for param in params:
        value = fold(param.default, {})
        candidates = (
            [tried for tried in param.role.test_values if tried != value]
            if param.role
            else []
        )
        if candidates:
            yield ast.keyword(param.name, ast.Constant(candidates[0]))
        elif isinstance(value, bool):
            yield ast.keyword(param.name, ast.Constant(not value))
        elif isinstance(value, int):
            yield ast.keyword(param.name, ast.Constant(value + 1))
        elif isinstance(value, float) and abs(value) < _LARGE:
            yield ast.keyword(param.name, ast.Constant(value / 2 or 0.5))
