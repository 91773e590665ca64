"""KS302: a model or a block without layers, and a repeat without iterations."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue.facts import examples
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Constant


class KS302(Code):
    """The model, a block or a loop is empty.

    What it does:
        Reports an empty list of layers, a model or a block without inputs or outputs,
        and a loop without values. Warns about an entry that is repeated 0 times, unless
        a param sets the count.

    Why:
        There is nothing to build.

    Example:
        inputs: [4]
        layers: []

    Instead:
        inputs: [4]
        layers:
          - Dense(1)
    """

    name = "empty-model"


@rule(KS302)
def empty_model(context: RuleContext) -> Iterator[Diagnostic]:
    """Report models and blocks without layers or inputs, and empty repeats."""
    if not context.graph.nodes and context.model.is_whole:
        help_ = f"add at least one: `- {examples.LAST_LAYER}`"
        what = f"the block `{context.graph.name}`" if context.is_block else "the model"
        span = context.graph.nodes_span
        yield Diagnostic("KS302", f"{what} has no layers", span, help_)
    if context.is_block and not context.graph.inputs and context.model.is_whole:
        message = f"the block `{context.graph.name}` has no inputs"
        help_ = "leave `inputs` out for one input, or name them: `inputs: [x, memory]`"
        yield Diagnostic("KS302", message, context.graph.name_span, help_)
    for node, loop in context.loops:
        if not loop.iterations:
            name = loop.names[0]
            help_ = f"write a value for each iteration: `for {name} in [64, 32]`"
            message = f"the loop of `{node.name}` has no values"
            yield Diagnostic("KS302", message, loop.span, help_)
    for node in context.graph.nodes:
        count = node.repeat
        if isinstance(count, Constant) and count.value == 0:
            message = f"`{node.name}` is repeated 0 times: the entry creates no layer"
            help_ = "write 1 or more, or remove the entry"
            yield Diagnostic("KS302", message, count.span, help_, "warning")
