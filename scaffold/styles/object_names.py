"""Names for the layers and other objects of a graph, for use in docstrings.

A docstring names an object by its class, which is in every generated file: "both
`Dense` layers". The names that Keras assigns, such as `dense_1`, are not in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.ir.names import snake_case
from scaffold.ir.types import Graph, Node, Object, Value
from scaffold.ir.walk import within

_NOUNS = {
    "layers": "layer",
    "extensions": "layer",
    "initializers": "initializer",
    "regularizers": "regularizer",
    "constraints": "constraint",
    "losses": "loss",
    "metrics": "metric",
    "optimizers": "optimizer",
    "schedules": "schedule",
    "callbacks": "callback",
}
_PLURALS = {"loss": "losses"}
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Noun(NamedTuple):
    """The name of an object's class, and what it is.

    Attributes:
        name: The class in backquotes, or the words of a block's name.
        kind: `layer`, `block`, `optimizer`...; `""` for a function.
    """

    name: str
    kind: str

    @property
    def singular(self) -> str:
        """One object, without an article: "`Dense` layer"."""
        return f"{self.name} {self.kind}".strip()

    @property
    def plural(self) -> str:
        """Several objects: "`Dense` layers"."""
        if not self.kind:
            return f"calls of {self.name}"
        return f"{self.name} {_PLURALS.get(self.kind, f'{self.kind}s')}".strip()

    @property
    def is_function(self) -> bool:
        """Whether it is a function, which has no instances to count."""
        return not self.kind


def noun_of(item: Object) -> Noun:
    """Return the noun for an object."""
    target = item.target
    if isinstance(target, Graph):
        # A block is a class or a function, depending on the style: use words.
        words = target.name
        if not words.isupper():
            words = snake_case(words).replace("_", " ").removesuffix("block")
        return Noun(words.strip(), "block")
    if not isinstance(target, KerasCallable):
        return Noun(f"`{item.name}`", "layer")
    if target.registry == "ops":
        return Noun(f"`ops.{target.name}`", "")
    name = target.name.capitalize() if target.registry == "extensions" else target.name
    return Noun(f"`{name}`", _NOUNS.get(target.registry, ""))


class _Place(NamedTuple):
    """A place where a graph creates an object.

    Attributes:
        item: The object; `None` for a block that creates such objects.
        is_several: Whether it is created several times, by a repeat.
        is_optional: Whether it is in a branch of a choice.
        key: The key under which the model returns its output, if any.
    """

    item: Object | None
    is_several: bool = False
    is_optional: bool = False
    key: str = ""


class ObjectNames:
    """Names some of the objects of a graph, so that a reader can find them."""

    def __init__(self, graph: Graph, sections: Iterable[Value] = ()) -> None:
        """Collect the objects.

        Args:
            graph: The graph.
            sections: Other values that contain objects, such as `compile`.
        """
        self.places: dict[Noun, list[_Place]] = {}
        self.created: dict[str, frozenset[Noun]] = {}
        outputs = graph.outputs
        pairs = zip(outputs.tensors, outputs.keys or (), strict=False)
        self.keys = {tensor.node: key for tensor, key in pairs}
        for node in graph.nodes:
            if node.reused is None:
                self._add_node(node)
        for section in sections:
            for item in objects_in(section):
                self.places.setdefault(noun_of(item), []).append(_Place(item))

    def _add_node(self, node: Node) -> None:
        for layer in node.layers:
            for item in objects_in(layer):
                key = self.keys.get(node.id, "") if item is layer else ""
                place = _Place(item, node.is_repeat, node.choice is not None, key)
                self.places.setdefault(noun_of(item), []).append(place)
                if isinstance(item.target, Graph):
                    for noun in self._created_by(item.target):
                        self.places.setdefault(noun, []).append(_Place(None))

    def _created_by(self, block: Graph) -> frozenset[Noun]:
        """Return the nouns of all objects that a block creates."""
        if block.name not in self.created:
            items = [
                item
                for node in block.nodes
                for layer in node.layers
                for item in objects_in(layer)
            ]
            blocks = [item.target for item in items if isinstance(item.target, Graph)]
            nouns = frozenset(map(noun_of, items))
            self.created[block.name] = nouns.union(*map(self._created_by, blocks))
        return self.created[block.name]

    def is_only(self, item: Object) -> bool:
        """Return whether nothing else in the graph has the class of an object."""
        return len(self.places.get(noun_of(item), ())) == 1

    def phrase(self, items: Iterable[Object]) -> str:
        """Name objects of one class: "the `Dense` layer", "the last `Dense` layer"."""
        wanted = {id(item): noun_of(item) for item in items}
        (noun,) = set(wanted.values())
        if noun.is_function:
            return noun.name
        places = self.places[noun]
        flags = [
            place.item is not None and id(place.item) in wanted for place in places
        ]
        chosen = [place for place, flag in zip(places, flags, strict=True) if flag]
        is_several = any(place.is_several for place in chosen)
        if all(flags):
            if len(chosen) == 2 and not is_several and not _is_choice(chosen):
                return f"both {noun.plural}"
            is_one = len(chosen) == 1 or _is_choice(chosen)
            return f"the {noun.plural if is_several or not is_one else noun.singular}"
        several = [bool(place.item and place.is_several) for place in places]
        if several == flags and None not in (place.item for place in places):
            return f"the repeated {noun.plural}"
        if is_several or any(place.is_optional for place in chosen):
            is_one = len(chosen) == 1 and not is_several
            return with_article(noun) if is_one else f"some of the {noun.plural}"
        if len(chosen) == 1 and chosen[0].key:
            return f"the {noun.singular} of the output `{chosen[0].key}`"
        return _some(noun, flags)


def _is_choice(places: list[_Place]) -> bool:
    """Return whether places are the two branches of a choice: one is created."""
    return len(places) == 2 and all(place.is_optional for place in places)


def _some(noun: Noun, flags: list[bool]) -> str:
    """Name some of the objects of a class, if possible by their position."""
    count = sum(flags)
    if noun.kind in ("layer", "block"):
        size = "" if count == 1 else f" {_COUNTS[count]}" if count < 10 else None
        name = noun.singular if count == 1 else noun.plural
        if size is not None and all(flags[:count]):
            return f"the first{size} {name}"
        if size is not None and all(flags[-count:]):
            return f"the last{size} {name}"
    if count == 1:
        return with_article(noun)
    return f"{_COUNTS[count] if count < 10 else 'some'} of the {noun.plural}"


def with_article(noun: Noun) -> str:
    """Return a noun with its indefinite article."""
    first = noun.singular.strip("`")[:1].lower()
    return f"{'an' if first in 'aeio' else 'a'} {noun.singular}"


def objects_in(value: Value) -> Iterator[Object]:
    """Return a value, if it is an object, and the objects inside it."""
    return (part for part in within(value) if isinstance(part, Object))
