"""What the `train.py` of a minimal project contains besides its examples."""

from __future__ import annotations

import ast
from typing import NamedTuple

from scaffold.catalogue import load
from scaffold.ir import ModelIR
from scaffold.kit.view import ProjectView
from scaffold.render.source import arguments, source
from scaffold.styles import training
from scaffold.styles.types import FunctionParameter, MainFunction
from scaffold.styles.values import Writer

_ENOUGH = 5
"""The number of examples of which one can be held out."""


class TrainingScript(NamedTuple):
    """The parts of a `train.py`, as Python text.

    Attributes:
        load: The statements that assign `x` and `y`, for examples in a file.
        params: The parameters of `main`: the params of the `train` section.
        size: The number of examples.
        build: The arguments of `build_model`.
        compile: The arguments of `compile_model`.
        fit: The arguments of `fit` after `x` and `y`.
        batch: The batch size, if the model fixes it.
        changed: The arguments that differ from the spec, for the README.
        holds_out: Whether there are enough examples to evaluate on others than those
            of the training.
        held_out: The number of examples to hold out of those with the numbers `rows`.
        is_runnable: Whether `model.py` trains the model, too.
        registers: Whether `load_model` needs the classes of `model.py`.
    """

    load: tuple[str, ...]
    params: str
    size: str
    build: str
    compile: str
    fit: str
    batch: str
    changed: tuple[str, ...]
    holds_out: bool
    held_out: str
    is_runnable: bool
    registers: bool


def training_script(project: ProjectView, model: ModelIR, code: str) -> TrainingScript:
    """Write the parts of the `train.py` of a project.

    Args:
        project: The project.
        model: The model of the spec.
        code: The source of its `model.py`.
    """
    main = training.training(model, Writer(load()))
    known = _parameters(code)
    sizes = project.sizes_of_data("")
    values = {
        **{name: repr(value) for name, value in project.set_params.items()},
        **sizes,
    }
    build, compile_ = (
        [f"{name}={text}" for name, text in values.items() if name in known[function]]
        for function in ("build_model", "compile_model")
    )
    size, batch = project.recipe.size, project.facts.batch_size
    return TrainingScript(
        _statements(main),
        ", ".join(_parameter(param) for param in main.params) if main else "",
        f"len({_first_target(project)})",
        ", ".join(build),
        ", ".join(["model", *compile_]),
        arguments(main.arguments) if main else _usual_fit(project, batch),
        str(batch or ""),
        tuple(f"{name}={value!r}" for name, value in project.set_params.items()),
        not 0 < size < max(_ENOUGH, 2 * batch),
        (
            f"max({max(batch, 1)}, len(rows) // 5)"
            if batch or not size
            else "(len(rows) // 5)"
        ),
        main is not None,
        bool(project.layers) or "register_keras_serializable" in code,
    )


def _statements(main: MainFunction | None) -> tuple[str, ...]:
    if main is None:
        return ()
    return tuple(f"{source(step.target)} = {source(step.value)}" for step in main.data)


def _parameter(param: FunctionParameter) -> str:
    return f"{param.name}={source(param.default)}" if param.default else param.name


def _parameters(code: str) -> dict[str, set[str]]:
    """Return the names of the parameters of each function in a module."""
    return {
        function.name: {argument.arg for argument in function.args.args}
        for function in ast.parse(code).body
        if isinstance(function, ast.FunctionDef)
    }


def _first_target(project: ProjectView) -> str:
    """Return an array with a target of each example, in Python."""
    if project.facts.is_list:
        return "y[0]"
    return f"y[{project.facts.kinds[0][0]!r}]" if project.facts.is_dict else "y"


def _usual_fit(project: ProjectView, fixed_batch: int) -> str:
    """Return the arguments of `fit` for a spec without a `train` section."""
    epochs = project.recipe.epochs
    if fixed_batch:  # the part for the validation may not consist of full batches
        return f"batch_size={fixed_batch}, epochs={epochs}"
    batch_size = project.recipe.batch_size
    return f"batch_size={batch_size}, epochs={epochs}, validation_split=0.2"
