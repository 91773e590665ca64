"""Find the classes and functions that a registry exports, with their names."""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.installed import registry_module
from scaffold.catalogue.types import Registry

FUNCTIONS: frozenset[Registry] = frozenset({"ops", "activations"})
"""The registries of functions; the others contain classes."""

LEFT_OUT: dict[str, frozenset[str]] = {
    # Not a layer: it describes a layer's input.
    "layers": frozenset({"InputSpec"}),
    # They look up functions; they are not activations.
    "activations": frozenset({"get", "serialize", "deserialize"}),
}


class Export(NamedTuple):
    """An exported class or function.

    Attributes:
        name: Its main name: its `__name__` if it is exported under that.
        aliases: All other names, sorted.
        target: The class or function.
    """

    name: str
    aliases: tuple[str, ...]
    target: Any


def exports(registry: Registry) -> list[Export]:
    """Return the exports of a registry, sorted by main name."""
    module = registry_module(registry)
    is_exported_kind = inspect.isfunction if registry in FUNCTIONS else inspect.isclass
    names: dict[Any, list[str]] = {}
    for name in sorted(vars(module)):
        target = getattr(module, name)
        if name.startswith("_") or name in LEFT_OUT.get(registry, ()):
            continue
        if is_exported_kind(target):
            names.setdefault(target, []).append(name)
    listed = [_export(target, target_names) for target, target_names in names.items()]
    return sorted(listed, key=lambda export: export.name)


def _export(target: Any, names: list[str]) -> Export:
    main = target.__name__ if target.__name__ in names else names[0]
    return Export(main, tuple(name for name in names if name != main), target)
