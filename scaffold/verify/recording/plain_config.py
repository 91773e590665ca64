"""Converts configurations of layers to plain data, and compares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras

_COUNTED = ("name", "build_config", "shared_object_id")
_SHOWN = 40


def plain(config: Any, *, keep_seeds: bool) -> Any:
    """Return a configuration as plain data, without generated names and seeds."""
    value = keras.saving.serialize_keras_object(config)
    if isinstance(value, Mapping):
        value = {key: item for key, item in value.items() if key not in _COUNTED}
    return _plain(value, keep_seeds)


def _plain(value: Any, keep_seeds: bool) -> Any:
    if isinstance(value, Mapping):
        # Only the names of layers are generated; the name of a dtype policy matters.
        is_layer = "trainable" in value
        return {
            key: _plain(item, keep_seeds)
            for key, item in value.items()
            if not (key in _COUNTED and (is_layer or key != "name"))
            and (keep_seeds or key != "seed")
        }
    if isinstance(value, list | tuple):
        return [_plain(item, keep_seeds) for item in value]
    return value


def is_alike(ours: Any, theirs: Any) -> bool:
    """Return whether two values of arguments are the same; tuples equal lists."""
    data, other = (plain(value, keep_seeds=True) for value in (ours, theirs))
    return not any(True for _ in differences(data, other))


def differences(
    ours: Any, theirs: Any, name: str = ""
) -> Iterator[tuple[str, Any, Any]]:
    """Yield the differences of two configurations: the name, our and their value."""
    if isinstance(ours, Mapping) and ours.get("class_name") == "BlockLayer":
        # The layers of a block are compared one by one.
        return
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        if ours.get("class_name") != theirs.get("class_name"):
            yield name, ours, theirs
            return
        for key in dict.fromkeys((*ours, *theirs)):
            inner = key if not name or name == "config" else f"{name}.{key}"
            inner = name if key == "config" and name else inner
            yield from differences(ours.get(key), theirs.get(key), inner)
    elif not _same(ours, theirs):
        yield name, ours, theirs


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    return bool(ours == theirs)


def shown(value: Any) -> str:
    """Return a value of a configuration as source code, shortened."""
    if isinstance(value, Mapping) and "class_name" in value:
        config = value.get("config")
        arguments = config.items() if isinstance(config, Mapping) else ()
        listed = [
            f"{key}={shown(argument)}"
            for key, argument in arguments
            if argument is not None
        ]
        text = f"{value['class_name']}({', '.join(listed)})"
    else:
        text = f"{value:.6g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
