"""The model of the spec, built with Keras directly from the IR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Graph, Imported, Input, ModelIR, Object
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.leaves import Key, Path, contained, numbered
from scaffold.verify.recording.listener import Listener
from scaffold.verify.reference.evaluate import KerasEvaluator, defaults
from scaffold.verify.reference.run_context import BROKEN, RunContext, TracedValue
from scaffold.verify.reference.submodels import Submodel

Shape = tuple[int | None, ...]


class ReferenceModel:
    """A model that runs its steps one by one, on numbers or on symbolic tensors.

    Its constructor traces it once: that builds all layers, and detects all steps that
    cannot be created or called.

    Attributes:
        model: The model in the IR.
        params: Its params and their values.
        diagnostics: The findings for steps that cannot be run.
        shapes: For each entry and call, a shape for each output.
        inputs: The symbolic inputs, by name.
        layers: All layers, by key.
    """

    def __init__(self, model: ModelIR) -> None:
        """Create all layers, and run the model on symbolic inputs."""
        self.model = model
        self._context = RunContext()
        self.params = defaults(model.graph.params)
        self._scope = KerasEvaluator(self.params)
        self._submodel = Submodel(self._context, model.graph, self._scope, ())
        self.inputs: dict[str, Any] = {}
        for model_input in model.graph.inputs:
            self._input(model_input)
        self.diagnostics: list[Diagnostic] = self._context.diagnostics
        self.shapes: Mapping[Path, list[tuple[Shape, ...]]] = self._context.shapes
        if not self.diagnostics:
            self._run(self.inputs)
        self._context.is_traced = False
        self._top_layers = list(self._submodel.layers())
        layers = [(path, layer) for path, layer, _ in self._context.built]
        self.layers = numbered(layers, contained(self._top_layers))
        self._definitions = {
            id(layer): definition for _, layer, definition in self._context.built
        }

    def written(self, key: Key) -> Object:
        """Return the definition of a layer in the spec."""
        return self._definitions[id(self.layers[key])]

    def defaults(self, graph: Graph) -> Mapping[str, Any]:
        """Return the defaults of the params of the model or of a block."""
        return defaults(graph.params)

    def may_differ_in_training(self, key: Key) -> bool:
        """Return whether a layer may behave differently in training."""
        target = self.written(key).target
        if isinstance(target, KerasCallable):
            return target.training == "differs"
        return isinstance(target, Imported)

    def run(
        self,
        inputs: Any,
        *,
        training: bool = False,
        listener: Listener | None = None,
        is_strict: bool = True,
    ) -> Any:
        """Run the model on a batch.

        Args:
            inputs: One tensor, or a dictionary for several inputs.
            training: The value of `training` that layers are called with.
            listener: Records the calls.
            is_strict: Whether an error is raised, rather than added to `diagnostics`.

        Returns:
            A tensor, a list or a dictionary, as in the spec; `None` if a step could not
            be run.
        """
        by_name = self.by_name(inputs)
        self._context.steps_taken.clear()
        settings = {"training": training, "listener": listener, "is_strict": is_strict}
        with self._context.running(**settings):
            if listener is None:
                return self._run(by_name)
            with listener.listening():
                return self._run(by_name)

    def has_equal_stops(self) -> bool:
        """Return whether all examples of some `loop` took the same number of steps.

        In that case, a wrong stop condition may not be detected.
        """
        return any(
            len(set(steps_taken)) == 1 for steps_taken in self._context.steps_taken
        )

    def by_name(self, inputs: Any) -> Mapping[str, Any]:
        """Return a batch as a dictionary, even for a single input."""
        only, *more = self.inputs
        return inputs if more else {only: inputs}

    def keras_model(self) -> Any:
        """Return a Keras model that runs the reference, to compile and train."""
        return _ReferenceKerasModel(self, self._top_layers)

    def _run(self, inputs: Mapping[str, Any]) -> Any:
        results = self._submodel.run(
            [TracedValue(inputs[name]) for name in self.inputs]
        )
        values = [result.value for result in results]
        if any(value is BROKEN for value in values):
            return None
        outputs = self.model.graph.outputs
        if outputs.keys is not None:
            return dict(zip(outputs.keys, values, strict=True))
        return values if outputs.is_list or len(values) > 1 else values[0]

    def _input(self, model_input: Input) -> None:
        try:
            assert model_input.shape is not None
            shape = tuple(self._scope.value(model_input.shape))
            options = self._scope.keywords(model_input.options)
            self.inputs[model_input.name] = keras.Input(
                shape, name=model_input.name, **options
            )
        # Keras raises many types of errors for invalid inputs.
        except Exception as error:
            message = f"`{model_input.name}` cannot be an input: {readable(error)}"
            help_ = "check the arguments that `keras.Input` accepts"
            self._context.diagnostics.append(
                Diagnostic("KS702", message, model_input.span, help_)
            )


class _ReferenceKerasModel(keras.Model):  # type: ignore[misc] # Keras has no types
    """A reference as a Keras model."""

    def __init__(self, reference: ReferenceModel, layers: list[Any]) -> None:
        super().__init__(name="reference")
        self._reference, self._parts = reference, layers
        self.built = True

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        return self._reference.run(inputs, training=bool(training))


def trace(model: ModelIR) -> ReferenceModel:
    """Build a reference without weights, for its shapes and findings only.

    Args:
        model: The model, which has passed the checks without an error.
    """
    with keras.StatelessScope(initialize_variables=False):
        return ReferenceModel(model)


def shapes(model: ModelIR) -> Mapping[Path, list[tuple[Shape, ...]]]:
    """Infer the output shapes of every entry of a model.

    Args:
        model: The model, which has passed the checks without an error.

    Returns:
        For each path of entries, outer blocks first, the calls in order: a shape for
        each output of the call. Entries that cannot be run are missing; the findings
        of `trace(model)` have the reasons.
    """
    return trace(model).shapes
