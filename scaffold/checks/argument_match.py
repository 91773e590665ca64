"""Decide whether an argument can have a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from scaffold.catalogue import Argument, Catalogue, KerasCallable, Kind, Registry
from scaffold.catalogue.facts.dtypes import DTYPES
from scaffold.ir.fold import ArithmeticFailure, NotConstant, fold, folded
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Imported,
    Object,
    Value,
)
from scaffold.ir.values import REGISTRIES


class Match(NamedTuple):
    """The verdict on a value for an argument.

    Attributes:
        result: `fits`, or what is wrong with the value.
        value: The value, or the part of it that does not fit.
        data: `value` as plain data (params with their defaults), or the Keras object.
        is_item: Whether `value` is an item of a list or a mapping of Keras objects.
    """

    result: Literal["fits", "wrong kind", "no choice"]
    value: Value
    data: Any = None
    is_item: bool = False


class ArgumentValue(NamedTuple):
    """An argument of a call, with the verdict on its value.

    Attributes:
        target: The callable that takes it; `None` for the count of a repeat.
        bound: The argument in the spec. For a block, `target` is inside the block.
        argument: The argument in the catalogue.
        verdict: Whether the value fits.
    """

    target: KerasCallable | None
    bound: Bound
    argument: Argument
    verdict: Match

    @property
    def shown(self) -> str:
        """The argument, as messages name it."""
        if self.target is None:
            return "the count of a repeat"
        item = "an item of " if self.verdict.is_item else ""
        return f"{item}`{self.bound.name}`"


def judge_all(
    value: Value,
    argument: Argument,
    defaults: Mapping[str, Value],
    catalogue: Catalogue,
) -> tuple[Match, ...]:
    """Check a value for an argument, and each item of a list or mapping of objects.

    Args:
        value: The value.
        argument: The argument in the catalogue.
        defaults: The defaults of the params.
        catalogue: What Keras offers.

    Returns:
        A verdict for each item that does not fit; a single verdict if all items fit,
        or if the value is neither a list nor a mapping of Keras objects.
    """
    items: tuple[Value, ...] | None = None
    if isinstance(value, Collection) and _holds_objects(argument, "list"):
        items = value.items
    elif isinstance(value, Dictionary) and _holds_objects(argument, "dict"):
        items = tuple(item for _, item in value.pairs)
    if items is None or "any" in argument.kinds:
        return (judge(value, argument, defaults, catalogue),)
    as_item = argument._replace(nullable=True)
    if "layers" in argument.kinds:
        as_item = item_of(argument)
    verdicts = (
        verdict._replace(is_item=True)
        for item in _without_split_calls(items)
        for verdict in judge_all(item, as_item, defaults, catalogue)
        if verdict.result != "fits"
    )
    return tuple(verdicts) or (Match("fits", value),)


def judge(
    value: Value,
    argument: Argument,
    defaults: Mapping[str, Value],
    catalogue: Catalogue,
) -> Match:
    """Check a value for an argument.

    Args:
        value: The value. For a list or mapping of Keras objects, use `judge_all`.
        argument: The argument in the catalogue.
        defaults: The defaults of the params.
        catalogue: What Keras offers.
    """
    kinds = argument.kinds
    if "any" in kinds:
        return Match("fits", value)
    if isinstance(value, Object):
        fits = _object_fits(value, argument)
        return Match("fits" if fits else "wrong kind", value, value)
    try:
        data = fold(value, defaults)
    except NotConstant:
        return _of_unknown(value, argument, defaults, catalogue)
    except ArithmeticFailure:
        return Match("fits", value)
    if data is None:
        return Match("fits" if argument.nullable else "wrong kind", value)
    if any(_data_fits(data, kind, argument, catalogue) for kind in kinds):
        return Match("fits", value, data)
    is_choice = set(kinds) == {"choice"}
    if is_choice or (isinstance(data, str) and choices_of(argument, catalogue)):
        return Match("no choice", value, data)
    return Match("wrong kind", value, data)


def _of_unknown(
    value: Value,
    argument: Argument,
    defaults: Mapping[str, Value],
    catalogue: Catalogue,
) -> Match:
    """Check a value that contains something unknown: only its type is known."""
    data: Any
    match value:
        case Collection():
            data = [_item(item, defaults) for item in value.items]
        case Dictionary():
            data = {}
        case _:
            return Match("fits", value)
    if any(_data_fits(data, kind, argument, catalogue) for kind in argument.kinds):
        return Match("fits", value)
    shown = [[] for _ in data] if isinstance(value, Collection) else data
    return Match("wrong kind", value, shown)


def _item(value: Value, defaults: Mapping[str, Value]) -> Any:
    """Evaluate an item of a list; return 1, which every list takes, if unknown."""
    if isinstance(value, (Object, Dictionary)):
        return {}
    return folded(value, defaults, 1)


def choices_of(argument: Argument, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the strings that an argument accepts; `()` if it accepts any string."""
    choices = [choice for choice in argument.choices if isinstance(choice, str)]
    for kind in argument.kinds:
        for registry in string_registries(kind):
            choices += catalogue.strings(registry)
        if kind == "dtype":
            choices += DTYPES
    return tuple(choices)


def string_registries(kind: Kind) -> tuple[Registry, ...]:
    """Return the registries whose objects can be written as strings."""
    excluded = ("layers", "schedules", "callbacks")
    return tuple(
        registry for registry in REGISTRIES.get(kind, ()) if registry not in excluded
    )


def _holds_objects(argument: Argument, container: Kind) -> bool:
    """Return whether an argument accepts a list, or a mapping, of Keras objects."""
    if container == "list" and "layers" in argument.kinds:
        return True
    return container in argument.kinds and any(
        kind in REGISTRIES for kind in argument.kinds
    )


def _without_split_calls(items: Iterable[Value]) -> Iterator[Value]:
    """Leave out all but the first part of a call that YAML has split at its commas."""
    depth = 0
    for item in items:
        if depth <= 0:
            yield item
        if isinstance(item, Constant) and isinstance(item.value, str):
            depth = max(0, depth + item.value.count("(") - item.value.count(")"))


def item_of(argument: Argument) -> Argument:
    """Return the argument that describes an item of a list or mapping of objects."""
    kinds = tuple(kind for kind in argument.kinds if kind not in ("list", "dict"))
    if "layers" in kinds:
        kinds = ("layer",)
    return argument._replace(kinds=kinds, nullable=False)


def _object_fits(value: Object, argument: Argument) -> bool:
    if value.target is None:
        return True
    if isinstance(value.target, Imported):
        return any(kind in REGISTRIES for kind in argument.kinds)
    family: str = "layers"
    if isinstance(value.target, KerasCallable):
        family = value.target.registry
    return any(family in REGISTRIES.get(kind, ()) for kind in argument.kinds)


def _data_fits(data: Any, kind: Kind, argument: Argument, catalogue: Catalogue) -> bool:
    match kind:
        case "integer":
            return _is_number(data) and isinstance(data, int)
        case "float":
            return _is_number(data)
        case "boolean":
            return isinstance(data, bool)
        case "string":
            return isinstance(data, str)
        case "choice":
            return any(
                data == choice and type(data) is type(choice)
                for choice in argument.choices
            )
        case "shape":
            return isinstance(data, list) and all(
                size is None or (_is_number(size) and isinstance(size, int))
                for size in data
            )
        case "tuple":
            whole = "integer" in argument.kinds and "float" not in argument.kinds
            return _is_tuple(data, argument.rank, whole=whole)
        case "list":
            return isinstance(data, list)
        case "dict":
            return isinstance(data, dict)
        case "dtype":
            # Names such as `int8_from_float32` are policies of quantized layers.
            return data in DTYPES or (isinstance(data, str) and "_from_" in data)
        case _:
            return isinstance(data, str) and any(
                catalogue.find_string(registry, data) is not None
                for registry in string_registries(kind)
            )


def _is_number(data: Any) -> bool:
    return isinstance(data, (int, float)) and not isinstance(data, bool)


def _is_tuple(data: Any, rank: int | None, *, whole: bool) -> bool:
    """Return whether data is a tuple of `rank` numbers, or of tuples of numbers.

    With `whole`, all numbers must be integers.
    """
    if not isinstance(data, list) or (rank is not None and len(data) != rank):
        return False
    return all(
        item is None
        or (_is_number(item) and (isinstance(item, int) or not whole))
        or _is_tuple(item, None, whole=whole)
        for item in data
    )
