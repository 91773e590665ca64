"""The names of the layers of a scope: from the spec, or as Keras names them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from scaffold.catalogue import KerasCallable
from scaffold.diagnostics import Span
from scaffold.ir.names import Namespace, snake_case
from scaffold.ir.types import Constant, Graph, Imported, Object
from scaffold.spec import types as spec


class JoinedNames:
    """The names of the layers inside blocks in a functional model.

    There, the layer `norm` of the block `encoder` is `encoder_norm`.
    """

    def __init__(self, described: spec.Spec) -> None:
        """Store the possible prefixes and suffixes of such names."""
        inner = [entry for block in described.blocks for entry in block.layers]
        self.suffixes = {name for entry in inner if (name := spec_name(entry))}
        self.prefixes = self.suffixes | {
            snake_case(block.name) for block in described.blocks
        }
        self.prefixes |= {
            name for entry in described.layers if (name := spec_name(entry))
        }

    def may_have(self, base: str) -> bool:
        """Return whether a joined name may be `base`, or `base` with a number."""
        for match in re.finditer("_(?:[0-9]+_)?", base) if self.suffixes else ():
            if base[: match.start()] in self.prefixes:
                suffix = base[match.end() :]
                if is_counted(suffix, self.suffixes) or self.may_have(suffix):
                    return True
        return False


class LayerNames:
    """Assigns names to the layers of a scope."""

    def __init__(
        self,
        entries: Sequence[spec.Entry],
        params: Iterable[str],
        inputs: Iterable[str],
        around: set[str],
        joined: JoinedNames,
    ) -> None:
        """Start with the names in the spec.

        Args:
            entries: The entries of the scope.
            params: The params of the scope.
            inputs: The names of its inputs.
            around: Other names in the same model, such as those outside of a block: all
                layers of a functional model share one namespace.
            joined: The names of layers inside blocks in that model.
        """
        self.joined = joined
        names = {name for entry in entries if (name := spec_name(entry))}
        self.repeats = {
            name for entry in entries if is_repeat(entry) and (name := spec_name(entry))
        }
        self.named = names | spec_names(entries) | around | {*inputs}
        self.written = Namespace(*names, *params, *inputs)
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
        layer: Object,
        *,
        repeated: bool,
        other: Object | None = None,
    ) -> tuple[str, bool]:
        """Return a layer's name, and whether the code has to pass it.

        In a choice, `other` is the alternative layer.

        A name that Keras would assign is passed if a name in the spec has the same
        form: Keras counts over the whole session, and might assign it twice. Repeated
        blocks are numbered by name, so their names are always passed.
        """
        if name is not None:
            return name, True
        base = base_name(layer)
        if isinstance(layer.target, Graph) and repeated:
            return self.written.take(self.base_of_repeat(layer.name, base)), True
        is_joined = self.joined.may_have(base)
        while self.joined.may_have(base):
            base = f"{base}_layer"
        clash = is_joined or self.is_like_named(base)
        if other is not None and not clash and self.is_like_named(base_name(other)):
            return self.written.take(f"{base}_or_{base_name(other)}"), True
        while (repeated or base in self.repeats) and self.is_like_named(base):
            base = f"{base}_layer"
        return (self.written if clash else self.counted).take(base), clash

    def is_like_named(self, base: str) -> bool:
        """Return whether a name in the spec is `base`, or `base` with a number."""
        return is_counted(base, self.named)

    def base_of_repeat(self, block: str, base: str) -> str:
        """Return the name of a repeat of blocks, from which its layers are numbered.

        It differs from all names of other uses of the block, and of layers in its other
        repeats.
        """
        if self.singles_of[block]:
            base = f"{base}_row"
        while self.is_like_named(base):
            base = f"{base}_row"
        if self.repeats_of[block] > 1:
            self.numbers[block] += 1
            base = f"{base}_{self.numbers[block] - 1}"
        return base


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
    if entry.name is not None:
        return entry.name
    for argument in entry.call.arguments:
        if argument.keyword == "name" and isinstance(argument.value, spec.Literal):
            return str(argument.value.value)
    return None


def spec_names(entries: Iterable[spec.Entry]) -> set[str]:
    """Return the layer names in the spec; for a repeat, that of its first layer."""
    names = set()
    for entry in entries:
        name = spec_name(entry)
        if name is not None:
            names.add(f"{name}_0" if is_repeat(entry) else name)
    return names


def is_repeat(entry: spec.Entry) -> bool:
    """Return whether an entry is a repeat of several layers."""
    return entry.repeat is not None or entry.loop is not None


def take_name(entry: spec.Entry, layer: Object) -> tuple[Object, str | None]:
    """Move the name out of the arguments: `Dense(8, name="a")` is `a = Dense(8)`."""
    if entry.name is not None:
        return layer, entry.name
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                arguments = tuple(
                    argument for argument in layer.arguments if argument is not bound
                )
                return layer._replace(arguments=arguments), bound.value.value
    return layer, None


def name_span(entry: spec.Entry, layer: Object) -> Span:
    """Return the location of an entry's name, or of its layer without a name."""
    if entry.name is not None:
        return entry.name_span or entry.span
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                return bound.value.span
    return layer.name_span
