"""What a model must satisfy: the rules of `rules/`, run on every graph."""

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
from scaffold.ir.extensions import driven
from scaffold.ir.masks import Masks
from scaffold.spec.limits import MOST_FINDINGS

_MOST_BESIDES = 50
"""Where more than so much is wrong, there is little to say of shapes."""

__all__ = ["BY_SHAPE", "RULES", "check"]


def check(
    model: ModelIR, catalogue: Catalogue, guessed: Sequence[Span] = ()
) -> tuple[Diagnostic, ...]:
    """Run every rule.

    Args:
        model: The model.
        catalogue: What Keras offers.
        guessed: Places where another thing is written than the model has: their
            shapes are left open.

    Returns:
        All that is wrong with it, up to 500 findings: nobody reads more, and looking
        for what each of them meant takes time.
    """
    around = uses_of(model.blocks), Iterations(), Masks(model), driven(model)
    scopes = [RuleContext(model, graph, catalogue, *around) for graph in model.graphs]
    every = (finding for scope in scopes for rule in RULES for finding in rule(scope))
    diagnostics = [*islice(every, MOST_FINDINGS)]
    faults = [
        diagnostic for diagnostic in diagnostics if diagnostic.code not in OF_NAMES
    ]
    if model.is_whole and len(faults) <= _MOST_BESIDES:
        inferred = Inferred(model, catalogue, diagnostics, guessed)
        more = (finding for rule in BY_SHAPE for finding in rule(inferred))
        diagnostics += islice(more, MOST_FINDINGS - len(diagnostics))
    return tuple(diagnostics)
