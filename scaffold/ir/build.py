"""A spec to the model it describes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from scaffold.catalogue import Catalogue
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.ir.graph import Tensors
from scaffold.ir.names import Namespace, snake_case
from scaffold.ir.types import (
    Bound,
    Constant,
    Imported,
    Input,
    ModelIR,
    Node,
    Object,
    Outputs,
    Parameter,
    Passed,
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
        message = f"this version does not write {what} yet"
        self.found.append(Diagnostic("KS301", message, span))

    def model(self) -> ModelIR:
        described = self.spec
        self.not_written_yet()
        inputs = tuple(
            self.input(number, one) for number, one in enumerate(described.inputs)
        )
        nodes, outputs = self.graph()
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
            outputs=outputs,
            compile=self.section(described.compile, "compile"),
            train=self.train(),
            is_whole=self.spec.is_whole,
        )

    def not_written_yet(self) -> None:
        for block in self.spec.blocks:
            self.not_yet("blocks", block.span)
        for method in self.spec.override:
            self.not_yet("overridden methods", method.span)
        outputs = self.spec.outputs
        several = len(self.spec.inputs) > 1 or (
            outputs is not None and (outputs.is_list or outputs.keys is not None)
        )
        if self.spec.train is not None and several:
            what = "training data for several inputs or outputs"
            self.not_yet(what, self.spec.train.span)

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

    def graph(self) -> tuple[tuple[Node, ...], Outputs]:
        """Makes the nodes, each called on what its entry says, and the outputs."""
        described = self.spec
        tensors = Tensors(described.inputs, described.layers)
        names = _Names(described.layers, self.resolver)
        found: list[Node] = []
        for number, entry in enumerate(described.layers, start=len(described.inputs)):
            made = self.attempt(
                partial(self.node, number, entry, tensors, names, found)
            )
            if made is not None:
                found.append(made)
            tensors.add(made.name if made is not None else entry.name, number)
        span = described.layers_span
        outputs = self.attempt(partial(tensors.outputs, described.outputs, span))
        return tuple(found), outputs or Outputs((), None, False, span)

    def node(
        self,
        number: int,
        entry: spec.Entry,
        tensors: Tensors,
        names: _Names,
        before: Sequence[Node],
    ) -> Node | None:
        """Makes the node of an entry; `None` for what is not written yet."""
        for part, what in (
            (entry.repeat, "repeats"),
            (entry.loop, "loops"),
            (entry.condition, "choices"),
        ):
            if part is not None:
                self.not_yet(what, part.span)
        called = entry.call
        if called.name in ("recurse", "loop"):
            self.not_yet(f"`{called.name}`", called.name_span)
            return None
        if called.name in {block.name for block in self.spec.blocks}:
            return None
        passed = tensors.passed(entry, self.resolver.value)
        if called.name == "reuse":
            again = _reused(called, tensors, before)
            layer, given, span = again.layer, entry.name, entry.name_span
            name = given or names.value(again.name)
            shown = span or called.name_span
            return Node(number, name, False, layer, passed, again.id, entry.span, shown)
        layer, given, span = _take_name(entry, self.layer(called, passed))
        name, is_named = names.of(given, layer)
        return Node(number, name, is_named, layer, passed, None, entry.span, span)

    def layer(self, called: spec.Call, passed: Sequence[Passed]) -> Object:
        """Makes a layer, or an operation, of which tensors fill some arguments."""
        if not called.name.startswith("ops."):
            return self.resolver.call(called, ("layers",))
        target = self.catalogue.find("ops", called.name.removeprefix("ops."))
        filled: tuple[str, ...] = ()
        if target is not None:
            by_position = sum(not one.keyword for one in passed)
            if target.takes == "list":
                by_position = 1
            filled = tuple(one.name for one in target.arguments[:by_position])
            filled += tuple(one.keyword for one in passed if one.keyword)
        return self.resolver.make(called, target, ("ops",), filled)

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
        return Training(
            x=data.get("x"),
            y=data.get("y"),
            data=data.get("data"),
            predict=data.get("predict"),
            fit=self.method(rest, "fit", given.span),
            span=given.span,
        )


def _given_name(entry: spec.Entry) -> str | None:
    """Gives the name that an entry's author gave, in either place."""
    if entry.name is not None:
        return entry.name
    for argument in entry.call.arguments:
        if argument.keyword == "name" and isinstance(argument.value, spec.Literal):
            return str(argument.value.value)
    return None


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


def _reused(called: spec.Call, tensors: Tensors, before: Sequence[Node]) -> Node:
    """Finds the node whose layer is called again.

    Raises:
        Refused: There is none of that name, or it has no layer.
    """
    names = [one.value for one in called.arguments if isinstance(one.value, spec.Name)]
    help_ = "write `reuse(encoder)`, with the name of an entry before"
    if len(called.arguments) != 1 or len(names) != 1:
        message = "`reuse` takes the name of one entry"
        raise Refused(Diagnostic("KS304", message, called.span, help_))
    reference = spec.Reference(names[0].name, None, names[0].span)
    number = tensors.find(reference).node
    for node in before:
        if node.id == number and not node.is_op:
            return node if node.again is None else _by_id(before, node.again)
    message = f"`{names[0].name}` is no layer that could be used again"
    raise Refused(Diagnostic("KS304", message, names[0].span, help_))


def _by_id(nodes: Sequence[Node], number: int) -> Node:
    return next(node for node in nodes if node.id == number)


class _Names:
    """Names the layers of a scope: as their author did, or as Keras would."""

    def __init__(self, entries: Sequence[spec.Entry], resolver: Resolver) -> None:
        self.given = {name for entry in entries if (name := _given_name(entry))}
        self.said = Namespace(*self.given, *resolver.params)
        self.counted = Namespace()

    def value(self, name: str) -> str:
        """Gives a name for a value that has no layer of its own."""
        return self.said.take(name)

    def of(self, given: str | None, layer: Object) -> tuple[str, bool]:
        """Gives a layer's name, and whether the code has to say it.

        A name that Keras would give by itself is said where one of the author's names
        looks like it: Keras counts over the whole session and might give it twice.
        """
        if given is not None:
            return given, True
        target = layer.target
        base = snake_case(target.name if target else layer.name.rpartition(".")[2])
        if isinstance(target, Imported):
            base = snake_case(target.attribute)
        clash = any(
            name == base
            or (name.startswith(f"{base}_") and name[len(base) + 1 :].isdigit())
            for name in self.given
        )
        return (self.said if clash else self.counted).take(base), clash
