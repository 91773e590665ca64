"""What is set from outside of the spec: `-p units=32`, `--with train_step`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from scaffold.diagnostics import (
    Collector,
    Diagnostic,
    Refused,
    Span,
    did_you_mean,
    suggest,
)
from scaffold.spec.limits import shown
from scaffold.spec.types import Expression, Literal, Spec
from scaffold.spec.values import default

SOURCE = "-p"
"""What stands for the file in findings about a param set from outside."""

METHODS = "--with"
"""The same, in findings about a method to be overridden."""


def override(
    described: Spec, values: Iterable[tuple[str, str]]
) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Set the defaults of params.

    Args:
        described: The spec.
        values: Names and values; a value is read as YAML, so that `32` is a number,
            `relu` a string and `[8, 8]` a list.

    Returns:
        The spec with its new defaults, and what is wrong with those given.
    """
    params = {param.name: param for param in described.params}
    collector = Collector()
    for name, text in values:
        if name not in params:
            near = suggest(name, params)
            known = ", ".join(f"`{param}`" for param in params) or "none"
            help_ = did_you_mean(near[:1]) or f"it has {known}"
            message = f"the spec has no param `{shown(name)}`"
            collector.fault("KS209", message, Span(SOURCE), help_)
            continue
        value = collector.attempt(partial(value_of, name, text), at=Span(SOURCE))
        if value is not None:
            params[name] = params[name]._replace(default=value, span=Span(SOURCE))
    overridden = described._replace(params=tuple(params.values()))
    return overridden, tuple(collector.diagnostics)


def value_of(name: str, text: str) -> Expression:
    """Read the value that a param is given from outside, as YAML.

    Raises:
        Refused: It cannot be read; the place is not yet `-p`.
    """
    from scaffold.spec.yaml import parse  # which imports ruamel.yaml

    node = parse(text, SOURCE)
    if node is None:
        message = f"the param `{name}` is given no value"
        help_ = f"write `-p {name}=32`, or `=null` for nothing"
        raise Refused(Diagnostic("KS103", message, Span(SOURCE), help_))
    return default(node)


def with_methods(described: Spec, names: Iterable[str]) -> Spec:
    """Add methods to those that the spec overrides.

    Args:
        described: The spec.
        names: The methods; one that the spec names as well is not added.
    """
    known = {method.value for method in described.override}
    more = [Literal(name, Span(METHODS)) for name in names if name not in known]
    return described._replace(override=(*described.override, *more))
