"""The name of a part: what its class is called, and its module."""

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
"""The families that hold classes."""

_OF_KERAS = frozenset(
    """DTypePolicy FloatDTypePolicy Function InputSpec KerasTensor Model Operation
    Quantizer RematScope Sequential StatelessScope SymbolicScope Variable""".split()
)
"""Classes of Keras that are in no family of the catalogue."""


def class_name(name: str) -> str:
    """Return the name of a part's class: `MeanGap` for `mean_gap`, and for itself."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))


def module_name(name: str) -> str:
    """Return the name of a part's module: `mean_gap` for `MeanGap`, and for itself."""
    return name if name.islower() else re.sub("_+", "_", snake_case(name))


def part_name(
    kind: str, name: str, catalogue: Catalogue, *, tested: bool
) -> Iterator[Diagnostic]:
    """Report what is wrong with the name of a part.

    Args:
        kind: The part's kind.
        name: Its name, in CamelCase or snake_case.
        catalogue: What Keras offers.
        tested: Whether there are to be tests of it.
    """
    span = Span(name or "NAME")
    diagnostics = [*name_faults(name, span, f"the {kind}'s name")]
    if diagnostics:
        yield from diagnostics
        return
    if not _CAMEL_CASE.fullmatch(name) and not _SNAKE_CASE.fullmatch(name):
        message = f"the {kind}'s name `{name}` is neither in CamelCase nor snake_case"
        help_ = f"write `{_better(name)}`"
        yield Diagnostic("KS208", message, span, help_)
    elif what := _hidden(name, catalogue):
        message = f"the {kind} `{name}` hides {what}"
        help_ = f"choose another name, such as `{_another(kind, name)}`"
        yield Diagnostic("KS211", message, span, help_)
    elif tested and class_name(name).startswith("Test"):
        message = f"pytest would take the {kind} `{class_name(name)}` for tests"
        help_ = "choose a name that does not begin with `Test`, or leave out --tests"
        yield Diagnostic("KS208", message, span, help_)


def _better(name: str) -> str:
    """Write a name in CamelCase."""
    return class_name(re.sub("_+", "_", snake_case(name)).strip("_"))


def _another(kind: str, name: str) -> str:
    """Find a name that is free: `dense` gives `my_dense`, `Dense` gives `MyDense`."""
    return f"my_{name}" if name.islower() else f"My{name}"


def _hidden(name: str, catalogue: Catalogue) -> str:
    """Describe what a part's name hides, `""` for nothing."""
    own, module = class_name(name), module_name(name)
    for registry in _CLASSES:
        if catalogue.find(registry, own):
            return f"`keras.{_place(registry)}.{own}`"
    if own in _OF_KERAS:
        return f"`keras.{own}`"
    for candidate in dict.fromkeys((name, own, module)):
        if hasattr(builtins, candidate):
            return f"`{candidate}`, which Python has by itself"
        if not is_free(candidate):
            return f"`{candidate}`, a keyword of Python"
    return ""


def _place(registry: str) -> str:
    return "optimizers.schedules" if registry == "schedules" else registry
