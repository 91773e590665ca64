"""What every rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.ir.types import Object, Value
from scaffold.ir.walk import objects


class Scope:
    """A model under check, and what Keras offers."""

    def __init__(self, model: ModelIR, catalogue: Catalogue) -> None:
        """Keeps both."""
        self.model = model
        self.catalogue = catalogue

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        """All Keras objects of the model, walked once for all rules."""
        return tuple(objects(self.model))

    @cached_property
    def defaults(self) -> dict[str, Value]:
        """The defaults of the params."""
        return {param.name: param.default for param in self.model.params}


Rule = Callable[[Scope], Iterator[Diagnostic]]
