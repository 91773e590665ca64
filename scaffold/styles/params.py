"""Write params as parameters of functions, and describe them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.ir.types import Graph, ModelIR, ParamRef, Training, Value
from scaffold.ir.types import Parameter as Param
from scaffold.ir.walk import of_graph, within
from scaffold.styles.param_types import type_of
from scaffold.styles.purposes import Purposes
from scaffold.styles.types import FunctionParameter
from scaffold.styles.values import Writer

_ENDS = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")
_LONGEST_DEFAULT = 40
"""The longest default that a docstring contains."""


def params_of(values: Iterable[Value]) -> set[str]:
    """Return the names of all params in some values."""
    return {
        inner.name
        for value in values
        for inner in within(value)
        if isinstance(inner, ParamRef)
    }


def data_of(section: Training) -> Iterator[Value]:
    """Return the values of inline data."""
    for value in (section.x, section.y, section.predict):
        if value is not None:
            yield value


def parameters(
    graph: Graph, used: Iterable[Value], writer: Writer
) -> tuple[FunctionParameter, ...]:
    """Return the params that some values use, in the order of the spec."""
    names = params_of(used)
    return tuple(
        _parameter(param, writer) for param in graph.params if param.name in names
    )


def graph_parameters(graph: Graph, writer: Writer) -> tuple[FunctionParameter, ...]:
    """Return the params that a graph uses."""
    return parameters(graph, of_graph(graph), writer)


def block_parameters(graph: Graph, writer: Writer) -> tuple[FunctionParameter, ...]:
    """Return the params of a block; those without a default come first."""
    return tuple(_parameter(param, writer) for param in graph.signature)


def _parameter(param: Param, writer: Writer) -> FunctionParameter:
    if param.default is None:
        return FunctionParameter(param.name, None)
    return FunctionParameter(param.name, immutable(writer.value(param.default)))


def immutable(default: ast.expr) -> ast.expr:
    """Write a list as a tuple, as all calls share the object of a default."""
    if isinstance(default, ast.List):
        return ast.Tuple([immutable(item) for item in default.elts], ast.Load())
    return default


def describe_params(
    graph: Graph, params: Iterable[FunctionParameter], model: ModelIR | None = None
) -> tuple[tuple[str, str], ...]:
    """Describe each param: its type, its purpose and its default.

    Args:
        graph: The graph of the params.
        params: The params.
        model: The model, if its `compile` and `train` may use the params too.
    """
    described = {param.name: sentence(param.description) for param in graph.params}
    purposes = Purposes(graph, model)
    return tuple(
        (
            param.name,
            _describe(
                type_of(param, graph),
                described.get(param.name) or purposes.describe(param.name),
                param.default,
            ),
        )
        for param in params
    )


def _describe(type_: str, text: str, default: ast.expr | None) -> str:
    """Join a type, a text and a default as in the docstrings of Keras.

    A sentence follows the type after a full stop, a phrase after a comma.
    """
    if text.endswith(_ENDS):
        described = f"{type_}. {text}" if type_ else text
    elif type_ and text:
        described = f"{type_}, {text}."
    else:
        described = f"{type_ or text[:1].upper() + text[1:] or 'A value'}."
    if default is None:
        return described
    shown = quoted(ast.unparse(default))
    if len(shown) > _LONGEST_DEFAULT:
        return described
    return f"{described} Defaults to {shown}."


def sentence(description: str) -> str:
    """Return a description as one line that ends as a sentence."""
    text = " ".join("".join(c if c.isprintable() else " " for c in description).split())
    return text if not text or text.endswith(_ENDS) else f"{text}."


def quoted(text: str) -> str:
    """Write a string in the quotes that Black uses."""
    inner = text[1:-1]
    is_plain = text[:1] == "'" and not set(inner) & set("'\"\\")
    return f'"{inner}"' if is_plain else text
