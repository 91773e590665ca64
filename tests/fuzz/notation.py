"""Specs as data, and functions that write them in all notations."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tests.spec.chains import to_flow, to_json, to_yaml, toml_document

BY_POSITION = frozenset(("", "cell", "filters", "l2", "layer", "rate", "step", "units"))
"""First arguments that line notation passes by position."""


class Code(NamedTuple):
    """An expression: a param, or arithmetic with params."""

    text: str


class Call(NamedTuple):
    """A layer or another object; the first argument may be positional."""

    name: str
    given: tuple[tuple[str, Any], ...] = ()


class Entry(NamedTuple):
    """An entry of a model or a block.

    Attributes:
        call: The layer, block or operation that it calls.
        name: Its name, or `""`.
        sources: Keywords, or `""`, and their references to tensors.
        constants: Constant arguments of the call.
        repeat: The number of repeats.
        loop: The names of a loop, and the values for each iteration.
        condition: The condition of a choice.
        otherwise: The alternative if the condition is false; `None` for nothing.
    """

    call: Call
    name: str = ""
    sources: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    constants: tuple[tuple[str, Any], ...] = ()
    repeat: Any = None
    loop: tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]] | None = None
    condition: str = ""
    otherwise: Call | None = None


def line(value: Any) -> str:
    """Return a value in the notation of Python."""
    match value:
        case Code(text=text):
            return text
        case Call():
            written = [
                line(one) if name in BY_POSITION else f"{name}={line(one)}"
                for name, one in value.given
            ]
            return f"{value.name}({', '.join(written)})"
        case list() | tuple():
            return f"[{', '.join(map(line, value))}]"
        case dict():
            pairs = (f"{line(key)}: {line(one)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
    return repr(value)


def entry_line(entry: Entry) -> str:
    """Return an entry in line notation."""
    text = line(entry.call)
    if entry.name:
        text = f"{entry.name} = {text}"
    if entry.repeat is not None:
        count = line(entry.repeat)
        text += f" * {count if count.isalnum() else f'({count})'}"
    if entry.loop is not None:
        names, rows = entry.loop
        values = [
            line(row[0]) if len(row) == 1 else f"({line(row)[1:-1]})" for row in rows
        ]
        text += f" for {', '.join(names)} in [{', '.join(values)}]"
    if entry.condition:
        text += f" if {entry.condition}"
        text += f" else {line(entry.otherwise)}" if entry.otherwise else ""
    given = [_source(*one) for one in entry.sources]
    given += [f"{name}={line(value)}" for name, value in entry.constants]
    return f"{text} <- {', '.join(given)}" if given else text


def _source(keyword: str, value: str | tuple[str, ...]) -> str:
    text = value if isinstance(value, str) else f"[{', '.join(value)}]"
    return f"{keyword}={text}" if keyword else text


def codes(value: Any) -> Iterator[str]:
    """Return all expressions in a value."""
    match value:
        case Code(text=text):
            yield text
        case Entry():
            loop = value.loop[1] if value.loop else ()
            parts = (value.call, value.constants, value.repeat, loop, value.otherwise)
            yield from codes((*parts, Code(value.condition)))
        case Call(given=given):
            yield from codes(given)
        case dict():
            yield from codes(tuple(value.values()))
        case list() | tuple():
            for one in value:
                yield from codes(one)


def data(value: Any) -> Any:
    """Return a value as plain data for keyed notation."""
    match value:
        case Code(text=text):
            return f"${text}" if text.isidentifier() else f"$({text})"
        case Call():
            given = {name: data(one) for name, one in value.given}
            empty = None if value.name[:1].isupper() else {}
            return {value.name: given or empty}
        case list() | tuple():
            return [data(one) for one in value]
        case dict():
            return {key: data(one) for key, one in value.items()}
        case str():
            return f"${value}" if value.startswith("$") else value
    return value


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return an entry in keyed notation."""
    found = data(entry.call)
    if entry.call.name == "reuse":
        found = {"reuse": entry.call.given[0][1].text}
    if entry.name:
        found["name"] = entry.name
    if entry.sources:
        plain = [value for keyword, value in entry.sources if not keyword]
        if len(plain) == len(entry.sources):
            found["from"] = plain[0] if len(plain) == 1 else list(plain)
        else:
            found["from"] = {
                keyword: value if isinstance(value, str) else list(value)
                for keyword, value in entry.sources
            }
    if entry.constants:
        found["call"] = {name: data(value) for name, value in entry.constants}
    if entry.repeat is not None:
        found["repeat"] = data(entry.repeat)
    if entry.loop is not None:
        names, rows = entry.loop
        columns = zip(*rows, strict=True)
        found["for"] = {
            name: [data(one) for one in column]
            for name, column in zip(names, columns, strict=True)
        }
    if entry.condition:
        found["if"] = data(Code(entry.condition))
        if entry.otherwise:
            found["else"] = data(entry.otherwise)
    return found


def is_keyable(entry: Entry) -> bool:
    """Return whether keyed notation can express the call inputs of an entry."""
    keywords = [bool(keyword) for keyword, _ in entry.sources]
    lists = any(
        not keyword and not isinstance(one, str) for keyword, one in entry.sources
    )
    return not lists and (all(keywords) or not any(keywords))


def plain(value: Any, luck: random.Random) -> Any:
    """Return a spec as plain data, each entry in a random notation."""
    match value:
        case Entry():
            if is_keyable(value) and luck.random() < 0.4:
                return entry_data(value)
            return entry_line(value)
        case Code() | Call():
            return data(value)
        case Mapping():
            return {key: plain(one, luck) for key, one in value.items()}
        case list() | tuple():
            return [plain(one, luck) for one in value]
    return value


def written(document: dict[str, Any], luck: random.Random) -> tuple[str, str]:
    """Write a spec in one of the formats.

    Returns:
        The text, and the suffix of the file.
    """
    found = plain(document, luck)
    form = luck.choice(["yaml", "yaml", "flow", "json", "toml"])
    if form == "json":
        return to_json(found), "json"
    if form == "toml":
        return toml_document(found), "toml"
    return (to_flow(found) if form == "flow" else to_yaml(found)) + "\n", "yaml"


def same(document: dict[str, Any]) -> str:
    """Return a spec in a fixed notation, for messages."""
    return json.dumps(plain(document, random.Random(0)), indent=1)
