"""Records the calls of layers, with arguments and results, while a model runs."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple

import keras
from keras.src.backend import get_keras_mask, set_keras_mask

from scaffold.verify.recording.arrays import is_same
from scaffold.verify.recording.leaves import Key, Path


class RecordedCall(NamedTuple):
    """One call of a layer, or of an operation of the reference.

    Attributes:
        key: The layer, `None` for an operation.
        path: The entry that makes the call, after the entries around it.
        arguments: The arguments by name, without masks and without `training`.
        masks: The masks of the arguments, in order, `None` for no mask.
        result: The result.
        sources: The calls that its tensors come from; only for the reference.
        inner: The calls that were made inside it.
        training: The value of `training` that the caller passed.
    """

    key: Key | None
    path: Path
    arguments: dict[str, Any]
    masks: list[Any]
    result: Any
    sources: frozenset[int] = frozenset()
    inner: frozenset[int] = frozenset()
    training: Any = None

    def replay(self, layer: Any) -> Any:
        """Call a layer with the arguments of this call.

        The masks are set again first, since attention removes them from its inputs.
        """
        # Flatten each argument alone: flattening the dictionary would sort the names.
        several = map(keras.tree.flatten, self.arguments.values())
        for tensor, mask in zip(chain(*several), self.masks, strict=False):
            if hasattr(tensor, "shape"):
                set_keras_mask(tensor, mask)
        return layer(**self.arguments, training=bool(self.training))


class Listener:
    """Records the calls of some layers, in the order in which they begin.

    Attributes:
        calls: The recorded calls.
        failed: The innermost layer whose call raised an error, if any.
        sources: The sources of the next call; see `RecordedCall.sources`.
        at: The entry that makes the next call, if known.
        replaced: The original results of calls whose results were replaced, by number.
    """

    def __init__(
        self,
        layers: Mapping[Key, Any],
        replacements: Mapping[Key, Sequence[RecordedCall]] = {},
    ) -> None:
        """Store the layers to record.

        Args:
            layers: The layers.
            replacements: For nondeterministic layers, calls whose results replace their
                own, so that the layers after them can be compared.
        """
        self.calls: list[RecordedCall] = []
        self.failed: Key | None = None
        self.sources: frozenset[int] = frozenset()
        self.at: Path = ()
        self.replaced: dict[int, Any] = {}
        self._keys = {id(layer): key for key, layer in layers.items()}
        self._layers = layers
        self._replacements = {key: list(calls) for key, calls in replacements.items()}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Record calls, and restore Keras on exit."""
        original = keras.layers.Layer.__call__

        def recording_call(layer: Any, *args: Any, **kwargs: Any) -> Any:
            key = self._keys.get(id(layer))
            if key is None:
                return original(layer, *args, **kwargs)
            return self._record(key, layer, original, args, kwargs)

        keras.layers.Layer.__call__ = recording_call
        try:
            yield
        finally:
            keras.layers.Layer.__call__ = original

    def operation(self, path: Path, arguments: dict[str, Any], result: Any) -> None:
        """Record a call of an operation."""
        self.calls.append(RecordedCall(None, path, arguments, [], result, self.sources))

    def _record(
        self,
        key: Key,
        layer: Any,
        original: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> Any:
        arguments, masks = _by_name(layer, args, kwargs)
        path, self.at = self.at or key.path, ()
        training = kwargs.get("training")
        started = RecordedCall(
            key, path, arguments, masks, None, self.sources, training=training
        )
        number = len(self.calls)
        self.calls.append(started)
        try:
            result = original(layer, *args, **kwargs)
        except BaseException:
            self.failed = self.failed or key
            raise
        if key in self._replacements:
            self.replaced[number] = result
            result = self._take(key, started, result)
        inner = frozenset(range(number + 1, len(self.calls)))
        self.calls[number] = started._replace(result=result, inner=inner)
        return result

    def _take(self, key: Key, started: RecordedCall, result: Any) -> Any:
        """Return the result of the matching call of another run, if there is one."""
        left = self._replacements[key]
        same = (call for call in left if is_same(call.arguments, started.arguments))
        match = next(same, left[0] if left else None)
        if match is None:
            return result
        # `remove` would compare tensors with `==`.
        self._replacements[key] = [call for call in left if call is not match]
        return match.result


def _by_name(
    layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[dict[str, Any], list[Any]]:
    """Return the arguments of a call by the names in `call`, and their masks.

    A functional model passes masks as arguments; otherwise tensors carry them.
    """
    kwargs = {name: value for name, value in kwargs.items() if name != "training"}
    try:
        bound = inspect.signature(layer.call).bind(*args, **kwargs).arguments
    except (TypeError, ValueError):
        # The call itself will fail, with a better message.
        return kwargs, []
    arguments = {name: value for name, value in bound.items() if name != "training"}
    explicit = {}
    for number, name in enumerate(list(arguments)):
        for mask in (f"{name}_mask", "mask" if number == 0 else ""):
            if mask in arguments and mask != name:
                explicit[name] = arguments.pop(mask)
    masks: list[Any] = []
    for name, value in arguments.items():
        explicit_mask = explicit.get(name)
        own_masks = [get_keras_mask(leaf) for leaf in keras.tree.flatten(value)]
        masks += (
            own_masks if explicit_mask is None else keras.tree.flatten(explicit_mask)
        )
    return arguments, masks


@contextmanager
def recording_training_flags(
    layers: Mapping[Key, Any],
) -> Iterator[dict[Key, list[Any]]]:
    """Record the `training` argument of each layer's `call`, if it has one."""
    flags: dict[Key, list[Any]] = {}
    try:
        for key, layer in layers.items():
            if "training" in inspect.signature(layer.call).parameters:
                object.__setattr__(layer, "call", _recording(layer.call, key, flags))
        yield flags
    finally:
        for key in layers:
            vars(layers[key]).pop("call", None)


def _recording(call: Any, key: Key, flags: dict[Key, list[Any]]) -> Any:
    position = list(inspect.signature(call).parameters).index("training")

    def recording(*args: Any, **kwargs: Any) -> Any:
        by_position = args[position] if len(args) > position else None
        flags.setdefault(key, []).append(kwargs.get("training", by_position))
        return call(*args, **kwargs)

    return recording
