"""A model gone through entry by entry, turn by turn, for the shapes of its tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir.fold import Impossible, Unknown, fold
from scaffold.ir.types import (
    Graph,
    Input,
    ModelIR,
    Node,
    Object,
    Origin,
    Passed,
    TensorRef,
    TensorRefs,
    Value,
)
from scaffold.shapes.calls import Site, give
from scaffold.shapes.text import text
from scaffold.shapes.types import Gave, Shape
from scaffold.shapes.values import plain, scope_of

_MOST = 20_000
"""So many calls are gone through at most; what has more of them is left unknown."""

Scope = Mapping[str, Value]


class Known(NamedTuple):
    """What is known of the shapes of a model.

    Attributes:
        said: What each input and entry gives in all of its calls, as text.
        turns: What each turn of a row gives, as text, where it is called in one way.
    """

    said: Mapping[Origin, str]
    turns: Mapping[Origin, tuple[str, ...]]


class _Overrun(Exception):
    """Raised where there is too much to go through."""


def infer(model: ModelIR, catalogue: Catalogue) -> Known:
    """Works out what the entries of a model give.

    Args:
        model: The model, in which the checks found no error.
        catalogue: What Keras offers.

    Returns:
        What is known; what is not, is not in it.
    """
    walk = _Walk(catalogue)
    scope = scope_of(model.graph.params, {}, {})
    try:
        walk.graph(
            model.graph, scope, [_of_input(one, scope) for one in model.graph.inputs]
        )
    except _Overrun:
        return Known({}, {})
    said = {origin: _all(visits) for origin, visits in walk.visits.items()}
    turns = {
        origin: tuple(text([gave]) if gave is not None else "" for gave in visits[0])
        for origin, visits in walk.visits.items()
        if len(visits) == 1
    }
    return Known({origin: one for origin, one in said.items() if one}, turns)


def _all(visits: Sequence[Sequence[Gave]]) -> str:
    calls = [gave for visit in visits for gave in visit]
    if any(gave is None for gave in calls):
        return ""
    return text([gave for gave in calls if gave is not None])


def _of_input(given: Input, scope: Scope) -> Shape | None:
    options = {bound.name: bound.value for bound in given.options}
    try:
        assert given.shape is not None
        sizes = fold(given.shape, scope)
        batch = fold(options["batch_size"], scope) if "batch_size" in options else None
    except (Unknown, Impossible):
        return None
    if not isinstance(sizes, list):
        return None
    whole = all(one is None or isinstance(one, int) for one in (batch, *sizes))
    return (batch, *sizes) if whole else None


class _Walk:
    """Goes through graphs, and keeps what their entries give.

    Attributes:
        visits: By input or entry, what its turns gave: once for each way of calling it.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.visits: dict[Origin, list[tuple[Gave, ...]]] = {}
        self._catalogue = catalogue
        self._left = _MOST
        self._done: dict[str, Gave] = {}

    def graph(self, graph: Graph, scope: Scope, given: Sequence[Shape | None]) -> Gave:
        """Goes through a graph, called on some shapes; the same way only once."""
        values = {name: fold(value, {}) for name, value in scope.items()}
        key = repr((graph.origin, values, list(given)))
        if key not in self._done:
            self._done[key] = self._graph(graph, scope, given)
        return self._done[key]

    def _graph(self, graph: Graph, scope: Scope, given: Sequence[Shape | None]) -> Gave:
        held: dict[int, Gave] = {}
        for one, shape in zip(graph.inputs, given, strict=True):
            held[one.id] = None if shape is None else (shape,)
            self._note(graph, one.id, (held[one.id],))
        for node in graph.nodes:
            turns = tuple(self._turns(graph, node, scope, held))
            self._note(graph, node.id, turns)
            first = node.tensors[0] if node.tensors else None
            if turns:
                held[node.id] = turns[-1]
            else:
                shape = _shape(held, first) if first is not None else None
                held[node.id] = None if shape is None else (shape,)
        outputs = [_shape(held, one) for one in graph.outputs.tensors]
        known = tuple(one for one in outputs if one is not None)
        return known if len(known) == len(outputs) else None

    def _note(self, graph: Graph, number: int, turns: tuple[Gave, ...]) -> None:
        visits = self.visits.setdefault(Origin(graph.origin, number), [])
        if turns and turns not in visits:
            visits.append(turns)

    def _turns(
        self, graph: Graph, node: Node, scope: Scope, held: Mapping[int, Gave]
    ) -> Iterator[Gave]:
        """Gives what each turn of an entry gives; of `*` not what is alike."""
        made = node
        if node.again is not None:
            made = next(one for one in graph.nodes if one.id == node.again)
        given = [_Given(one, _shapes(held, one)) for one in node.passed]
        before: list[Gave] = []
        for turn in _scopes(made, scope):
            self._left -= 1
            if self._left < 0:
                raise _Overrun
            gave = None if turn is None else self._gave(made, turn, given)
            if made.loop is None and before == [gave]:
                return  # and so do all that follow
            yield gave
            given = _instead_of_the_first(given, gave)
            before = [gave]

    def _gave(self, node: Node, scope: Scope, given: Sequence[_Given]) -> Gave:
        try:
            layer = node.layer
            if node.choice is not None and not fold(node.choice.condition, scope):
                layer = node.choice.otherwise
        except (Unknown, Impossible):
            return None
        by_place = [one for one in given if not one.passed.keyword]
        tensors = [shape for one in by_place for shape in one.shapes]
        named = {
            one.passed.keyword: one.shapes[0]
            for one in given
            if one.passed.keyword and one.shapes
        }
        constants = {
            one.passed.keyword: one.passed.value
            for one in given
            if not isinstance(one.passed.value, TensorRef | TensorRefs)
        }
        return self._call(layer, scope, tensors, named, constants)

    def _call(
        self,
        layer: Object,
        scope: Scope,
        tensors: Sequence[Shape | None],
        named: Mapping[str, Shape | None],
        constants: Mapping[str, Value],
    ) -> Gave:
        given = {bound.name: bound.value for bound in layer.arguments}
        target = layer.target
        if isinstance(target, Graph):
            rest = iter(tensors)
            called_on = [
                named[one.name] if one.name in named else next(rest, None)
                for one in target.inputs
            ]
            return self.graph(target, scope_of(target.params, given, scope), called_on)
        if not isinstance(target, KerasCallable):
            return None

        def inner(layer: Object, *shapes: Shape, **by_name: Shape) -> Gave:
            return self._call(layer, scope, shapes, by_name, {})

        site = Site(self._catalogue, scope, inner)
        return give(site, target, given, tensors, named, constants)


class _Given(NamedTuple):
    """One thing that an entry is called on, and the shapes of its tensors."""

    passed: Passed
    shapes: tuple[Shape | None, ...]


def _scopes(node: Node, scope: Scope) -> Iterator[Scope | None]:
    """Gives the scope of each turn of an entry; `None` where that is not known."""
    if node.loop is not None:
        for row in node.loop.rows:
            try:
                values = [plain(fold(one, scope), one.span) for one in row]
            except (Unknown, Impossible):
                yield None
                continue
            yield {**scope, **dict(zip(node.loop.names, values, strict=True))}
        return
    try:
        count = 1 if node.repeat is None else fold(node.repeat, scope)
    except (Unknown, Impossible):
        count = None
    if not isinstance(count, int):
        yield None
        return
    for _ in range(count):
        yield scope


def _shape(held: Mapping[int, Gave], wanted: TensorRef) -> Shape | None:
    gave = held.get(wanted.node)
    if gave is None:
        return None
    if wanted.output is None:
        return gave[0] if len(gave) == 1 else None
    if not -len(gave) <= wanted.output < len(gave):
        return None
    return gave[wanted.output]


def _shapes(held: Mapping[int, Gave], passed: Passed) -> tuple[Shape | None, ...]:
    return tuple(_shape(held, one) for one in passed.tensors)


def _instead_of_the_first(given: Sequence[_Given], gave: Gave) -> list[_Given]:
    """Puts what a turn gave in the place of the first tensor it was called on."""
    shape = gave[0] if gave is not None and len(gave) == 1 else None
    first, *rest = given
    return [first._replace(shapes=(shape, *first.shapes[1:])), *rest]
