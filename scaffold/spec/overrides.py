"""Overrides from the command line: `-p units=32`, `--with train_step`."""

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
"""The option that sets a param on the command line."""

_LONGEST = 60
"""The most characters of a setting in the location of a finding."""

METHODS = "--with"
"""The path in findings about a method that is named on the command line."""


def setting(name: str, text: str) -> Span:
    """Return the location of a param that is set on the command line."""
    whole = f"{SOURCE} {name}={text}"
    return Span(whole if len(whole) <= _LONGEST else f"{whole[: _LONGEST - 3]}...")


def of_command_line(span: Span) -> Span | None:
    """Return the location of the setting that contains a span.

    Returns:
        The location; `None` if the span is in a file.
    """
    is_setting = span.path.startswith(f"{SOURCE} ")
    return Span(span.path) if is_setting else None


def override(
    described: Spec, values: Iterable[tuple[str, str]]
) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Set the defaults of params.

    Args:
        described: The spec.
        values: Names and values; a value is read as YAML, so that `32` is a number,
            `relu` a string and `[8, 8]` a list.

    Returns:
        The spec with its new defaults, and the findings about the values.
    """
    params = {param.name: param for param in described.params}
    collector = Collector()
    for name, text in values:
        place = setting(name, text)
        if name not in params:
            near = suggest(name, params)
            known = ", ".join(f"`{param}`" for param in params) or "no params"
            help_ = did_you_mean(near[:1]) or f"the spec has {known}"
            message = f"the spec has no param `{shown(name)}`"
            collector.add_error("KS209", message, place, help_)
            continue
        value = collector.attempt(partial(value_of, name, text), at=place)
        if value is not None:
            params[name] = params[name]._replace(default=value, span=place)
    overridden = described._replace(params=tuple(params.values()))
    return overridden, tuple(collector.diagnostics)


def value_of(name: str, text: str) -> Expression:
    """Read the value of a param from the command line, as YAML.

    Raises:
        Refused: The value cannot be read; the location is within the setting.
    """
    from scaffold.spec.yaml import parse  # which imports ruamel.yaml

    place = setting(name, text)
    node = parse(text, place.path)
    if node is None:
        message = f"the param `{name}` has no value"
        help_ = f"write `-p {name}=32`, or `-p {name}=null` for `None`"
        raise Refused(Diagnostic("KS103", message, place, help_))
    return default(node)


def with_methods(described: Spec, names: Iterable[str]) -> Spec:
    """Add methods to the overridden methods of a spec.

    Args:
        described: The spec.
        names: The methods; those that the spec already overrides are not added.
    """
    known = {method.value for method in described.override}
    more = [Literal(name, Span(METHODS)) for name in names if name not in known]
    return described._replace(override=(*described.override, *more))
