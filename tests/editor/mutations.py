"""Specs with one fault, or none, put in at random: the same ones on every run."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from scaffold.catalogue import load

Tree = Any
Container = dict[str, Any] | list[Any]

VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, 3, -1, 50, 20_000, 0.5, 2.5, -0.5, 8.0),
    *("", "many", "relu", "rellu", "same", "valid", "adam", "float32", "mse", "8"),
    *("$units", "$$units", "$(2 + 2)", "Dense(8)", "L2(0.1)", "a, b", "my-name"),
    *([], [1], [2, 2], [3, 0], [3, 3, 3], [[4, 4]], ["a"], [None], [1.5, 2]),
    *({}, {"L2": 0.1}, {"Dense": 8}, {"Adam": None}, {"a": 1}, {"units": 8}),
    *({"Dense": {"units": 8}, "name": "x"}, {"Dense": 8, "Flatten": None}),
)
"""What is put in the place of something else."""

KEYS = (
    *("name", "from", "call", "repeat", "for", "if", "else", "reuse", "nam", "units"),
    *("Dense", "Dropout", "Denze", "dense", "ops.mean", "ops.meen", "Lambda", "L2"),
    *("recurse", "loop", "LSTMCell", "InputLayer", "activation", "dtype", "shape"),
    *("layers", "inputs", "params", "outputs", "$schema", "override", "my-name", "l"),
    *("epochs", "loss", "x", "y", "data", "if_", "lambda", "padding", "rate", "Names"),
)
"""What a key becomes, or what is added."""


class Mutation(NamedTuple):
    """A spec that was changed.

    Attributes:
        name: Which spec, and what was done to it.
        tree: The spec as plain data.
    """

    name: str
    tree: Tree


def mutations(
    trees: Sequence[tuple[str, Tree]], count: int, seed: int = 6
) -> Iterator[Mutation]:
    """Changes specs, each in one place.

    Args:
        trees: The specs, with their names.
        count: How many are wanted.
        seed: Where to begin.
    """
    random = Random(seed)
    for _ in range(count):
        name, tree = random.choice(trees)
        changed = copy.deepcopy(tree)
        change = random.choice(CHANGES)
        done = change(changed, random)
        yield Mutation(f"{name}: {change.__name__.strip('_')} {done}", changed)


def _places(tree: Tree) -> list[tuple[Container, Any, str]]:
    """Gives all places of a tree: what holds them, the key, and the way there."""
    results: list[tuple[Container, Any, str]] = []

    def walk(node: Tree, way: str) -> None:
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in items:
            results.append((node, key, f"{way}/{key}"))
            if isinstance(value, dict | list) and way not in ("/train/x", "/train/y"):
                walk(value, f"{way}/{key}")

    walk(tree, "")
    return results


def _deep(tree: Tree, random: Random) -> tuple[Container, Any, str]:
    """Chooses a place; each depth of the tree is as likely as any other."""
    places = _places(tree)
    depth = random.choice(sorted({way.count("/") for _, _, way in places}))
    return random.choice([place for place in places if place[2].count("/") == depth])


def _replace(tree: Tree, random: Random) -> str:
    """Puts another value in the place of one."""
    holder, key, way = _deep(tree, random)
    value = random.choice(VALUES)
    holder[key] = copy.deepcopy(value)
    return f"{way} by {value!r}"


def _remove(tree: Tree, random: Random) -> str:
    """Takes a key with its value, or an item, out."""
    holder, key, way = _deep(tree, random)
    del holder[key]
    return way


def _rename(tree: Tree, random: Random) -> str:
    """Gives a value another key, at the same place."""
    tables = [place for place in _places(tree) if isinstance(place[0], dict)]
    holder, key, way = random.choice(tables)
    new = random.choice([*KEYS, key[:-1], f"{key}s", key.lower(), key.capitalize()])
    items = [(new if item == key else item, value) for item, value in holder.items()]
    holder.clear()
    holder.update(items)
    return f"{way} to {new}"


def _add(tree: Tree, random: Random) -> str:
    """Adds a key with a value."""
    tables = [place for place in _places(tree) if isinstance(place[0][place[1]], dict)]
    holder, key, way = random.choice(tables) if tables else ({"": tree}, "", "")
    new, value = random.choice(KEYS), random.choice(VALUES)
    holder[key][new] = copy.deepcopy(value)
    return f"{way}/{new} of {value!r}"


def _swap(tree: Tree, random: Random) -> str:
    """Exchanges two values of a mapping."""
    tables = [place for place in _places(tree) if isinstance(place[0], dict)]
    holder, key, way = random.choice(tables)
    other = random.choice(list(holder))
    holder[key], holder[other] = holder[other], holder[key]
    return f"{way} and {other}"


def _list_up(tree: Tree, random: Random) -> str:
    """Makes a list of the values of a mapping, or of one value."""
    holder, key, way = _deep(tree, random)
    value = holder[key]
    holder[key] = list(value.values()) if isinstance(value, dict) else [value]
    return way


def _argument(tree: Tree, random: Random) -> str:
    """Puts another value in the place of an argument of a layer."""
    places = [item for item in _calls(tree) if isinstance(item[0][item[1]], dict)]
    holder, key, way = random.choice(places or _places(tree))
    arguments = holder[key]
    if not isinstance(arguments, dict) or not arguments:
        return _replace(tree, random)
    argument, value = random.choice(list(arguments)), random.choice(VALUES)
    arguments[argument] = copy.deepcopy(value)
    return f"{way}/{argument} by {value!r}"


def _another_layer(tree: Tree, random: Random) -> str:
    """Gives an entry any layer of Keras, with arguments of its own or without."""
    holder, _, way = random.choice(_calls(tree) or _places(tree))
    catalogue = load()
    name = random.choice(catalogue.names("layers"))
    target = catalogue.find("layers", name)
    assert target is not None
    arguments = dict(target.example.arguments) if target.example else {}
    for argument in random.sample(target.arguments, min(2, len(target.arguments))):
        default = argument.default if random.random() < 0.6 else random.choice(VALUES)
        arguments[argument.name] = copy.deepcopy(default)
    if isinstance(holder, dict):
        holder.clear()
        holder[name] = arguments
    return f"{way} {name} {arguments!r}"


def _calls(tree: Tree) -> list[tuple[Container, Any, str]]:
    """Gives the places of layers' arguments, those of other objects included."""
    return [
        (holder, key, way)
        for holder, key, way in _places(tree)
        if isinstance(key, str) and key[:1].isupper() and "/layers/" in way
    ]


Change = Callable[[Tree, Random], str]

CHANGES: tuple[Change, ...] = (
    _replace,
    _remove,
    _rename,
    _add,
    _swap,
    _list_up,
    _argument,
    _argument,
    _another_layer,
)
"""What is done to specs, the same likely for each."""
