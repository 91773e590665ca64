"""KS207: an entry that has the name of a layer inside a block.

In a functional model all layers share one namespace: there, the layer `norm` of the
block `encoder` has the name `encoder_norm`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.layer_names import layer_name_span
from scaffold.ir.output_names import layer_names
from scaffold.ir.types import Graph, Node
from scaffold.ir.values import Target
from scaffold.ir.walk import blocks_as_models


@rule("KS207", early=True)
def joined_name(context: RuleContext) -> Iterator[Diagnostic]:
    """Report entries and inputs that have the name of a layer inside a block."""
    names, search = _names(context.graph), _Search()
    if not names.inner:
        return
    as_models: frozenset[str] | None = None
    for name, span in _single_names(context.graph):
        clash = search.find(names, name)
        if clash is None:
            continue
        holder, inner = clash
        if as_models is None:
            as_models = blocks_as_models(context.model)
        if as_models.isdisjoint(holder.blocks):
            message = f"the name `{name}` is also the name of `{inner}` in the block "
            message += f"`{holder.name}`"
            help_ = "a functional model joins the names of a block and its layers: "
            help_ += "rename one of them"
            yield Diagnostic("KS207", message, span, help_)


def _single_names(graph: Graph) -> Iterator[tuple[str, Span]]:
    """Return the names of single layers, and of a model's inputs."""
    for node, name in _layers(graph):
        if not node.is_repeat and not node.blocks:
            yield name, layer_name_span(node)
    for model_input in graph.inputs if not graph.is_block else ():
        yield model_input.name, model_input.span


def _layers(graph: Graph) -> list[tuple[Node, str]]:
    """Return the entries whose layers are passed a name, with that name."""
    names = layer_names(graph)
    return [(node, names[node.id]) for node in graph.nodes if node.id in names]


class _Names(NamedTuple):
    """The names of a graph's single layers, of its repeats, and of its blocks."""

    own: frozenset[str]
    repeats: frozenset[str]
    inner: dict[str, Node]


def _names(graph: Graph) -> _Names:
    layers = [pair for pair in _layers(graph) if not pair[0].blocks]
    return _Names(
        frozenset(name for node, name in layers if not node.is_repeat),
        frozenset(name for node, name in layers if node.is_repeat),
        {name: node for node, name in _layers(graph) if node.blocks},
    )


class _Search:
    """Searches a graph and the blocks that it uses for names, each block once."""

    def __init__(self) -> None:
        self.names: dict[str, _Names] = {}
        self.known: dict[tuple[str, str], bool] = {}

    def find(self, names: _Names, name: str) -> tuple[Node, str] | None:
        """Find the entry and the layer in its block whose joined name is `name`."""
        for match in re.finditer("_", name):
            node = names.inner.get(name[: match.start()])
            if node is None:
                continue
            inner = name[match.end() :]
            if node.is_repeat:
                # The layers of a repeat are numbered: `stage_0_norm`.
                inner = re.sub(r"^\d+_", "", inner)
            if any(self.has(layer.target, inner) for layer in node.layers):
                return node, inner
        return None

    def has(self, target: Target, name: str) -> bool:
        """Return whether a block, or a block inside it, has a layer of a name."""
        if not isinstance(target, Graph):
            return False
        key = target.name, name
        if key not in self.known:
            names = self.names.get(target.name) or _names(target)
            self.names[target.name] = names
            is_own = name in names.own or re.sub(r"_\d+$", "", name) in names.repeats
            self.known[key] = is_own or self.find(names, name) is not None
        return self.known[key]
