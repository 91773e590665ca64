"""The model itself, built with Keras from the IR, with no generated code in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Graph, Imported, Input, ModelIR, Object
from scaffold.verify.evaluate import KerasEvaluator, defaults
from scaffold.verify.keras_errors import readable
from scaffold.verify.leaves import Key, Path, contained, numbered
from scaffold.verify.listener import Listener
from scaffold.verify.run_context import BROKEN, RunContext, TracedValue
from scaffold.verify.submodels import Submodel

Shape = tuple[int | None, ...]


class ReferenceModel:
    """A model that runs its steps one by one, on numbers or on symbolic tensors.

    It is traced once when it is made: that builds all layers, and finds all steps that
    cannot be made or called.

    Attributes:
        model: The model.
        params: Its params and their values.
        diagnostics: What cannot be run, each at its entry.
        shapes: What each entry gave, call by call: a shape for each output.
        inputs: The symbolic inputs, by name.
        layers: All layers that hold a part of it, by where they come from.
    """

    def __init__(self, model: ModelIR) -> None:
        """Make all layers, and run the model on symbolic inputs."""
        self.model = model
        self._site = RunContext()
        self.params = defaults(model.graph.params)
        self._scope = KerasEvaluator(self.params)
        self._whole = Submodel(self._site, model.graph, self._scope, ())
        self.inputs: dict[str, Any] = {}
        for model_input in model.graph.inputs:
            self._input(model_input)
        self.diagnostics: list[Diagnostic] = self._site.diagnostics
        self.shapes: Mapping[Path, list[tuple[Shape, ...]]] = self._site.shapes
        if not self.diagnostics:
            self._run(self.inputs)
        self._site.is_traced = False
        self._tops = list(self._whole.layers())
        layers = [(path, layer) for path, layer, _ in self._site.built]
        self.layers = numbered(layers, contained(self._tops))
        self._written = {
            id(layer): definition for _, layer, definition in self._site.built
        }

    def written(self, key: Key) -> Object:
        """Return what the spec says of a layer."""
        return self._written[id(self.layers[key])]

    def defaults(self, graph: Graph) -> Mapping[str, Any]:
        """Return the params of the model or of a block that have a default."""
        return defaults(graph.params)

    def works_otherwise(self, key: Key) -> bool:
        """Return whether a layer may work otherwise in training."""
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
            inputs: One tensor, or a dictionary of them where there are several inputs.
            training: What layers are told of training.
            listener: What is told of the calls.
            is_strict: Whether an error is raised, rather than added to `found`.

        Returns:
            A tensor, a list or a dictionary, as the spec says; `None` where a step
            could not be run.
        """
        by_name = self.by_name(inputs)
        self._site.taken.clear()
        how = {"training": training, "listener": listener, "is_strict": is_strict}
        with self._site.running(**how):
            if listener is None:
                return self._run(by_name)
            with listener.listening():
                return self._run(by_name)

    def stops_alike(self) -> bool:
        """Return whether in some `loop` all examples took equally many steps.

        Then it says little of how the code stops.
        """
        return any(len(set(taken)) == 1 for taken in self._site.taken)

    def by_name(self, inputs: Any) -> Mapping[str, Any]:
        """Return a batch as a dictionary, where there is only one input as well."""
        only, *more = self.inputs
        return inputs if more else {only: inputs}

    def whole(self) -> Any:
        """Return a Keras model that runs this, to be compiled and trained."""
        return _ReferenceKerasModel(self, self._tops)

    def _run(self, inputs: Mapping[str, Any]) -> Any:
        results = self._whole.run([TracedValue(inputs[name]) for name in self.inputs])
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
        # Keras raises many sorts at what it does not take.
        except Exception as error:
            message = f"`{model_input.name}` cannot be an input: {readable(error)}"
            help_ = "check the arguments that `keras.Input` accepts"
            self._site.diagnostics.append(
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
    """Build a reference for its shapes and findings alone: it has no weights.

    Args:
        model: The model, in which the checks found no error.
    """
    with keras.StatelessScope(initialize_variables=False):
        return ReferenceModel(model)


def shapes(model: ModelIR) -> Mapping[Path, list[tuple[Shape, ...]]]:
    """Compute what every entry of a model gives, without computing it.

    Args:
        model: The model, in which the checks found no error.

    Returns:
        For each path of entries, outer blocks first, the calls in their order: a shape
        for each output of the call. What cannot be run is not in it; `trace(model)`
        has the findings that say why.
    """
    return trace(model).shapes
