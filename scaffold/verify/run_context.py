"""How the pieces of a reference are run, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Object
from scaffold.verify.evaluate import KerasEvaluator
from scaffold.verify.leaves import Path
from scaffold.verify.listener import Listener

BROKEN = object()
"""What a step gives that cannot be run."""


class TracedValue(NamedTuple):
    """A value, and the calls that it comes from, as far as they are listened to."""

    value: Any
    sources: frozenset[int] = frozenset()


class BuiltLayer(NamedTuple):
    """A layer that was made, or an operation.

    Attributes:
        layer: The layer; `None` for an operation.
        definition: What it was made from.
        scope: Where that is worked out.
    """

    layer: Any
    definition: Object
    scope: KerasEvaluator


class RunContext:
    """What all pieces of one model share, and how they are run at the moment.

    Attributes:
        diagnostics: What cannot be made or called.
        built: Every layer that was made, with its path and what it was made from.
        shapes: What each entry gave while the model was traced, call by call.
        listener: What listens to the calls, if anything does.
        training: What layers are told of training.
        is_strict: Whether errors are raised, rather than kept as findings.
        is_traced: Whether the shapes are kept.
        taken: How many steps each example took in each `loop`, in the last run.
    """

    def __init__(self) -> None:
        """Begin with nothing made."""
        self.diagnostics: list[Diagnostic] = []
        self.built: list[tuple[Path, Any, Object]] = []
        self.shapes: dict[Path, list[tuple[Any, ...]]] = {}
        self.listener: Listener | None = None
        self.training: bool | None = None
        self.is_strict = False
        self.is_traced = True
        self.taken: list[list[int]] = []

    @contextmanager
    def running(self, **how: Any) -> Iterator[None]:
        """Set some of its attributes for a while."""
        before = {name: getattr(self, name) for name in how}
        vars(self).update(how)
        try:
            yield
        finally:
            vars(self).update(before)
