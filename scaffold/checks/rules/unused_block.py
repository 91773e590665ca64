"""KS305: a block that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.checks.wording import intended_names
from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import Graph, Object
from scaffold.ir.walk import of_graph, within


@rule("KS305")
def unused_block(context: RuleContext) -> Iterator[Diagnostic]:
    """Report blocks that neither the model nor another block uses."""
    blocks = context.model.blocks
    if context.is_block or not blocks or not context.model.is_whole:
        return
    used: set[str] = set()
    unknown: set[str] = set()
    for graph in context.model.graphs:
        for keras_object in _objects(graph):
            if isinstance(keras_object.target, Graph):
                used.add(keras_object.target.name)
            elif keras_object.target is None:
                unknown.add(keras_object.name)
    unused = [block for block in blocks if block.name not in used]
    # A misspelled name has its own finding; the block that it means counts as used.
    meant = intended_names(unknown, [block.name for block in unused])
    for block in unused:
        if block.name not in meant:
            message = f"nothing uses the block `{block.name}`"
            help_ = f"call it like a layer, `- {block.name}`, or remove it"
            yield Diagnostic("KS305", message, block.name_span, help_)


def _objects(graph: Graph) -> Iterator[Object]:
    for root in of_graph(graph):
        for value in within(root):
            if isinstance(value, Object):
                yield value
