"""Which classes and functions a registry exports, and under which names."""

from __future__ import annotations

import inspect
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.installed import registry_module
from scaffold.catalogue.types import Registry

FUNCTIONS: frozenset[Registry] = frozenset({"ops", "activations"})
"""The registries of functions; all others are of classes."""

LEFT_OUT: dict[str, frozenset[str]] = {
    # Not a layer: it describes a layer's input.
    "layers": frozenset({"InputSpec"}),
    # They look functions up; they are no activations.
    "activations": frozenset({"get", "serialize", "deserialize"}),
}


class Export(NamedTuple):
    """One exported class or function.

    Attributes:
        name: Its main name: what it calls itself where it is exported as that.
        aliases: All other names, sorted.
        target: The class or function.
    """

    name: str
    aliases: tuple[str, ...]
    target: Any


def exports(registry: Registry) -> list[Export]:
    """List what a registry exports, sorted by main name."""
    module = registry_module(registry)
    wanted = inspect.isfunction if registry in FUNCTIONS else inspect.isclass
    names: dict[Any, list[str]] = {}
    for name in sorted(vars(module)):
        target = getattr(module, name)
        if name.startswith("_") or name in LEFT_OUT.get(registry, ()):
            continue
        if wanted(target):
            names.setdefault(target, []).append(name)
    listed = [_export(target, target_names) for target, target_names in names.items()]
    return sorted(listed, key=lambda export: export.name)


def _export(target: Any, names: list[str]) -> Export:
    main = target.__name__ if target.__name__ in names else names[0]
    return Export(main, tuple(name for name in names if name != main), target)
