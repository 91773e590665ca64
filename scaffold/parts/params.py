"""The params of a part, as they are given on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import activations, layers
from scaffold.checks.argument_match import judge
from scaffold.checks.rules.bad_name import parameter_faults
from scaffold.checks.rules.param_default import default_faults
from scaffold.checks.wording import shown, wanted
from scaffold.diagnostics import (
    Collector,
    Diagnostic,
    Refused,
    Span,
    did_you_mean,
    suggest,
)
from scaffold.ir.fold import ArithmeticFailure, fold, plain
from scaffold.ir.types import Constant, ParamRef, Value
from scaffold.ir.values import Resolver
from scaffold.ir.walk import within
from scaffold.parts.kinds import Kind, Role
from scaffold.spec.overrides import SOURCE, value_of

_SPAN = Span(SOURCE)


class PartParam(NamedTuple):
    """A param with its default, and the use that the template has for it, if any."""

    name: str
    default: Value
    role: Role | None


def usual_params(kind: Kind) -> tuple[PartParam, ...]:
    """Return the params of a part where none are asked for."""
    return tuple(
        PartParam(role.argument.name, Constant(role.argument.default, _SPAN), role)
        for role in kind.roles
        if role.is_usual
    )


def read_params(
    kind: Kind, values: Iterable[tuple[str, str]], catalogue: Catalogue
) -> tuple[tuple[PartParam, ...], tuple[Diagnostic, ...]]:
    """Read params, names and YAML values.

    Args:
        kind: What they are params of.
        values: Names and values. Of one name, the last one counts, as with `-p`.
        catalogue: What Keras offers.

    Returns:
        The params, and what is wrong with them.
    """
    roles = {role.argument.name: role for role in kind.roles}
    read: dict[str, PartParam] = {}
    collector = Collector()
    for name, text in values:
        if faults := [*_name(name, kind, catalogue)]:
            collector.keep(*faults)
            continue
        value = collector.attempt(partial(_value, name, text, catalogue), at=_SPAN)
        if value is None:
            continue
        read[name] = PartParam(name, value, roles.get(name))
        collector.keep(*_role(read[name], catalogue))
    return tuple(read.values()), tuple(collector.diagnostics)


def _name(name: str, kind: Kind, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Report a name that no param can have."""
    yield from parameter_faults(name, _SPAN, "the param")
    of_layers = (
        catalogue.reserved if kind.base == layers.BASES["layer"] else frozenset()
    )
    if name in kind.taken or name in of_layers:
        message = f"the param `{name}` hides a name that Keras or the code needs"
        help_ = f"choose another, such as `{name}_value`"
        yield Diagnostic("KS211", message, _SPAN, help_)


def _value(name: str, text: str, catalogue: Catalogue) -> Value:
    """Read a default: a plain value, arithmetic on numbers worked out.

    Raises:
        Refused: It is none.
    """
    value = Resolver(catalogue).value(value_of(name, text))
    for inner in within(value):
        if isinstance(inner, ParamRef):
            message = f"the default of `{name}` uses `{inner.name}`"
            help_ = "a default is a plain value: params do not see one another"
            raise Refused(Diagnostic("KS209", message, _SPAN, help_))
    if faults := [*default_faults(name, value, _SPAN)]:
        raise Refused(*faults)
    try:
        return plain(fold(value, {}), _SPAN)
    except ArithmeticFailure as error:
        message = f"the default of `{name}` has no result: {error}"
        help_ = "write the result itself"
        raise Refused(Diagnostic("KS213", message, _SPAN, help_)) from error


def _role(param: PartParam, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Report a default that the template could do nothing with."""
    if param.role is None:
        return
    role, argument = param.role, param.role.argument
    verdict = judge(param.default, argument, {}, catalogue)
    value = fold(param.default, {})
    if verdict.says == "wrong kind":
        message = f"`{param.name}` takes {wanted(argument)}, not {shown(value)}"
        yield Diagnostic("KS204", message, _SPAN, f"it is {role.purpose}")
    elif verdict.says == "no choice":
        near = suggest(str(value), catalogue.strings("activations"))
        help_ = did_you_mean(near[:1], '"') or "write `=null` for none"
        message = f"{shown(value)} is no activation"
        yield Diagnostic("KS205", message, _SPAN, help_)
    elif what := _of_activation(
        value if argument.name == "activation" else "", catalogue
    ):
        message = f"`{value}` {what}: the layer cannot be given it by its name"
        yield Diagnostic("KS205", message, _SPAN, "use another, such as `swish`")
    # The other way round, a NaN would pass.
    elif role.least is not None and not value >= role.least:
        message = f"`{param.name}` is at least {role.least}, not {value}"
        yield Diagnostic("KS215", message, _SPAN, f"it is {role.purpose}")
    elif role.above is not None and not value > role.above:
        message = f"`{param.name}` is more than {role.above}, not {value}"
        yield Diagnostic("KS215", message, _SPAN, f"it is {role.purpose}")


def _of_activation(name: str, catalogue: Catalogue) -> str:
    """Describe why an activation is none for a layer, `""` where it is one."""
    if name == activations.HALVES:
        return "halves the last axis"
    known = catalogue.find_string("activations", name) if name else None
    required = (
        [argument for argument in known.arguments if argument.required] if known else []
    )
    return "needs arguments" if len(required) > 1 else ""
