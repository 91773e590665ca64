"""A module of Keras source, ready to be laid out by a template."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Literal, NamedTuple

from scaffold.ir.types import Origin as Origin

Style = Literal["sequential", "functional", "subclass"]

STYLES: tuple[Style, ...] = ("sequential", "functional", "subclass")
"""All styles; of those that can say a model, `auto` takes the first."""


def find_style(name: str) -> Style:
    """Return the style of a name.

    Raises:
        ValueError: There is no such style.
    """
    for style in STYLES:
        if style == name:
            return style
    raise ValueError(f"no style is called {name!r}; there are {', '.join(STYLES)}")


Backend = Literal["tensorflow", "jax", "torch"]

BACKENDS: tuple[Backend, ...] = ("tensorflow", "jax", "torch")
"""What Keras runs on; methods that take a step of training are for one of them."""

DEFAULT_BACKEND = BACKENDS[0]
"""The one that is taken where nobody names one."""


def find_backend(name: str) -> Backend:
    """Return the backend of a name.

    Raises:
        ValueError: There is no such backend.
    """
    for backend in BACKENDS:
        if backend == name:
            return backend
    raise ValueError(f"no backend is called {name!r}; there are {', '.join(BACKENDS)}")


class Docstring(NamedTuple):
    """A docstring in Google's form, unescaped and not wrapped yet."""

    summary: str
    details: tuple[str, ...] = ()
    """Paragraphs."""
    args: tuple[tuple[str, str], ...] = ()
    returns: str = ""


class FunctionParameter(NamedTuple):
    """A parameter of a function, with its default, if it has one."""

    name: str
    default: ast.expr | None


class Assignment(NamedTuple):
    """A statement `target = value`.

    Attributes:
        target: What is assigned to.
        value: What it is given.
        origin: The entry of the spec that it comes from, if it does.
    """

    target: ast.expr
    value: ast.expr
    origin: Origin | None = None


class ForLoop(NamedTuple):
    """A statement `for target in values:` around one assignment.

    Attributes:
        target: What each turn's value is called.
        values: What it runs over.
        body: What each turn does.
        origin: The entry of the spec that it comes from.
    """

    target: ast.expr
    values: ast.expr
    body: Assignment
    origin: Origin | None = None


Statement = Assignment | ForLoop


class ImportStatement(NamedTuple):
    """`import module`, or `from module import name`; `alias` where it is not `name`."""

    module: str
    name: str = ""
    alias: str = ""


class Item(NamedTuple):
    """An item of `keras.Sequential([...])`, and the entry that it comes from."""

    value: ast.expr
    origin: Origin | None = None


class Chain(NamedTuple):
    """A block as a function that gives a `keras.Sequential` of its own.

    Attributes:
        name: The function's name.
        doc: Its docstring.
        params: Its parameters, the name of what it makes last.
        items: The layers.
        made_by: The class of what it makes.
    """

    name: str
    doc: Docstring
    params: tuple[FunctionParameter, ...]
    items: tuple[Item, ...]
    made_by: str


class Function(NamedTuple):
    """A block as a function that calls layers on tensors.

    Attributes:
        name: The function's name.
        doc: Its docstring.
        inputs: What it calls its tensors.
        params: Its other parameters.
        steps: Its statements.
        result: What it gives.
        result_origin: The entry that the result comes from, where it is made there.
    """

    name: str
    doc: Docstring
    inputs: tuple[str, ...]
    params: tuple[FunctionParameter, ...]
    steps: tuple[Statement, ...]
    result: ast.expr
    result_origin: Origin | None


class InputContract(NamedTuple):
    """What a class tells Keras of a model's inputs, which a graph knows by itself.

    Attributes:
        spec: What `build` makes of the shapes: what inputs are checked against.
        names: The keys of the dictionary, where there are several inputs.
        refusal: What is said of another dictionary.
        signature: What an exported model takes.
    """

    spec: ast.expr
    names: tuple[str, ...]
    refusal: str
    signature: ast.expr


class Class(NamedTuple):
    """A class of its own for a model or a block.

    Attributes:
        name: The class's name.
        base: What it derives from, `keras.Model` or `layers.Layer`.
        doc: Its docstring.
        params: The constructor's own parameters.
        layers: What `__init__` makes.
        arguments: What `call` calls its inputs.
        shapes: What `build` is given: a shape for each argument.
        held: The attribute of each parameter, such as `self.units`.
        trace: The symbolic inputs on which `build` traces `call`.
        takes_training: Whether `call` takes `training`. Keras's `fit` says that it is
            training only to a model whose `call` does.
        steps: The body of `call`.
        result: What `call` returns.
        result_origin: The entry that the result comes from, where it is made there.
        hands_masks_on: Whether it is to say that masks are seen to by what is inside.
        says_shape: Whether it is to say the shape of what it gives: layers that hold
            others ask for it.
        takes_mask: Whether `call` takes the mask of its input: `TimeDistributed` hands
            it on by that name alone.
        output_names: What Keras calls each of several outputs.
        takes: What a model takes; `None` of a block.
    """

    name: str
    base: str
    doc: Docstring
    params: tuple[FunctionParameter, ...]
    layers: tuple[Assignment, ...]
    arguments: tuple[str, ...]
    shapes: tuple[str, ...]
    held: Mapping[str, str]
    trace: tuple[ast.expr, ...]
    takes_training: bool
    steps: tuple[Statement, ...]
    result: ast.expr
    result_origin: Origin | None
    hands_masks_on: bool
    says_shape: bool
    takes_mask: bool
    output_names: tuple[str, ...]
    takes: InputContract | None


class MaskedModels(NamedTuple):
    """A class of nested models that are called on masked tensors.

    Keras warns of a mask that is lost where it is not: it looks for a `compute_mask`,
    and a graph of layers, each of which sees to masks itself, has none.

    Attributes:
        name: The class's name.
        base: What it derives from, `keras.Model` or `keras.Sequential`.
    """

    name: str
    base: str


class Sequential(NamedTuple):
    """`keras.Sequential([...])`, the input first; blocks are such chains as well.

    Attributes:
        masked: What blocks are that may be called on masked tensors.
        blocks: The blocks.
        items: The layers.
    """

    masked: MaskedModels | None
    blocks: tuple[Chain, ...]
    items: tuple[Item, ...]


class Functional(NamedTuple):
    """The body of a function that ends with `keras.Model(inputs, outputs)`.

    Attributes:
        masked: What nested models are that may be called on masked tensors.
        copying: The class that copies what attention is called on, `""` for none.
        blocks: The blocks' functions.
        steps: The statements.
        inputs: What the model takes.
        outputs: What the model gives.
    """

    masked: MaskedModels | None
    copying: str
    blocks: tuple[Function, ...]
    steps: tuple[Statement, ...]
    inputs: ast.expr
    outputs: ast.expr


class Subclass(NamedTuple):
    """A class of its own for the model, and for each block.

    Attributes:
        blocks: The blocks' classes.
        model: The model's class.
        batch_shape: The shape that `build_model` builds the model with.
        beyond: What it brings along, of `recurse` and `loop`.
        copying: The class that copies what attention is called on, `""` for none.
    """

    blocks: tuple[Class, ...]
    model: Class
    batch_shape: ast.expr
    beyond: tuple[str, ...]
    copying: str


class Compiling(NamedTuple):
    """`compile_model`."""

    doc: Docstring
    params: tuple[FunctionParameter, ...]
    arguments: tuple[ast.keyword, ...]


class MainFunction(NamedTuple):
    """`main`: data, training, and a look at the fit.

    Attributes:
        doc: Its docstring.
        params: Its parameters.
        data: Statements that make `x` and `y`.
        arguments: What `fit` takes besides.
        batch_size: What `evaluate` and `predict` take, where the input fixes it.
        new: What to print predictions for, if anything.
        is_several: Whether the model takes or gives more than one tensor.
    """

    doc: Docstring
    params: tuple[FunctionParameter, ...]
    data: tuple[Assignment, ...]
    arguments: tuple[ast.keyword, ...]
    batch_size: ast.expr | None
    new: ast.expr | None
    is_several: bool


class Hooks(NamedTuple):
    """The methods of Keras's own that the model's class overrides.

    Attributes:
        names: Their names, in the order in which they are written.
        backend: What those that differ between backends are written for.
        example: Of `x`, a tensor that has the size of the batch.
    """

    names: tuple[str, ...]
    backend: Backend
    example: ast.expr


class Module(NamedTuple):
    """A whole module.

    Attributes:
        style: Its style.
        note: Which spec and style it comes from.
        name: The model's Keras name.
        doc: The module's docstring.
        imports: What it imports, `keras` included.
        build_doc: The docstring of `build_model`.
        params: The parameters of `build_model`.
        body: What the style adds.
        compiling: `compile_model`, where the spec has `compile`.
        training: `main`, where the spec has `train`.
        hooks: The methods that the model's class overrides.
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
