"""The names of a scope's layers: as their author gave them, or as Keras would."""

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
    """The names that layers inside of blocks have in a functional model.

    There the layer `norm` of the block `encoder` is `encoder_norm`.
    """

    def __init__(self, described: spec.Spec) -> None:
        """Keep what such names begin with, and what they end with."""
        inner = [entry for block in described.blocks for entry in block.layers]
        self.ends = {name for entry in inner if (name := given_name(entry))}
        self.begins = self.ends | {snake_case(block.name) for block in described.blocks}
        self.begins |= {
            name for entry in described.layers if (name := given_name(entry))
        }

    def may_have(self, base: str) -> bool:
        """Return whether one of them is a name, or one that Keras counts up to."""
        for match in re.finditer("_(?:[0-9]+_)?", base) if self.ends else ():
            if base[: match.start()] in self.begins:
                rest = base[match.end() :]
                if is_counted(rest, self.ends) or self.may_have(rest):
                    return True
        return False


class LayerNames:
    """Names the layers of a scope."""

    def __init__(
        self,
        entries: Sequence[spec.Entry],
        params: Iterable[str],
        inputs: Iterable[str],
        around: set[str],
        joined: JoinedNames,
    ) -> None:
        """Begin with the names that authors gave.

        Args:
            entries: The entries of the scope.
            params: The params of the scope.
            inputs: The names of its inputs.
            around: Names that stand in the same model, such as those that are given
                outside of a block: a graph's layers have one space of names.
            joined: Those that layers in blocks have there.
        """
        self.joined = joined
        names = {name for entry in entries if (name := given_name(entry))}
        self.rows = {
            name for entry in entries if is_row(entry) and (name := given_name(entry))
        }
        self.named = names | said_names(entries) | around | {*inputs}
        self.written = Namespace(*names, *params, *inputs)
        self.counted = Namespace()
        nameless = [entry for entry in entries if given_name(entry) is None]
        self.rows_of = Counter(entry.call.name for entry in nameless if is_row(entry))
        self.ones_of = Counter(
            entry.call.name for entry in nameless if not is_row(entry)
        )
        self.numbers: Counter[str] = Counter()

    def value(self, name: str) -> str:
        """Return a name for a value that has no layer of its own."""
        return self.written.take(name)

    def of(
        self,
        name: str | None,
        layer: Object,
        *,
        row: bool,
        other: Object | None = None,
    ) -> tuple[str, bool]:
        """Return a layer's name, and whether the code has to say it.

        In a choice, `other` is the layer that there may be instead.

        A name that Keras would give by itself is said where one of the author's names
        looks like it: Keras counts over the whole session and might give it twice.
        Blocks in a row are numbered by name, so theirs is always said.
        """
        if name is not None:
            return name, True
        base = base_name(layer)
        if isinstance(layer.target, Graph) and row:
            return self.written.take(self.base_of_row(layer.name, base)), True
        is_joined = self.joined.may_have(base)
        while self.joined.may_have(base):
            base = f"{base}_layer"
        clash = is_joined or self.is_like_given(base)
        if other is not None and not clash and self.is_like_given(base_name(other)):
            return self.written.take(f"{base}_or_{base_name(other)}"), True
        while (row or base in self.rows) and self.is_like_given(base):
            base = f"{base}_layer"
        return (self.written if clash else self.counted).take(base), clash

    def is_like_given(self, base: str) -> bool:
        """Return whether an author's name is one that Keras could count up to."""
        return is_counted(base, self.named)

    def base_of_row(self, block: str, base: str) -> str:
        """Return the name of a row of blocks, of which its layers are numbered.

        Where there are more such blocks, it is none that one of them, or a layer of
        another row, could have as well.
        """
        ones, rows = self.ones_of[block], self.rows_of[block]
        if ones:
            base = f"{base}_row"
        while self.is_like_given(base):
            base = f"{base}_row"
        if rows > 1:
            self.numbers[block] += 1
            base = f"{base}_{self.numbers[block] - 1}"
        return base


def is_counted(base: str, names: Iterable[str]) -> bool:
    """Return whether one of some names is a base, or that with a number behind it."""
    return any(
        name == base
        or (name.startswith(f"{base}_") and name[len(base) + 1 :].isdigit())
        for name in names
    )


def base_name(layer: Object) -> str:
    """Return what Keras calls the first instance of a layer's class."""
    target = layer.target
    if isinstance(target, Imported):
        return snake_case(target.attribute)
    if isinstance(target, KerasCallable):
        return snake_case(target.name)
    return snake_case(layer.name.rpartition(".")[2])


def given_name(entry: spec.Entry) -> str | None:
    """Return the name that an entry's author gave, in either place."""
    if entry.name is not None:
        return entry.name
    for argument in entry.call.arguments:
        if argument.keyword == "name" and isinstance(argument.value, spec.Literal):
            return str(argument.value.value)
    return None


def said_names(entries: Iterable[spec.Entry]) -> set[str]:
    """Return the names that layers have because their authors said so."""
    names = set()
    for entry in entries:
        name = given_name(entry)
        if name is not None:
            names.add(f"{name}_0" if is_row(entry) else name)
    return names


def is_row(entry: spec.Entry) -> bool:
    """Return whether an entry stands for several layers in a row."""
    return entry.repeat is not None or entry.loop is not None


def take_name(entry: spec.Entry, layer: Object) -> tuple[Object, str | None]:
    """Take the name out: `Dense(8, name="a")` is `a = Dense(8)`."""
    if entry.name is not None:
        return layer, entry.name
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                rest = tuple(
                    argument for argument in layer.arguments if argument is not bound
                )
                return layer._replace(arguments=rest), bound.value.value
    return layer, None


def name_span(entry: spec.Entry, layer: Object) -> Span:
    """Return the place of an entry's name, or of its layer where it has none."""
    if entry.name is not None:
        return entry.name_span or entry.span
    for bound in layer.arguments:
        if bound.name == "name" and isinstance(bound.value, Constant):
            if isinstance(bound.value.value, str):
                return bound.value.span
    return layer.name_span
