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
    arguments: tuple[tuple[str, Any], ...] = ()


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
                line(item) if name in BY_POSITION else f"{name}={line(item)}"
                for name, item in value.arguments
            ]
            return f"{value.name}({', '.join(written)})"
        case list() | tuple():
            return f"[{', '.join(map(line, value))}]"
        case dict():
            pairs = (f"{line(key)}: {line(item)}" for key, item in value.items())
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
    sources = [_source(*source) for source in entry.sources]
    sources += [f"{name}={line(value)}" for name, value in entry.constants]
    return f"{text} <- {', '.join(sources)}" if sources else text


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
        case Call(arguments=arguments):
            yield from codes(arguments)
        case dict():
            yield from codes(tuple(value.values()))
        case list() | tuple():
            for item in value:
                yield from codes(item)


def data(value: Any) -> Any:
    """Return a value as plain data for keyed notation."""
    match value:
        case Code(text=text):
            return f"${text}" if text.isidentifier() else f"$({text})"
        case Call():
            arguments = {name: data(item) for name, item in value.arguments}
            empty = None if value.name[:1].isupper() else {}
            return {value.name: arguments or empty}
        case list() | tuple():
            return [data(item) for item in value]
        case dict():
            return {key: data(item) for key, item in value.items()}
        case str():
            return f"${value}" if value.startswith("$") else value
    return value


def entry_data(entry: Entry) -> dict[str, Any]:
    """Return an entry in keyed notation."""
    results = data(entry.call)
    if entry.call.name == "reuse":
        results = {"reuse": entry.call.arguments[0][1].text}
    if entry.name:
        results["name"] = entry.name
    if entry.sources:
        plain = [value for keyword, value in entry.sources if not keyword]
        if len(plain) == len(entry.sources):
            results["from"] = plain[0] if len(plain) == 1 else list(plain)
        else:
            results["from"] = {
                keyword: value if isinstance(value, str) else list(value)
                for keyword, value in entry.sources
            }
    if entry.constants:
        results["call"] = {name: data(value) for name, value in entry.constants}
    if entry.repeat is not None:
        results["repeat"] = data(entry.repeat)
    if entry.loop is not None:
        names, rows = entry.loop
        columns = zip(*rows, strict=True)
        results["for"] = {
            name: [data(item) for item in column]
            for name, column in zip(names, columns, strict=True)
        }
    if entry.condition:
        results["if"] = data(Code(entry.condition))
        if entry.otherwise:
            results["else"] = data(entry.otherwise)
    return results


def is_keyable(entry: Entry) -> bool:
    """Return whether keyed notation can express the call inputs of an entry."""
    keywords = [bool(keyword) for keyword, _ in entry.sources]
    lists = any(
        not keyword and not isinstance(source, str) for keyword, source in entry.sources
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
            return {key: plain(item, luck) for key, item in value.items()}
        case list() | tuple():
            return [plain(item, luck) for item in value]
    return value


def written(document: dict[str, Any], luck: random.Random) -> tuple[str, str]:
    """Write a spec in one of the formats.

    Returns:
        The text, and the suffix of the file.
    """
    result = plain(document, luck)
    form = luck.choice(["yaml", "yaml", "flow", "json", "toml"])
    if form == "json":
        return to_json(result), "json"
    if form == "toml":
        return toml_document(result), "toml"
    return (to_flow(result) if form == "flow" else to_yaml(result)) + "\n", "yaml"


def same(document: dict[str, Any]) -> str:
    """Return a spec in a fixed notation, for messages."""
    return json.dumps(plain(document, random.Random(0)), indent=1)
