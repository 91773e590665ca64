"""Runs the steps of a model, or of a block, as the IR has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import keras
from keras.src.backend import get_keras_mask, set_keras_mask

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic
from scaffold.ir.attended import takes_masks_off
from scaffold.ir.beyond import RECURSE, is_beyond
from scaffold.ir.types import (
    Graph,
    Node,
    Object,
    Origin,
    Passed,
    TensorRef,
    TensorRefs,
    Value,
    is_op,
)
from scaffold.verify.beyond import Driven, Iteration, Recursion
from scaffold.verify.evaluate import Evaluator, defaults, exported
from scaffold.verify.leaves import Path
from scaffold.verify.readable import readable
from scaffold.verify.site import BROKEN, Given, Held, Made, Site

Loose = Recursion | Iteration
"""A part of a model that is no layer: it is run in plain Python."""

_HELPS = {
    "made": "see its arguments with `keras-scaffold layers NAME`",
    "called": "see what each entry gives with `keras-scaffold new --shapes -o -`",
}
"""What helps where a step cannot be made, or not be called."""


class Piece:
    """A model or one use of a block, with layers of its own."""

    def __init__(
        self,
        site: Site,
        graph: Graph,
        path: Path,
        params: Mapping[str, Any],
        caller: str = "",
    ) -> None:
        """Makes nothing yet: layers are made when their step is first reached.

        Args:
            site: What all pieces share.
            graph: The steps.
            path: The entries that led here.
            params: The params and their values.
            caller: Where it is used, for findings.
        """
        self.graph, self.params = graph, params
        self._site, self._path = site, path
        self._caller = caller
        self._parts: dict[int, list[Made | Piece | Loose]] = {}
        self._broken: set[int] = set()

    def run(self, given: Sequence[Held]) -> list[Held]:
        """Runs all steps, and gives the outputs; `BROKEN` where a step cannot be."""
        ids = [one.id for one in self.graph.inputs]
        held = dict(zip(ids, given, strict=True))
        for node in self.graph.nodes:
            held[node.id] = self._step(node, held)
        return [_output(held, one) for one in self.graph.outputs.tensors]

    def layers(self) -> Iterator[Any]:
        """Gives the layers made so far, those of blocks included."""
        for parts in self._parts.values():
            for part in parts:
                if not isinstance(part, Made):
                    yield from part.layers()
                elif part.layer is not None:
                    yield part.layer

    def _step(self, node: Node, held: Mapping[int, Held]) -> Held:
        if node.id in self._broken:
            return Held(BROKEN)
        known, doing = len(self._site.found), "made"
        given: list[Given] = []
        try:
            given = [self._given(one, held) for one in node.passed]
            if any(one.held.value is BROKEN for one in given):
                return Held(BROKEN)
            parts = self._parts_of(node)
            doing = "called"
            return self._in_a_row(node, parts, given)
        except MemoryError:
            raise
        # Keras, its backends and layers of the user's own raise dozens of sorts.
        except Exception as error:
            if self._site.is_strict:
                raise
            self._broken.add(node.id)
            # Else a step inside of it was found already.
            if len(self._site.found) == known:
                self._site.found.append(self._finding(node, doing, given, error))
            return Held(BROKEN)

    def _in_a_row(
        self, node: Node, parts: Sequence[Made | Piece | Loose], given: list[Given]
    ) -> Held:
        """Calls the layers of a step, each on what the one before gave."""
        path = (*self._path, Origin(self.graph.origin, node.id))
        result = given[0].held
        for part in parts:
            result = self._call(part, path, given)
            if result.value is BROKEN:
                break
            if self._site.is_traced:
                gave = tuple(tuple(one.shape) for one in keras.tree.flatten(result[0]))
                self._site.shapes.setdefault(path, []).append(gave)
            given = _instead_of_the_first(given, result)
        return result

    def _given(self, passed: Passed, held: Mapping[int, Held]) -> Given:
        if isinstance(passed.value, TensorRef):
            return Given(passed.keyword, _output(held, passed.value))
        if isinstance(passed.value, TensorRefs):
            return Given(
                passed.keyword,
                _joined([_output(held, one) for one in passed.value.items]),
                is_list=True,
            )
        value = Evaluator(self.params, _unmade, _unmade).value(passed.value)
        return Given(passed.keyword, Held(value))

    def _parts_of(self, node: Node) -> list[Made | Piece | Loose]:
        if node.again is not None:
            node = next(one for one in self.graph.nodes if one.id == node.again)
        if node.id not in self._parts:
            self._parts[node.id] = list(self._make(node))
        return self._parts[node.id]

    def _make(self, node: Node) -> Iterator[Made | Piece | Loose]:
        """Makes the layers of a step: one, or as many as it has turns."""
        path = (*self._path, Origin(self.graph.origin, node.id))
        caller = f"called as `{node.name}`, line {node.span.line}"
        block = partial(self._block_layer, path, caller)
        scope = Evaluator(self.params, block, partial(self._note, path))
        for turn in _turns(node, scope):
            choice = node.choice
            is_other = choice is not None and not turn.value(choice.condition)
            found = choice.otherwise if choice and is_other else node.layer
            if isinstance(found.target, Graph):
                yield self._piece(path, caller, found, found.target, turn)
            elif is_beyond(found):
                yield self._loose(path, caller, found, turn)
            else:
                layer = None if is_op(found) else turn.object(found)
                yield Made(layer, found, turn)

    def _piece(
        self, path: Path, caller: str, found: Object, graph: Graph, scope: Evaluator
    ) -> Piece:
        params = {
            **defaults(graph.params, Evaluator({}, _unmade, _unmade)),
            **scope.keywords(found.arguments),
        }
        return Piece(self._site, graph, path, params, caller)

    def _loose(self, path: Path, caller: str, found: Object, scope: Evaluator) -> Loose:
        """Makes what no graph can say, and the blocks or layers that it runs."""

        def driven(value: Value) -> Driven:
            assert isinstance(value, Object)
            if isinstance(value.target, Graph):
                piece = self._piece(path, caller, value, value.target, scope)
                return Driven(piece.on, piece.layers)
            layer = scope.object(value)
            return Driven(layer, lambda: iter((layer,)))

        given = {bound.name: bound.value for bound in found.arguments}
        if found.name == RECURSE.name:
            return Recursion(driven(given["cell"]))
        most = scope.value(given["max_steps"])
        step, until = driven(given["step"]), driven(given["until"])
        return Iteration(self._site, step, until, most)

    def on(self, *args: Any, **kwargs: Any) -> Any:
        """Runs a block that gives one tensor on tensors, given as to a layer."""
        given = [Given("", Held(one)) for one in args]
        given += [Given(name, Held(one)) for name, one in kwargs.items()]
        (only,) = self.run(self._in_order(given))
        return only.value

    def _block_layer(
        self, path: Path, caller: str, found: Object, graph: Graph, scope: Evaluator
    ) -> Any:
        return BlockLayer(self._site, self._piece(path, caller, found, graph, scope))

    def _note(self, path: Path, found: Object, layer: Any) -> None:
        self._site.made.append((path, layer, found))

    def _call(
        self, part: Made | Piece | Loose, path: Path, given: Sequence[Given]
    ) -> Held:
        if isinstance(part, Piece):
            outputs = part.graph.outputs
            is_list = outputs.is_list or outputs.keys is not None
            return _joined(part.run(part._in_order(given)), is_list=is_list)
        if isinstance(part, Recursion | Iteration):
            return self._driven(part, path, given)
        sources = frozenset[int]().union(*(one.held.sources for one in given))
        listener = self._site.listener
        number = len(listener.calls) if listener else 0
        if listener:
            listener.sources, listener.at = sources, path
        gave = self._gave(part, path, given)
        is_heard = listener is not None and len(listener.calls) > number
        return Held(gave, frozenset((number,)) if is_heard else sources)

    def _driven(self, part: Loose, path: Path, given: Sequence[Given]) -> Held:
        """Runs what no graph can say; nobody listens to the calls inside of it."""
        sources = frozenset[int]().union(*(one.held.sources for one in given))
        args = [one.held.value for one in given if not one.keyword]
        kwargs = {one.keyword: one.held.value for one in given if one.keyword}
        listener = self._site.listener
        with self._site.running(listener=None):
            gave = part.run(*args, **kwargs)
        if listener is None:
            return Held(gave, sources)
        listener.sources = sources
        numbered = {str(number): one for number, one in enumerate(args)}
        listener.operation(path, {**numbered, **kwargs}, gave)
        return Held(gave, frozenset((len(listener.calls) - 1,)))

    def _gave(self, part: Made, path: Path, given: Sequence[Given]) -> Any:
        args = [one.held.value for one in given if not one.keyword]
        kwargs = {one.keyword: one.held.value for one in given if one.keyword}
        target, listener = part.found.target, self._site.listener
        merges = isinstance(target, KerasCallable) and target.takes == "list"
        if merges and not given[0].is_list:
            args = [args]
        if part.layer is not None:
            if takes_masks_off(part.found):
                args, kwargs = keras.tree.map_structure(_copied, (args, kwargs))
            if self._site.training is not None:
                kwargs.setdefault("training", self._site.training)
            return part.layer(*args, **kwargs)
        assert isinstance(target, KerasCallable)
        args += part.scope.positional(part.found)
        kwargs |= part.scope.keywords(part.found.arguments)
        gave = exported(target)(*args, **kwargs)
        if listener is not None:
            numbered = {str(number): one for number, one in enumerate(args)}
            listener.operation(path, {**numbered, **kwargs}, gave)
        return gave

    def _in_order(self, given: Sequence[Given]) -> list[Held]:
        """Gives what a block is called on in the order of its inputs."""
        by_position = iter([one.held for one in given if not one.keyword])
        by_name = {one.keyword: one.held for one in given if one.keyword}
        return [
            by_name[one.name] if one.name in by_name else next(by_position)
            for one in self.graph.inputs
        ]

    def _finding(
        self, node: Node, doing: str, given: Sequence[Given], error: Exception
    ) -> Diagnostic:
        what = f"`{node.layer.name}` cannot be {doing}"
        if doing == "called":
            what += _on_shapes(given)
        message = f"{what}: {readable(error)}"
        help_ = self._caller or _HELPS[doing]
        found = Diagnostic("KS702", message, node.span, help_)
        # With a backend that cannot do it, that is no fault of the spec.
        is_of_keras = isinstance(node.layer.target, KerasCallable)
        is_lacking = is_of_keras and isinstance(error, ImportError)
        return found._replace(severity="warning") if is_lacking else found


class BlockLayer(keras.layers.Layer):  # type: ignore[misc] # Keras has no types
    """A block where a layer is needed: as the argument of another."""

    def __init__(self, site: Site, piece: Piece) -> None:
        super().__init__()
        self._site, self._piece = site, piece
        self._parts: list[Any] = []

    def build(self, input_shape: Any) -> None:
        inputs = [keras.Input(batch_shape=shape) for shape in _several(input_shape)]
        self._gives(self._piece.run([Held(one) for one in inputs]))
        self._parts = list(self._piece.layers())

    def call(self, *inputs: Any, training: bool | None = None) -> Any:
        listener = self._site.listener
        sources = listener.sources if listener else frozenset()
        # It is traced when it is built; what Keras calls besides is no step.
        with self._site.running(training=training, is_traced=False):
            return self._gives(self._piece.run([Held(one, sources) for one in inputs]))

    def compute_output_shape(self, input_shape: Any) -> Any:
        # Wrappers ask for it; `Layer` has none of its own.
        inputs = [keras.KerasTensor(shape) for shape in _several(input_shape)]
        with self._site.running(is_traced=False):
            gave = self._gives(self._piece.run([Held(one) for one in inputs]))
        return keras.tree.map_structure(lambda one: tuple(one.shape), gave)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "block": self._piece.graph.name}

    def _gives(self, results: Sequence[Held]) -> Any:
        values = [one.value for one in results]
        if any(one is BROKEN for one in values):
            raise ValueError("a step inside of it cannot be run")
        return values[0] if len(values) == 1 else values


def _several(shape: Any) -> list[Any]:
    is_one = not shape or not isinstance(shape[0], list | tuple)
    return [shape] if is_one else list(shape)


def _turns(node: Node, scope: Evaluator) -> Iterator[Evaluator]:
    """Gives the scope of each turn of a step."""
    if node.loop is not None:
        for row in node.loop.rows:
            yield scope.within(node.loop.names, row)
    else:
        count = 1 if node.repeat is None else scope.value(node.repeat)
        yield from [scope] * count


def _output(held: Mapping[int, Held], wanted: TensorRef) -> Held:
    found = held[wanted.node]
    if wanted.output is None or found.value is BROKEN:
        return found
    return found._replace(value=found.value[wanted.output])


def _joined(results: Sequence[Held], *, is_list: bool = True) -> Held:
    """Holds several values as a list; one by itself where no list is asked for."""
    if any(one.value is BROKEN for one in results):
        return Held(BROKEN)
    if len(results) == 1 and not is_list:
        return results[0]
    sources = frozenset[int]().union(*(one.sources for one in results))
    return Held([one.value for one in results], sources)


def _instead_of_the_first(given: Sequence[Given], result: Held) -> list[Given]:
    """Puts a result in the place of the first tensor that a step is called on."""
    first, *rest = given
    if first.is_list:
        result = Held(
            [result.value, *first.held.value[1:]], result.sources | first.held.sources
        )
    return [first._replace(held=result), *rest]


def _on_shapes(given: Sequence[Given]) -> str:
    """Says what a step is called on: ` on (None, 3) and (None, 4)`."""
    tensors = keras.tree.flatten([one.held.value for one in given])
    shapes = [str(tuple(one.shape)) for one in tensors if hasattr(one, "shape")]
    if not shapes:
        return ""
    return f" on {' and '.join(filter(None, (', '.join(shapes[:-1]), shapes[-1])))}"


def _copied(value: Any) -> Any:
    """Copy a tensor with its mask: attention takes off that of what it is called on."""
    mask = get_keras_mask(value)
    if mask is None or isinstance(value, keras.KerasTensor):
        return value
    copy = keras.ops.copy(value)
    set_keras_mask(copy, mask)
    return copy


def _unmade(*made: Any) -> Any:
    """Stands in a scope of plain values, where nothing is made."""
    raise AssertionError(f"an object among plain values: {made[0]}")
