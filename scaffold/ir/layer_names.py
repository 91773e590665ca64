"""The names of the layers of a scope: from the spec, or as Keras names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Span
from scaffold.ir.names import Namespace, plural, snake_case
from scaffold.ir.types import Constant, Graph, Imported, Node, Object
from scaffold.spec import types as spec


class JoinedNames:
    """The names of the layers inside blocks in a functional model.

    There, the layer `norm` of the block `encoder` is `encoder_norm`.
    """

    def __init__(self, described: spec.Spec) -> None:
        """Store the possible prefixes and suffixes of such names."""
        inner = [entry for block in described.blocks for entry in block.layers]
        self.suffixes = keras_names(inner)
        self.prefixes = {snake_case(block.name) for block in described.blocks}
        self.prefixes |= {
            name for entry in (*inner, *described.layers) if (name := spec_name(entry))
        }

    def may_have(self, base: str) -> bool:
        """Return whether a joined name may be `base`, or `base` with a number."""
        for match in re.finditer("_(?:[0-9]+_)?", base) if self.suffixes else ():
            if base[: match.start()] in self.prefixes:
                suffix = base[match.end() :]
                if is_counted(suffix, self.suffixes) or self.may_have(suffix):
                    return True
        return False


class EntryName(NamedTuple):
    """The names of an entry.

    Attributes:
        value: The name of its value.
        keras: The name that the code passes to the layer, `None` if Keras chooses one.
    """

    value: str
    keras: str | None


class LayerNames:
    """Assigns names to the entries of a scope, and to their layers."""

    def __init__(
        self,
        entries: Sequence[spec.Entry],
        params: Iterable[str],
        inputs: Iterable[str],
        around: set[str],
        outputs: set[str],
        joined: JoinedNames,
        *,
        is_block: bool,
    ) -> None:
        """Start with the names in the spec.

        Args:
            entries: The entries of the scope.
            params: The params of the scope.
            inputs: The names of its inputs.
            around: Names of other layers in the same model, such as those outside of a
                block: all layers of a functional model share one namespace.
            outputs: The names of the model's outputs, which Keras takes from layers.
                They do not change the names of values, since they refer to these.
            joined: The names of layers inside blocks in that model.
            is_block: Whether the scope is a block.
        """
        self.joined = joined
        self.outputs = set() if is_block else outputs
        inputs = set(inputs)
        names = {name for entry in entries if (name := spec_name(entry))}
        self.values = names | inputs
        self.repeats = {
            own
            for entry in entries
            if is_repeat(entry) and (own := argument_name(entry))
        }
        self.layers = keras_names(entries) | around | inputs
        self.in_outputs = set(outputs)
        self.written = Namespace(*names, *params, *self.layers)
        self.passed = Namespace(*self.layers, *self.outputs)
        self.counted = Namespace()
        nameless = [entry for entry in entries if spec_name(entry) is None]
        self.repeats_of = Counter(
            entry.call.name for entry in nameless if is_repeat(entry)
        )
        self.singles_of = Counter(
            entry.call.name for entry in nameless if not is_repeat(entry)
        )
        self.numbers: Counter[str] = Counter()

    def value(self, name: str) -> str:
        """Return a name for a value that is not a layer."""
        return self.written.take(name)

    def of(
        self,
        name: str | None,
        own: str | None,
        layer: Object,
        *,
        repeated: bool,
        other: Object | None = None,
    ) -> EntryName:
        """Return the names of an entry.

        A name that Keras would assign is passed if a name that the code passes has the
        same form: Keras counts over the whole session, and might assign it twice.

        Args:
            name: The name of the value in the spec.
            own: The layer's own argument `name`.
            layer: The layer.
            repeated: Whether the entry is a repeat.
            other: The alternative layer of a choice.
        """
        bases = [base_name(item) for item in (layer, other) if item is not None]
        if name is None:
            return self.nameless(layer, bases, repeated=repeated)
        if own is not None or not any(map(self.may_clash, bases)):
            return EntryName(name, own)
        return EntryName(name, self.passed_name(name, repeated=repeated))

    def nameless(
        self, layer: Object, bases: Sequence[str], *, repeated: bool
    ) -> EntryName:
        """Return the names of an entry without a name.

        Args:
            layer: The layer.
            bases: The names that Keras assigns to it, and to the alternative.
            repeated: Whether the entry is a repeat.
        """
        base, *others = bases
        clash = self.joined.may_have(base) or is_counted(base, self.layers)
        while self.joined.may_have(base):
            base = f"{base}_layer"
        if others and not clash and is_counted(others[0], self.layers):
            clash, base = True, f"{base}_or_{others[0]}"
        while (repeated or base in self.repeats) and is_counted(base, self.layers):
            base = f"{base}_layer"
        is_free = not clash and not is_counted(base, self.values)
        if repeated and isinstance(layer.target, Graph):
            is_free, base = False, self.base_of_repeat(layer.name, base)
        taken = (self.counted if is_free else self.written).take(base)
        if clash:
            self.layers.add(f"{taken}_0" if repeated else taken)
            self.repeats |= {taken} if repeated else set()
            return EntryName(taken, taken)
        if not any(map(self.may_clash, bases)):
            return EntryName(taken, None)
        # If only the other side may clash, names of the first class are not passed.
        own = taken if self.may_clash(bases[0]) else f"{taken}_or_{others[0]}"
        return EntryName(taken, self.passed_name(own, repeated=repeated))

    def may_clash(self, base: str) -> bool:
        """Return whether a name that is passed has the form of a class's names."""
        passed = chain(self.layers, self.in_outputs)
        return self.joined.may_have(base) or is_counted(base, passed)

    def passed_name(self, name: str, *, repeated: bool) -> str | None:
        """Return the name to pass for a value, `None` for an output of the model.

        The layer of an output has its name in any case, unless it is a repeat: the
        output of a repeat is a layer after it, so its layers need another name.
        """
        if not repeated:
            return None if name in self.outputs else self.passed.take(name)
        taken = self.layers | self.in_outputs | (self.values - {name})
        while is_counted(name, taken):
            name = f"{name}_layer"
        self.in_outputs.add(f"{name}_0")
        return name

    def base_of_repeat(self, block: str, base: str) -> str:
        """Return the name of a repeat of blocks, from which its layers are numbered.

        It differs from all names of other uses of the block, and of layers in its other
        repeats.
        """
        if self.singles_of[block]:
            base = plural(base) if plural(base) != base else f"{base}_blocks"
        while is_counted(base, self.values | self.layers):
            base = f"{base}_blocks"
        if self.repeats_of[block] > 1:
            self.numbers[block] += 1
            base = f"{base}_{self.numbers[block] - 1}"
        return base


def keras_names(entries: Iterable[spec.Entry]) -> set[str]:
    """Return the names that entries pass to Keras; for a repeat, that of one layer."""
    return {
        f"{own}_0" if is_repeat(entry) else own
        for entry in entries
        if (own := argument_name(entry))
    }


def is_counted(base: str, names: Iterable[str]) -> bool:
    """Return whether one of the names is the base, or the base with a number."""
    return any(
        name == base
        or (name.startswith(f"{base}_") and name[len(base) + 1 :].isdigit())
        for name in names
    )


def base_name(layer: Object) -> str:
    """Return the name that Keras assigns to the first instance of a class."""
    target = layer.target
    if isinstance(target, Imported):
        return snake_case(target.attribute)
    if isinstance(target, KerasCallable):
        return snake_case(target.name)
    return snake_case(layer.name.rpartition(".")[2])


def spec_name(entry: spec.Entry) -> str | None:
    """Return the name of an entry in the spec: before `=`, or the argument `name`."""
    return entry.name if entry.name is not None else argument_name(entry)


def argument_name(entry: spec.Entry) -> str | None:
    """Return the argument `name` of an entry's layer."""
    for argument in entry.call.arguments:
        if argument.keyword == "name" and isinstance(argument.value, spec.Literal):
            if isinstance(argument.value.value, str):
                return argument.value.value
    return None


def is_repeat(entry: spec.Entry) -> bool:
    """Return whether an entry is a repeat of several layers."""
    return entry.repeat is not None or entry.loop is not None


def own_name(layer: Object) -> Constant | None:
    """Return the value of a layer's own argument `name`, if it is a string."""
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                return bound.value
    return None


def layer_name_span(node: Node) -> Span:
    """Return the location of the name of an entry's layer."""
    own = own_name(node.layer)
    return own.span if own is not None else node.name_span


def without_name(layer: Object) -> Object:
    """Return an object without its argument `name`."""
    arguments = (bound for bound in layer.arguments if bound.name != "name")
    return layer._replace(arguments=tuple(arguments))


def names_of_outputs(outputs: spec.OutputsSection | None) -> set[str]:
    """Return the entries whose names are those of a model's outputs in Keras."""
    if outputs is None or outputs.keys is not None or not outputs.is_list:
        return set()
    return {reference.name for reference in outputs.references}


def name_span(entry: spec.Entry, own: Constant | None, layer: Object) -> Span:
    """Return the location of an entry's name, or of its layer without a name."""
    if entry.name is not None:
        return entry.name_span or entry.span
    return own.span if own is not None else layer.name_span
