"""A spec to the model it describes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.ir.names import Namespace, snake_case
from scaffold.ir.types import (
    Bound,
    Constant,
    Imported,
    Input,
    ModelIR,
    Node,
    Object,
    Parameter,
    TensorRef,
    Training,
    Value,
)
from scaffold.ir.values import Resolver
from scaffold.spec import Spec
from scaffold.spec import types as spec

_DATA = ("x", "y", "data", "predict")
"""Keys of `train` that are not arguments of `Model.fit`."""

T = TypeVar("T")


class Building(NamedTuple):
    """What came of building a model, and what stood in the way."""

    model: ModelIR
    found: tuple[Diagnostic, ...]


def build(described: Spec, catalogue: Catalogue) -> Building:
    """Builds the model that a spec describes.

    Names that mean nothing stay in it as such: it is for the checks to report them.

    Args:
        described: The spec.
        catalogue: What Keras offers.

    Returns:
        The model, and findings about what this version cannot build yet.
    """
    builder = _Builder(described, catalogue)
    model = builder.model()
    is_whole = model.is_whole and not builder.found
    return Building(model._replace(is_whole=is_whole), tuple(builder.found))


class _Builder:
    def __init__(self, described: Spec, catalogue: Catalogue) -> None:
        self.spec = described
        self.catalogue = catalogue
        self.found: list[Diagnostic] = []
        self.imports = tuple(Imported(*one) for one in described.imports)
        self.resolver = Resolver(
            catalogue, (param.name for param in described.params), self.imports
        )

    def attempt(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except Refused as refused:
            self.found.extend(refused.found)
            return None

    def not_yet(self, what: str, span: Span) -> None:
        """Refuses what the language has and this version does not write yet."""
        message = f"this version writes plain chains, and this is {what}"
        self.found.append(Diagnostic("KS301", message, span))

    def model(self) -> ModelIR:
        described = self.spec
        self.beyond_a_chain()
        inputs = tuple(
            self.input(number, one) for number, one in enumerate(described.inputs)
        )
        nodes = self.nodes(len(inputs))
        return ModelIR(
            name=described.name,
            name_span=described.name_span,
            description=described.description,
            path=described.span.path,
            params=self.params(),
            inputs=inputs,
            imports=self.imports,
            nodes=nodes,
            nodes_span=described.layers_span,
            outputs=(TensorRef(nodes[-1].id if nodes else 0),),
            compile=self.section(described.compile, "compile"),
            train=self.train(),
            is_whole=self.spec.is_whole,
        )

    def beyond_a_chain(self) -> None:
        described = self.spec
        for block in described.blocks:
            self.not_yet("a block", block.span)
        for extra in described.inputs[1:]:
            self.not_yet("a second input", extra.span)
        for method in described.override:
            self.not_yet("an overridden method", method.span)
        outputs = described.outputs
        if outputs is not None:
            last = described.layers[-1].name if described.layers else None
            names = [reference.name for reference in outputs.references]
            if names != [last] or outputs.is_list or outputs.keys is not None:
                self.not_yet("an output other than the last entry", outputs.span)

    def params(self) -> tuple[Parameter, ...]:
        found = []
        # A default is a plain value, in which no param means anything.
        resolver = Resolver(self.catalogue)
        for param in self.spec.params:
            default = param.default
            value = default and self.attempt(partial(resolver.value, default))
            if value is not None:
                found.append(Parameter(param.name, value, param.span))
        return tuple(found)

    def input(self, number: int, given: spec.Input) -> Input:
        shape = given.shape
        value = shape and self.attempt(partial(self.resolver.value, shape))
        options = self.bound(given.options, "Input")
        return Input(number, given.name, given.is_named, value, options, given.span)

    def bound(
        self, arguments: Sequence[spec.CallArgument], method: str
    ) -> tuple[Bound, ...]:
        target = self.catalogue.find("methods", method)
        bound = self.attempt(partial(self.resolver.bind, arguments, target))
        return bound or ()

    def nodes(self, first: int) -> tuple[Node, ...]:
        """Makes the nodes of a chain, each called on the one before."""
        layers = []
        for entry in self.spec.layers:
            if layer := self.layer(entry):
                layers.append((entry, layer))
        names = _Names(layers, self.resolver.params)
        found: list[Node] = []
        for number, (entry, layer) in enumerate(layers, start=first):
            before = found[-1].name if found else self.input_name()
            self.check_source(entry, before)
            layer, given, span = _take_name(entry, layer)
            name, is_named = names.of(given, layer)
            on = (TensorRef(number - 1),)
            found.append(Node(number, name, is_named, layer, on, entry.span, span))
        return tuple(found)

    def input_name(self) -> str:
        return self.spec.inputs[0].name if self.spec.inputs else "inputs"

    def layer(self, entry: spec.Entry) -> Object | None:
        for part, what in (
            (entry.repeat, "a repeat"),
            (entry.loop, "a loop"),
            (entry.condition, "a choice"),
        ):
            if part is not None:
                self.not_yet(what, part.span)
        name, blocks = entry.call.name, {block.name for block in self.spec.blocks}
        if name in ("reuse", "recurse", "loop") or name.startswith("ops."):
            self.not_yet(f"`{name}`", entry.call.name_span)
            return None
        if name in blocks:
            return None
        value = self.attempt(partial(self.resolver.call, entry.call, ("layers",)))
        return value if isinstance(value, Object) else None

    def check_source(self, entry: spec.Entry, before: str) -> None:
        if entry.sources is None:
            return
        names = [
            source.value.name
            for source in entry.sources
            if isinstance(source.value, spec.Reference) and source.value.output is None
        ]
        if names != [before] or len(entry.sources) != 1 or entry.sources[0].keyword:
            span = entry.sources[0].span if entry.sources else entry.span
            self.not_yet("called on something else than the entry before", span)

    def section(self, given: spec.Section | None, method: str) -> Object | None:
        if given is None:
            return None
        return self.method(given.arguments, method, given.span)

    def method(
        self, arguments: Sequence[spec.CallArgument], method: str, span: Span
    ) -> Object:
        bound = self.bound(arguments, method)
        target = self.catalogue.find("methods", method)
        return Object(method, target, ("methods",), bound, span, span)

    def train(self) -> Training | None:
        given = self.spec.train
        if given is None:
            return None
        data: dict[str, Value | None] = {}
        rest = []
        for argument in given.arguments:
            if argument.keyword in _DATA:
                data[argument.keyword] = self.attempt(
                    partial(self.resolver.value, argument.value)
                )
            else:
                rest.append(argument)
        source = data.get("data")
        return Training(
            x=data.get("x"),
            y=data.get("y"),
            data=source if isinstance(source, Constant) else None,
            predict=data.get("predict"),
            fit=self.method(rest, "fit", given.span),
            span=given.span,
        )


def _take_name(entry: spec.Entry, layer: Object) -> tuple[Object, str | None, Span]:
    """Takes the name out: `Dense(8, name="a")` is `a = Dense(8)`."""
    if entry.name is not None:
        return layer, entry.name, entry.name_span or entry.span
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                rest = tuple(one for one in layer.arguments if one is not bound)
                layer = layer._replace(arguments=rest)
                return layer, bound.value.value, bound.value.span
    return layer, None, layer.name_span


class _Names:
    """Names the layers of a scope: as their author did, or as Keras would."""

    def __init__(
        self, layers: Sequence[tuple[spec.Entry, Object]], params: Collection[str]
    ) -> None:
        given = [_take_name(entry, layer)[1] for entry, layer in layers]
        self.given = {name for name in given if name is not None}
        self.said = Namespace(*self.given, *params)
        self.counted = Namespace()

    def of(self, given: str | None, layer: Object) -> tuple[str, bool]:
        """Gives a layer's name, and whether the code has to say it.

        A name that Keras would give by itself is said where one of the author's names
        looks like it: Keras counts over the whole session and might give it twice.
        """
        if given is not None:
            return given, True
        target = layer.target
        base = snake_case(target.name if target else layer.name)
        if isinstance(target, Imported):
            base = snake_case(target.attribute)
        clash = any(
            name == base
            or (name.startswith(f"{base}_") and name[len(base) + 1 :].isdigit())
            for name in self.given
        )
        return (self.said if clash else self.counted).take(base), clash
