"""Records every layer that generated code creates, and the lines that create it."""

from __future__ import annotations

import sys
from types import FrameType, TracebackType
from typing import Any, NamedTuple

import keras

from scaffold.verify.recording.leaves import Path
from scaffold.verify.types import Candidate


class RecordedLayer(NamedTuple):
    """A layer that generated code created.

    Attributes:
        layer: The layer.
        lines: The lines of the generated file in the stack, the outermost first.
        args: The positional arguments of its constructor.
        kwargs: The keyword arguments of its constructor.
    """

    layer: Any
    lines: tuple[int, ...]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


class Recorder:
    """Records the layers that are created while it is entered.

    Attributes:
        records: The layers that the generated file creates itself, in order.
        inputs: The inputs that it creates with `keras.Input`.
    """

    def __init__(self, file: str) -> None:
        """Store the name of the generated file, as in its code objects."""
        self.records: list[RecordedLayer] = []
        self.inputs: list[Any] = []
        self._file = file
        self._original: Any = None

    def __enter__(self) -> Recorder:
        """Start recording."""
        self._original = original = keras.layers.Layer.__dict__["__new__"]

        def recording(cls: type, *args: Any, **kwargs: Any) -> Any:
            layer = original.__func__(cls, *args, **kwargs)
            self._record(layer, args, kwargs)
            return layer

        keras.layers.Layer.__new__ = staticmethod(recording)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Restore Keras."""
        keras.layers.Layer.__new__ = self._original

    def _record(
        self, layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        frame: FrameType | None = sys._getframe(2)
        # A subclass may have its own `__new__` that calls this one; that of models does
        # not pass its arguments on.
        while frame is not None and frame.f_code.co_name == "__new__":
            args = frame.f_locals.get("args", args)
            kwargs = dict(frame.f_locals.get("kwargs", kwargs))
            frame = frame.f_back
        if isinstance(layer, keras.layers.InputLayer):
            # The layer is created inside the function `keras.Input`.
            frame = frame and frame.f_back
        if frame is None or frame.f_code.co_filename != self._file:
            return
        if isinstance(layer, keras.layers.InputLayer):
            self.inputs.append(layer)
        else:
            self.records.append(RecordedLayer(layer, self._lines(frame), args, kwargs))

    def _lines(self, frame: FrameType | None) -> tuple[int, ...]:
        lines: list[int] = []
        while frame is not None:
            if frame.f_code.co_filename == self._file:
                lines.append(frame.f_lineno)
            frame = frame.f_back
        return tuple(reversed(lines))


def path_of(lines: tuple[int, ...], candidate: Candidate) -> Path:
    """Return the entries that some lines come from, without adjacent duplicates.

    For example, a comprehension has its own frame, on a line of the same entry.
    """
    origins = dict(candidate.origins)
    path: list[Any] = []
    for line in lines:
        origin = origins.get(line)
        if origin is not None and path[-1:] != [origin]:
            path.append(origin)
    return tuple(path)


def is_container(layer: Any, module: str) -> bool:
    """Return whether a layer is a model of Keras, or of a class that a module defines.

    A model of an imported class counts as a layer.
    """
    module_name = type(layer).__module__
    return module_name == module or (
        isinstance(layer, keras.Model) and module_name.startswith("keras.")
    )
