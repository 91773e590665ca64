"""The state that all parts of a reference share while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Object
from scaffold.verify.recording.leaves import Path
from scaffold.verify.recording.listener import Listener
from scaffold.verify.reference.evaluate import KerasEvaluator

BROKEN = object()
"""The result of a step that cannot be run."""


class TracedValue(NamedTuple):
    """A value, and the recorded calls that it comes from."""

    value: Any
    sources: frozenset[int] = frozenset()


class BuiltLayer(NamedTuple):
    """A layer that was created, or an operation.

    Attributes:
        layer: The layer; `None` for an operation.
        definition: Its definition in the spec.
        scope: The scope in which the definition is evaluated.
    """

    layer: Any
    definition: Object
    scope: KerasEvaluator


class RunContext:
    """The shared state of all parts of one reference.

    Attributes:
        diagnostics: The findings for steps that cannot be created or called.
        built: Every layer that was created, with its path and its definition.
        shapes: The output shapes of each entry and call, from the trace.
        listener: The listener that records calls, if any.
        training: The value of `training` that layers are called with.
        is_strict: Whether errors are raised, rather than stored as findings.
        is_traced: Whether shapes are stored.
        steps_taken: The number of steps of each example in each `loop`, in the last
            run.
    """

    def __init__(self) -> None:
        """Create the state of a reference that has no layers yet."""
        self.diagnostics: list[Diagnostic] = []
        self.built: list[tuple[Path, Any, Object]] = []
        self.shapes: dict[Path, list[tuple[Any, ...]]] = {}
        self.listener: Listener | None = None
        self.training: bool | None = None
        self.is_strict = False
        self.is_traced = True
        self.steps_taken: list[list[int]] = []

    @contextmanager
    def running(self, **settings: Any) -> Iterator[None]:
        """Set some attributes, and restore them on exit."""
        before = {name: getattr(self, name) for name in settings}
        vars(self).update(settings)
        try:
            yield
        finally:
            vars(self).update(before)
