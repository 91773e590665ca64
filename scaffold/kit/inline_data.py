"""The examples in a spec, for its project."""

from __future__ import annotations

from typing import Any, NamedTuple

from scaffold.ir import ModelIR
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold, folded
from scaffold.ir.types import Collection, Dictionary, Value
from scaffold.kit.types import Kind, ProjectFacts, Recipe

_DTYPES: dict[Kind, str] = {"class": "int32", "yes_or_no": "int32"}


class InlineArray(NamedTuple):
    """An array of a spec.

    Attributes:
        name: The name of the input or the output.
        values: Its values, as nested lists.
        dtype: Its dtype; `""` for values that are not numbers.
        shape: The shape of one example; `()` if the values have that shape.
    """

    name: str
    values: Any
    dtype: str
    shape: tuple[int, ...]


class InlineData(NamedTuple):
    """The examples of a spec.

    Attributes:
        x: An array for each input.
        y: An array for each output.
    """

    x: tuple[InlineArray, ...]
    y: tuple[InlineArray, ...]


def inline_data(model: ModelIR, facts: ProjectFacts) -> InlineData | None:
    """Evaluate the examples in a spec; `None` if it has none, or not as constants."""
    section = model.train
    if section is None or section.x is None or section.y is None:
        return None
    params = model.graph.defaults
    inputs = [model_input.name for model_input in facts.inputs]
    outputs = [name for name, _ in facts.kinds]
    try:
        x = _by_name(fold(section.x, params), section.x, inputs)
        y = _by_name(fold(section.y, params), section.y, outputs)
    except (NotConstant, ArithmeticFailure):
        return None
    return InlineData(
        tuple(
            InlineArray(
                model_input.name,
                x[model_input.name],
                "" if model_input.dtype == "string" else model_input.dtype,
                (
                    ()
                    if None in model_input.usual
                    else tuple(size or 0 for size in model_input.usual)
                ),
            )
            for model_input in facts.inputs
        ),
        tuple(
            InlineArray(name, y[name], _DTYPES.get(kind, "float32"), ())
            for name, kind in facts.kinds
        ),
    )


def _by_name(arrays: Any, value: Value, names: list[str]) -> dict[str, Any]:
    """Return the arrays of a value by their names."""
    if isinstance(value, Dictionary):
        return dict(arrays)
    if len(names) > 1 and isinstance(value, Collection):
        return dict(zip(names, arrays, strict=True))
    return {names[0]: arrays}


def inline_recipe(model: ModelIR, inline: InlineData, spec: str) -> Recipe:
    """Return the recipe for the examples in a spec.

    Args:
        model: The model of the spec.
        inline: The examples.
        spec: The file name of the spec.
    """
    size = len(inline.y[0].values)
    shapes = tuple(array.shape for array in inline.x)
    recipe = recipe_of(model, "inline", f"the {size} examples of `{spec}`")
    return recipe._replace(size=size, shapes=shapes if all(shapes) else ())


def recipe_of(model: ModelIR, template: str, examples: str) -> Recipe:
    """Return the recipe for the examples of a spec, with its epochs and batch size."""
    assert model.train is not None
    usual = Recipe(template, examples)
    arguments = {bound.name: bound.value for bound in model.train.fit.arguments}
    return usual._replace(
        epochs=_count(arguments.get("epochs"), usual.epochs),
        batch_size=_count(arguments.get("batch_size"), usual.batch_size),
    )


def _count(value: Value | None, usual: int) -> int:
    """Evaluate a number; return the usual number if it cannot be evaluated."""
    number = None if value is None else folded(value, {})
    return number if isinstance(number, int) and number > 0 else usual
