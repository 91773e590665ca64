"""Random chains, free of any notation, and the writers of four notations."""

from __future__ import annotations

import json
import re
import string
from typing import Any, NamedTuple

from hypothesis import strategies as st

NONE: st.SearchStrategy[Any] = st.just(())


class Object(NamedTuple):
    """A Keras object with arguments, by position and by keyword."""

    name: str
    args: tuple[Any, ...] = ()
    kwargs: tuple[tuple[str, Any], ...] = ()


class Expression(NamedTuple):
    """A param, or arithmetic with params, in Python's notation."""

    text: str


class Entry(NamedTuple):
    """A layer, named or not."""

    layer: Object
    name: str | None


class Chain(NamedTuple):
    """A model; values are plain data, objects and expressions."""

    description: str
    params: tuple[tuple[str, Any], ...]
    shape: tuple[int | None, ...]
    entries: tuple[Entry, ...]
    optimizer: Object


def objects(
    name: str,
    args: st.SearchStrategy[Any] = NONE,
    kwargs: st.SearchStrategy[Any] = NONE,
) -> st.SearchStrategy[Object]:
    """Gives objects of one class."""
    return st.tuples(args, kwargs).map(lambda arguments: Object(name, *arguments))


PARAMS = {"units": 8, "rate": 0.25, "act": "relu", "flag": True, "slope": 1e-3}

integers = st.one_of(
    st.integers(1, 2**40),
    st.sampled_from(["units", "units * 2", "(units + 3) // 2", "-(-units)"]).map(
        Expression
    ),
)
rates = st.one_of(
    st.floats(0, 0.9),
    st.sampled_from(["rate", "rate / 2", "1 - rate", "rate ** 2"]).map(Expression),
)
floats = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["slope", "-slope", "slope * 1e-3"]).map(Expression),
)
booleans = st.one_of(st.booleans(), st.just(Expression("flag")))
activations = st.one_of(
    st.sampled_from(["relu", "gelu", "softmax", None]), st.just(Expression("act"))
)
regularizers = st.one_of(
    st.sampled_from([None, "l2", "L1", Object("L2")]),
    objects("L2", st.tuples(floats)),
    objects(
        "L1L2",
        NONE,
        st.tuples(st.tuples(st.just("l1"), floats), st.tuples(st.just("l2"), floats)),
    ),
)
seeded = st.tuples(st.tuples(st.just("seed"), st.none() | st.integers(0, 2**31)))
initializers = st.one_of(
    st.sampled_from(["zeros", "HeNormal", Object("HeNormal")]),
    objects("HeNormal", NONE, seeded),
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def keywords(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Gives some of the keyword arguments that are known, in any order."""
    return st.lists(st.sampled_from(sorted(known)), unique=True, max_size=4).flatmap(
        lambda names: st.tuples(
            *(st.tuples(st.just(name), known[name]) for name in names)
        )
    )


layers = st.one_of(
    objects(
        "Dense",
        st.tuples(integers),
        keywords(
            activation=activations,
            use_bias=booleans,
            kernel_regularizer=regularizers,
            kernel_initializer=initializers,
        ),
    ),
    objects(
        "Dropout",
        st.tuples(rates),
        keywords(noise_shape=st.none() | st.lists(st.just(1) | st.none(), max_size=3)),
    ),
    objects("Activation", st.just(("relu",))),
    objects(
        "LayerNormalization",
        NONE,
        keywords(axis=st.just(-1), epsilon=floats, center=booleans),
    ),
    objects("Reshape", st.tuples(st.lists(integers, max_size=3))),
    objects("LeakyReLU", NONE, keywords(negative_slope=floats)),
    objects(
        "StringLookup",
        NONE,
        keywords(vocabulary=st.lists(texts, min_size=1, max_size=3), oov_token=texts),
    ),
)
NAMES = ("hidden", "logits", "a_1", "Head", "x9")
names = st.lists(st.sampled_from(NAMES), unique=True, max_size=len(NAMES))


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Draws a chain, whose names are all different."""
    arguments = iter(draw(names))
    wanted = draw(st.lists(st.tuples(layers, st.booleans()), min_size=1, max_size=5))
    entries = [
        Entry(layer, next(arguments, None) if is_named else None)
        for layer, is_named in wanted
    ]
    optimizer = Object("Adam", (), (("learning_rate", draw(floats)),))
    # A param that nothing uses is an error.
    uses = " ".join([*(line(entry.layer) for entry in entries), line(optimizer)])
    return Chain(
        draw(texts),
        tuple(pair for pair in PARAMS.items() if re.search(rf"\b{pair[0]}\b", uses)),
        tuple(draw(st.lists(st.integers(1, 64) | st.none(), min_size=1, max_size=3))),
        tuple(entries),
        optimizer,
    )


def line(value: Any) -> str:
    """Writes a value in Python's notation."""
    match value:
        case Expression(text=text):
            return text
        case Object():
            lines = [line(argument) for argument in value.args]
            lines += [f"{key}={line(keyword)}" for key, keyword in value.kwargs]
            # A name alone would be a param.
            return f"{value.name}({', '.join(lines)})"
        case list() | tuple():
            return f"[{', '.join(map(line, value))}]"
    return repr(value)


def data(value: Any) -> Any:
    """Writes a value as the plain data of keyed notation."""
    match value:
        case Expression(text=text):
            return f"${text}"
        case Object():
            return {value.name: _arguments(value)}
        case list() | tuple():
            return [data(item) for item in value]
        case str():
            return f"${value}" if value.startswith("$") else value
    return value


def _arguments(value: Object) -> Any:
    if not value.kwargs:
        return [data(argument) for argument in value.args] or None
    first = {"Dense": "units", "Dropout": "rate", "L2": "l2"}
    named = dict(zip([first.get(value.name, "")], value.args, strict=False))
    return {key: data(item) for key, item in (named | dict(value.kwargs)).items()}


def described(default: Any, description: str) -> dict[str, Any]:
    """Writes the long form of a param."""
    return {"default": default, "description": f"Sets {description}"}


def document(chain: Chain, *, keyed: bool) -> dict[str, Any]:
    """Writes a chain as the plain data of a whole spec."""
    entries: list[Any] = []
    for entry in chain.entries:
        if keyed:
            name = {"name": entry.name} if entry.name else {}
            entries.append(data(entry.layer) | name)
        else:
            name = f"{entry.name} = " if entry.name else ""
            entries.append(name + line(entry.layer))
    return {
        "name": "chain",
        "description": chain.description,
        "params": {
            name: value if number % 2 else described(value, chain.description)
            for number, (name, value) in enumerate(chain.params)
        },
        "inputs": list(chain.shape),
        "layers": entries,
        "compile": {"optimizer": data(chain.optimizer), "loss": "mse"},
    }


def to_json(value: Any) -> str:
    """Writes JSON, with escapes for all that is not ASCII."""
    return json.dumps(value, indent=1)


def to_yaml(value: Any, indent: int = 0) -> str:
    """Writes YAML in block style."""
    margin = "\n" + "  " * indent
    match value:
        case dict() if value:
            return "".join(
                f"{margin}{yaml_string(key)}: {to_yaml(item, indent + 1)}"
                for key, item in value.items()
            )
        case list() if value:
            return "".join(f"{margin}- {to_yaml(item, indent + 1)}" for item in value)
        case str():
            return yaml_string(value)
    return json.dumps(value)


def yaml_string(value: str) -> str:
    """Writes a string plainly where it is a word, else in the quotes that fit."""
    if value.isidentifier() and value.isascii() and value.lower() not in WORDS:
        return value
    if value.isprintable() and "\\" in value:
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, value)) + '"'


WORDS = ("null", "true", "false")
PLAIN = frozenset(
    string.ascii_letters + string.digits + " !#$%&'()*+,-./:;<=>?@[]^_{|}~äß"
)


def _escaped(character: str) -> str:
    return character if character in PLAIN else f"\\U{ord(character):08x}"


def to_toml(value: Any) -> str:
    """Writes a value of TOML, which has no null."""
    match value:
        case None:
            return '"$None"'
        case dict():
            return "{" + ", ".join(_pairs(value)) + "}"
        case list():
            return "[" + ", ".join(map(to_toml, value)) + "]"
        case str():
            return '"' + "".join(map(_escaped, value)) + '"'
    return json.dumps(value)


def _pairs(value: dict[str, Any]) -> list[str]:
    return [
        # A call without arguments has an empty table.
        f"{_key(key)} = {'{}' if item is None and key[:1].isupper() else to_toml(item)}"
        for key, item in value.items()
    ]


def _key(key: str) -> str:
    return key if key.replace("_", "").isalnum() and key.isascii() else to_toml(key)


def to_flow(value: Any) -> str:
    """Writes YAML in flow style, which is all but JSON."""
    match value:
        case None:
            return "null"
        case dict():
            pairs = (f"{to_flow(key)}: {to_flow(item)}" for key, item in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(to_flow, value)) + "]"
    return to_toml(value)


def toml_document(value: dict[str, Any]) -> str:
    """Writes a whole spec as TOML, its sections as tables."""
    plain = {key: item for key, item in value.items() if not isinstance(item, dict)}
    tables = {key: item for key, item in value.items() if isinstance(item, dict)}
    parts = [*_pairs(plain)]
    for key, table in tables.items():
        parts += [f"[{key}]", *_pairs(table)]
    return "\n".join(parts) + "\n"
