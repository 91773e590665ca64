"""Translate the output of `model.to_json()` and `layer.get_config()` to entries."""

from __future__ import annotations

from typing import Any

from scaffold.catalogue import OBJECT_REGISTRIES, Catalogue, KerasCallable
from scaffold.catalogue.facts import activations
from scaffold.catalogue.facts import layers as facts
from scaffold.spec.document import Node, Table, plain

_LEFT_OUT = frozenset(("autocast", "dtype", "name", "trainable", "sparse", "ragged"))


def is_config(item: Node) -> bool:
    """Return whether a node is a serialized Keras object."""
    if not isinstance(item, Table):
        return False
    keys = {key.value for key, _ in item.pairs}
    return {"class_name", "config"} <= keys


def from_config(item: Table, catalogue: Catalogue) -> str | None:
    """Return the entry for a serialized layer, `None` if it cannot be read."""
    try:
        return _written(plain(item), catalogue)
    except (KeyError, TypeError, ValueError):
        return None


def layers_of(root: Table, catalogue: Catalogue) -> list[str]:
    """Return the entries for all layers of a serialized model."""
    config = plain(root).get("config")
    layers = config.get("layers", []) if isinstance(config, dict) else config
    entries = []
    for layer in layers if isinstance(layers, list) else []:
        if isinstance(layer, dict) and layer.get("class_name") != facts.INPUT:
            try:
                entries.append(_written(layer, catalogue))
            except (KeyError, TypeError, ValueError):
                continue
    return entries


def shape_of(root: Table) -> list[Any] | None:
    """Return the input shape of a serialized model, without the batch axis."""
    config = plain(root).get("config")
    if not isinstance(config, dict):
        return None
    layers = config.get("layers") or [{}]
    first = layers[0].get("config", {}) if isinstance(layers[0], dict) else {}
    for section in (first, config):
        for key in ("batch_shape", "batch_input_shape", "build_input_shape"):
            shape = section.get(key)
            if isinstance(shape, list):
                return shape[1:]
    return None


def _written(data: dict[str, Any], catalogue: Catalogue) -> str:
    """Write an object with the arguments that differ from their defaults."""
    name, config = str(data["class_name"]), data["config"]
    target = next(
        (
            match
            for family in OBJECT_REGISTRIES
            if (match := catalogue.find(family, name))
        ),
        None,
    )
    if target is None:
        raise KeyError(name)
    listed: list[str] = []
    for argument in target.arguments:
        if argument.name in config and argument.name not in _LEFT_OUT:
            value = config[argument.name]
            if not argument.required and _is_default(
                value, argument.default, catalogue
            ):
                continue
            text = _value(value, catalogue)
            by_position = argument.required and len(listed) == _position(
                target, argument
            )
            listed.append(text if by_position else f"{argument.name}={text}")
    return f"{target.name}({', '.join(listed)})"


def _position(target: KerasCallable, argument: Any) -> int:
    return target.arguments.index(argument)


def _is_default(value: Any, default: Any, catalogue: Catalogue) -> bool:
    if isinstance(value, dict) and "class_name" in value and isinstance(default, str):
        if any(value.get("config", {}).get(key) for key in ("seed", "gain")):
            return False
        family = catalogue.find_string("initializers", default)
        return family is not None and family.name == value["class_name"]
    if default is None and value in (None, [], activations.LINEAR):
        return True
    return bool(value == default)


def _value(value: Any, catalogue: Catalogue) -> str:
    if isinstance(value, dict):
        if "class_name" in value:
            return _written(value, catalogue)
        listed = (f'"{key}": {_value(item, catalogue)}' for key, item in value.items())
        return f"{{{', '.join(listed)}}}"
    if isinstance(value, list):
        items = ", ".join(_value(item, catalogue) for item in value)
        return f"({items},)" if len(value) == 1 else f"({items})"
    if isinstance(value, str):
        return f'"{value}"'
    return repr(value)
