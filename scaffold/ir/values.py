"""Resolution of spec expressions to IR values: names and arguments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from scaffold.catalogue import (
    OBJECT_REGISTRIES,
    Argument,
    Catalogue,
    KerasCallable,
    Kind,
    Registry,
)
from scaffold.ir.types import (
    Bound,
    Collection,
    Constant,
    Dictionary,
    Graph,
    Imported,
    Object,
    Operation,
    ParamRef,
    Value,
)
from scaffold.spec import types as spec
from scaffold.spec.document import place
from scaffold.spec.expression import parse

Target = KerasCallable | Graph | Imported | None

REGISTRIES: dict[Kind, tuple[Registry, ...]] = {
    "layer": ("layers",),
    "layers": ("layers",),
    "activation": ("activations", "layers"),
    "initializer": ("initializers",),
    "regularizer": ("regularizers",),
    "constraint": ("constraints",),
    "loss": ("losses",),
    "metric": ("metrics",),
    "optimizer": ("optimizers",),
    "schedule": ("schedules",),
    "callback": ("callbacks",),
}
"""The registries in which an argument of a kind is looked up."""

_CALL = re.compile(r"\s*[A-Z]\w*\s*\(.*\)\s*", re.DOTALL)
_ANY = Argument("")
_OF_EVERY_LAYER = ("activity_regularizer", "autocast", "dtype", "name", "trainable")


class Resolver:
    """Looks names up in a scope: params, imports, blocks and the catalogue."""

    def __init__(
        self,
        catalogue: Catalogue,
        params: Iterable[str] = (),
        imports: Iterable[Imported] = (),
        blocks: Mapping[str, Graph] | None = None,
    ) -> None:
        """Store the names of the scope."""
        self.catalogue = catalogue
        self.params = frozenset(params)
        self.imports = {imported.name: imported for imported in imports}
        self.blocks = {} if blocks is None else blocks

    def seeing(self, names: Iterable[str]) -> Resolver:
        """Return a resolver with more names among the params."""
        params = self.params | frozenset(names)
        return Resolver(self.catalogue, params, self.imports.values(), self.blocks)

    def value(self, expression: spec.Expression, argument: Argument = _ANY) -> Value:
        """Resolve the expression for an argument.

        A string in the file that is a call (`Adam(learning_rate=1e-3)`), or the name of
        a class that Keras does not accept as a string (`TerminateOnNaN`), is read as a
        call only if the argument is a Keras object.
        """
        match expression:
            case spec.Literal():
                return self.literal(expression, argument)
            case spec.Name():
                return ParamRef(
                    expression.name, expression.span, expression.name in self.params
                )
            case spec.Sequence():
                items = tuple(self.value(item, argument) for item in expression.items)
                return Collection(items, expression.span, expression.is_tuple)
            case spec.Mapping():
                pairs = tuple(
                    (self.value(key), self.value(value, argument))
                    for key, value in expression.pairs
                )
                return Dictionary(pairs, expression.span)
            case spec.OperationExpression():
                operands = tuple(self.value(operand) for operand in expression.operands)
                return Operation(expression.operator, operands, expression.span)
            case spec.Call():
                return self.call(expression, registries_of(argument))

    def literal(self, literal: spec.Literal, argument: Argument) -> Value:
        """Resolve a literal; see `value`."""
        text, scalar = literal.value, literal.scalar
        registries = registries_of(argument)
        if (
            not isinstance(text, str)
            or scalar is None
            or registries == OBJECT_REGISTRIES
        ):
            return Constant(text, literal.span, literal.numeral)
        if _CALL.fullmatch(text):
            call = parse(text, partial(place, scalar))
            if isinstance(call, spec.Call):
                return self.call(call, registries)
        if any(self.is_bare_class(text, registry) for registry in registries):
            return self.call(
                spec.Call(text, (), literal.span, literal.span), registries
            )
        return Constant(text, literal.span)

    def is_bare_class(self, text: str, registry: Registry) -> bool:
        """Return whether a string is a class that Keras does not accept as a string."""
        if registry not in ("layers", "schedules", "callbacks"):
            return False
        return self.catalogue.find(registry, text) is not None

    def call(self, call: spec.Call, registries: Sequence[Registry]) -> Object:
        """Resolve the call of a Keras object."""
        target = self.target(call.name, registries)
        return self.make(call, target, tuple(registries))

    def make(
        self,
        call: spec.Call,
        target: Target,
        registries: tuple[Registry, ...],
        filled: tuple[str, ...] = (),
    ) -> Object:
        """Convert a call to an object; `filled` are arguments that are tensors."""
        bound = self.bind(call.arguments, target, filled)
        return Object(
            call.name, target, registries, bound, call.span, call.name_span, filled
        )

    def target(self, name: str, registries: Sequence[Registry]) -> Target:
        """Look a name up: in the blocks, the imports, then the catalogue."""
        if "layers" in registries and name in self.blocks:
            return self.blocks[name]
        if "layers" in registries and name in self.imports:
            return self.imports[name]
        for registry in registries:
            if registry == "activations":
                continue
            if target := self.catalogue.find(registry, name):
                return target
        return None

    def bind(
        self,
        arguments: Sequence[spec.CallArgument],
        target: Target,
        filled: Sequence[str] = (),
    ) -> tuple[Bound, ...]:
        """Match arguments to the parameters of a callable, as Python does.

        Parameters in `filled` are skipped: tensors are passed for them.
        """
        known = target.arguments if isinstance(target, KerasCallable | Graph) else ()
        known = tuple(argument for argument in known if argument.name not in filled)
        by_name = {argument.name: argument for argument in known}
        positional = known if isinstance(target, Graph) else by_position(known)
        bound = []
        for index, call_argument in enumerate(arguments):
            if call_argument.keyword is not None:
                argument = by_name.get(call_argument.keyword)
                name = call_argument.keyword
            else:
                argument = positional[index] if index < len(positional) else None
                name = argument.name if argument else ""
            value = self.value(call_argument.value, argument or _ANY)
            bound.append(Bound(name, value, call_argument.span, argument))
        return tuple(bound)


def by_position(known: Sequence[Argument]) -> Sequence[Argument]:
    """Omit the arguments that every Keras layer takes by keyword only."""
    last = len(known)
    while last and known[last - 1].name in _OF_EVERY_LAYER:
        last -= 1
    return known[:last]


def registries_of(argument: Argument) -> tuple[Registry, ...]:
    """Return the registries in which an argument's objects are looked up."""
    registries = [name for kind in argument.kinds for name in REGISTRIES.get(kind, ())]
    return tuple(dict.fromkeys(registries)) or OBJECT_REGISTRIES
