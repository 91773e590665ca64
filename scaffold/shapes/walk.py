"""A model gone through entry by entry, turn by turn, for the shapes of its tensors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from types import MappingProxyType
from typing import NamedTuple

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir.abstraction import Abstraction, Memory
from scaffold.ir.fold import (
    ArithmeticFailure,
    Evaluator,
    Folder,
    NotConstant,
    fold,
    scope_of,
)
from scaffold.ir.interpreter import ResolvedArgument, Turn
from scaffold.ir.types import (
    Graph,
    Input,
    ModelIR,
    Node,
    Object,
    Origin,
    Value,
)
from scaffold.shapes.calls import CallSite, give
from scaffold.shapes.text import text
from scaffold.shapes.types import Gave, Misfit, Shape

_MOST = 20_000
"""So many calls are gone through at most; what has more of them is left unknown."""

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


class KnownShapes(NamedTuple):
    """What is known of the shapes of a model.

    Attributes:
        descriptions: What each input and entry gives in all of its calls, as text.
        turns: What each turn of a row gives, as text, where it is called in one way.
        gave: The shapes that each entry gives, one tuple for each of its calls.
        unfit: The calls that cannot be made, the first of each entry.
    """

    descriptions: Mapping[Origin, str]
    turns: Mapping[Origin, tuple[str, ...]]
    gave: Mapping[Origin, Sequence[tuple[Gave, ...]]] = MappingProxyType({})
    unfit: tuple[Unfit, ...] = ()


class _TooManySteps(Exception):
    """Raised where there is too much to go through."""


def infer(
    model: ModelIR,
    catalogue: Catalogue,
    *,
    broken: Set[Origin] = frozenset(),
    open_params: Set[str] = frozenset(),
) -> KnownShapes:
    """Compute what the entries of a model give.

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
    scope = scope_of(model.graph.params)
    scope = {name: value for name, value in scope.items() if name not in open_params}
    inputs = [
        None if Origin("", model_input.id) in broken else _of_input(model_input, scope)
        for model_input in model.graph.inputs
    ]
    try:
        _Shapes(model.graph, Folder(scope), walk).run(inputs)
    except _TooManySteps:
        return KnownShapes({}, {})
    descriptions = {origin: _all(visits) for origin, visits in walk.visits.items()}
    turns = {
        origin: tuple(text([gave]) if gave is not None else "" for gave in visits[0])
        for origin, visits in walk.visits.items()
        if len(visits) == 1
    }
    known = {
        origin: description
        for origin, description in descriptions.items()
        if description
    }
    return KnownShapes(known, turns, walk.visits, tuple(walk.unfit.values()))


def _all(visits: Sequence[Sequence[Gave]]) -> str:
    calls = [gave for visit in visits for gave in visit]
    if any(gave is None for gave in calls):
        return ""
    return text([gave for gave in calls if gave is not None])


def _of_input(model_input: Input, scope: Scope) -> Gave:
    if model_input.shape is None:
        return None
    options = {bound.name: bound.value for bound in model_input.options}
    try:
        sizes = fold(model_input.shape, scope)
        batch = fold(options["batch_size"], scope) if "batch_size" in options else None
    except (NotConstant, ArithmeticFailure):
        return None
    if not isinstance(sizes, list):
        return None
    whole = all(size is None or isinstance(size, int) for size in (batch, *sizes))
    return ((batch, *sizes),) if whole else None


class _Walk(Memory):
    """What the graphs of a model share: what their entries give, and what is wrong.

    Attributes:
        visits: By input or entry, what its turns gave: once for each way of calling it.
        unfit: By entry, the first of its calls that cannot be made.
        catalogue: What Keras offers.
        broken: Inputs and entries that give nothing known.
        calls: The entries that are being called, outer ones first.
        left: How many more calls are gone through.
    """

    def __init__(self, catalogue: Catalogue, broken: Set[Origin]) -> None:
        super().__init__()
        self.visits: dict[Origin, list[tuple[Gave, ...]]] = {}
        self.unfit: dict[Origin, Unfit] = {}
        self.catalogue, self.broken = catalogue, broken
        self.calls: list[Node] = []
        self.left = _MOST

    def note(self, origin: Origin, turns: tuple[Gave, ...]) -> None:
        """Keep what the turns of an input or entry gave."""
        visits = self.visits.setdefault(origin, [])
        if turns and turns not in visits:
            visits.append(turns)


class _Shapes(Abstraction[Gave]):
    """Works out what the entries of a graph give."""

    _memory: _Walk

    def unknown(self) -> Gave:
        return None

    def output(self, result: Gave, number: int | None) -> Gave:
        if result is None:
            return None
        if number is None:
            return result if len(result) == 1 else None
        is_there = -len(result) <= number < len(result)
        return (result[number],) if is_there else None

    def joined(self, results: Sequence[Gave]) -> Gave:
        known = [result for result in results if result is not None]
        if len(known) < len(results):
            return None
        return tuple(shape for result in known for shape in result)

    def run(self, inputs: Sequence[Gave]) -> list[Gave]:
        for graph_input, shape in zip(self.graph.inputs, inputs, strict=True):
            self._memory.note(Origin(self.graph.origin, graph_input.id), (shape,))
        return super().run(inputs)

    def node(self, node: Node, results: Mapping[int, Gave]) -> Gave:
        if Origin(self.graph.origin, node.id) in self._memory.broken:
            return None
        self._memory.calls.append(node)
        result = super().node(node, results)
        self._memory.calls.pop()
        return result

    def turn_by_turn(
        self,
        node: Node,
        callees: Iterable[Turn],
        arguments: Sequence[ResolvedArgument[Gave]],
    ) -> Iterator[Gave]:
        """Return what each turn of an entry gives; of `*` not what is alike."""
        turns: list[Gave] = []
        try:
            for result in super().turn_by_turn(node, callees, arguments):
                if node.loop is None and turns[-1:] == [result]:
                    break  # and so do all that follow
                turns.append(result)
        except (NotConstant, ArithmeticFailure):
            turns.append(None)
        self._memory.note(Origin(self.graph.origin, node.id), tuple(turns))
        return iter(turns)

    def call(
        self, node: Node, callee: Turn, arguments: Sequence[ResolvedArgument[Gave]]
    ) -> Gave:
        """Return what the layer gives; where two may be chosen, what both give."""
        self._memory.left -= 1
        if self._memory.left < 0:
            raise _TooManySteps
        shapes = [self._try(node, callee, layer, arguments) for layer in callee.layers]
        return shapes[0] if shapes.count(shapes[0]) == len(shapes) else None

    def _try(
        self,
        node: Node,
        turn: Turn,
        layer: Object,
        arguments: Sequence[ResolvedArgument[Gave]],
    ) -> Gave:
        try:
            return self._shape(layer, turn.scope, arguments)
        except _Refused as refused:
            layer, misfit = refused.args
            calls = tuple(self._memory.calls[:-1])
            unfit = Unfit(self.graph, node, layer, misfit, turn.number, calls)
            origin = Origin(self.graph.origin, node.id)
            self._memory.unfit.setdefault(origin, unfit)
            return None

    def _shape(
        self,
        layer: Object,
        scope: Evaluator,
        arguments: Sequence[ResolvedArgument[Gave]],
    ) -> Gave:
        target = layer.target
        if isinstance(target, Graph):
            inside = scope.inside(target.params, layer.arguments)
            return _Shapes(target, inside, self._memory).invoke(arguments)
        if not isinstance(target, KerasCallable):
            return None

        def inner(layer: Object, *shapes: Shape, **by_name: Shape) -> Gave:
            call_arguments = [
                ResolvedArgument[Gave]("", ((shape,),)) for shape in shapes
            ]
            call_arguments += [
                ResolvedArgument(name, ((shape,),)) for name, shape in by_name.items()
            ]
            return self._shape(layer, scope, call_arguments)

        values = {bound.name: bound.value for bound in layer.arguments}
        site = CallSite(self._memory.catalogue, scope.params, inner)
        try:
            return give(site, target, values, *_sorted(arguments))
        except Misfit as misfit:
            raise _Refused(layer, misfit) from misfit


def _sorted(
    arguments: Sequence[ResolvedArgument[Gave]],
) -> tuple[
    list[Shape | None],
    dict[str, Shape | None],
    dict[str, Value],
    list[Shape | None],
]:
    """Return shapes by position, by name, constants, and the shapes of states."""
    by_position: list[Shape | None] = []
    by_name: dict[str, Shape | None] = {}
    constants: dict[str, Value] = {}
    states: list[Shape | None] = []
    for argument in arguments:
        shapes = [
            tensor[0] if tensor is not None else None for tensor in argument.tensors
        ]
        if not argument.keyword:
            by_position += shapes
        elif shapes:
            by_name[argument.keyword] = shapes[0]
        elif not argument.is_list:
            constants[argument.keyword] = argument.constant
        if argument.keyword == "initial_state":
            states += shapes
    return by_position, by_name, constants, states


class _Refused(Exception):
    """Raised where a layer, maybe inside of others, does not take what it gets."""
