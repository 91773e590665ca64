"""Specs with their lines rewritten in keyed notation, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from scaffold.catalogue import Registry, load
from scaffold.diagnostics import Refused, Span
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.values import by_position
from scaffold.spec import types as spec
from scaffold.spec.document import Items, Node, Scalar
from scaffold.spec.json import parse as parse_json
from scaffold.spec.line import parse_line
from scaffold.spec.toml import parse as parse_toml
from scaffold.spec.yaml import parse as parse_yaml

CATALOGUE = load()
PARSERS = {".yaml": parse_yaml, ".json": parse_json, ".toml": parse_toml}
NOWHERE = Span("")


class Unsayable(Exception):
    """Raised where keyed notation needs to know more than the line says."""


def tree_of(path: Path) -> Any:
    """Gives a spec's file as plain data, `None` where it is not well-formed."""
    return tree_in(path.read_text(encoding="utf-8"), path.suffix)


def tree_in(text: str, suffix: str = ".yaml") -> Any:
    """Gives a spec's text as plain data, `None` where it is not well-formed."""
    try:
        node = PARSERS[suffix](text, "model")
    except Refused:
        return None
    return None if node is None else plain(node)


def plain(node: Node) -> Any:
    """Gives a tree as plain data."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    return {str(key.value): plain(value) for key, value in node.pairs}


def keyed(tree: Any) -> Any:
    """Rewrites the lines of a spec, of those that keyed notation can say."""
    if not isinstance(tree, dict):
        return tree
    blocks = tree.get("blocks")
    blocks = blocks if isinstance(blocks, dict) else {}
    found = dict(tree) | ({"blocks": dict(blocks)} if blocks else {})
    writer = Writer({name: _params(block) for name, block in blocks.items()})
    for owner in (found, *found.get("blocks", {}).values()):
        if isinstance(owner, dict) and isinstance(owner.get("layers"), list):
            owner["layers"] = [writer.entry(one) for one in owner["layers"]]
    return found


def _params(block: Any) -> list[str]:
    given = block.get("params", []) if isinstance(block, dict) else []
    found: list[str] = []
    for one in given if isinstance(given, (list, dict)) else []:
        found += one if isinstance(one, dict) else [str(one)]
    return found


class Writer:
    """Writes entries as mappings."""

    def __init__(self, blocks: dict[str, list[str]]) -> None:
        """Keeps the params of each block, in order."""
        self.blocks = blocks

    def entry(self, given: Any) -> Any:
        """Rewrites an entry; what is no line, or cannot be read, stays."""
        if not isinstance(given, str):
            return given
        try:
            return self.mapping(parse_line(Scalar(given, NOWHERE)))
        except (Refused, Unsayable):
            return given

    def mapping(self, entry: spec.Entry) -> dict[str, Any]:
        """Writes an entry."""
        found = {} if entry.name is None else {"name": entry.name}
        if entry.call.name == "reuse":
            match entry.call.arguments:
                case (spec.CallArgument(keyword=None, value=spec.Name(name=name)),):
                    found |= {"reuse": name}
                case _:
                    raise Unsayable
        else:
            found |= self.called(entry.call, _by_position(entry.sources))
        found |= _sources(entry.sources)
        if entry.repeat is not None:
            found["repeat"] = self.value(entry.repeat)
        if entry.loop is not None:
            names, rows = entry.loop.names, entry.loop.iterations
            if len(set(names)) != len(names):
                raise Unsayable
            found["for"] = {
                name: [self.value(row[at]) for row in rows]
                for at, name in enumerate(names)
            }
        if entry.condition is not None:
            found["if"] = f"${text(entry.condition)}"
        if entry.otherwise is not None:
            found["else"] = self.called(entry.otherwise)
        return found

    def called(self, call: spec.Call, tensors: int = 1) -> dict[str, Any]:
        """Writes a call; of an operation, so many tensors fill the first arguments."""
        keywords = [one.keyword for one in call.arguments]
        values = [self.value(one.value) for one in call.arguments]
        if None in keywords and any(keywords):
            keywords = self.named(call.name, keywords, tensors)
        if not values:
            return {call.name: None}
        if any(keywords):
            given = dict(zip(map(str, keywords), values, strict=True))
            if len(given) != len(values) or _is_call(given):
                raise Unsayable
            return {call.name: given}
        is_single = len(values) == 1 and not isinstance(values[0], list | None)
        return {call.name: values[0] if is_single else values}

    def named(
        self, name: str, keywords: Sequence[str | None], tensors: int
    ) -> list[str | None]:
        """Gives arguments by position their names, where they are known."""
        count = keywords.index(next(filter(None, keywords)))
        known = self.known(name, tensors)
        if count > len(known):
            raise Unsayable
        return [*known[:count], *keywords[count:]]

    def known(self, name: str, tensors: int) -> list[str]:
        """Gives the arguments by position of what has a name."""
        if name in self.blocks:
            return self.blocks[name]
        if name.startswith("ops."):
            operation = CATALOGUE.find("ops", name.removeprefix("ops."))
            given = operation.arguments[tensors:] if operation else ()
            return [one.name for one in given]
        registries = [one for one in get_args(Registry) if one != "ops"]
        found = [
            EXTENSIONS.get(name),
            *(CATALOGUE.find(one, name) for one in registries),
        ]
        for target in filter(None, found):
            return [one.name for one in by_position(target.arguments)]
        raise Unsayable

    def value(self, found: spec.Expression) -> Any:
        """Writes a value."""
        match found:
            case spec.Literal(value=str() as string):
                return f"${string}" if string.startswith("$") else string
            case spec.Literal(value=value):
                return value
            case spec.Sequence(items=items):
                return [self.value(item) for item in items]
            case spec.Call():
                try:
                    return self.called(found)
                except Unsayable:
                    return f"${text(found)}"
            case spec.Mapping(pairs=pairs):
                given = {
                    key.value: self.value(value)
                    for key, value in pairs
                    if isinstance(key, spec.Literal) and isinstance(key.value, str)
                }
                if len(given) == len(pairs) and not _is_call(given):
                    return given
        return f"${text(found)}"


def _is_call(given: dict[str, Any]) -> bool:
    return len(given) == 1 and next(iter(given))[:1].isupper()


def _by_position(given: tuple[spec.FromItem, ...] | None) -> int:
    return 1 if given is None else sum(not one.keyword for one in given)


def _sources(given: tuple[spec.FromItem, ...] | None) -> dict[str, Any]:
    if given is None:
        return {}
    tensors = (spec.TensorReference, spec.ReferenceList)
    on = [one for one in given if isinstance(one.value, tensors) or not one.keyword]
    constants = {one.keyword: one.value for one in given if one not in on}
    found: dict[str, Any] = {}
    if on and all(one.keyword for one in on):
        found["from"] = {str(one.keyword): _tensor(one.value) for one in on}
    elif any(one.keyword for one in on):
        parts = [f"{one.keyword}=" * bool(one.keyword) + _name(one.value) for one in on]
        found["from"] = ", ".join(parts)
    elif on:
        names = [_name(one.value) for one in on]
        found["from"] = names[0] if len(names) == 1 else names
    if constants:
        writer = Writer({})
        found["call"] = {key: writer.value(one) for key, one in constants.items()}
    return found


def _tensor(value: Any) -> Any:
    if isinstance(value, spec.ReferenceList):
        return [_name(item) for item in value.items]
    return _name(value)


def _name(value: Any) -> str:
    match value:
        case spec.TensorReference(name=name, output=None):
            return name
        case spec.TensorReference(name=name, output=output):
            return f"{name}[{output}]"
        case spec.ReferenceList(items=items):
            return f"[{', '.join(map(_name, items))}]"
    return text(value)


def text(found: spec.Expression) -> str:
    """Writes an expression in Python's notation."""
    match found:
        case spec.Literal(value=value):
            return repr(value)
        case spec.Name(name=name):
            return name
        case spec.OperationExpression(operator=sign, operands=(only,)):
            return f"({sign} {text(only)})"
        case spec.OperationExpression(operator=sign, operands=(left, right)):
            return f"({text(left)} {sign} {text(right)})"
        case spec.Sequence(items=items):
            return f"({''.join(f'{text(item)}, ' for item in items)})"
        case spec.Mapping(pairs=pairs):
            inner = ", ".join(f"{text(key)}: {text(one)}" for key, one in pairs)
            return f"{{{inner}}}"
        case spec.Call(name=name, arguments=arguments):
            given = [
                f"{one.keyword}=" * bool(one.keyword) + text(one.value)
                for one in arguments
            ]
            return f"{name}({', '.join(given)})"
    raise AssertionError(found)
