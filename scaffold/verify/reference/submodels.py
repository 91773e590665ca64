"""Runs the steps of a model or of a block in the IR."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import keras
from keras.src.backend import get_keras_mask, set_keras_mask

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic
from scaffold.ir.attention_masks import removes_masks
from scaffold.ir.extensions import RECURSE, is_extension
from scaffold.ir.interpreter import Interpreter, Iteration, ResolvedArgument
from scaffold.ir.types import Graph, Node, Object, Origin, Value, is_op
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import Path
from scaffold.verify.reference.dynamic import Recursion, RunnableStep, StepLoop
from scaffold.verify.reference.evaluate import KerasEvaluator, exported
from scaffold.verify.reference.run_context import (
    BROKEN,
    BuiltLayer,
    RunContext,
    TracedValue,
)

PlainPythonPart = Recursion | StepLoop
"""A part of a model that is not a layer, and runs in plain Python."""

_HELPS = {
    "created": "see its arguments with `keras-scaffold layers NAME`",
    "called": "see the shape of each entry with `keras-scaffold new --shapes -o -`",
}
"""The help for a step that cannot be created, or not be called."""


class Submodel(Interpreter[TracedValue, "BuiltLayer | Submodel | PlainPythonPart"]):
    """A model or one use of a block, with its own layers.

    The result is `BROKEN` if a step cannot be run.
    """

    def __init__(
        self,
        context: RunContext,
        graph: Graph,
        scope: KerasEvaluator,
        path: Path,
        caller: str = "",
    ) -> None:
        """Store the graph; layers are created when their step first runs.

        Args:
            context: The shared state of the reference.
            graph: The steps.
            scope: The params and their values.
            path: The entries of the blocks around it.
            caller: The location of the use, for findings.
        """
        super().__init__(graph, scope)
        self._context, self._path = context, path
        self._caller = caller
        self._broken: set[int] = set()

    def layers(self) -> Iterator[Any]:
        """Yield the layers created so far, including those of blocks."""
        for parts in self._callees.values():
            for part in parts:
                if not isinstance(part, BuiltLayer):
                    yield from part.layers()
                elif part.layer is not None:
                    yield part.layer

    def output(self, result: TracedValue, number: int | None) -> TracedValue:
        if number is None or result.value is BROKEN:
            return result
        return result._replace(value=result.value[number])

    def joined(self, results: Sequence[TracedValue]) -> TracedValue:
        outputs = self.graph.outputs
        if any(result.value is BROKEN for result in results):
            return TracedValue(BROKEN)
        if len(results) == 1 and not outputs.is_list and outputs.keys is None:
            return results[0]
        return TracedValue([result.value for result in results], _sources(results))

    def node(self, node: Node, results: Mapping[int, TracedValue]) -> TracedValue:
        """Run a step; an error becomes a finding, unless the run is strict."""
        if node.id in self._broken:
            return TracedValue(BROKEN)
        known, action = len(self._context.diagnostics), "created"
        arguments: list[ResolvedArgument[TracedValue]] = []
        try:
            arguments = self.arguments(node, results)
            if any(tensor.value is BROKEN for tensor in _tensors(arguments)):
                return TracedValue(BROKEN)
            callees = self.callees(node)
            action = "called"
            return self.repeat(node, callees, arguments)
        except MemoryError:
            raise
        # Keras, its backends and the user's layers may raise any error.
        except Exception as error:
            if self._context.is_strict:
                raise
            self._broken.add(node.id)
            # Otherwise a step inside it has a finding already.
            if len(self._context.diagnostics) == known:
                finding = self._finding(node, action, arguments, error)
                self._context.diagnostics.append(finding)
            return TracedValue(BROKEN)

    def by_iteration(
        self,
        node: Node,
        callees: Iterable[BuiltLayer | Submodel | PlainPythonPart],
        arguments: Sequence[ResolvedArgument[TracedValue]],
    ) -> Iterator[TracedValue]:
        """Call the layers of a step until a call fails, and store the shapes."""
        for result in super().by_iteration(node, callees, arguments):
            yield result
            if result.value is BROKEN:
                return
            if self._context.is_traced:
                tensors = keras.tree.flatten(result.value)
                shapes = tuple(tuple(tensor.shape) for tensor in tensors)
                self._context.shapes.setdefault(self._at(node), []).append(shapes)

    def scope_at(self, node: Node) -> KerasEvaluator:
        """Return the scope of a step, which records the layers that it creates."""
        block = partial(self._block_layer, node)
        note = partial(self._note, self._at(node))
        return KerasEvaluator(self.scope.params, block, note)

    def make(
        self, node: Node, iteration: Iteration
    ) -> BuiltLayer | Submodel | PlainPythonPart:
        """Create the layer of an iteration, or a use of a block."""
        (layer,) = iteration.layers
        scope = iteration.scope
        assert isinstance(scope, KerasEvaluator)
        if isinstance(layer.target, Graph):
            return self._submodel(node, layer, layer.target, scope)
        if is_extension(layer):
            return self._extension(node, layer, scope)
        return BuiltLayer(None if is_op(layer) else scope.object(layer), layer, scope)

    def _at(self, node: Node) -> Path:
        return (*self._path, Origin(self.graph.origin, node.id))

    def _submodel(
        self, node: Node, layer: Object, graph: Graph, scope: KerasEvaluator
    ) -> Submodel:
        inside = scope.inside(graph.params, layer.arguments)
        caller = f"called as `{node.name}`, line {node.span.line}"
        return Submodel(self._context, graph, inside, self._at(node), caller)

    def _extension(
        self, node: Node, layer: Object, scope: KerasEvaluator
    ) -> PlainPythonPart:
        """Create a `recurse` or `loop`, and the blocks or layers that it runs."""

        def runnable(value: Value) -> RunnableStep:
            assert isinstance(value, Object)
            if isinstance(value.target, Graph):
                submodel = self._submodel(node, value, value.target, scope)
                return RunnableStep(submodel.on, submodel.layers)
            layer = scope.object(value)
            return RunnableStep(layer, lambda: iter((layer,)))

        arguments = {bound.name: bound.value for bound in layer.arguments}
        if layer.name == RECURSE.name:
            return Recursion(runnable(arguments["cell"]))
        max_steps = scope.value(arguments["max_steps"])
        step, until = runnable(arguments["step"]), runnable(arguments["until"])
        return StepLoop(self._context, step, until, max_steps)

    def on(self, *args: Any, **kwargs: Any) -> Any:
        """Call a block with a single output like a layer."""
        arguments = [ResolvedArgument("", (TracedValue(tensor),)) for tensor in args]
        arguments += [
            ResolvedArgument(name, (TracedValue(tensor),))
            for name, tensor in kwargs.items()
        ]
        return self.invoke(arguments).value

    def _block_layer(
        self, node: Node, layer: Object, graph: Graph, scope: KerasEvaluator
    ) -> Any:
        return BlockLayer(self._context, self._submodel(node, layer, graph, scope))

    def _note(self, path: Path, definition: Object, layer: Any) -> None:
        self._context.built.append((path, layer, definition))

    def call(
        self,
        node: Node,
        callee: BuiltLayer | Submodel | PlainPythonPart,
        arguments: Sequence[ResolvedArgument[TracedValue]],
    ) -> TracedValue:
        if isinstance(callee, Submodel):
            return callee.invoke(arguments)
        path = self._at(node)
        if isinstance(callee, Recursion | StepLoop):
            return self._run_extension(callee, path, arguments)
        sources = _sources(_tensors(arguments))
        listener = self._context.listener
        number = len(listener.calls) if listener else 0
        if listener:
            listener.sources, listener.at = sources, path
        outputs = self._call_layer(callee, path, arguments)
        is_recorded = listener is not None and len(listener.calls) > number
        return TracedValue(outputs, frozenset((number,)) if is_recorded else sources)

    def _run_extension(
        self,
        part: PlainPythonPart,
        path: Path,
        arguments: Sequence[ResolvedArgument[TracedValue]],
    ) -> TracedValue:
        """Run a `recurse` or `loop`, without recording the calls inside it."""
        sources = _sources(_tensors(arguments))
        args, kwargs = _values(arguments)
        listener = self._context.listener
        with self._context.running(listener=None):
            outputs = part.run(*args, **kwargs)
        if listener is None:
            return TracedValue(outputs, sources)
        listener.sources = sources
        numbered = {str(number): argument for number, argument in enumerate(args)}
        listener.operation(path, {**numbered, **kwargs}, outputs)
        return TracedValue(outputs, frozenset((len(listener.calls) - 1,)))

    def _call_layer(
        self,
        part: BuiltLayer,
        path: Path,
        arguments: Sequence[ResolvedArgument[TracedValue]],
    ) -> Any:
        args, kwargs = _values(arguments)
        target, listener = part.definition.target, self._context.listener
        takes_list = isinstance(target, KerasCallable) and target.takes == "list"
        if takes_list and not arguments[0].is_list:
            args = [args]
        if part.layer is not None:
            if removes_masks(part.definition):
                args, kwargs = keras.tree.map_structure(_copied, (args, kwargs))
            if self._context.training is not None:
                kwargs.setdefault("training", self._context.training)
            return part.layer(*args, **kwargs)
        assert isinstance(target, KerasCallable)
        args += part.scope.positional(part.definition)
        kwargs |= part.scope.keywords(part.definition.arguments)
        outputs = exported(target)(*args, **kwargs)
        if listener is not None:
            numbered = {str(number): argument for number, argument in enumerate(args)}
            listener.operation(path, {**numbered, **kwargs}, outputs)
        return outputs

    def _finding(
        self,
        node: Node,
        action: str,
        arguments: Sequence[ResolvedArgument[TracedValue]],
        error: Exception,
    ) -> Diagnostic:
        what = f"`{node.layer.name}` cannot be {action}"
        if action == "called":
            what += _on_shapes(arguments)
        message = f"{what}: {readable(error)}"
        help_ = self._caller or _HELPS[action]
        diagnostic = Diagnostic("KS702", message, node.span, help_)
        # A layer that needs another backend is not an error of the spec.
        is_of_keras = isinstance(node.layer.target, KerasCallable)
        is_lacking = is_of_keras and isinstance(error, ImportError)
        return diagnostic._replace(severity="warning") if is_lacking else diagnostic


class BlockLayer(keras.layers.Layer):  # type: ignore[misc] # Keras has no types
    """A block as a layer, for use as an argument of another layer."""

    def __init__(self, context: RunContext, submodel: Submodel) -> None:
        super().__init__()
        self._context, self._submodel = context, submodel
        self._parts: list[Any] = []

    def build(self, input_shape: Any) -> None:
        inputs = [keras.Input(batch_shape=shape) for shape in _several(input_shape)]
        self._checked(self._submodel.run([TracedValue(tensor) for tensor in inputs]))
        self._parts = list(self._submodel.layers())

    def call(self, *inputs: Any, training: bool | None = None) -> Any:
        listener = self._context.listener
        sources = listener.sources if listener else frozenset()
        # `build` traces it; other calls by Keras are not steps of the model.
        with self._context.running(training=training, is_traced=False):
            return self._checked(
                self._submodel.run([TracedValue(tensor, sources) for tensor in inputs])
            )

    def compute_output_shape(self, input_shape: Any) -> Any:
        # Wrappers call this method, and `Layer` does not implement it.
        inputs = [keras.KerasTensor(shape) for shape in _several(input_shape)]
        with self._context.running(is_traced=False):
            outputs = self._checked(
                self._submodel.run([TracedValue(tensor) for tensor in inputs])
            )
        return keras.tree.map_structure(lambda tensor: tuple(tensor.shape), outputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "block": self._submodel.graph.name}

    def _checked(self, results: Sequence[TracedValue]) -> Any:
        values = [result.value for result in results]
        if any(value is BROKEN for value in values):
            raise ValueError("a step inside the block cannot be run")
        return values[0] if len(values) == 1 else values


def _several(shape: Any) -> list[Any]:
    is_single = not shape or not isinstance(shape[0], list | tuple)
    return [shape] if is_single else list(shape)


def _sources(results: Iterable[TracedValue]) -> frozenset[int]:
    return frozenset[int]().union(*(result.sources for result in results))


def _tensors(arguments: Sequence[ResolvedArgument[TracedValue]]) -> list[TracedValue]:
    return [tensor for argument in arguments for tensor in argument.tensors]


def _values(
    arguments: Sequence[ResolvedArgument[TracedValue]],
) -> tuple[list[Any], dict[str, Any]]:
    """Return the positional and the keyword arguments of a call."""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    for argument in arguments:
        tensors = [tensor.value for tensor in argument.tensors]
        value = tensors[0] if tensors else argument.constant
        value = tensors if argument.is_list else value
        if argument.keyword:
            kwargs[argument.keyword] = value
        else:
            args.append(value)
    return args, kwargs


def _on_shapes(arguments: Sequence[ResolvedArgument[TracedValue]]) -> str:
    """Return the shapes of the inputs of a step: ` on (None, 3) and (None, 4)`."""
    tensors = keras.tree.flatten([argument.value for argument in _tensors(arguments)])
    shapes = [
        str(tuple(tensor.shape)) for tensor in tensors if hasattr(tensor, "shape")
    ]
    if not shapes:
        return ""
    return f" on {' and '.join(filter(None, (', '.join(shapes[:-1]), shapes[-1])))}"


def _copied(value: Any) -> Any:
    """Copy a tensor with its mask, since attention removes the masks of its inputs."""
    mask = get_keras_mask(value)
    if mask is None or isinstance(value, keras.KerasTensor):
        return value
    copy = keras.ops.copy(value)
    set_keras_mask(copy, mask)
    return copy
