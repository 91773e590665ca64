"""Write params as parameters of functions, and describe their uses."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.ir.types import (
    Collection,
    Constant,
    Graph,
    ModelIR,
    Node,
    Object,
    Operation,
    ParamRef,
    Training,
    Value,
)
from scaffold.ir.types import (
    Parameter as Param,
)
from scaffold.ir.walk import constants_of, of_graph, within
from scaffold.styles.types import FunctionParameter
from scaffold.styles.values import Writer


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
    """Describe the use and the default of each param.

    Args:
        graph: The graph of the params.
        params: The params.
        model: The model, if its `compile` and `train` may use the params too.
    """
    uses = _Uses(graph, model)
    return tuple((param.name, uses.describe(param)) for param in params)


class _Uses:
    """Describes the uses of the params of a graph."""

    def __init__(self, graph: Graph, model: ModelIR | None) -> None:
        self.graph = graph
        self.model = model

    def describe(self, param: FunctionParameter) -> str:
        """Describe the type, the use and the default of a param."""
        sentence = f"{self.type(param)}, {self.purpose(param.name)}."
        if param.default is None:
            return sentence
        text = quoted(ast.unparse(param.default))
        return f"{sentence} Defaults to {text}." if len(text) <= 40 else f"{sentence} "

    def type(self, param: FunctionParameter) -> str:
        """Return the type of a param, from its default or its first use."""
        if param.default is None:
            return self.type_by_use(param.name)
        try:
            default = ast.literal_eval(param.default)
        except ValueError:
            return "number"
        return "any" if default is None else _type_name(default)

    def type_by_use(self, param: str, levels: int = 8) -> str:
        """Return the type of the first argument that a param is passed to.

        Args:
            param: The param.
            levels: The maximum depth of nested blocks to search.
        """
        for node in self.graph.nodes:
            if node.repeat is not None and param in params_of([node.repeat]):
                return "int"
            for layer in node.layers:
                for value in within(layer):
                    if isinstance(value, Object):
                        if type_name := _type_of_argument(value, param, levels):
                            return type_name
        return "any"

    def purpose(self, param: str) -> str:
        """Describe where a param is used, such as "`units` of `logits`"."""
        by_use: dict[str, list[str]] = {}
        for use, place in self.uses(param):
            by_use.setdefault(use, []).append(place)
        # `width` and `filters` of `narrow`; and `filters` of `conv2d` and `conv_2`.
        alike: dict[str, list[str]] = {}
        for use, places in by_use.items():
            alike.setdefault(_listed(places), []).append(use)
        return _listed([f"{_listed(use)} of {place}" for place, use in alike.items()])

    def uses(self, param: str) -> Iterator[tuple[str, str]]:
        """Yield each use of a param, and its place."""
        for model_input in self.graph.inputs:
            if model_input.shape is not None and param in params_of(
                [model_input.shape]
            ):
                yield "a dimension", f"`{model_input.name}`"
            for bound in model_input.options:
                if param in params_of([bound.value]):
                    yield f"`{bound.name}`", f"`{model_input.name}`"
        for node in self.graph.nodes:
            yield from self.of_node(param, node)
        yield from self.of_sections(param)

    def of_node(self, param: str, node: Node) -> Iterator[tuple[str, str]]:
        """Yield the uses of a param in an entry."""
        if node.repeat is not None and param in params_of([node.repeat]):
            yield "the number of layers", f"`{node.name}`"
        if node.loop is not None:
            if param in params_of(
                value for values in node.loop.iterations for value in values
            ):
                yield "a loop value", f"`{node.name}`"
        if node.reused is None:
            if node.choice and param in params_of([node.choice.condition]):
                yield "the condition", f"`{node.name}`"
            for layer in node.layers:
                yield from _uses(param, layer, f"`{node.name}`")
        if param in params_of(constants_of(node)):
            yield "a call argument", f"`{node.name}`"

    def of_sections(self, param: str) -> Iterator[tuple[str, str]]:
        """Yield the uses of a param in `compile` and `train`."""
        if self.model is None:
            return
        train = self.model.train
        for title, section in (
            ("compile", self.model.compile),
            ("fit", train.fit if train else None),
        ):
            if section is not None:
                yield from _uses(param, section, f"`{title}`")
        if train is not None and param in params_of(data_of(train)):
            yield "a value", "the data"


_TYPES = {
    "integer": "int",
    "float": "float",
    "boolean": "bool",
    "string": "str",
    "choice": "str",
    "activation": "str",
    "shape": "tuple",
    "tuple": "tuple",
    "list": "list",
    "dict": "dict",
}
"""The type in a docstring for each kind of argument."""


def _type_of_argument(holder: Object, param: str, levels: int) -> str:
    """Return the type of the argument that uses a param; `""` if none does."""
    for bound in holder.arguments:
        value = bound.value
        is_use = isinstance(value, ParamRef | Operation) and param in params_of([value])
        if not is_use:
            continue
        if isinstance(holder.target, Graph):
            return _type_in_block(holder.target, bound.name, levels - 1)
        if bound.argument is not None:
            return _TYPES.get(bound.argument.kinds[0], "any")
    return ""


def _type_in_block(block: Graph, name: str, levels: int) -> str:
    """Return the type of a param of a block."""
    for param in block.params:
        if param.name == name:
            if isinstance(param.default, Constant) and param.default.value is not None:
                return type(param.default.value).__name__
            if isinstance(param.default, Collection):
                return "tuple"
            return _Uses(block, None).type_by_use(name, levels) if levels else "any"
    return "any"


def _type_name(value: object) -> str:
    """Return the name of a value's type; that of a `Numeral` is `int` or `float`."""
    numbers = (kind for kind in (bool, int, float) if isinstance(value, kind))
    return next(numbers, type(value)).__name__


def quoted(text: str) -> str:
    """Write a string in the quotes that Black uses."""
    inner = text[1:-1]
    is_plain = text[:1] == "'" and not set(inner) & set("'\"\\")
    return f'"{inner}"' if is_plain else text


def _listed(items: list[str]) -> str:
    """Join items as `a, b and c`; of more than four, list three and a count."""
    if len(items) > 4:
        items = [*items[:3], f"{len(items) - 3} more"]
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _uses(param: str, holder: Object, called: str) -> Iterator[tuple[str, str]]:
    """Yield the arguments that use a param, in an object and the objects inside it."""
    for bound in holder.arguments:
        inner = [value for value in within(bound.value) if isinstance(value, Object)]
        if inner:
            for item in inner:
                yield from _uses(param, item, f"`{item.name}` in {called}")
        elif param in params_of([bound.value]):
            yield f"`{bound.name}`" if bound.name else "an argument", called
