"""What a model must satisfy: one rule a file, run in one order on every graph."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from scaffold.catalogue import Catalogue
from scaffold.checks.bad_name import bad_name
from scaffold.checks.condition import condition
from scaffold.checks.data_misfit import data_misfit
from scaffold.checks.dropped_mask import dropped_mask
from scaffold.checks.empty_model import empty_model
from scaffold.checks.ending_mask import ending_mask
from scaffold.checks.failing_arithmetic import failing_arithmetic
from scaffold.checks.float_places import float_places
from scaffold.checks.inferred import OF_NAMES, Inferred
from scaffold.checks.inner_layer import inner_layer
from scaffold.checks.inner_state import inner_state
from scaffold.checks.input_shape import input_shape
from scaffold.checks.joined_name import joined_name
from scaffold.checks.loss_count import loss_count
from scaffold.checks.loss_misfit import loss_misfit
from scaffold.checks.missing_argument import missing_argument
from scaffold.checks.no_choice import no_choice
from scaffold.checks.out_of_range import out_of_range
from scaffold.checks.output_keys import output_keys
from scaffold.checks.output_names import output_names
from scaffold.checks.param_default import param_default
from scaffold.checks.repeated_argument import repeated_argument
from scaffold.checks.repeated_name import repeated_name
from scaffold.checks.rows import Turns
from scaffold.checks.scope import Rule, Scope
from scaffold.checks.several_outputs import several_outputs
from scaffold.checks.shadowing import shadowing
from scaffold.checks.target_misfit import target_misfit
from scaffold.checks.tensor_count import tensor_count
from scaffold.checks.training_data import training_data
from scaffold.checks.unfit_shape import unfit_shape
from scaffold.checks.unknown_argument import unknown_argument
from scaffold.checks.unknown_callable import unknown_callable
from scaffold.checks.unknown_method import unknown_method
from scaffold.checks.unknown_param import unknown_param
from scaffold.checks.unusable_callable import unusable_callable
from scaffold.checks.unused_block import unused_block
from scaffold.checks.unused_entry import unused_entry
from scaffold.checks.unused_param import unused_param
from scaffold.checks.uses import uses_of
from scaffold.checks.wrong_kind import wrong_kind
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir import ModelIR
from scaffold.ir.beyond import driven
from scaffold.ir.masks import Masks
from scaffold.spec.limits import MOST_FINDINGS

RULES: tuple[Rule, ...] = (
    bad_name,
    repeated_name,
    joined_name,
    shadowing,
    unknown_param,
    unused_param,
    param_default,
    failing_arithmetic,
    unknown_callable,
    unusable_callable,
    unknown_argument,
    repeated_argument,
    missing_argument,
    wrong_kind,
    inner_layer,
    inner_state,
    no_choice,
    out_of_range,
    condition,
    empty_model,
    tensor_count,
    float_places,
    several_outputs,
    unused_entry,
    unused_block,
    ending_mask,
    output_keys,
    output_names,
    input_shape,
    training_data,
    data_misfit,
    unknown_method,
)
"""All rules, in the order in which they run; none depends on another."""

BY_SHAPE: tuple[Callable[[Inferred], Iterator[Diagnostic]], ...] = (
    unfit_shape,
    loss_misfit,
    loss_count,
    target_misfit,
    dropped_mask,
)
"""The rules that look at shapes: they leave out what others have found wrong."""

_MOST_BESIDES = 50
"""Where more than so much is wrong, there is little to say of shapes."""

__all__ = ["BY_SHAPE", "RULES", "check"]


def check(
    model: ModelIR, catalogue: Catalogue, guessed: Sequence[Span] = ()
) -> tuple[Diagnostic, ...]:
    """Runs every rule.

    Args:
        model: The model.
        catalogue: What Keras offers.
        guessed: Places where another thing is written than the model has: their
            shapes are left open.

    Returns:
        All that is wrong with it, up to 500 findings: nobody reads more, and looking
        for what each of them meant takes time.
    """
    around = uses_of(model.blocks), Turns(), Masks(model), driven(model)
    scopes = [Scope(model, graph, catalogue, *around) for graph in model.graphs]
    every = (finding for scope in scopes for rule in RULES for finding in rule(scope))
    found = [*islice(every, MOST_FINDINGS)]
    faults = [one for one in found if one.code not in OF_NAMES]
    if model.is_whole and len(faults) <= _MOST_BESIDES:
        inferred = Inferred(model, catalogue, found, guessed)
        more = (finding for rule in BY_SHAPE for finding in rule(inferred))
        found += islice(more, MOST_FINDINGS - len(found))
    return tuple(found)
