"""Finds the first entries at which a model differs from the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import keras

from scaffold.verify.recording.arrays import is_same, is_same_mask
from scaffold.verify.recording.leaves import Key, Path
from scaffold.verify.recording.listener import RecordedCall
from scaffold.verify.recording.pairs import are_alike, by_layer, is_rounded, pairs

Replay = Callable[[RecordedCall], Any]


class Blame(NamedTuple):
    """An entry at which a model differs, although everything before it is the same.

    Attributes:
        path: The entry, after the entries around it.
        key: The layer, `None` for an operation.
        problem: What is wrong, without a subject: "returns a different output".
    """

    path: Path
    key: Key | None
    problem: str


def blame(
    ours: Sequence[RecordedCall],
    theirs: Sequence[RecordedCall],
    inputs: Mapping[str, Any],
    name: Callable[[Path], str],
    replay: Replay | None = None,
) -> list[Blame]:
    """Find the first entries at which a model differs.

    Args:
        ours: The calls of the reference.
        theirs: The calls of the model.
        inputs: The inputs of both.
        name: Returns the name of an entry.
        replay: Calls a layer of the model with the arguments of the reference's call. A
            rounding error may grow in a layer, without an error in that layer.
    """
    return list(_Comparison(ours, theirs, inputs, name, replay).blames())


class _Comparison:
    def __init__(
        self,
        ours: Sequence[RecordedCall],
        theirs: Sequence[RecordedCall],
        inputs: Mapping[str, Any],
        name: Callable[[Path], str],
        replay: Replay | None,
    ) -> None:
        self.ours, self.inputs, self._name = ours, inputs, name
        self._replay = replay
        self.theirs = by_layer(theirs)
        self.pairs = pairs(ours, theirs)
        self.is_different = self._differences()

    def _differences(self) -> list[bool]:
        """Return for each call whether its result differs, or may differ."""
        differs: list[bool] = []
        for call, other in zip(self.ours, self.pairs, strict=True):
            if call.key is None:
                differs.append(any(differs[source] for source in call.sources))
            else:
                differs.append(other is None or self._differs(call, other))
        return differs

    def _differs(self, call: RecordedCall, other: RecordedCall) -> bool:
        """Return whether the inputs or the results of two calls differ."""
        if not are_alike(call, other):
            return True
        if is_same(call.result, other.result):
            return False
        if self._replay is None or not is_rounded(call, other):
            return True
        return not is_same(call.result, self._replay(call))

    def blames(self) -> Iterator[Blame]:
        counts = Counter(call.key for call in self.ours)
        for number, call in enumerate(self.ours):
            if call.key is None or not self.is_different[number]:
                continue
            if any(self.is_different[index] for index in (*call.sources, *call.inner)):
                continue
            other = self.pairs[number]
            if other is None:
                yield self._wrong_count(call.path, call.key, counts[call.key])
            else:
                yield self._difference(call, other)
        for key, calls in self.theirs.items():
            if len(calls) > counts[key] > 0:
                yield self._wrong_count(key.path, key, counts[key])

    def _wrong_count(self, path: Path, key: Key, expected: int) -> Blame:
        count = len(self.theirs.get(key, []))
        problem = f"is called {_times(count)}" if count else "is not called"
        return Blame(path, key, f"{problem}, and should be called {_times(expected)}")

    def _difference(self, call: RecordedCall, other: RecordedCall) -> Blame:
        """Describe how a call differs: in its arguments or in its result."""
        if call.arguments.keys() != other.arguments.keys():
            names = " and ".join(f"`{name}`" for name in call.arguments)
            problem = f"is called with other arguments than {names}"
            return Blame(call.path, call.key, problem)
        ours, theirs = (keras.tree.flatten(side.arguments) for side in (call, other))
        if len(ours) != len(theirs):
            problem = f"is called on {len(theirs)} tensors, and should be called on "
            problem += str(len(ours))
            return Blame(call.path, call.key, problem)
        for expected, actual in zip(ours, theirs, strict=True):
            if not is_same(expected, actual):
                return self._wrong_input(call, expected, actual)
        if not _same_masks(call.masks, other.masks):
            problem = "returns a different output: the mask of its input differs"
            return Blame(call.path, call.key, problem)
        return Blame(call.path, call.key, "returns a different output")

    def _wrong_input(self, call: RecordedCall, expected: Any, actual: Any) -> Blame:
        """Describe the wrong input of a layer."""
        problem = "is called on another input than in the spec"
        actual_origin, expected_origin = self._origin(actual), self._origin(expected)
        if actual_origin and expected_origin:
            problem = f"is called on {actual_origin}, "
            problem += f"and should be called on {expected_origin}"
        elif expected_origin:
            problem = f"is not called on {expected_origin}"
        operation = self._skipped(expected, actual, is_known=bool(actual_origin))
        if operation is not None:
            caller = self._name(call.path)
            problem = f"is missing or different: `{caller}` {problem}"
            return Blame(operation.path, None, problem)
        return Blame(call.path, call.key, problem)

    def _origin(self, tensor: Any) -> str:
        """Describe the origin of a tensor in the reference; `""` if unknown."""
        for name, model_input in self.inputs.items():
            if is_same(model_input, tensor):
                return f"the input `{name}`"
        producer = self._producer(tensor)
        if producer is None:
            return ""
        tensors = keras.tree.flatten(producer.result)
        number = next(n for n, output in enumerate(tensors) if is_same(output, tensor))
        index_text = f"[{number}]" if len(tensors) > 1 else ""
        return f"the output of `{self._name(producer.path)}{index_text}`"

    def _producer(self, tensor: Any) -> RecordedCall | None:
        if not hasattr(tensor, "shape"):
            return None
        for call in self.ours:
            tensors = keras.tree.flatten(call.result)
            if any(
                output.shape == tensor.shape and is_same(output, tensor)
                for output in tensors
            ):
                return call
        return None

    def _skipped(
        self, expected: Any, actual: Any, *, is_known: bool
    ) -> RecordedCall | None:
        """Return the operation that is missing, or the last one if it differs.

        The operations of a model are not recorded; they are inferred from later calls.
        """
        last = producer = self._producer(expected)
        while producer is not None and producer.key is None:
            for value in keras.tree.flatten(producer.arguments):
                if hasattr(value, "shape") and is_same(value, actual):
                    return producer
            before = [self.ours[source] for source in producer.sources]
            producer = next((call for call in before if call.key is None), None)
        return last if last is not None and last.key is None and not is_known else None


def _same_masks(ours: Sequence[Any], theirs: Sequence[Any]) -> bool:
    return len(ours) == len(theirs) and all(map(is_same_mask, ours, theirs))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
