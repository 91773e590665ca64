"""What the catalogue says of Keras: frozen types, no Keras behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

Registry = Literal[
    "layers",
    "ops",
    "activations",
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "callbacks",
    "methods",
]
"""A family of Keras objects. `schedules` is `keras.optimizers.schedules`."""

OBJECT_REGISTRIES: tuple[Registry, ...] = (
    "layers",
    "initializers",
    "regularizers",
    "constraints",
    "losses",
    "metrics",
    "optimizers",
    "schedules",
    "callbacks",
)
"""The families of classes, in the order in which a bare name is looked up."""

Kind = Literal[
    "integer",
    "float",
    "boolean",
    "string",
    "choice",
    "shape",
    "tuple",
    "list",
    "dict",
    "dtype",
    "activation",
    "initializer",
    "regularizer",
    "constraint",
    "layer",
    "layers",
    "loss",
    "metric",
    "optimizer",
    "schedule",
    "callback",
    "tensor",
    "any",
]
"""What an argument may be.

`choice` is one of `Argument.choices`; `shape` a sequence of any length of integers or
`None`; `tuple` a sequence of `Argument.rank` items (numbers or such tuples; any length
where there is no rank), for which one bare integer stands for all; `list` a sequence
of anything; `layers` a list of layers; `tensor` something only a tensor can be; `any`
is not checked. A bare float in place of a `tuple` has a meaning of its own.
"""


class Argument(NamedTuple):
    """One argument of a Keras callable.

    Attributes:
        name: Its keyword.
        required: Whether it has no default.
        default: Its default as plain data (tuples as lists); `None` where required.
        kinds: What it may be: any one of them.
        nullable: Whether `None` is a legal value.
        choices: The strings (or other constants) it may be, for the kind `choice`.
        rank: How many items a value of the kind `tuple` has.
    """

    name: str
    required: bool = False
    default: Any = None
    kinds: tuple[Kind, ...] = ("any",)
    nullable: bool = False
    choices: tuple[Any, ...] = ()
    rank: int | None = None


class Example(NamedTuple):
    """The smallest use of a layer that was seen to build and run.

    Attributes:
        arguments: Keyword arguments as plain data; a nested Keras object is written as
            `{"Dense": {"units": 2}}`, like in a spec's keyed notation.
        shapes: One shape per tensor that the layer must have, without the batch axis.
        dtype: The dtype of those tensors.
    """

    arguments: Mapping[str, Any]
    shapes: tuple[tuple[int | None, ...], ...]
    dtype: str


class KerasCallable(NamedTuple):
    """A class or function that Keras exports.

    Attributes:
        name: Its main name, `MaxPooling2D`.
        registry: The family it is found in; `beyond` for what a spec can call and Keras
            does not have.
        aliases: Its other names, `("MaxPool2D",)`.
        strings: The strings that Keras takes for it with all defaults, the one that
            authors write first: `("relu",)`, `("mean_squared_error", "mse")`.
        abstract: Whether it is a base class, of no use by itself.
        arguments: What its constructor (or the function) takes, in order. For layers
            the arguments of the base `Layer` that it accepts come last
            (`name`, `dtype`, `trainable`, ...).
        positional: How many leading arguments a Keras author passes by position.
        call: What the layer's `call` takes apart from tensors and `training`: `mask`,
            `initial_state`, `use_causal_mask`...; empty for everything but layers.
        takes: How a layer is called: on `one` tensor, on a `list` of them, on
            `several` named ones, on `none`; `""` for what is no layer. For functions
            of `keras.ops`: the same.
        tensors: The names of the tensors, in order: `("inputs",)`, `("query", "value",
            "key")`.
        most: How many tensors a layer takes at most that is called on a `list` of them,
            the least being two; 0 for any number.
        gives: How many tensors it returns with its default arguments; 0 where it
            depends on other things.
        training: Whether `call` takes `training` and gives something else by it, or
            updates what it keeps (`differs`); takes it, but is the same (`takes`);
            or does not take it (`""`).
        in_graphs: Whether a `keras.Model` can be made of symbolic calls of it.
        masks: Whether it uses a mask (`uses`), hands it on (`passes`), makes one
            (`makes`), or drops it (`""`).
        shape: What becomes of the shape of what it is called on: it gives the `same`;
            two are `broadcast`, as in arithmetic; it is `reduced` by the axes that an
            `axis` names (of functions); `""` where it depends on other things.
        ranks: How many axes, the batch's counted, the tensor has to have that a layer
            is called on: any of these, of which 7 stands for 7 and more; nothing where
            every rank works, or where arguments decide.
        sized: Whether the size of the axis that it works on, mostly the last one, has
            to be known: it has weights for each item of it.
        example: The smallest use that was seen to work, or `None` with the reason in
            `unusable`.
        unusable: Why no example could be found, or `""`.
        url: Its page on keras.io.
    """

    name: str
    registry: Registry | Literal["beyond"]
    aliases: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    abstract: bool = False
    arguments: tuple[Argument, ...] = ()
    positional: int = 0
    call: tuple[Argument, ...] = ()
    takes: str = ""
    tensors: tuple[str, ...] = ()
    most: int = 0
    gives: int = 1
    training: str = ""
    in_graphs: bool = True
    masks: str = ""
    shape: str = ""
    ranks: tuple[int, ...] = ()
    sized: bool = False
    example: Example | None = None
    unusable: str = ""
    url: str = ""
