"""KS210: a param that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue.facts import examples
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import intended_names
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import ParamRef
from scaffold.ir.walk import of_graph, within


class KS210(Code):
    """Nothing uses a param.

    What it does:
        Reports each param that no entry, input or setting uses, and each loop variable
        that its layer does not use.

    Why:
        Changing the param has no effect. Often a number was written where the param was
        meant.

    Example:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(8)

    Instead:
        params: {units: 8}
        inputs: [4]
        layers:
          - Dense(units)
    """

    name = "unused-param"


def _unknown_in_blocks(context: RuleContext) -> set[str]:
    """Return the names that blocks use as params without declaring them."""
    return {
        value.name
        for block in context.model.blocks
        for root in of_graph(block)
        for value in within(root)
        if isinstance(value, ParamRef) and not value.is_known
    }


@rule(KS210, early=True)
def unused_param(context: RuleContext) -> Iterator[Diagnostic]:
    """Report params that nothing uses."""
    if not context.model.is_whole:
        # A part that could not be read may use them.
        return
    used = {value.name for value in context.values if isinstance(value, ParamRef)}
    unused = [param for param in context.graph.params if param.name not in used]
    # A misspelled name has its own finding; the param that it means counts as used.
    unknown = used - {param.name for param in context.graph.params}
    if unused and not context.is_block:
        unknown |= _unknown_in_blocks(context)
    meant = intended_names(unknown, [param.name for param in unused])
    for param in unused:
        if param.name not in meant:
            message = f"nothing uses the param `{param.name}`"
            help_ = f"remove it, or use it: `{examples.DENSE}({param.name})`, "
            help_ += f"`${param.name}`"
            yield Diagnostic("KS210", message, param.span, help_)
    for node, loop in context.loops:
        used_here = [part for part in within(node.layer) if isinstance(part, ParamRef)]
        if not all(use.is_known for use in used_here):
            # An unknown name may be a misspelled loop variable.
            continue
        seen = {use.name for use in used_here}
        for name in loop.names:
            if name not in seen:
                message = f"the loop of `{node.name}` does not use `{name}`"
                help_ = f"use it, as in `{examples.DENSE}({name})`, or write "
                help_ += f"`* {len(loop.iterations)}`"
                yield Diagnostic("KS210", message, loop.span, help_)
