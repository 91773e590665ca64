"""What every rule looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from scaffold.catalogue import Argument, Catalogue, KerasCallable
from scaffold.checks.matching import Verdict, judge
from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.ir.types import Bound, Graph, Object, Value
from scaffold.ir.walk import of_graph, of_sections, within

NEEDS_CODE = frozenset(("FlaxLayer", "JaxLayer", "Lambda", "TorchModuleWrapper"))
"""Layers that are made of Python objects, which no spec can hold."""


class Judged(NamedTuple):
    """An argument: of what, as it is given, what Keras takes, whether that fits."""

    target: KerasCallable
    bound: Bound
    argument: Argument
    verdict: Verdict


class Scope:
    """A graph under check, the model that it belongs to, and what Keras offers.

    The model's own graph goes with `compile` and `train`; a block stands by itself.
    """

    def __init__(self, model: ModelIR, graph: Graph, catalogue: Catalogue) -> None:
        """Keeps all three."""
        self.model = model
        self.graph = graph
        self.catalogue = catalogue

    @property
    def is_block(self) -> bool:
        """Whether the graph is a block's."""
        return self.graph.is_block

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """All values of the graph, walked once for all rules."""
        roots = [*of_graph(self.graph)]
        if not self.is_block:
            roots += of_sections(self.model)
        return tuple(value for root in roots for value in within(root))

    @cached_property
    def objects(self) -> tuple[Object, ...]:
        """All Keras objects of the graph; `compile` and `fit` count as such."""
        return tuple(value for value in self.values if isinstance(value, Object))

    @cached_property
    def defaults(self) -> dict[str, Value]:
        """The defaults of the params, of those that have one."""
        return {
            param.name: param.default
            for param in self.graph.params
            if param.default is not None
        }

    @cached_property
    def calls(self) -> tuple[tuple[KerasCallable | Graph, tuple[Bound, ...]], ...]:
        """All known callables with what they are given; inputs are calls as well."""
        found = [
            (one.target, one.arguments)
            for one in self.objects
            if isinstance(one.target, KerasCallable | Graph)
        ]
        options = self.catalogue.find("methods", "Input")
        if options is not None:
            found += [(options, given.options) for given in self.graph.inputs]
        return tuple(found)

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """All arguments that are known, with the verdict on each value.

        Arguments in the wrong place tell nothing about their values: those of a call
        with too many of them are left out.
        """
        found = []
        for target, given in self.calls:
            if isinstance(target, Graph) or not all(bound.name for bound in given):
                continue
            for bound in given:
                if bound.argument is not None:
                    argument = bound.argument
                    verdict = judge(
                        bound.value, argument, self.defaults, self.catalogue
                    )
                    found.append(Judged(target, bound, argument, verdict))
        return tuple(found)


def is_usable(target: KerasCallable | Graph) -> bool:
    """Tells whether a spec can use a callable: no base class, no Python inside."""
    if isinstance(target, Graph):
        return True
    return not target.abstract and target.name not in NEEDS_CODE


Rule = Callable[[Scope], Iterator[Diagnostic]]
