"""Why the code of blocks differs between the styles: a sentence for each difference."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from scaffold.catalogue.facts import layers
from scaffold.styles import Module, Style
from scaffold.styles.types import (
    Class,
    ForLoop,
    Function,
    Functional,
    Statement,
    Subclass,
    assignments,
)

_FORMS: dict[Style, str] = {
    "sequential": "in the sequential style, a function that returns a nested "
    "`keras.Sequential`, because its layers are a chain as well",
    "functional": "in the functional style, a function that is called on tensors, "
    "because each call of a layer adds it to the graph of the model",
    "subclass": "in the subclass style, a class, because it must keep its layers and "
    "their weights from one call to the next",
}

_NESTED: dict[Style, str] = {
    "functional": "in the functional style, a function that returns a `keras.Model`, "
    "because the block is used again or inside another layer, and its layers must be "
    "created only once",
}
"""The form if each block is a nested model."""


def of_blocks(modules: Mapping[Style, Module]) -> Iterator[str]:
    """Explain why the code of blocks differs.

    Args:
        modules: The module of each style.
    """
    functions, classes = _functions(modules), _classes(modules)
    returning = [block.returns_model for block in functions]
    forms = _FORMS | (_NESTED if returning and all(returning) else {})
    yield f"A block is, {'; '.join(forms[style] for style in modules)}."
    if any(returning) and not all(returning):
        yield (
            "A function that returns a `keras.Model` is for a block that is used again "
            "or inside another layer, because its layers must be created only once."
        )
    if classes:
        if any(map(_joins_names, functions)):
            yield (
                "The function puts its own `name` before the names of its layers, "
                "because all layers of a functional model share one namespace; the "
                "layers of a class have a namespace of their own."
            )
        yield from of_repeats([step for block in functions for step in block.steps])
        yield from _of_methods(classes)


def of_repeats(steps: Sequence[Statement]) -> Iterator[str]:
    """Explain why a repeat is one loop in a function, and two in a class.

    Args:
        steps: The statements of functions.
    """
    if any(isinstance(step, ForLoop) for step in steps):
        yield (
            "A repeat is one loop in a function; a class creates a list of layers "
            "first and loops over it in `call`, because `call` must not create layers."
        )


def _of_methods(classes: Sequence[Class]) -> Iterator[str]:
    """Explain the methods that a block has because it is a class."""
    yield (
        "A class defines `build` if it has layers, and `get_config` if it has "
        "arguments, for the same reasons as the class of the model below."
    )
    if any(block.takes_training for block in classes):
        yield (
            "`call` has an argument `training` if a layer in the block behaves "
            "differently in training; in a graph of layers, Keras passes it on."
        )
    if any(block.handles_masks for block in classes):
        yield (
            "`compute_mask` tells Keras that the layers inside pass masks on, because "
            "Keras would warn otherwise that the class loses the mask."
        )
    if any(block.takes_mask for block in classes):
        yield (
            "`call` has an argument `mask`, because "
            f"`{layers.TIME_DISTRIBUTED}` passes a mask only by this name."
        )
    if any(block.declares_shape for block in classes):
        yield (
            "`compute_output_shape` is for layers that wrap the block, because they "
            "ask for its shape before they call it."
        )


def _joins_names(block: Function) -> bool:
    """Check whether names of layers contain the name of the block."""
    values = [assignment.value for assignment in assignments(block.steps)]
    return any(
        isinstance(node, ast.JoinedStr)
        and any(
            isinstance(part, ast.FormattedValue)
            and isinstance(part.value, ast.Name)
            and part.value.id == "name"
            for part in node.values
        )
        for value in (*values, block.result)
        for node in ast.walk(value)
    )


def _functions(modules: Mapping[Style, Module]) -> Sequence[Function]:
    module = modules.get("functional")
    return module.body.blocks if module and isinstance(module.body, Functional) else ()


def _classes(modules: Mapping[Style, Module]) -> Sequence[Class]:
    module = modules.get("subclass")
    return module.body.blocks if module and isinstance(module.body, Subclass) else ()
