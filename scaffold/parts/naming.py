"""The names of the class and the module of a part."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator

from scaffold.catalogue import Catalogue, Registry
from scaffold.checks.rules.bad_name import name_faults
from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.names import is_free, snake_case

_CAMEL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_CLASSES: tuple[Registry, ...] = (
    "layers",
    "losses",
    "metrics",
    "callbacks",
    "optimizers",
    "schedules",
    "initializers",
    "regularizers",
    "constraints",
)
"""The registries of the catalogue that contain classes."""

_OF_KERAS = frozenset(
    """DTypePolicy FloatDTypePolicy Function InputSpec KerasTensor Model Operation
    Quantizer RematScope Sequential StatelessScope SymbolicScope Variable""".split()
)
"""Keras classes that are in none of the registries."""


def class_name(name: str) -> str:
    """Return the class name of a part: `MeanGap` for `mean_gap` or `MeanGap`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def module_name(name: str) -> str:
    """Return the module name of a part: `mean_gap` for `MeanGap` or `mean_gap`."""
    return name if name.islower() else re.sub("_+", "_", snake_case(name))


def part_name(
    kind: str, name: str, catalogue: Catalogue, *, tested: bool
) -> Iterator[Diagnostic]:
    """Report why a part cannot have a name.

    Args:
        kind: The kind of the part.
        name: The name, in CamelCase or snake_case.
        catalogue: The catalogue of Keras.
        tested: Whether tests of the part are generated too.
    """
    span = Span(name or "NAME")
    diagnostics = [*name_faults(name, span, f"the {kind}'s name")]
    if diagnostics:
        yield from diagnostics
        return
    if not _CAMEL_CASE.fullmatch(name) and not _SNAKE_CASE.fullmatch(name):
        message = f"the {kind}'s name `{name}` is neither in CamelCase nor snake_case"
        help_ = f"write `{_camel_case(name)}`"
        yield Diagnostic("KS208", message, span, help_)
    elif what := _hidden(name, catalogue):
        message = f"the {kind} `{name}` hides {what}"
        help_ = f"choose another name, such as `{_alternative(name)}`"
        yield Diagnostic("KS211", message, span, help_)
    elif tested and class_name(name).startswith("Test"):
        message = f"pytest would collect the {kind} `{class_name(name)}` as a test"
        help_ = "choose a name that does not start with `Test`, or omit --tests"
        yield Diagnostic("KS208", message, span, help_)


def _camel_case(name: str) -> str:
    """Write a name in CamelCase."""
    return class_name(re.sub("_+", "_", snake_case(name)).strip("_"))


def _alternative(name: str) -> str:
    """Suggest another name: `my_dense` for `dense`, `MyDense` for `Dense`."""
    return f"my_{name}" if name.islower() else f"My{name}"


def _hidden(name: str, catalogue: Catalogue) -> str:
    """Describe what the name of a part hides, `""` for nothing."""
    class_, module = class_name(name), module_name(name)
    for registry in _CLASSES:
        if catalogue.find(registry, class_):
            return f"`keras.{_module_of(registry)}.{class_}`"
    if class_ in _OF_KERAS:
        return f"`keras.{class_}`"
    for candidate in dict.fromkeys((name, class_, module)):
        if hasattr(builtins, candidate):
            return f"the Python built-in `{candidate}`"
        if not is_free(candidate):
            return f"the Python keyword `{candidate}`"
    return ""


def _module_of(registry: str) -> str:
    return "optimizers.schedules" if registry == "schedules" else registry
