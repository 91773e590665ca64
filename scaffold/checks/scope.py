"""What every rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from scaffold.catalogue import Argument, Catalogue, KerasCallable
from scaffold.checks.matching import Verdict, judge
from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.ir.types import Bound, Object, Value
from scaffold.ir.walk import objects

NEEDS_CODE = frozenset(("FlaxLayer", "JaxLayer", "Lambda", "TorchModuleWrapper"))
"""Layers that are made of Python objects, which no spec can hold."""


class Judged(NamedTuple):
    """An argument: of what, as it is given, what Keras takes, whether that fits."""

    target: KerasCallable
    bound: Bound
    argument: Argument
    verdict: Verdict


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

    @cached_property
    def calls(self) -> tuple[tuple[KerasCallable, tuple[Bound, ...]], ...]:
        """All known callables with what they are given; inputs are calls as well."""
        found = [
            (one.target, one.arguments)
            for one in self.objects
            if isinstance(one.target, KerasCallable)
        ]
        options = self.catalogue.find("methods", "Input")
        if options is not None:
            found += [(options, given.options) for given in self.model.inputs]
        return tuple(found)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """All arguments that are known, with the verdict on each value.

        Arguments in the wrong place tell nothing about their values: those of a call
        with too many of them are left out.
        """
        found = []
        for target, given in self.calls:
            if not all(bound.name for bound in given):
                continue
            for bound in given:
                if bound.argument is not None:
                    argument = bound.argument
                    verdict = judge(
                        bound.value, argument, self.defaults, self.catalogue
                    )
                    found.append(Judged(target, bound, argument, verdict))
        return tuple(found)


def is_usable(target: KerasCallable) -> bool:
    """Tells whether a spec can use a callable: no base class, no Python inside."""
    return not target.abstract and target.name not in NEEDS_CODE


Rule = Callable[[Scope], Iterator[Diagnostic]]
