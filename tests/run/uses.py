"""Uses of Keras's objects, one argument at a time, and whether none was forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scaffold.catalogue import Argument, KerasCallable, Kind
from tests.run.argument_values import pool
from tests.run.by_hand import Outcome

NO_VALUE = frozenset(
    ("loss_scale_factor", "optimizer_map", "quantization_config", "weights")
)
"""Arguments of the kind `any` for which a spec has no value but `None`."""

NOT_ON_THE_EXAMPLE = {
    ("RandomColorDegeneration", "data_format", "channels_first"),
    ("STFTSpectrogram", "data_format", "channels_first"),
}
"""Choices for which the tensor of the catalogue's example has the wrong shape."""


class Use(NamedTuple):
    """A use of an object, and what comes of it by hand.

    Attributes:
        argument: The argument that is tried.
        value: Its value.
        arguments: All arguments, as a spec has them.
        by_hand: What comes of it.
    """

    argument: Argument
    value: Any
    arguments: Mapping[str, Any]
    by_hand: Outcome


def idle_kinds(described: KerasCallable, uses: Iterable[Use]) -> list[Any]:
    """Gives the kinds of arguments, and the choices, with which nothing worked."""
    works: dict[str, list[Any]] = {}
    for use in uses:
        if not use.by_hand.error:
            works.setdefault(use.argument.name, []).append(use.value)
    return [
        (described.name, argument.name, item)
        for argument in described.arguments
        for kind in argument.kinds
        for item in _idle(described, argument, kind, works.get(argument.name, []))
    ]


def _idle(
    described: KerasCallable, argument: Argument, kind: Kind, works: list[Any]
) -> list[Any]:
    """Gives a kind of which no value worked; of choices, all that did not."""
    values = pool(described, argument, kind)
    if kind == "choice":
        full = [(described.name, argument.name, value) for value in values]
        return [
            item
            for item in full
            if item[2] not in works and item not in NOT_ON_THE_EXAMPLE
        ]
    if kind == "any":
        return [] if argument.name in NO_VALUE else [kind]
    return [] if any(value in works for value in values) else [kind]
