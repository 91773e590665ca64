"""Sentences about the examples of a project, for its README."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scaffold.kit.types import Kind, ModelInput, ProjectFacts, Recipe

_KIND_TEXTS: dict[Kind, str] = {
    "class": "a class, by number",
    "one_hot": "a class, one-hot",
    "yes_or_no": "0 or 1",
    "number": "numeric",
}


def describe_example(facts: ProjectFacts, recipe: Recipe) -> str:
    """Describe the inputs and targets of one example of the initial data."""
    shapes: tuple[tuple[int | None, ...], ...] = recipe.shapes or tuple(
        model_input.usual for model_input in facts.inputs
    )
    is_single = len(facts.inputs) == 1
    inputs = [
        _array("x" if is_single else model_input.name, model_input, shape)
        for model_input, shape in zip(facts.inputs, shapes, strict=True)
    ]
    text = f"The input of an example is {_joined(inputs)}."
    if not is_single:
        text = f"The inputs of an example are {_joined(inputs)}."
    return f"{text} {_targets(facts, recipe)}"


def _array(name: str, model_input: ModelInput, shape: tuple[int | None, ...]) -> str:
    sizes = ", ".join("any" if size is None else str(size) for size in shape)
    comma = "," if len(shape) == 1 else ""
    return f"`{name}` ({model_input.dtype}, shape ({sizes}{comma}))"


def _targets(facts: ProjectFacts, recipe: Recipe) -> str:
    if recipe.is_same:
        return "The input is also the target."
    if recipe.is_series:
        return "The target is the next step of the series."
    classes = recipe.classes or (0,) * len(facts.kinds)
    texts = [
        _target(kind, count, recipe)
        for (_, kind), count in zip(facts.kinds, classes, strict=True)
    ]
    if not (facts.is_dict or facts.is_list):
        return f"The target is {texts[0]}."
    named = [
        f"`{name}` ({text})" for (name, _), text in zip(facts.kinds, texts, strict=True)
    ]
    return f"The targets are {_joined(named)}."


def _target(kind: Kind, count: int, recipe: Recipe) -> str:
    if count and recipe.is_map:
        return f"one of {count} classes for each pixel"
    return f"one of {count} classes" if count else _KIND_TEXTS[kind]


def describe_columns(inputs: tuple[ModelInput, ...]) -> str:
    """Describe the columns of a table that contain the inputs of a model."""
    if len(inputs) == 1:
        return _count(inputs[0])
    return "; ".join(_columns_of(model_input) for model_input in inputs)


def numbers_text(inputs: tuple[ModelInput, ...]) -> str:
    """Return what the cells of these columns contain."""
    dtypes = {model_input.dtype for model_input in inputs}
    if dtypes == {"string"}:
        return "texts"
    is_whole = all(dtype.startswith(("int", "uint")) for dtype in dtypes)
    return "integers" if is_whole else "numbers"


def _count(model_input: ModelInput) -> str:
    if -1 in model_input.shape or None in model_input.usual:
        return "any number of columns"
    count = math.prod(size or 1 for size in model_input.usual)
    return "1 column" if count == 1 else f"{count} columns"


def _columns_of(model_input: ModelInput) -> str:
    name, count = model_input.name, _count(model_input)
    if count == "1 column":
        return f"`{name}` in the column `{name}`"
    step = math.prod(size for size in model_input.shape if size > 0)
    if -1 in model_input.shape and step > 1:
        count = f"a multiple of {step} columns"
    return f"`{name}` in {count} (`{name}_0`, `{name}_1`, ...)"


def _joined(texts: Sequence[str]) -> str:
    *first, last = texts
    return f"{', '.join(first)} and {last}" if first else last
