"""Conversion of specs to other notations and formats, with their numbers as written.

The text of each number is copied from the file, by its location. So a converted spec
tests that readers keep the spelling, without their help.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scaffold.catalogue import OBJECT_REGISTRIES, load
from scaffold.diagnostics import Span
from scaffold.ir.extensions import EXTENSIONS
from scaffold.spec import Spec
from scaffold.spec import types as spec
from scaffold.spec.document import CALLABLE, Items, Node, Scalar, Table
from scaffold.spec.places import Lines
from scaffold.spec.yaml import parse

CATALOGUE = load()
_JSON_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_CALL = re.compile(r"\s*[A-Z]\w*\s*\(.*\)\s*", re.DOTALL)


class Number(str):
    """The text of a number."""

    def __repr__(self) -> str:
        """Return the text."""
        return str(self)


class Unconvertible(Exception):
    """Raised if the other notation cannot express an entry."""


class Converter:
    """Converts the spec of one YAML file."""

    def __init__(self, text: str, described: Spec) -> None:
        """Store the file's text, and the spec that was read from it."""
        self.text = text
        self.lines = Lines(text, "")
        self.described = described
        self.imports = {imported.name for imported in described.imports}
        self.params = {
            block.name: [param.name for param in block.params]
            for block in described.blocks
        }

    def document(
        self, entry: Callable[[spec.Entry], Any] | None = None
    ) -> dict[str, Any]:
        """Return the whole spec as data, with the entries in another notation.

        Args:
            entry: Converts an entry; by default, entries stay as they are.
        """
        node = parse(self.text, "")
        assert node is not None
        document = self.data(node)
        if entry is not None:
            self._convert(document, self.described.layers, entry)
            for block in self.described.blocks:
                self._convert(document["blocks"][block.name], block.layers, entry)
        return dict(document)

    def _convert(
        self,
        holder: dict[str, Any],
        entries: tuple[spec.Entry, ...],
        convert: Callable[[spec.Entry], Any],
    ) -> None:
        for index, entry in enumerate(entries):
            try:
                holder["layers"][index] = convert(entry)
            except Unconvertible:
                continue

    def data(self, node: Node) -> Any:
        """Return a node as data; a number is a `Number`."""
        if isinstance(node, Table):
            return {str(key.value): self.data(value) for key, value in node.pairs}
        if isinstance(node, Items):
            return [self.data(item) for item in node.items]
        return self.scalar(node)

    def scalar(self, literal: Scalar | spec.Literal) -> Any:
        """Return a scalar as data."""
        value = literal.value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return Number(self.source(literal.span))
        return value

    def source(self, span: Span) -> str:
        """Return the text of the file at a location."""
        first = self.lines.index(span.line, span.column)
        return self.text[first : self.lines.index(span.end_line, span.end_column)]

    def line(self, entry: spec.Entry) -> str:
        """Return an entry in line notation."""
        text = self.python(entry.call)
        if entry.name is not None:
            text = f"{entry.name} = {text}"
        if entry.repeat is not None:
            text += f" * ({self.python(entry.repeat)})"
        if entry.loop is not None:
            rows = [
                ", ".join(map(self.python, values)) for values in entry.loop.iterations
            ]
            several = len(entry.loop.names) > 1
            rows = [f"({row})" for row in rows] if several else rows
            text += f" for {', '.join(entry.loop.names)} in [{', '.join(rows)}]"
        if entry.condition is not None:
            text += f" if {self.python(entry.condition)}"
            if entry.otherwise is not None:
                text += f" else {self.python(entry.otherwise)}"
        if entry.sources is not None:
            sources = ", ".join(map(self._line_source, entry.sources))
            text += f" <- {sources}"
        return text

    def _line_source(self, source: spec.FromItem) -> str:
        value = source.value
        if isinstance(value, spec.ReferenceList):
            text = f"[{', '.join(map(_reference, value.items))}]"
        elif isinstance(value, spec.TensorReference):
            text = _reference(value)
        else:
            text = self.python(value)
        return f"{source.keyword}={text}" if source.keyword else text

    def python(self, expression: spec.Expression) -> str:
        """Return a value in line notation."""
        match expression:
            case spec.Literal(value=str() as text, scalar=scalar):
                return text if scalar and _CALL.fullmatch(text) else repr(text)
            case spec.Literal():
                return repr(self.scalar(expression))
            case spec.Name():
                return expression.name
            case spec.Sequence():
                items = ", ".join(map(self.python, expression.items))
                comma = "," if len(expression.items) == 1 else ""
                return f"({items}{comma})" if expression.is_tuple else f"[{items}]"
            case spec.Mapping():
                pairs = (
                    f"{self.python(key)}: {self.python(value)}"
                    for key, value in expression.pairs
                )
                return f"{{{', '.join(pairs)}}}"
            case spec.OperationExpression():
                return self.source(expression.span)
        arguments = (
            (
                f"{argument.keyword}={self.python(argument.value)}"
                if argument.keyword
                else self.python(argument.value)
            )
            for argument in expression.arguments
        )
        return f"{expression.name}({', '.join(arguments)})"

    def keyed(self, entry: spec.Entry) -> dict[str, Any]:
        """Return an entry in keyed notation.

        Raises:
            Unconvertible: Keyed notation cannot express it.
        """
        if entry.call.name == "reuse":
            name = entry.call.arguments[0].value
            assert isinstance(name, spec.Name)
            results: dict[str, Any] = {"reuse": name.name}
        else:
            results = self.call(entry.call)
        if entry.name is not None:
            results["name"] = entry.name
        if entry.sources is not None:
            results |= self._keyed_sources(entry.sources)
        if entry.repeat is not None:
            results["repeat"] = self.keyed_value(entry.repeat)
        if entry.loop is not None:
            columns = zip(*entry.loop.iterations, strict=True)
            results["for"] = {
                name: [self.keyed_value(value) for value in column]
                for name, column in zip(entry.loop.names, columns, strict=True)
            }
        if entry.condition is not None:
            results["if"] = f"$({self.python(entry.condition)})"
            if entry.otherwise is not None:
                results["else"] = self.call(entry.otherwise)
        return results

    def _keyed_sources(self, sources: tuple[spec.FromItem, ...]) -> dict[str, Any]:
        tensors: list[tuple[str, Any]] = []
        constants = {}
        for source in sources:
            match source.value:
                case spec.TensorReference():
                    tensors.append((source.keyword or "", _reference(source.value)))
                case spec.ReferenceList(items=items):
                    listed = list(map(_reference, items))
                    tensors.append((source.keyword or "", listed))
                case value if source.keyword:
                    constants[source.keyword] = self.keyed_value(value)
        by_name = [bool(keyword) for keyword, _ in tensors]
        lists = any(not keyword and isinstance(text, list) for keyword, text in tensors)
        if lists or any(by_name) and not all(by_name):
            raise Unconvertible
        result: dict[str, Any] = {"call": constants} if constants else {}
        if tensors:
            names = [text for _, text in tensors]
            result["from"] = dict(tensors) if all(by_name) else names
        return result

    def call(self, call: spec.Call) -> dict[str, Any]:
        """Return a call in keyed notation."""
        arguments = call.arguments
        if not arguments:
            return {call.name: None if call.name[:1].isupper() else {}}
        if not any(argument.keyword for argument in arguments):
            return {
                call.name: [self.keyed_value(item.value, call) for item in arguments]
            }
        names = self.names(call)
        keywords = {}
        for index, argument in enumerate(arguments):
            keyword = argument.keyword or names[index]
            keywords[keyword] = self.keyed_value(argument.value, call)
        return {call.name: keywords}

    def names(self, call: spec.Call) -> list[str]:
        """Return the names of the arguments of a call that may be positional."""
        if all(argument.keyword for argument in call.arguments):
            return []
        if call.name in self.params:
            return self.params[call.name]
        if call.name in self.imports or call.name.startswith("ops."):
            raise Unconvertible
        target = EXTENSIONS.get(call.name)
        for registry in OBJECT_REGISTRIES:
            target = target or CATALOGUE.find(registry, call.name)
        assert target is not None
        return [argument.name for argument in target.arguments]

    def keyed_value(
        self, expression: spec.Expression, call: spec.Call | None = None
    ) -> Any:
        """Return an argument of a call in keyed notation."""
        match expression:
            case spec.Literal(value=str() as text):
                return f"${text}" if text.startswith("$") else text
            case spec.Literal():
                return self.scalar(expression)
            case spec.Name():
                return f"${expression.name}"
            case spec.Sequence() if call is None or call.name not in self.imports:
                return [self.keyed_value(item, call) for item in expression.items]
            case spec.Call():
                return self.call(expression)
        return f"$({self.python(expression)})"


def _reference(reference: spec.TensorReference) -> str:
    index = "" if reference.output is None else f"[{reference.output}]"
    return f"{reference.name}{index}"


def json_text(value: Any) -> str:
    """Write data as JSON; a number that JSON cannot spell is an expression."""
    match value:
        case Number():
            is_json = _JSON_NUMBER.fullmatch(value)
            return str(value) if is_json else json.dumps(f"$({_in_python(value)})")
        case Mapping():
            pairs = (f"{json.dumps(key)}: {json_text(v)}" for key, v in value.items())
            return f"{{{', '.join(pairs)}}}"
        case list():
            return f"[{', '.join(map(json_text, value))}]"
    return json.dumps(value)


def toml_text(document: dict[str, Any]) -> str:
    """Write a spec as TOML, one key per line."""
    return "\n".join(_toml_pairs(document)) + "\n"


def _toml_pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        # TOML has no null: a layer without arguments has an empty table.
        is_bare = value is None and CALLABLE.fullmatch(key) is not None
        yield f"{json.dumps(key)} = {'{}' if is_bare else _toml(value)}"


def _toml(value: Any) -> str:
    match value:
        case None:
            return '"$None"'
        case Mapping():
            return f"{{{', '.join(_toml_pairs(value))}}}"
        case list():
            return f"[{', '.join(map(_toml, value))}]"
    return json_text(value)


def _in_python(number: str) -> str:
    """Write a number of YAML that JSON does not have in Python."""
    special = {".inf": "1e999", "-.inf": "-1e999", ".nan": "1e999 - 1e999"}
    # YAML has integers such as `007`.
    bare = re.sub(r"^([-+]?)0+(?=[0-9]+$)", r"\1", number)
    return special.get(number.lower(), bare)
