"""Write what modules of every style contain: names, docstring and imports."""

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
WIDEST_SUMMARY = 78
"""The width of a docstring's first line: 88 minus indent and quotes."""


def note_of(path: str, style: str, *, is_explained: bool = False) -> str:
    """Return the note on the spec and the style of a module.

    Args:
        path: The path of the spec. The note contains only its last part, so that
            generated files do not reveal directories. A stream such as `-` has no name.
        style: The style.
        is_explained: Whether comments explain the code.
    """
    source = path.replace("\\", "/").rsplit("/", 1)[-1]
    if is_stream(path):
        source = "standard input"
    option = ", explained" if is_explained else ""
    return f"By keras-scaffold from {source} ({style}{option})"


def model_name(model: ModelIR) -> str:
    """Return the model's Keras name: `wide_deep` for `WideDeep`."""
    name = model.graph.name
    return name if name.islower() else re.sub("_+", "_", snake_case(name))


def class_name(model: ModelIR) -> str:
    """Return the name of the model's class: `WideDeep` for `wide_deep`."""
    return camel_case(model.graph.name)


def describe_model(model: ModelIR) -> Docstring:
    """Return the docstring from the description in the spec."""
    return describe(model.graph, f"The `{model_name(model)}` model.")


def describe(graph: Graph, default: str) -> Docstring:
    """Return the docstring from the description of a graph, or the default.

    The first sentence is the summary, unless it does not fit on a line.
    """
    text = graph.description.strip()
    if not text:
        return Docstring(default)
    first, *more = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    summary, remainder = _first_sentence(first)
    if not any(character.isalnum() for character in summary):
        return Docstring(default)
    if len(ascii(summary)) > WIDEST_SUMMARY:
        return Docstring(default, (first, *more))
    details = tuple(paragraph for paragraph in (remainder, *more) if paragraph)
    return Docstring(summary, details)


def _first_sentence(text: str) -> tuple[str, str]:
    """Split a text after its first sentence."""
    for at, character in enumerate(text):
        # After an abbreviation such as `e.g.`, a lowercase letter follows.
        if character in ".!?" and _SENTENCE_END.match(text, at + 1):
            return text[: at + 1], text[at + 1 :].strip()
    return text, ""


def imports_of(model: ModelIR, style: Style) -> tuple[ImportStatement, ...]:
    """Return the imports that the model of a module needs."""
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
