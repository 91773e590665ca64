"""The types of the catalogue; they do not import Keras."""

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
"""The type of the values of an argument.

`choice` is one of `Argument.choices`; `shape` is a sequence of any length of integers
or `None`; `tuple` is a sequence of `Argument.rank` items (numbers or such tuples; any
length without a rank), for which a single integer may stand for all items; `list` is a
sequence of anything; `layers` is a list of layers; `tensor` is a value that can only be
a tensor; `any` is not checked. A single float instead of a `tuple` has another meaning.
"""


class Argument(NamedTuple):
    """One argument of a Keras callable.

    Attributes:
        name: Its keyword.
        required: Whether it has no default.
        default: Its default as plain data (tuples as lists); `None` if required.
        kinds: The allowed kinds of values.
        nullable: Whether `None` is a legal value.
        choices: The allowed strings (or other constants), for the kind `choice`.
        rank: The number of items of a value of the kind `tuple`.
    """

    name: str
    required: bool = False
    default: Any = None
    kinds: tuple[Kind, ...] = ("any",)
    nullable: bool = False
    choices: tuple[Any, ...] = ()
    rank: int | None = None


class Example(NamedTuple):
    """The smallest use of a layer that is known to build and run.

    Attributes:
        arguments: Keyword arguments as plain data; a nested Keras object is written as
            `{"Dense": {"units": 2}}`, like in a spec's keyed notation.
        shapes: A shape for each required tensor, without the batch axis.
        dtype: The dtype of those tensors.
    """

    arguments: Mapping[str, Any]
    shapes: tuple[tuple[int | None, ...], ...]
    dtype: str


class KerasCallable(NamedTuple):
    """A class or function that Keras exports.

    Attributes:
        name: Its main name, `MaxPooling2D`.
        registry: The family that it belongs to; `beyond` for what a spec can call but
            Keras does not have.
        aliases: Its other names, `("MaxPool2D",)`.
        strings: The strings that Keras accepts for it with all defaults, the usual one
            first: `("relu",)`, `("mean_squared_error", "mse")`.
        abstract: Whether it is a base class that cannot be used directly.
        arguments: The arguments of the constructor or function, in order. For layers,
            the accepted arguments of the base `Layer` (`name`, `dtype`,
            `trainable`...) are last.
        positional: The number of leading arguments that are usually positional.
        call: The arguments of a layer's `call` except tensors and `training`: `mask`,
            `initial_state`, `use_causal_mask`...; empty for anything but layers.
        takes: What a layer or a function of `keras.ops` is called on: `one` tensor, a
            `list` of tensors, `several` named tensors, or `none`; `""` for anything
            else.
        tensors: The names of the tensors, in order: `("inputs",)`, `("query", "value",
            "key")`.
        most: The maximum number of tensors of a layer that is called on a `list`, whose
            minimum is two; 0 for any number.
        gives: The number of tensors that it returns with default arguments; 0 if it
            depends on other things.
        training: `differs` if `call` takes `training`, and its output or its updates of
            variables depend on it; `takes` if `call` takes it without effect; `""` if
            `call` does not take it.
        in_graphs: Whether symbolic calls of it can be part of a `keras.Model`.
        masks: Whether it uses a mask (`uses`), passes it on (`passes`), makes one
            (`makes`), or drops it (`""`).
        shape: The output shape: the `same` as the input; two shapes `broadcast`, as in
            arithmetic; `reduced` along the argument `axis` (of functions); `data` if
            it depends on values; `""` if it depends on other things.
        ranks: The allowed ranks of the input tensor of a layer, with the batch axis; 7
            stands for 7 and more. Empty if every rank works, or if arguments decide.
        sized: Whether the size of the axis that it works on, usually the last one, must
            be known, as it has weights for each item.
        example: The smallest use that is known to work, or `None` with the reason in
            `unusable`.
        unusable: Why it has no example, or `""`.
        url: Its page on keras.io.
    """

    name: str
    registry: Registry | Literal["extensions"]
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
