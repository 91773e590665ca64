"""Inference of shapes over a model, entry by entry and iteration by iteration."""

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
from scaffold.ir.interpreter import Iteration, ResolvedArgument
from scaffold.ir.types import (
    Graph,
    Input,
    ModelIR,
    Node,
    Object,
    Origin,
    Value,
)
from scaffold.shapes.calls import CallSite, output_shapes
from scaffold.shapes.text import text
from scaffold.shapes.types import Misfit, OutputShapes, Shape

_MOST = 20_000
"""The maximum number of calls; the shapes of a model with more stay unknown."""

Scope = Mapping[str, Value]


class Unfit(NamedTuple):
    """A call that does not fit.

    Attributes:
        graph: The graph that the entry is in.
        node: The entry.
        layer: The layer, function or block, which may be inside another.
        misfit: What is wrong.
        iteration: The iteration of a repeat, counted from 1; 0 if it is not a repeat.
        calls: The entries that call the blocks around it, outer ones first.
    """

    graph: Graph
    node: Node
    layer: Object
    misfit: Misfit
    iteration: int
    calls: tuple[Node, ...]


class KnownShapes(NamedTuple):
    """The known shapes of a model.

    Attributes:
        descriptions: The output shapes of each input and entry over all calls, as text.
        iterations: The output shapes of each iteration, as text, if all calls agree.
        outputs: The output shapes of each entry, one tuple for each of its calls.
        unfit: The calls that do not fit, the first of each entry.
    """

    descriptions: Mapping[Origin, str]
    iterations: Mapping[Origin, tuple[str, ...]]
    outputs: Mapping[Origin, Sequence[tuple[OutputShapes, ...]]] = MappingProxyType({})
    unfit: tuple[Unfit, ...] = ()


class _TooManySteps(Exception):
    """Raised if a model has too many calls."""


def infer(
    model: ModelIR,
    catalogue: Catalogue,
    *,
    broken: Set[Origin] = frozenset(),
    open_params: Set[str] = frozenset(),
) -> KnownShapes:
    """Infer the output shapes of the entries of a model.

    Args:
        model: The model.
        catalogue: The catalogue of Keras.
        broken: Inputs and entries with an error: their shapes are unknown.
        open_params: Params of the model that may have any value. If they decide
            between two layers, both are called.

    Returns:
        The known shapes; unknown shapes are omitted.
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
    iterations = {
        origin: tuple("" if shapes is None else text([shapes]) for shapes in visits[0])
        for origin, visits in walk.visits.items()
        if len(visits) == 1
    }
    known = {
        origin: description
        for origin, description in descriptions.items()
        if description
    }
    return KnownShapes(known, iterations, walk.visits, tuple(walk.unfit.values()))


def _all(visits: Sequence[Sequence[OutputShapes]]) -> str:
    calls = [outputs for visit in visits for outputs in visit]
    if any(outputs is None for outputs in calls):
        return ""
    return text([outputs for outputs in calls if outputs is not None])


def _of_input(model_input: Input, scope: Scope) -> OutputShapes:
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
    """The state shared by the graphs of a model: their shapes and misfits.

    Attributes:
        visits: By input or entry, the output shapes of its iterations, once for each
            distinct result.
        unfit: By entry, the first of its calls that does not fit.
        catalogue: The catalogue of Keras.
        broken: Inputs and entries whose shapes are unknown.
        calls: The entries that are being called, outer ones first.
        left: The number of remaining calls.
    """

    def __init__(self, catalogue: Catalogue, broken: Set[Origin]) -> None:
        super().__init__()
        self.visits: dict[Origin, list[tuple[OutputShapes, ...]]] = {}
        self.unfit: dict[Origin, Unfit] = {}
        self.catalogue, self.broken = catalogue, broken
        self.calls: list[Node] = []
        self.left = _MOST

    def note(self, origin: Origin, results: tuple[OutputShapes, ...]) -> None:
        """Store the output shapes of the iterations of an input or entry."""
        visits = self.visits.setdefault(origin, [])
        if results and results not in visits:
            visits.append(results)


class _Shapes(Abstraction[OutputShapes]):
    """Infers the output shapes of the entries of a graph."""

    _memory: _Walk

    def unknown(self) -> OutputShapes:
        return None

    def output(self, result: OutputShapes, number: int | None) -> OutputShapes:
        if result is None:
            return None
        if number is None:
            return result if len(result) == 1 else None
        is_valid = -len(result) <= number < len(result)
        return (result[number],) if is_valid else None

    def joined(self, results: Sequence[OutputShapes]) -> OutputShapes:
        known = [result for result in results if result is not None]
        if len(known) < len(results):
            return None
        return tuple(shape for result in known for shape in result)

    def run(self, inputs: Sequence[OutputShapes]) -> list[OutputShapes]:
        for graph_input, shape in zip(self.graph.inputs, inputs, strict=True):
            self._memory.note(Origin(self.graph.origin, graph_input.id), (shape,))
        return super().run(inputs)

    def node(self, node: Node, results: Mapping[int, OutputShapes]) -> OutputShapes:
        if Origin(self.graph.origin, node.id) in self._memory.broken:
            return None
        self._memory.calls.append(node)
        result = super().node(node, results)
        self._memory.calls.pop()
        return result

    def by_iteration(
        self,
        node: Node,
        callees: Iterable[Iteration],
        arguments: Sequence[ResolvedArgument[OutputShapes]],
    ) -> Iterator[OutputShapes]:
        """Return the output shapes of each iteration; stop `*` at a repeated result."""
        results: list[OutputShapes] = []
        try:
            for result in super().by_iteration(node, callees, arguments):
                if node.loop is None and results[-1:] == [result]:
                    break  # all later iterations have the same result
                results.append(result)
        except (NotConstant, ArithmeticFailure):
            results.append(None)
        self._memory.note(Origin(self.graph.origin, node.id), tuple(results))
        return iter(results)

    def call(
        self,
        node: Node,
        callee: Iteration,
        arguments: Sequence[ResolvedArgument[OutputShapes]],
    ) -> OutputShapes:
        """Return the output shapes; of two alternatives, only if they agree."""
        self._memory.left -= 1
        if self._memory.left < 0:
            raise _TooManySteps
        shapes = [self._try(node, callee, layer, arguments) for layer in callee.layers]
        return shapes[0] if shapes.count(shapes[0]) == len(shapes) else None

    def _try(
        self,
        node: Node,
        iteration: Iteration,
        layer: Object,
        arguments: Sequence[ResolvedArgument[OutputShapes]],
    ) -> OutputShapes:
        try:
            return self._shape(layer, iteration.scope, arguments)
        except _Refused as refused:
            layer, misfit = refused.args
            calls = tuple(self._memory.calls[:-1])
            unfit = Unfit(self.graph, node, layer, misfit, iteration.number, calls)
            origin = Origin(self.graph.origin, node.id)
            self._memory.unfit.setdefault(origin, unfit)
            return None

    def _shape(
        self,
        layer: Object,
        scope: Evaluator,
        arguments: Sequence[ResolvedArgument[OutputShapes]],
    ) -> OutputShapes:
        target = layer.target
        if isinstance(target, Graph):
            inside = scope.inside(target.params, layer.arguments)
            return _Shapes(target, inside, self._memory).invoke(arguments)
        if not isinstance(target, KerasCallable):
            return None

        def inner(layer: Object, *shapes: Shape, **by_name: Shape) -> OutputShapes:
            call_arguments = [
                ResolvedArgument[OutputShapes]("", ((shape,),)) for shape in shapes
            ]
            call_arguments += [
                ResolvedArgument(name, ((shape,),)) for name, shape in by_name.items()
            ]
            return self._shape(layer, scope, call_arguments)

        values = {bound.name: bound.value for bound in layer.arguments}
        site = CallSite(self._memory.catalogue, scope.params, inner)
        try:
            return output_shapes(site, target, values, *_sorted(arguments))
        except Misfit as misfit:
            raise _Refused(layer, misfit) from misfit


def _sorted(
    arguments: Sequence[ResolvedArgument[OutputShapes]],
) -> tuple[
    list[Shape | None],
    dict[str, Shape | None],
    dict[str, Value],
    list[Shape | None],
]:
    """Return shapes by position, shapes by name, constants, and shapes of states."""
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
    """Raised if a layer, which may be inside another, rejects its inputs."""
