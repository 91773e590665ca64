"""The rules that a model must satisfy, run on every graph."""

from collections.abc import Sequence
from itertools import islice

from scaffold.catalogue import Catalogue
from scaffold.checks.inferred import OF_NAMES, Inferred
from scaffold.checks.param_uses import uses_of
from scaffold.checks.repeats import Iterations
from scaffold.checks.rules import BY_SHAPE, RULES
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir import ModelIR
from scaffold.ir.extensions import blocks_of_extensions
from scaffold.ir.masks import Masks
from scaffold.spec.limits import MOST_FINDINGS

_MOST_WITH_SHAPES = 50
"""The most other findings with which shapes are still checked."""

__all__ = ["BY_SHAPE", "RULES", "check"]


def check(
    model: ModelIR, catalogue: Catalogue, guessed: Sequence[Span] = ()
) -> tuple[Diagnostic, ...]:
    """Run every rule.

    Args:
        model: The model.
        catalogue: What Keras offers.
        guessed: Spans where the text of the spec differs from the model: the shapes
            there are unknown.

    Returns:
        All findings, up to 500: nobody reads more, and suggestions for each of them
        take time.
    """
    shared = (
        uses_of(model.blocks),
        Iterations(),
        Masks(model),
        blocks_of_extensions(model),
    )
    contexts = [RuleContext(model, graph, catalogue, *shared) for graph in model.graphs]
    findings = (
        finding for context in contexts for rule in RULES for finding in rule(context)
    )
    diagnostics = [*islice(findings, MOST_FINDINGS)]
    faults = [
        diagnostic for diagnostic in diagnostics if diagnostic.code not in OF_NAMES
    ]
    if model.is_whole and len(faults) <= _MOST_WITH_SHAPES:
        inferred = Inferred(model, catalogue, diagnostics, guessed)
        by_shape = (finding for rule in BY_SHAPE for finding in rule(inferred))
        diagnostics += islice(by_shape, MOST_FINDINGS - len(diagnostics))
    return tuple(diagnostics)
