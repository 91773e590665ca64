"""Read the params of a part from the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import activations, layers
from scaffold.checks.argument_match import judge
from scaffold.checks.rules.bad_name import parameter_faults
from scaffold.checks.rules.param_default import default_faults
from scaffold.checks.wording import allowed_values, shown
from scaffold.diagnostics import (
    Collector,
    Diagnostic,
    Refused,
    Span,
    did_you_mean,
    suggest,
)
from scaffold.ir.fold import ArithmeticFailure, fold, plain
from scaffold.ir.types import Constant, Operation, ParamRef, Value
from scaffold.ir.values import Resolver
from scaffold.ir.walk import within
from scaffold.parts.kinds import Kind, Role
from scaffold.spec.overrides import SOURCE, setting, value_of

_SPAN = Span(SOURCE)


class PartParam(NamedTuple):
    """A param with its default, and its role in the template, if any."""

    name: str
    default: Value
    role: Role | None


def usual_params(kind: Kind) -> tuple[PartParam, ...]:
    """Return the default params of a kind of part."""
    return tuple(
        PartParam(role.argument.name, Constant(role.argument.default, _SPAN), role)
        for role in kind.roles
        if role.is_usual
    )


def read_params(
    kind: Kind, values: Iterable[tuple[str, str]], catalogue: Catalogue
) -> tuple[tuple[PartParam, ...], tuple[Diagnostic, ...]]:
    """Read the names and YAML values of params.

    Args:
        kind: The kind of the part.
        values: Names and values. If a name is repeated, the last value counts.
        catalogue: The catalogue of Keras.

    Returns:
        The params, and the findings.
    """
    roles = {role.argument.name: role for role in kind.roles}
    params: dict[str, PartParam] = {}
    collector = Collector()
    for name, text in values:
        place = setting(name, text)
        if faults := [*_name(name, kind, catalogue)]:
            collector.add(*(fault._replace(span=place) for fault in faults))
            continue
        value = collector.attempt(partial(_value, name, text, catalogue), at=place)
        if value is None:
            continue
        params[name] = PartParam(name, value, roles.get(name))
        faults = [*_role(params[name], catalogue)]
        collector.add(*(fault._replace(span=place) for fault in faults))
    return tuple(params.values()), tuple(collector.diagnostics)


def _name(name: str, kind: Kind, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Report a name that a param cannot have."""
    yield from parameter_faults(name, _SPAN, "the param")
    of_layers = (
        catalogue.reserved if kind.base == layers.BASES["layer"] else frozenset()
    )
    if name in kind.reserved or name in of_layers:
        message = f"the param `{name}` hides a name that Keras or the code needs"
        help_ = f"choose another name, such as `{name}_value`"
        yield Diagnostic("KS211", message, _SPAN, help_)


def _value(name: str, text: str, catalogue: Catalogue) -> Value:
    """Read a default, which must be a plain value; evaluate arithmetic on numbers.

    Raises:
        Refused: It is not a plain value.
    """
    value = Resolver(catalogue).value(value_of(name, text))
    for inner in within(value):
        if isinstance(inner, ParamRef):
            message = f"the default of `{name}` uses `{inner.name}`"
            help_ = "write a plain value: a default cannot use another param"
            raise Refused(Diagnostic("KS209", message, _SPAN, help_))
    if faults := [*default_faults(name, value, _SPAN)]:
        raise Refused(*faults)
    if not any(isinstance(inner, Operation) for inner in within(value)):
        return value
    try:
        return plain(fold(value, {}), _SPAN)
    except ArithmeticFailure as error:
        message = f"the default of `{name}` cannot be evaluated: {error}"
        help_ = "write the result as a number"
        raise Refused(Diagnostic("KS213", message, _SPAN, help_)) from error


def _role(param: PartParam, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Report a default that the template cannot use."""
    if param.role is None:
        return
    role, argument = param.role, param.role.argument
    verdict = judge(param.default, argument, {}, catalogue)
    value = fold(param.default, {})
    if verdict.result == "wrong kind":
        message = (
            f"`{param.name}` must be {allowed_values(argument)}, not {shown(value)}"
        )
        yield Diagnostic("KS204", message, _SPAN, _purpose(param.name, role))
    elif verdict.result == "no choice":
        near = suggest(str(value), catalogue.strings("activations"))
        help_ = did_you_mean(near[:1], '"') or "write `=null` for no activation"
        message = f"{shown(value)} is not an activation"
        yield Diagnostic("KS205", message, _SPAN, help_)
    elif what := _of_activation(
        value if argument.name == "activation" else "", catalogue
    ):
        message = f"`{value}` {what}, so the layer cannot use it by name"
        help_ = "use another activation, such as `swish`"
        yield Diagnostic("KS205", message, _SPAN, help_)
    # Not `value < role.least`, which a NaN would pass.
    elif role.least is not None and not value >= role.least:
        message = f"`{param.name}` must be at least {role.least}, not {value}"
        yield Diagnostic("KS215", message, _SPAN, _purpose(param.name, role))
    elif role.above is not None and not value > role.above:
        message = f"`{param.name}` must be greater than {role.above}, not {value}"
        yield Diagnostic("KS215", message, _SPAN, _purpose(param.name, role))


def _purpose(name: str, role: Role) -> str:
    """Return the help for a wrong default: what the param is for."""
    return f"`{name}`: {role.purpose}"


def _of_activation(name: str, catalogue: Catalogue) -> str:
    """Describe why a layer cannot use an activation, `""` if it can."""
    if name == activations.HALVES:
        return "halves the last axis"
    known = catalogue.find_string("activations", name) if name else None
    required = (
        [argument for argument in known.arguments if argument.required] if known else []
    )
    return "requires arguments" if len(required) > 1 else ""
