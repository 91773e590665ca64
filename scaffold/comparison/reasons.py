"""Why the code of the styles differs: a sentence for each difference."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from scaffold.comparison.block_reasons import of_blocks, of_repeats
from scaffold.comparison.types import Piece, Purpose
from scaffold.styles import Module, Style
from scaffold.styles.types import Class, Functional, Subclass, assignments

Modules = Mapping[Style, Module]
Rows = Sequence[Sequence[Piece]]


def reasons(purpose: Purpose, rows: Rows, modules: Modules) -> tuple[str, ...]:
    """Explain why code differs.

    Args:
        purpose: What the code is for.
        rows: The code.
        modules: The module of each style.

    Returns:
        A sentence for each difference.
    """
    if purpose in _ALWAYS:
        return (_ALWAYS[purpose],)
    return tuple(_REASONS[purpose](rows, modules))


_ALWAYS: dict[Purpose, str] = {
    "imports": "Each file imports only what the code of its style uses.",
    "saving": "`get_config` returns the arguments of the constructor, because "
    "`load_model` calls it with them again; of a graph, Keras saves the layers and how "
    "they are connected.",
    "exporting": "`export` declares the inputs, because a class, unlike a graph, does "
    "not store their shapes and dtypes.",
    "overriding": "Only a class can override the methods that train and evaluate a "
    "model.",
    "others": "Keras derives these methods from a graph of layers, which a class does "
    "not have.",
    "instance": "`build_model` creates an instance and builds it, because a class is "
    "not yet a model; the result is ready for `summary()`.",
}
"""The reasons that do not depend on the model."""


def _helpers(rows: Rows, modules: Modules) -> Iterator[str]:
    extensions = [
        name
        for module in modules.values()
        if isinstance(module.body, Subclass)
        for name in module.body.extensions
    ]
    for name in (row[0].part for row in rows):
        if name.lower() in extensions:
            yield (
                f"`{name}` is a layer with its own code, because the data decide "
                "what it computes, and a graph of layers is fixed before it sees data."
            )
        elif any(_masked(module) == name for module in modules.values()):
            yield (
                f"`{name}` defines `compute_mask`, because Keras warns that a nested "
                "model without this method loses the mask; a block that is a class "
                "defines it itself."
            )
        else:
            yield (
                f"`{name}` calls attention on a copy, because attention removes the "
                "mask from the tensors that it is called on."
            )


def _masked(module: Module) -> str:
    masked = getattr(module.body, "masked", None)
    return masked.name if masked is not None else ""


_LAYER_FORMS: dict[Style, str] = {
    "sequential": "a sequential model is a list, because each layer is called on the "
    "output of the previous one",
    "functional": "a functional model calls each layer where it creates it, because "
    "these calls are the graph",
    "subclass": "a class creates its layers once, in `__init__`, because `call` uses "
    "them again for every batch",
}


def _layers(rows: Rows, modules: Modules) -> Iterator[str]:
    forms = "; ".join(_LAYER_FORMS[style] for style in modules)
    yield f"{forms[0].upper()}{forms[1:]}."
    functional = modules.get("functional")
    body = functional.body if functional is not None else None
    if isinstance(body, Functional) and _calls_variables(body):
        yield (
            "In the functional style, a layer or block that is called several times is "
            "a variable, because all of its calls share its weights."
        )
    model = _model(modules)
    if model is None:
        return
    if isinstance(body, Functional):
        yield from of_repeats(body.steps)
    yield (
        "The class is registered under a name, because a saved model contains this "
        "name instead of the code of the class."
    )
    if model.params:
        yield (
            "The class stores its arguments as attributes, because its methods use "
            "them later; a function needs them only while it creates the layers."
        )
    if model.output_names:
        yield (
            "A class sets `output_names`, because Keras names the losses and metrics "
            "of several outputs after the layers of a graph."
        )


def _calls_variables(body: Functional) -> bool:
    """Return whether a graph calls a layer that it has created before."""
    written = list(assignments(body.steps))
    targets = (assignment.target for assignment in written)
    variables = {target.id for target in targets if isinstance(target, ast.Name)}
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in variables
        for assignment in written
        for node in ast.walk(assignment.value)
    )


def _calls(rows: Rows, modules: Modules) -> Iterator[str]:
    model = _model(modules)
    yield (
        "`call` defines what each layer is called on, because a class has no graph "
        "that stores it: Keras runs this code instead."
    )
    if model is not None and model.takes_training:
        yield (
            "`call` has an argument `training` and passes it on, because `fit` sets it "
            "only for a model whose `call` has it; a graph of layers needs no code for "
            "that."
        )
    if model is not None and model.takes is not None and model.takes.names:
        yield (
            "`call` refuses keys that are not inputs, because a class, unlike a graph, "
            "does not know the names of its inputs."
        )


def _building(rows: Rows, modules: Modules) -> Iterator[str]:
    yield (
        "`build` runs `call` once on symbolic inputs, because a class does not know "
        "the shapes of its weights and outputs before that; a graph begins with "
        "`keras.Input`."
    )
    if any("input_spec" in piece.text for row in rows for piece in row):
        yield (
            "`input_spec` makes the model refuse inputs of another shape, because the "
            "layers of a class may accept some of them, such as an additional axis."
        )


_REASONS: dict[Purpose, Callable[[Rows, Modules], Iterator[str]]] = {
    "helpers": _helpers,
    "blocks": lambda rows, modules: of_blocks(modules),
    "layers": _layers,
    "calls": _calls,
    "building": _building,
}
"""The reasons that do."""


def _model(modules: Modules) -> Class | None:
    module = modules.get("subclass")
    return module.body.model if module and isinstance(module.body, Subclass) else None
