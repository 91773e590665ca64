"""The parts of a module of Keras source, as the templates need them."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from scaffold.ir.types import Origin as Origin

Style = Literal["sequential", "functional", "subclass"]

STYLES: tuple[Style, ...] = ("sequential", "functional", "subclass")
"""All styles; `auto` chooses the first one that can express the model."""


def find_style(name: str) -> Style:
    """Return the style with a name.

    Raises:
        ValueError: There is no such style.
    """
    for style in STYLES:
        if style == name:
            return style
    raise ValueError(f"unknown style {name!r}: use one of {', '.join(STYLES)}")


Backend = Literal["tensorflow", "jax", "torch"]

BACKENDS: tuple[Backend, ...] = ("tensorflow", "jax", "torch")
"""All backends of Keras; overridden training steps are written for one of them."""

DEFAULT_BACKEND = BACKENDS[0]
"""The backend if none is specified."""


def find_backend(name: str) -> Backend:
    """Return the backend with a name.

    Raises:
        ValueError: There is no such backend.
    """
    for backend in BACKENDS:
        if backend == name:
            return backend
    raise ValueError(f"unknown backend {name!r}: use one of {', '.join(BACKENDS)}")


class Docstring(NamedTuple):
    """A docstring in Google style, not yet escaped or wrapped."""

    summary: str
    details: tuple[str, ...] = ()
    """Paragraphs."""
    args: tuple[tuple[str, str], ...] = ()
    returns: str = ""


class FunctionParameter(NamedTuple):
    """A parameter of a function, and its default, `None` without one."""

    name: str
    default: ast.expr | None


class Assignment(NamedTuple):
    """A statement `target = value`.

    Attributes:
        target: The left side.
        value: The right side.
        origin: The entry of the spec that it comes from, if any.
    """

    target: ast.expr
    value: ast.expr
    origin: Origin | None = None


class ForLoop(NamedTuple):
    """A statement `for target in values:` around one assignment.

    Attributes:
        target: The loop variable.
        values: The iterable.
        body: The statement in the loop.
        origin: The entry of the spec that it comes from.
    """

    target: ast.expr
    values: ast.expr
    body: Assignment
    origin: Origin | None = None


class IfStatement(NamedTuple):
    """A statement `if test:` around assignments, and those of its `else`, if any.

    Attributes:
        test: The condition.
        body: The assignments if it is true.
        otherwise: The assignments if it is false.
    """

    test: ast.expr
    body: tuple[Assignment, ...]
    otherwise: tuple[Assignment, ...]


Statement = Assignment | ForLoop | IfStatement


def assignments(steps: Iterable[Statement]) -> Iterator[Assignment]:
    """Return all assignments, including those in loops and conditions."""
    for step in steps:
        match step:
            case Assignment():
                yield step
            case ForLoop():
                yield step.body
            case IfStatement():
                yield from (*step.body, *step.otherwise)


class ImportStatement(NamedTuple):
    """`import module`, or `from module import name`; `alias` if it is not `name`."""

    module: str
    name: str = ""
    alias: str = ""


class Item(NamedTuple):
    """An item of `keras.Sequential([...])`, and the entry that it comes from."""

    value: ast.expr
    origin: Origin | None = None


class Chain(NamedTuple):
    """A block as a function that returns a `keras.Sequential`.

    Attributes:
        name: The function's name.
        doc: Its docstring.
        params: Its parameters.
        items: The layers.
        made_by: The class of the result.
        is_named: Whether the last parameter is the name of the result.
    """

    name: str
    doc: Docstring
    params: tuple[FunctionParameter, ...]
    items: tuple[Item, ...]
    made_by: str
    is_named: bool


class Function(NamedTuple):
    """A block as a function that calls layers on tensors, or creates a model.

    Attributes:
        name: The function's name.
        doc: Its docstring.
        inputs: Its parameters for tensors, or for the shapes of a model's inputs.
        params: Its other parameters.
        steps: Its statements.
        result: What it returns.
        result_origin: The entry of the result, if the `return` statement creates it.
        returns_model: Whether it creates a model.
    """

    name: str
    doc: Docstring
    inputs: tuple[str, ...]
    params: tuple[FunctionParameter, ...]
    steps: tuple[Statement, ...]
    result: ast.expr
    result_origin: Origin | None
    returns_model: bool


class InputContract(NamedTuple):
    """What a class declares about the inputs of a model; a graph knows it anyway.

    Attributes:
        spec: The `keras.InputSpec` that `build` sets, against which inputs are checked.
        names: The keys of the dictionary, if there are several inputs.
        error_message: The error message for any other dictionary.
        signature: The inputs of an exported model.
    """

    spec: ast.expr
    names: tuple[str, ...]
    error_message: str
    signature: ast.expr


class Class(NamedTuple):
    """A class for a model or a block.

    Attributes:
        name: The class's name.
        base: The base class, `keras.Model` or `layers.Layer`.
        doc: Its docstring.
        params: The constructor's own parameters.
        layers: The layers that `__init__` creates.
        arguments: The parameters of `call` for inputs.
        shapes: The parameters of `build`: a shape for each argument.
        attributes: The attribute of each parameter, such as `self.units`.
        trace: The symbolic inputs on which `build` traces `call`.
        takes_training: Whether `call` takes `training`. `fit` passes `training=True`
            only to a model whose `call` takes it.
        steps: The body of `call`.
        result: What `call` returns.
        result_origin: The entry of the result, if the `return` statement creates it.
        handles_masks: Whether it declares that the layers inside handle masks.
        builds: Whether it has `build`, because there are layers to build. Keras would
            build them in the first call, but warns when it reloads a block without it.
        declares_shape: Whether it declares its output shape, for layers around it.
        takes_mask: Whether `call` takes the mask of its input, as `TimeDistributed`
            passes it only by that name.
        output_names: The names of several outputs.
        takes: The inputs of a model; `None` for a block.
    """

    name: str
    base: str
    doc: Docstring
    params: tuple[FunctionParameter, ...]
    layers: tuple[Assignment, ...]
    arguments: tuple[str, ...]
    shapes: tuple[str, ...]
    attributes: Mapping[str, str]
    trace: tuple[ast.expr, ...]
    takes_training: bool
    steps: tuple[Statement, ...]
    result: ast.expr
    result_origin: Origin | None
    handles_masks: bool
    builds: bool
    declares_shape: bool
    takes_mask: bool
    output_names: tuple[str, ...]
    takes: InputContract | None


class MaskedModels(NamedTuple):
    """A class of nested models that are called on masked tensors.

    Keras warns about a lost mask if a layer has no `compute_mask`. A functional model
    has none, although its layers handle masks themselves.

    Attributes:
        name: The class's name.
        base: The base class, `keras.Model` or `keras.Sequential`.
    """

    name: str
    base: str


class Sequential(NamedTuple):
    """`keras.Sequential([...])`, the input first; blocks are such chains as well.

    Attributes:
        masked: The class of blocks that may be called on masked tensors.
        blocks: The blocks.
        items: The layers.
    """

    masked: MaskedModels | None
    blocks: tuple[Chain, ...]
    items: tuple[Item, ...]


class Functional(NamedTuple):
    """The body of a function that ends with `keras.Model(inputs, outputs)`.

    Attributes:
        masked: The class of nested models that may be called on masked tensors.
        copying: The class that copies the inputs of attention, `""` for none.
        blocks: The blocks' functions.
        steps: The statements.
        inputs: The inputs of the model.
        outputs: The outputs of the model.
    """

    masked: MaskedModels | None
    copying: str
    blocks: tuple[Function, ...]
    steps: tuple[Statement, ...]
    inputs: ast.expr
    outputs: ast.expr


class Subclass(NamedTuple):
    """A class for the model, and for each block.

    Attributes:
        blocks: The blocks' classes.
        model: The model's class.
        batch_shape: The shape that `build_model` builds the model with.
        extensions: Which of `recurse` and `loop` the module has to define.
        copying: The class that copies the inputs of attention, `""` for none.
    """

    blocks: tuple[Class, ...]
    model: Class
    batch_shape: ast.expr
    extensions: tuple[str, ...]
    copying: str


class Compiling(NamedTuple):
    """`compile_model`."""

    doc: Docstring
    params: tuple[FunctionParameter, ...]
    arguments: tuple[ast.keyword, ...]


class LineWeights(NamedTuple):
    """The weights of a model that computes a linear function of its features.

    Attributes:
        is_single: Whether there is one feature, and so one slope.
        has_bias: Whether there is an intercept.
    """

    is_single: bool
    has_bias: bool


class MainFunction(NamedTuple):
    """`main`: it loads data, trains the model, and prints its loss and metrics.

    Attributes:
        doc: Its docstring.
        params: Its parameters.
        data: The statements that assign `x` and `y`.
        arguments: The other arguments of `fit`.
        batch_size: The batch size of `evaluate` and `predict`, if the input fixes it.
        new: The examples to print predictions for, if any.
        is_several: Whether the model has more than one input or output.
        step: The losses and metrics of every how many epochs are printed after
            training: 0 for about ten of a number that is not known, `None` for none if
            `fit` prints a few epochs anyway.
        has_only_loss: Whether the loss is the only number in the history.
        starts_later: Whether the first epoch may have another number than 1.
        has_gaps: Whether the history may lack a value for some epochs.
        has_vectors: Whether a metric may be an array.
        line: The weights to print as slope and intercept, if the model is so simple.
        names: Its own variables that have another name if a param has theirs.
    """

    doc: Docstring
    params: tuple[FunctionParameter, ...]
    data: tuple[Assignment, ...]
    arguments: tuple[ast.keyword, ...]
    batch_size: ast.expr | None
    new: ast.expr | None
    is_several: bool
    step: int | None
    has_only_loss: bool
    starts_later: bool
    has_gaps: bool
    has_vectors: bool
    line: LineWeights | None
    names: Mapping[str, str]


class Hooks(NamedTuple):
    """The methods of Keras that the model class overrides.

    Attributes:
        names: Their names, in the order in which they are written.
        backend: The backend for methods that differ between backends.
        example: A tensor in `x`, from which the batch size is read.
        is_distributed: Whether the methods run under `tf.distribute`.
    """

    names: tuple[str, ...]
    backend: Backend
    example: ast.expr
    is_distributed: bool


class Module(NamedTuple):
    """A whole module.

    Attributes:
        style: Its style.
        note: The note on its spec and style.
        name: The model's Keras name.
        doc: The module's docstring.
        imports: What it imports, `keras` included.
        build_doc: The docstring of `build_model`.
        params: The parameters of `build_model`.
        body: The code that depends on the style.
        compiling: `compile_model`, if the spec has `compile`.
        training: `main`, if the spec has `train`.
        hooks: The methods that the model class overrides.
    """

    style: Style
    note: str
    name: str
    doc: Docstring
    imports: tuple[ImportStatement, ...]
    build_doc: Docstring
    params: tuple[FunctionParameter, ...]
    body: Sequential | Functional | Subclass
    compiling: Compiling | None
    training: MainFunction | None
    hooks: Hooks
