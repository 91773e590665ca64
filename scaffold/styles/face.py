"""What a module offers in every style: its names, its docstring, its imports."""

from __future__ import annotations

import re

from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import Imported, ModelIR, Object
from scaffold.ir.walk import within
from scaffold.styles.types import Docstring, Import

_SENTENCE_END = re.compile(r"$|\s+[^\sa-z]")
_WIDEST_SUMMARY = 78
"""A docstring's first sentence has a line to itself: 88 less indent and quotes."""


def model_name(model: ModelIR) -> str:
    """Gives the model's Keras name: `wide_deep` for `WideDeep`."""
    if model.name.islower():
        return model.name
    return re.sub("_+", "_", snake_case(model.name))


def class_name(model: ModelIR) -> str:
    """Gives the name of the model's class: `WideDeep` for `wide_deep`."""
    return camel_case(model.name)


def describe_model(model: ModelIR) -> Docstring:
    """Makes a docstring of the spec's description.

    Its first sentence is the summary, unless that does not fit on a line.
    """
    usual = f"The `{model_name(model)}` model."
    text = model.description.strip()
    if not text:
        return Docstring(usual)
    first, *more = [" ".join(one.split()) for one in text.split("\n\n")]
    summary, rest = _first_sentence(first)
    if not any(one.isalnum() for one in summary):
        return Docstring(usual)
    if len(ascii(summary)) > _WIDEST_SUMMARY:
        return Docstring(usual, (first, *more))
    details = tuple(one for one in (rest, *more) if one)
    return Docstring(summary, details)


def _first_sentence(text: str) -> tuple[str, str]:
    """Cuts a text after its first sentence."""
    for at, character in enumerate(text):
        # After `e.g.` and its like a small letter follows.
        if character in ".!?" and _SENTENCE_END.match(text, at + 1):
            return text[: at + 1], text[at + 1 :].strip()
    return text, ""


def imports_of(model: ModelIR) -> tuple[Import, ...]:
    """Gives what a module imports for its model."""
    found = {Import("keras"): None}
    for node in model.nodes:
        for value in within(node.layer):
            target = value.target if isinstance(value, Object) else None
            if isinstance(target, Imported):
                alias = target.name if target.name != target.attribute else ""
                found[Import(target.module, target.attribute, alias)] = None
            elif target is not None and target.registry in ("layers", "ops"):
                found[Import("keras", target.registry)] = None
    return tuple(found)
