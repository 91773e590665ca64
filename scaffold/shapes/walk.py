"""A model gone through entry by entry, turn by turn, for the shapes of its tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from types import MappingProxyType
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
from scaffold.shapes.types import Gave, Misfit, Shape
from scaffold.shapes.values import plain, scope_of

_MOST = 20_000
"""So many calls are gone through at most; what has more of them is left unknown."""

_DEEPEST = 50
"""So many blocks are gone into within one another; what is deeper is left unknown."""

Scope = Mapping[str, Value]


class Unfit(NamedTuple):
    """A call that cannot be made.

    Attributes:
        graph: The graph that the entry is in.
        node: The entry.
        layer: The layer, the function or the block, which may be inside of another.
        misfit: What is wrong.
        turn: In which turn of a row, counted from 1; 0 where it is no row.
        calls: The entries that call the blocks around it, outer ones first.
    """

    graph: Graph
    node: Node
    layer: Object
    misfit: Misfit
    turn: int
    calls: tuple[Node, ...]


class Known(NamedTuple):
    """What is known of the shapes of a model.

    Attributes:
        said: What each input and entry gives in all of its calls, as text.
        turns: What each turn of a row gives, as text, where it is called in one way.
        gave: The shapes that each entry gives, one tuple for each of its calls.
        unfit: The calls that cannot be made, the first of each entry.
    """

    said: Mapping[Origin, str]
    turns: Mapping[Origin, tuple[str, ...]]
    gave: Mapping[Origin, Sequence[tuple[Gave, ...]]] = MappingProxyType({})
    unfit: tuple[Unfit, ...] = ()


class _Overrun(Exception):
    """Raised where there is too much to go through."""


def infer(
    model: ModelIR,
    catalogue: Catalogue,
    *,
    broken: Set[Origin] = frozenset(),
    open_params: Set[str] = frozenset(),
) -> Known:
    """Works out what the entries of a model give.

    Args:
        model: The model.
        catalogue: What Keras offers.
        broken: Inputs and entries in which an error was found: they give nothing known.
        open_params: Params of the model that may have any value. Where they decide
            between two layers, both are called.

    Returns:
        What is known; what is not, is not in it.
    """
    walk = _Walk(catalogue, broken)
    scope = scope_of(model.graph.params, {}, {})
    scope = {name: one for name, one in scope.items() if name not in open_params}
    inputs = [
        None if Origin("", one.id) in broken else _of_input(one, scope)
        for one in model.graph.inputs
    ]
    try:
        walk.graph(model.graph, scope, inputs)
    except _Overrun:
        return Known({}, {})
    said = {origin: _all(visits) for origin, visits in walk.visits.items()}
    turns = {
        origin: tuple(text([gave]) if gave is not None else "" for gave in visits[0])
        for origin, visits in walk.visits.items()
        if len(visits) == 1
    }
    known = {origin: one for origin, one in said.items() if one}
    return Known(known, turns, walk.visits, tuple(walk.unfit.values()))


def _all(visits: Sequence[Sequence[Gave]]) -> str:
    calls = [gave for visit in visits for gave in visit]
    if any(gave is None for gave in calls):
        return ""
    return text([gave for gave in calls if gave is not None])


def _of_input(given: Input, scope: Scope) -> Shape | None:
    if given.shape is None:
        return None
    options = {bound.name: bound.value for bound in given.options}
    try:
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
        unfit: By entry, the first of its calls that cannot be made.
    """

    def __init__(self, catalogue: Catalogue, broken: Set[Origin]) -> None:
        self.visits: dict[Origin, list[tuple[Gave, ...]]] = {}
        self.unfit: dict[Origin, Unfit] = {}
        self._catalogue, self._broken = catalogue, broken
        self._calls: list[Node] = []
        self._left = _MOST
        self._done: dict[str, Gave] = {}
        self._depth = 0

    def graph(self, graph: Graph, scope: Scope, given: Sequence[Shape | None]) -> Gave:
        """Goes through a graph, called on some shapes; the same way only once."""
        values = {name: fold(value, {}) for name, value in scope.items()}
        key = repr((graph.origin, values, list(given)))
        if key not in self._done:
            if self._depth > _DEEPEST:
                return None
            self._depth += 1
            self._done[key] = self._graph(graph, scope, given)
            self._depth -= 1
        return self._done[key]

    def _graph(self, graph: Graph, scope: Scope, given: Sequence[Shape | None]) -> Gave:
        held: dict[int, Gave] = {}
        for one, shape in zip(graph.inputs, given, strict=True):
            held[one.id] = None if shape is None else (shape,)
            self._note(graph, one.id, (held[one.id],))
        for node in graph.nodes:
            if Origin(graph.origin, node.id) in self._broken:
                held[node.id] = None
                continue
            self._calls.append(node)
            turns = tuple(self._turns(graph, node, scope, held))
            self._calls.pop()
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
            made = next((one for one in graph.nodes if one.id == node.again), node)
        given = [_Given(one, _shapes(held, one)) for one in node.passed]
        before: list[Gave] = []
        for number, turn in enumerate(_scopes(made, scope), start=1):
            self._left -= 1
            if self._left < 0:
                raise _Overrun
            gave = None
            if turn is not None:
                at = _Turn(graph, node, number if made.is_row else 0)
                gave = self._gave(at, made, turn, given)
            if made.loop is None and before == [gave]:
                return  # and so do all that follow
            yield gave
            given = _instead_of_the_first(given, gave)
            before = [gave]

    def _gave(
        self, at: _Turn, node: Node, scope: Scope, given: Sequence[_Given]
    ) -> Gave:
        """Gives what the layer gives that is chosen; or what both do, if it is one."""
        layers = node.layers
        try:
            if node.choice is not None:
                layers = (
                    layers[:1] if fold(node.choice.condition, scope) else layers[1:]
                )
        except Unknown:
            pass
        except Impossible:
            return None
        found = [self._of_layer(at, one, scope, given) for one in layers]
        return found[0] if found.count(found[0]) == len(found) else None

    def _of_layer(
        self, at: _Turn, layer: Object, scope: Scope, given: Sequence[_Given]
    ) -> Gave:
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
        states = [
            shape
            for one in given
            if one.passed.keyword == "initial_state"
            for shape in one.shapes
        ]
        try:
            return self._call(layer, scope, tensors, named, constants, states)
        except _Refused as refused:
            origin = Origin(at.graph.origin, at.node.id)
            calls = tuple(self._calls[:-1])
            layer, misfit = refused.args
            unfit = Unfit(at.graph, at.node, layer, misfit, at.turn, calls)
            self.unfit.setdefault(origin, unfit)
            return None

    def _call(
        self,
        layer: Object,
        scope: Scope,
        tensors: Sequence[Shape | None],
        named: Mapping[str, Shape | None],
        constants: Mapping[str, Value],
        states: Sequence[Shape | None] = (),
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
        try:
            return give(site, target, given, tensors, named, constants, states)
        except Misfit as misfit:
            raise _Refused(layer, misfit) from misfit


class _Refused(Exception):
    """Raised where a layer, maybe inside of others, does not take what it gets."""


class _Turn(NamedTuple):
    """An entry, in one of its turns; 0 where it has only one."""

    graph: Graph
    node: Node
    turn: int


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
    if not given:
        return []
    first, *rest = given
    return [first._replace(shapes=(shape, *first.shapes[1:])), *rest]
