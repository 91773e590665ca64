"""Convert between the types of the catalogue and the plain data in its JSON files.

A record omits every field with the default of its type, and the name, which is its
key. `callable_from(name, registry, record_of(x)) == x` for every callable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scaffold.catalogue.types import Argument, Example, KerasCallable, Registry

Record = dict[str, Any]


def record_of(described: KerasCallable) -> Record:
    """Return the plain data of a callable, without its name and registry."""
    record = _differing(described, KerasCallable._field_defaults)
    for field in ("arguments", "call"):
        if field in record:
            record[field] = _argument_records(record[field])
    if described.example is not None:
        record["example"] = described.example._asdict()
    return record


def callable_from(
    name: str, registry: Registry, record: Mapping[str, Any]
) -> KerasCallable:
    """Return the callable for its plain data.

    Raises:
        KeyError, TypeError: The record is not from `record_of`.
    """
    fields = {field: _frozen(value) for field, value in record.items()}
    for field in ("arguments", "call"):
        fields[field] = tuple(
            Argument(name=argument, **_argument_fields(plain))
            for argument, plain in record.get(field, {}).items()
        )
    if "example" in record:
        plain = record["example"]
        fields["example"] = Example(
            plain["arguments"], _frozen(plain["shapes"]), plain["dtype"]
        )
    return KerasCallable(name=name, registry=registry, **fields)


def _argument_records(arguments: Iterable[Argument]) -> Record:
    return {
        argument.name: _differing(argument, Argument._field_defaults)
        for argument in arguments
    }


def _argument_fields(plain: Mapping[str, Any]) -> dict[str, Any]:
    """Freeze all values except the default, which is plain data."""
    return {
        field: value if field == "default" else _frozen(value)
        for field, value in plain.items()
    }


def _differing(described: Any, defaults: Mapping[str, Any]) -> Record:
    return {
        field: value
        for field, value in described._asdict().items()
        if field in defaults
        and (value != defaults[field] or type(value) is not type(defaults[field]))
    }


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
