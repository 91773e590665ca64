"""What `check` finds and the schema cannot see, with reasons: docs/schema.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple, get_args

from scaffold.catalogue import Argument, KerasCallable, Registry, load
from scaffold.diagnostics import Diagnostic
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.values import REGISTRIES, by_position
from tests.editor.places import Place, Way

CATALOGUE = load()
_CAPITAL = re.compile(r"[A-Z]\w*")
_VALUES = "KS201 KS202 KS203 KS204 KS205 KS206 KS212 KS215"
_REFERENCES = "KS207 KS209 KS210 KS211 KS304 KS305 KS306 KS307 KS308"
_LAYERS = {"layer", "layers", "activation", "any"}
_EXAMPLES = (
    "examples, but|has the shape|differ in shape|not plain data|has no value for"
    "|there is no (in|out)put|must have one list|has one table"
)


class Unseen(NamedTuple):
    """A row of the table.

    Attributes:
        codes: The codes that it is about.
        what: Which findings of these codes.
        why: Why the schema cannot see them.
        holds: Tells whether a finding of one of the codes is among them.
    """

    codes: str
    what: str
    why: str
    holds: Callable[[Diagnostic, Place], bool]

    def covers(self, diagnostic: Diagnostic, place: Place) -> bool:
        """Tells whether a finding is one of these."""
        codes = (re.fullmatch(code, diagnostic.code) for code in self.codes.split())
        return any(codes) and self.holds(diagnostic, place)


def says(pattern: str) -> Callable[[Diagnostic, Place], bool]:
    """Makes a question about what a finding says."""
    return lambda diagnostic, place: bool(re.search(pattern, diagnostic.message))


def always(diagnostic: Diagnostic, place: Place) -> bool:
    """Holds for all findings of the codes."""
    return True


def inside_of_string(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is about a piece of a string."""
    is_shape = (
        "the shape of" in diagnostic.message and "is not a list" in diagnostic.message
    )
    return place.part == "inside" and not is_shape


def target_of(key: str | int) -> KerasCallable | None:
    """Finds what a key of a call names."""
    if not isinstance(key, str):
        return None
    if key in EXTENSIONS:
        return EXTENSIONS[key]
    if key.startswith("ops."):
        return CATALOGUE.find("ops", key.removeprefix("ops."))
    if not _CAPITAL.fullmatch(key):
        return None
    families = [
        argument
        for argument in get_args(Registry)
        if argument not in ("ops", "methods")
    ]
    targets = [CATALOGUE.find(family, key) for family in families]
    return next((target for target in targets if target is not None), None)


def argument_of(target: KerasCallable, key: str | int) -> Argument | None:
    """Finds the argument that a key, or a place in a list, stands for."""
    positional = by_position(target.arguments)
    if isinstance(key, int):
        return positional[key] if key < len(positional) else None
    if _CAPITAL.fullmatch(key):
        return positional[0] if positional else None
    return next(
        (argument for argument in target.arguments if argument.name == key), None
    )


def of_own(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is in the arguments of a block or an import."""
    keys = ("", *_within_entries(place.way))
    if place.part == "key" and diagnostic.code not in ("KS203", "KS206"):
        keys = keys[:-1]
    return any(_is_own(outer, key) for outer, key in pairwise(keys))


def _is_own(outer: str | int, key: str | int) -> bool:
    """Tells whether a key is the name of a block or an import, as far as one knows."""
    if not isinstance(key, str) or not _CAPITAL.fullmatch(key) or target_of(key):
        return False
    around = target_of(outer)
    first = argument_of(around, key) if around else None
    return around is None or first is not None and bool(_LAYERS & set(first.kinds))


def _within_entries(way: Way) -> Way:
    """Gives the part of a way that is within an entry, or all of it."""
    if "layers" not in way:
        return ()
    return way[way.index("layers") + 2 :]


def of_anything(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is where the schema lets anything stand."""
    way = place.way
    if way[:1] == ("train",) and way[1:2] in [("x",), ("y",), ("predict",)]:
        return True
    if {"call", "for"} & set(_within_entries(way)[:-1]):
        return True
    for at, (outer, key) in enumerate(pairwise(way)):
        target = target_of(outer)
        if target is None and outer in ("compile", "train"):
            method = {"compile": "compile", "train": "fit"}[str(outer)]
            target = CATALOGUE.find("methods", method)
        argument = argument_of(target, key) if target else None
        if argument is not None and _is_open(argument, way[at + 2 :]):
            return True
    return False


def _is_open(argument: Argument, inner: Way) -> bool:
    """Tells whether the schema lets anything stand somewhere inside of an argument."""
    if "any" in argument.kinds:
        return True
    if not inner or any(kind in REGISTRIES for kind in argument.kinds):
        return False
    return ("list" if isinstance(inner[0], int) else "dict") in argument.kinds


def of_operation(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is about which arguments tensors fill."""
    *before, last = place.way
    holder = before[-1] if before else ""
    if str(last).startswith("ops."):
        return diagnostic.code == "KS203" or not isinstance(place.value, dict)
    if not str(holder).startswith("ops."):
        return False
    return (
        isinstance(last, int)
        or diagnostic.code == "KS202"
        and _is_argument(holder, last)
    )


def _is_argument(holder: str | int, key: str | int) -> bool:
    target = target_of(holder)
    argument = argument_of(target, key) if target else None
    return argument is not None and argument.kinds != ("tensor",)


def of_examples(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is about what examples hold."""
    is_some = isinstance(place.value, dict | list) or place.part == "inside"
    if "must be a mapping with an item" in diagnostic.message:
        return is_some
    if "not a list" in diagnostic.message:
        return bool(place.way[2:]) or isinstance(place.value, dict)
    return bool(re.search(_EXAMPLES, diagnostic.message))


def of_layer_name(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is about a name among a layer's arguments."""
    *_, holder, key = ("", "", *place.way)
    target = target_of(holder)
    return key == "name" and target is not None and target.registry == "layers"


def capital(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether a finding is about a name in CamelCase where a layer may stand."""
    of_layer = r"(layer|activation) is called `[A-Z]\w*`|(layer|activation) is expected"
    return bool(re.search(of_layer, diagnostic.message))


UNSEEN: tuple[Unseen, ...] = (
    Unseen(
        "KS101 KS102 KS103 KS104 KS105",
        "all",
        "the file cannot be parsed, has a duplicate key, or exceeds a limit",
        always,
    ),
    Unseen(
        "KS110 KS111 KS2.. KS3.. KS401",
        "inside a line, an expression (`$...`), a call in a string, or names under "
        "`from`, `outputs` and `reuse`",
        "a schema does not parse strings",
        inside_of_string,
    ),
    Unseen(
        "KS110",
        "lists of `for` with different lengths",
        "a schema cannot compare two values",
        says("must have the same length"),
    ),
    Unseen(
        _REFERENCES,
        "all except keys that cannot be combined with `reuse`, `recurse` and `loop`",
        "other parts of the file determine what a name means and whether it is used",
        lambda diagnostic, place: "cannot be combined with" not in diagnostic.message,
    ),
    Unseen(
        "KS303",
        "all except cells and layers that take no tensor",
        "the number of tensors depends on the entries before it",
        lambda diagnostic, place: (
            not re.search("is a cell|takes no tensor", diagnostic.message)
        ),
    ),
    Unseen("KS219 KS220 KS221", "all", "they compare sections with each other", always),
    Unseen("KS402 KS403 KS404", "all", "they are about shapes", always),
    Unseen("KS309 KS310", "all", "they are about the graph as a whole", always),
    Unseen(
        "KS201",
        "names in CamelCase where a layer is allowed",
        "they can be blocks or imports",
        capital,
    ),
    Unseen(
        f"KS110 {_VALUES} KS208",
        "in the arguments of a block or an import",
        "they depend on the block, or are unknown",
        of_own,
    ),
    Unseen(
        f"{_VALUES} KS208 KS209 KS213",
        "where any value is accepted: `call`, the values of `for`, data, arguments of "
        "any type, and lists and mappings in arguments",
        "the allowed values depend on the layer, or are unknown",
        of_anything,
    ),
    Unseen(
        "KS202 KS203 KS204 KS205 KS206",
        "arguments of `ops` that tensors fill, and those by position",
        "`from` determines which arguments tensors fill",
        of_operation,
    ),
    Unseen(
        "KS204 KS205 KS215",
        "the default of a param, used elsewhere",
        "the allowed values depend on its uses",
        says("the default of `"),
    ),
    Unseen(
        "KS204 KS401",
        "`8.0` for an integer",
        "for JSON Schema, it is equal to 8",
        says(
            r"must be an? (integer|list of sizes|tuple).*number -?\d+\.0\b"
            r"|size -?\d+\.0"
        ),
    ),
    Unseen(
        "KS204",
        "layers that a wrapper cannot wrap, and child indices that are floats",
        "it depends on properties of the layer",
        says(r"`([A-Z]\w*|recurse|loop)` takes an? .*, not `|holds indices of nodes"),
    ),
    Unseen(
        "KS206",
        "a second name",
        "a schema cannot compare two values",
        says("second name"),
    ),
    Unseen(
        "KS208",
        "the name of a layer among its arguments",
        "the name of a layer inside another layer can be any string",
        of_layer_name,
    ),
    Unseen(
        "KS214",
        "inconsistent examples, of another shape, or for other inputs or outputs",
        "a schema cannot compare two values",
        of_examples,
    ),
)
"""All that the schema cannot see."""


def is_unseen(diagnostic: Diagnostic, place: Place) -> bool:
    """Tells whether the schema cannot see what a finding is about."""
    return any(row.covers(diagnostic, place) for row in UNSEEN)
