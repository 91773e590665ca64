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
    result = dict(tree) | ({"blocks": dict(blocks)} if blocks else {})
    writer = Writer({name: _params(block) for name, block in blocks.items()})
    for owner in (result, *result.get("blocks", {}).values()):
        if isinstance(owner, dict) and isinstance(owner.get("layers"), list):
            owner["layers"] = [writer.entry(item) for item in owner["layers"]]
    return result


def _params(block: Any) -> list[str]:
    value = block.get("params", []) if isinstance(block, dict) else []
    results: list[str] = []
    for item in value if isinstance(value, (list, dict)) else []:
        results += item if isinstance(item, dict) else [str(item)]
    return results


class Writer:
    """Writes entries as mappings."""

    def __init__(self, blocks: dict[str, list[str]]) -> None:
        """Keeps the params of each block, in order."""
        self.blocks = blocks

    def entry(self, arguments: Any) -> Any:
        """Rewrites an entry; what is no line, or cannot be read, stays."""
        if not isinstance(arguments, str):
            return arguments
        try:
            return self.mapping(parse_line(Scalar(arguments, NOWHERE)))
        except (Refused, Unsayable):
            return arguments

    def mapping(self, entry: spec.Entry) -> dict[str, Any]:
        """Writes an entry."""
        results = {} if entry.name is None else {"name": entry.name}
        if entry.call.name == "reuse":
            match entry.call.arguments:
                case (spec.CallArgument(keyword=None, value=spec.Name(name=name)),):
                    results |= {"reuse": name}
                case _:
                    raise Unsayable
        else:
            results |= self.called(entry.call, _by_position(entry.sources))
        results |= _sources(entry.sources)
        if entry.repeat is not None:
            results["repeat"] = self.value(entry.repeat)
        if entry.loop is not None:
            names, rows = entry.loop.names, entry.loop.iterations
            if len(set(names)) != len(names):
                raise Unsayable
            results["for"] = {
                name: [self.value(row[at]) for row in rows]
                for at, name in enumerate(names)
            }
        if entry.condition is not None:
            results["if"] = f"${text(entry.condition)}"
        if entry.otherwise is not None:
            results["else"] = self.called(entry.otherwise)
        return results

    def called(self, call: spec.Call, tensors: int = 1) -> dict[str, Any]:
        """Writes a call; of an operation, so many tensors fill the first arguments."""
        keywords = [argument.keyword for argument in call.arguments]
        values = [self.value(argument.value) for argument in call.arguments]
        if None in keywords and any(keywords):
            keywords = self.named(call.name, keywords, tensors)
        if not values:
            return {call.name: None}
        if any(keywords):
            arguments = dict(zip(map(str, keywords), values, strict=True))
            if len(arguments) != len(values) or _is_call(arguments):
                raise Unsayable
            return {call.name: arguments}
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
            arguments = operation.arguments[tensors:] if operation else ()
            return [item.name for item in arguments]
        registries = [argument for argument in get_args(Registry) if argument != "ops"]
        value = [
            EXTENSIONS.get(name),
            *(CATALOGUE.find(registry, name) for registry in registries),
        ]
        for target in filter(None, value):
            return [item.name for item in by_position(target.arguments)]
        raise Unsayable

    def value(self, result: spec.Expression) -> Any:
        """Writes a value."""
        match result:
            case spec.Literal(value=str() as string):
                return f"${string}" if string.startswith("$") else string
            case spec.Literal(value=value):
                return value
            case spec.Sequence(items=items):
                return [self.value(item) for item in items]
            case spec.Call():
                try:
                    return self.called(result)
                except Unsayable:
                    return f"${text(result)}"
            case spec.Mapping(pairs=pairs):
                arguments = {
                    key.value: self.value(value)
                    for key, value in pairs
                    if isinstance(key, spec.Literal) and isinstance(key.value, str)
                }
                if len(arguments) == len(pairs) and not _is_call(arguments):
                    return arguments
        return f"${text(result)}"


def _is_call(values: dict[str, Any]) -> bool:
    return len(values) == 1 and next(iter(values))[:1].isupper()


def _by_position(arguments: tuple[spec.FromItem, ...] | None) -> int:
    return (
        1 if arguments is None else sum(not argument.keyword for argument in arguments)
    )


def _sources(arguments: tuple[spec.FromItem, ...] | None) -> dict[str, Any]:
    if arguments is None:
        return {}
    tensors = (spec.TensorReference, spec.ReferenceList)
    on = [
        argument
        for argument in arguments
        if isinstance(argument.value, tensors) or not argument.keyword
    ]
    constants = {
        argument.keyword: argument.value for argument in arguments if argument not in on
    }
    results: dict[str, Any] = {}
    if on and all(argument.keyword for argument in on):
        results["from"] = {
            str(argument.keyword): _tensor(argument.value) for argument in on
        }
    elif any(argument.keyword for argument in on):
        parts = [
            f"{argument.keyword}=" * bool(argument.keyword) + _name(argument.value)
            for argument in on
        ]
        results["from"] = ", ".join(parts)
    elif on:
        names = [_name(item.value) for item in on]
        results["from"] = names[0] if len(names) == 1 else names
    if constants:
        writer = Writer({})
        results["call"] = {key: writer.value(value) for key, value in constants.items()}
    return results


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


def text(result: spec.Expression) -> str:
    """Writes an expression in Python's notation."""
    match result:
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
            inner = ", ".join(f"{text(key)}: {text(pair)}" for key, pair in pairs)
            return f"{{{inner}}}"
        case spec.Call(name=name, arguments=arguments):
            listed = [
                f"{argument.keyword}=" * bool(argument.keyword) + text(argument.value)
                for argument in arguments
            ]
            return f"{name}({', '.join(listed)})"
    raise AssertionError(result)
