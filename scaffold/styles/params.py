"""Params: where they are used, and as what they appear in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.ir.types import (
    ModelIR,
    Node,
    Object,
    ParamRef,
    TensorRef,
    TensorRefs,
    Training,
    Value,
)
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
        yield from constants_of(node)


def constants_of(node: Node) -> Iterator[Value]:
    """Gives the constants that a call takes besides tensors."""
    for passed in node.passed:
        if not isinstance(passed.value, (TensorRef, TensorRefs)):
            yield passed.value


def data_of(section: Training) -> Iterator[Value]:
    """Gives the values that stand inline as data."""
    for value in (section.x, section.y, section.predict):
        if value is not None:
            yield value


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
        (param.name, f"{_type(param)}, {_purpose(model, param.name)}. {_shown(param)}")
        for param in params
    )


def _shown(param: Parameter) -> str:
    text = ast.unparse(param.default)
    return f"Defaults to {text}." if len(text) <= 40 else ""


def _type(param: Parameter) -> str:
    """Names the type of a param by its default."""
    try:
        default = ast.literal_eval(param.default)
    except ValueError:
        return "number"
    return "any" if default is None else type(default).__name__


def _purpose(model: ModelIR, param: str) -> str:
    """Says where a param ends up, such as in `units` of `logits`."""
    found = []
    for given in model.inputs:
        if given.shape is not None and param in params_of([given.shape]):
            found.append(f"a size of `{given.name}`")
        for bound in given.options:
            if param in params_of([bound.value]):
                found.append(f"`{bound.name}` of `{given.name}`")
    for node in model.nodes:
        if node.again is None:
            found += _uses(param, node.layer, f"`{node.name}`")
        if param in params_of(constants_of(node)):
            found.append(f"an argument of the call of `{node.name}`")
    for title, section in (("compile", model.compile), ("fit", _fit(model))):
        if section is not None:
            found += _uses(param, section, f"`{title}`")
    if model.train is not None and param in params_of(data_of(model.train)):
        found.append("a number of the data")
    if len(found) > 3:
        found = [*found[:2], f"{len(found) - 2} more"]
    return " and ".join(filter(None, (", ".join(found[:-1]), *found[-1:])))


def _uses(param: str, holder: Object, called: str) -> Iterator[str]:
    """Gives the arguments of an object, or of those inside of it, that use a param."""
    for bound in holder.arguments:
        inner = [one for one in within(bound.value) if isinstance(one, Object)]
        if inner:
            for one in inner:
                yield from _uses(param, one, f"`{one.name}` in {called}")
        elif param in params_of([bound.value]):
            yield f"`{bound.name}` of {called}" if bound.name else f"used by {called}"


def _fit(model: ModelIR) -> Object | None:
    return model.train.fit if model.train else None
