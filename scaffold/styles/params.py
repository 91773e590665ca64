"""Params: where they are used, and as what they appear in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.ir.types import ModelIR, Object, ParamRef, Value
from scaffold.ir.walk import within
from scaffold.styles.types import Parameter
from scaffold.styles.values import Writer


def params_of(values: Iterable[Value]) -> set[str]:
    """Gives the names of all params in some values."""
    return {
        one.name
        for value in values
        for one in within(value)
        if isinstance(one, ParamRef)
    }


def build_values(model: ModelIR) -> Iterator[Value]:
    """Gives the values of which the model itself is made."""
    for given in model.inputs:
        if given.shape is not None:
            yield given.shape
        yield from (bound.value for bound in given.options)
    for node in model.nodes:
        yield node.layer


def parameters(
    model: ModelIR, used: Iterable[Value], writer: Writer
) -> tuple[Parameter, ...]:
    """Gives the params that some values use, in the order of the spec."""
    names = params_of(used)
    return tuple(
        Parameter(param.name, _immutable(writer.value(param.default)))
        for param in model.params
        if param.name in names
    )


def _immutable(default: ast.expr) -> ast.expr:
    """Writes a list as a tuple: a default is one object for all calls."""
    if isinstance(default, ast.List):
        return ast.Tuple([_immutable(item) for item in default.elts], ast.Load())
    return default


def describe_params(
    model: ModelIR, params: Iterable[Parameter]
) -> tuple[tuple[str, str], ...]:
    """Says of each param what it is used for, and its default."""
    return tuple(
        (param.name, f"{_purpose(model, param.name)} Defaults to {_shown(param)}.")
        for param in params
    )


def _shown(param: Parameter) -> str:
    text = ast.unparse(param.default)
    return text if len(text) <= 40 else "what the signature says"


def _purpose(model: ModelIR, param: str) -> str:
    """Says where a param ends up, such as in `units` of `logits`."""
    found = []
    for given in model.inputs:
        if given.shape is not None and param in params_of([given.shape]):
            found.append("A size of the input")
    for node in model.nodes:
        found += _uses(param, node.layer, f"`{node.name}`")
    for title, section in (("compile", model.compile), ("fit", _fit(model))):
        if section is not None:
            found += _uses(param, section, f"`{title}`")
    if len(found) > 3:
        found = [*found[:2], f"{len(found) - 2} more"]
    text = found[0] if len(found) < 2 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"{text}."


def _uses(param: str, holder: Object, called: str) -> Iterator[str]:
    """Gives the arguments of an object, or of those inside of it, that use a param."""
    for bound in holder.arguments:
        inner = [one for one in within(bound.value) if isinstance(one, Object)]
        if inner:
            for one in inner:
                yield from _uses(param, one, f"`{one.name}` in {called}")
        elif param in params_of([bound.value]):
            yield f"`{bound.name}` of {called}" if bound.name else f"Used by {called}"


def _fit(model: ModelIR) -> Object | None:
    return model.train.fit if model.train else None
