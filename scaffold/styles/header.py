"""What a module offers in every style: its names, its docstring, its imports."""

from __future__ import annotations

import re

from scaffold.bounded_read import is_stream
from scaffold.catalogue import KerasCallable
from scaffold.ir.extensions import used
from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import Graph, Imported, ModelIR, Object
from scaffold.ir.walk import within
from scaffold.styles.names import is_nothing
from scaffold.styles.types import Docstring, ImportStatement, Style

_SENTENCE_END = re.compile(r"$|\s+[^\sa-z]")
_WIDEST_SUMMARY = 78
"""A docstring's first sentence has a line to itself: 88 less indent and quotes."""


def note_of(path: str, style: str) -> str:
    """Describe which spec and style a module comes from.

    Args:
        path: The spec's. Just its last part is said: no generated file tells where its
            spec was. A stream such as `-` has no name.
        style: The style.
    """
    source = path.replace("\\", "/").rsplit("/", 1)[-1]
    if is_stream(path):
        source = "standard input"
    return f"By keras-scaffold from {source} ({style})"


def model_name(model: ModelIR) -> str:
    """Return the model's Keras name: `wide_deep` for `WideDeep`."""
    name = model.graph.name
    return name if name.islower() else re.sub("_+", "_", snake_case(name))


def class_name(model: ModelIR) -> str:
    """Return the name of the model's class: `WideDeep` for `wide_deep`."""
    return camel_case(model.graph.name)


def describe_model(model: ModelIR) -> Docstring:
    """Make a docstring of the spec's description."""
    return describe(model.graph, f"The `{model_name(model)}` model.")


def describe(graph: Graph, usual: str) -> Docstring:
    """Make a docstring of a description, or of what is usual without one.

    Its first sentence is the summary, unless that does not fit on a line.
    """
    text = graph.description.strip()
    if not text:
        return Docstring(usual)
    first, *more = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    summary, rest = _first_sentence(first)
    if not any(character.isalnum() for character in summary):
        return Docstring(usual)
    if len(ascii(summary)) > _WIDEST_SUMMARY:
        return Docstring(usual, (first, *more))
    details = tuple(paragraph for paragraph in (rest, *more) if paragraph)
    return Docstring(summary, details)


def _first_sentence(text: str) -> tuple[str, str]:
    """Cut a text after its first sentence."""
    for at, character in enumerate(text):
        # After `e.g.` and its like a small letter follows.
        if character in ".!?" and _SENTENCE_END.match(text, at + 1):
            return text[: at + 1], text[at + 1 :].strip()
    return text, ""


def imports_of(model: ModelIR, style: Style) -> tuple[ImportStatement, ...]:
    """Return what a module imports for its model."""
    imports = {ImportStatement("keras"): None}
    if style == "subclass" and model.blocks:
        imports[ImportStatement("keras", "layers")] = None
    if style == "subclass" and used(model):
        imports |= {
            ImportStatement("keras", "layers"): None,
            ImportStatement("keras", "ops"): None,
        }
    written = [
        layer
        for graph in model.graphs
        for node in graph.nodes
        for layer in node.layers
        if style != "functional" or not is_nothing(node, layer)
    ]
    for layer in written:
        for value in within(layer):
            target = value.target if isinstance(value, Object) else None
            if isinstance(target, Imported):
                alias = target.name if target.name != target.attribute else ""
                imports[ImportStatement(target.module, target.attribute, alias)] = None
            elif not isinstance(target, KerasCallable):
                continue
            elif target.registry in ("layers", "ops"):
                imports[ImportStatement("keras", target.registry)] = None
    return tuple(imports)
