"""Read arguments: names, order, defaults, and those behind `**kwargs`."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from scaffold.catalogue.introspect.exports import Export
from scaffold.catalogue.types import Argument

BASE = ("name", "dtype", "trainable", "activity_regularizer", "autocast")
"""The arguments of the base `Layer`, in the order of the catalogue."""

LEGACY = frozenset(
    {
        "input_dim",
        "input_shape",
        "batch_input_shape",
        "input_length",
        "alpha",  # LeakyReLU: now negative_slope
        "rms_scaling",  # LayerNormalization: now RMSNormalization
        "decay",
        "dynamic",
        "has_input_vocabulary",  # written by get_config, not by users
        "vocabulary_size",
        "rank",
        "factor",  # image layers: their base class ignores it
    }
)
"""Keywords that Keras still accepts through `**kwargs`, but that are deprecated."""

IGNORED: dict[str, frozenset[str]] = {
    # Its parent, Attention, takes it; this class ignores it.
    "AdditiveAttention": frozenset({"score_mode"}),
    # It accepts any keyword and ignores it.
    "InputLayer": frozenset(BASE),
}
"""Keywords that a class accepts without effect."""

_POPPED = re.compile(r"""kwargs\.pop\(\s*["'](\w+)["'],\s*(\w+)""")
_LISTED = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def own_arguments(target: Callable[..., Any]) -> list[Argument]:
    """Return the arguments of a signature, without `self`, `*args` and `**kwargs`."""
    return [
        _argument(parameter)
        for parameter in inspect.signature(target).parameters.values()
        if parameter.kind in _LISTED and parameter.name != "self"
    ]


def further_arguments(
    export: Export, accepts: Callable[[str, Any], bool]
) -> list[Argument]:
    """Return the keywords that a class takes through `**kwargs`.

    Args:
        export: The class.
        accepts: Returns whether the class accepts a keyword with a value.
    """
    signature = inspect.signature(export.target).parameters
    if not any(
        parameter.kind is parameter.VAR_KEYWORD for parameter in signature.values()
    ):
        return []
    hidden = {
        argument.name: argument
        for argument in _ancestors_arguments(export.target)
        if argument.name not in signature and argument.name not in LEGACY
    }
    ignored = IGNORED.get(export.name, frozenset())
    arguments = [
        argument
        for argument in hidden.values()
        if argument.name not in ignored
        and accepts(argument.name, argument.default)
        and any(
            accepts(argument.name, other) for other in _other_values(argument.default)
        )
    ]
    return sorted(arguments, key=_base_last)


def _other_values(default: Any) -> tuple[Any, ...]:
    """Return values other than the default, to test whether all are rejected."""
    if isinstance(default, bool):
        return (not default,)
    if isinstance(default, int | float):
        return (default / 2, 1)
    if isinstance(default, str):
        return (default,)  # its choices are not known here
    strings = ("float64", "int64", "l2", "channels_last")
    return (*strings, 2, 0.5, True, (2, 2), ("a", "b"))


def _base_last(argument: Argument) -> int:
    return BASE.index(argument.name) if argument.name in BASE else -1


def _ancestors_arguments(target: type) -> Iterator[Argument]:
    for ancestor in target.__mro__:
        init = vars(ancestor).get("__init__")
        if not inspect.isfunction(init) or not ancestor.__module__.startswith("keras"):
            continue
        for argument in own_arguments(init):
            yield argument._replace(required=False)
        for name, default in _POPPED.findall(inspect.getsource(init)):
            yield Argument(name, default=ast.literal_eval(default))


def _argument(parameter: inspect.Parameter) -> Argument:
    if parameter.default is parameter.empty:
        return Argument(parameter.name, required=True)
    return Argument(parameter.name, default=plain(parameter.default))


def plain(value: Any) -> Any:
    """Return a default as plain data: tuples as lists.

    Raises:
        TypeError: It is not plain data.
    """
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a default that is not plain data: {value!r}")
