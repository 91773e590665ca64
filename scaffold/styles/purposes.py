"""Describe what a param is used for, if the spec does not describe it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scaffold.catalogue.facts.layers import NOTHING
from scaffold.ir.types import (
    Collection,
    Graph,
    Input,
    ModelIR,
    Node,
    Object,
    Operation,
    ParamRef,
    TensorRef,
    TensorRefs,
    Value,
)
from scaffold.ir.walk import of_sections, parts, within
from scaffold.styles.axis_names import axis_names
from scaffold.styles.object_names import Noun, ObjectNames, noun_of, with_article

IS, SETS, IN = range(3)
"""How a param is used: it is the value, the value depends on it, or it is a part."""

_DIMENSION = "a dimension"


class _Use(NamedTuple):
    """A use of a param.

    Attributes:
        of: What it is used for, in an object: "`units`".
        holder: The object, or the text for something else.
        how: `IS`, `SETS` or `IN`.
    """

    of: str
    holder: Object | str
    how: int


class Purposes:
    """Describes the uses of the params of a graph."""

    def __init__(self, graph: Graph, model: ModelIR | None) -> None:
        """Collect the names of all objects.

        Args:
            graph: The graph.
            model: The model, if its `compile` and `train` may use the params too.
        """
        self.graph = graph
        self.model = model
        self.names = ObjectNames(graph, of_sections(model) if model else ())

    def describe(self, param: str) -> str:
        """Describe the uses of a param: "the `units` of both `Dense` layers"."""
        uses = list(self.uses(param))
        plain = [use for use in uses if use.how != IN]
        verb = "determines " if any(use.how == SETS for use in plain) else ""
        clauses = []
        phrases = self.phrases(plain)
        if phrases:
            clauses.append(verb + listed(phrases))
        if used_in := self.phrases([use for use in uses if use.how == IN]):
            clauses.append(f"used in {listed(used_in)}")
        clauses += self.decisions(param, " and ".join(clauses))
        return "; ".join(clauses)

    def phrases(self, uses: Iterable[_Use]) -> list[str]:
        """Describe uses, each kind of use of each class of objects once."""
        grouped: dict[tuple[str, object], list[_Use]] = {}
        for use in uses:
            holder = use.holder
            key = holder if isinstance(holder, str) else noun_of(holder)
            grouped.setdefault((use.of, key), []).append(use)
        by_holder: dict[str, list[str]] = {}
        for (of, _), group in grouped.items():
            if of == _DIMENSION and len(group) > 1:
                of = "dimensions"
            by_holder.setdefault(self.holder(group), []).append(of)
        by_use: dict[tuple[str, ...], list[str]] = {}
        for holder, ofs in by_holder.items():
            by_use.setdefault(tuple(dict.fromkeys(ofs)), []).append(holder)
        return [_phrase(ofs, holders) for ofs, holders in by_use.items()]

    def holder(self, uses: list[_Use]) -> str:
        """Name the objects of some uses, which are of one class."""
        first = uses[0].holder
        if isinstance(first, str):
            return first
        items = [use.holder for use in uses if isinstance(use.holder, Object)]
        return self.names.phrase(items)

    def uses(self, param: str) -> Iterator[_Use]:
        """Yield each use of a param."""
        for model_input in self.graph.inputs:
            yield from self.of_input(param, model_input)
        for node in self.graph.nodes:
            yield from self.of_node(param, node)
        yield from self.of_model(param)

    def of_input(self, param: str, model_input: Input) -> Iterator[_Use]:
        """Yield the uses of a param in the shape and the options of an input."""
        is_only = len(self.graph.inputs) == 1
        called = "the input" if is_only else f"`{model_input.name}`"
        shape = model_input.shape
        if isinstance(shape, Collection):
            names = axis_names(self.graph, model_input, len(shape.items))
            for axis, size in enumerate(shape.items):
                if (how := _how(param, size)) is not None:
                    if names:
                        yield _Use(f"the {names[axis]}", called, how)
                    else:
                        yield _Use(_DIMENSION, called, how)
        elif shape is not None and (how := _how(param, shape)) is not None:
            yield _Use("the shape", called, how)
        for bound in model_input.options:
            if (how := _how(param, bound.value)) is not None:
                yield _Use(f"`{bound.name}`", called, how)

    def of_node(self, param: str, node: Node) -> Iterator[_Use]:
        """Yield the uses of a param in an entry."""
        if node.repeat is not None and (how := _how(param, node.repeat)) is not None:
            is_some = how == IS and not self.names.is_only(node.layer)
            number = f"the number of {'repeated ' if is_some else ''}"
            yield _Use(f"{number}{noun_of(node.layer).plural}", "", how)
        for layer in node.layers if node.reused is None else ():
            yield from _in_object(param, layer)
            for variable in _variables(param, node):
                for use in _in_object(variable, layer):
                    yield use._replace(how=IN)
        for passed in node.passed:
            if isinstance(passed.value, TensorRef | TensorRefs):
                continue
            if (how := _how(param, passed.value)) is not None:
                layer = self.graph.source(node).layer
                name = f"`{passed.keyword}`" if passed.keyword else "an argument"
                yield _Use(name, layer, how)

    def of_model(self, param: str) -> Iterator[_Use]:
        """Yield the uses of a param in `compile` and `train`."""
        if self.model is None:
            return
        for value in of_sections(self.model):
            if isinstance(value, Object):
                yield from _in_object(param, value)
            elif _how(param, value) is not None:
                yield _Use("the training data", "", IN)

    def decisions(self, param: str, uses: str) -> list[str]:
        """Describe what a param decides, as part of a condition.

        Args:
            param: The param.
            uses: Its other uses.
        """
        optional, choices = [], []
        for node in self.graph.nodes:
            if node.choice is None or node.reused is not None:
                continue
            if not _mentions(param, node.choice.condition):
                continue
            layers = [layer for layer in node.layers if not _is_identity(layer)]
            if len(layers) == 1:
                name = self.names.phrase(layers)
                is_it = uses.endswith(f" of {name}") and " and " not in uses
                optional.append(f"whether {'it' if is_it else name} is used")
            elif layers:
                choices.append(_two(*map(noun_of, layers)))
        clauses = []
        if optional:
            clauses.append(f"decides {listed(list(dict.fromkeys(optional)))}")
        if choices:
            pairs = [f"between {pair}" for pair in dict.fromkeys(choices)]
            clauses.append(f"chooses {listed(pairs)}")
        return clauses


def _two(first: Noun, second: Noun) -> str:
    """Name the two layers of a choice."""
    if first == second:
        return f"two {first.plural}"
    names = [
        noun.name if noun.is_function else with_article(noun)
        for noun in (first, second)
    ]
    return " and ".join(names)


def _phrase(ofs: Iterable[str], holders: list[str]) -> str:
    """Join uses and objects: "the `units` and `activation` of both `Dense` layers"."""
    quoted = [of for of in ofs if of.startswith("`")]
    others = [of for of in ofs if not of.startswith("`")]
    named = [f"the {listed(quoted)}"] if quoted else []
    holder = listed(holders)
    return (
        f"{listed([*_merged(others), *named])} of {holder}"
        if holder
        else listed(others)
    )


def _merged(texts: list[str]) -> list[str]:
    """Merge "the height" and "the width" into "the height and width"."""
    if len(texts) > 1 and all(text.startswith("the ") for text in texts):
        return [f"the {listed([text.removeprefix('the ') for text in texts])}"]
    return texts


def _in_object(param: str, holder: Object) -> Iterator[_Use]:
    """Yield the uses of a param in the arguments of an object and of those inside."""
    for bound in holder.arguments:
        if (how := _how(param, bound.value)) is not None:
            yield _Use(f"`{bound.name}`" if bound.name else "an argument", holder, how)
        for inner in _outermost(bound.value):
            yield from _in_object(param, inner)


def _outermost(value: Value) -> Iterator[Object]:
    """Return the objects in a value that are not inside another object."""
    if isinstance(value, Object):
        yield value
        return
    for part in parts(value):
        yield from _outermost(part)


def _how(param: str, value: Value) -> int | None:
    """Return how a value uses a param outside of objects, `None` if it does not."""
    if isinstance(value, ParamRef):
        return IS if value.name == param else None
    if isinstance(value, Object):
        return None
    inner = [_how(param, part) for part in parts(value)]
    if all(how is None for how in inner):
        return None
    if isinstance(value, Operation):
        return SETS
    is_whole = isinstance(value, Collection) and None not in inner and IN not in inner
    return SETS if is_whole else IN


def _variables(param: str, node: Node) -> Iterator[str]:
    """Return the loop variables that take a value from a param."""
    if node.loop is None:
        return
    for name, *values in zip(node.loop.names, *node.loop.iterations, strict=False):
        if any(_mentions(param, value) for value in values):
            yield name


def _mentions(param: str, value: Value) -> bool:
    return any(
        isinstance(part, ParamRef) and part.name == param for part in within(value)
    )


def _is_identity(layer: Object) -> bool:
    return noun_of(layer).name == f"`{NOTHING}`" and not layer.arguments


def listed(items: list[str]) -> str:
    """Join items as `a, b and c`; of more than four, list three and a count."""
    if len(items) > 4:
        items = [*items[:3], f"{len(items) - 3} more"]
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
