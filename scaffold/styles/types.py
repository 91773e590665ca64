"""A module of Keras source, ready to be laid out by a template."""

from __future__ import annotations

import ast
from typing import Literal, NamedTuple

Style = Literal["sequential", "functional", "subclass"]

STYLES: tuple[Style, ...] = ("sequential", "functional", "subclass")
"""All styles; of those that can say a model, `auto` takes the first."""


def find_style(name: str) -> Style:
    """Gives the style of a name.

    Raises:
        ValueError: There is no such style.
    """
    for style in STYLES:
        if style == name:
            return style
    raise ValueError(f"no style is called {name!r}; there are {', '.join(STYLES)}")


class Docstring(NamedTuple):
    """A docstring in Google's form, unescaped and not wrapped yet."""

    summary: str
    details: tuple[str, ...] = ()
    """Paragraphs."""
    args: tuple[tuple[str, str], ...] = ()
    returns: str = ""


class Parameter(NamedTuple):
    """A parameter of a function, with its default."""

    name: str
    default: ast.expr


class Assignment(NamedTuple):
    """A statement `target = value`."""

    target: ast.expr
    value: ast.expr


class Import(NamedTuple):
    """`import module`, or `from module import name`; `alias` where it is not `name`."""

    module: str
    name: str = ""
    alias: str = ""


class Sequential(NamedTuple):
    """The items of `keras.Sequential([...])`, the input first."""

    items: tuple[ast.expr, ...]


class Functional(NamedTuple):
    """The body of a function that ends with `keras.Model(inputs, outputs)`."""

    steps: tuple[Assignment, ...]
    inputs: ast.expr
    outputs: ast.expr


class Subclass(NamedTuple):
    """A class of its own for the model.

    Attributes:
        name: The class's name.
        doc: Its docstring.
        params: The constructor's own parameters.
        layers: What `__init__` makes.
        argument: What `call` calls its input.
        trace: The symbolic input on which `build` traces `call`.
        takes_training: Whether `call` takes `training`. Keras's `fit` says that it is
            training only to a model whose `call` does.
        steps: The body of `call`.
        result: What `call` returns.
        batch_shape: The shape that `build_model` builds the model with.
    """

    name: str
    doc: Docstring
    params: tuple[Parameter, ...]
    layers: tuple[Assignment, ...]
    argument: str
    trace: ast.expr
    takes_training: bool
    steps: tuple[Assignment, ...]
    result: ast.expr
    batch_shape: ast.expr


class Compiling(NamedTuple):
    """`compile_model`."""

    doc: Docstring
    params: tuple[Parameter, ...]
    arguments: tuple[ast.keyword, ...]


class Training(NamedTuple):
    """`main`: data, training, and a look at the fit.

    Attributes:
        doc: Its docstring.
        params: Its parameters.
        data: Statements that make `x` and `y`.
        arguments: What `fit` takes besides.
        batch_size: What `evaluate` and `predict` take, where the input fixes it.
        new: What to print predictions for, if anything.
    """

    doc: Docstring
    params: tuple[Parameter, ...]
    data: tuple[Assignment, ...]
    arguments: tuple[ast.keyword, ...]
    batch_size: ast.expr | None
    new: ast.expr | None


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
    """

    style: Style
    note: str
    name: str
    doc: Docstring
    imports: tuple[Import, ...]
    build_doc: Docstring
    params: tuple[Parameter, ...]
    body: Sequential | Functional | Subclass
    compiling: Compiling | None
    training: Training | None
