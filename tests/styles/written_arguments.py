"""Find the arguments of a spec in generated code: all of them, in order, as spelled.

The arguments come from the spec as it is read, before names are resolved. The code is
parsed with `ast`. Nothing of the IR or of the styles is used.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache, partial
from typing import NamedTuple

from black import Mode, format_str

from scaffold.catalogue import OBJECT_REGISTRIES, KerasCallable, load
from scaffold.ir.extensions import EXTENSIONS
from scaffold.spec import types as spec
from scaffold.spec.document import place
from scaffold.spec.expression import parse
from tests.spec.conversions import CATALOGUE, Converter

_CALL = re.compile(r"\s*[A-Z]\w*\s*\(.*\)\s*", re.DOTALL)
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_ADDED = {"name", "training", "mask"}
_LISTS = ("metrics", "weighted_metrics", "callbacks")
_DATA = ("x", "y", "data", "predict")


class Wanted(NamedTuple):
    """Arguments that the code must contain.

    Attributes:
        what: What they belong to, for messages.
        functions: The names that the function or class may have; empty for any.
        arguments: The arguments.
        names: The names of the arguments by position, in the spec and in the code;
            empty if they are not compared.
        tensors: Whether tensors may come before them.
    """

    what: str
    functions: tuple[str, ...]
    arguments: tuple[spec.CallArgument, ...]
    names: tuple[list[str], list[str]] = ([], [])
    tensors: bool = False


class Code:
    """Generated code, in which each call is matched at most once."""

    def __init__(self, text: str, converter: Converter) -> None:
        """Parse the code of a spec."""
        self.text, self.converter = text, converter
        self.tree = ast.parse(text)
        self.calls = [
            node for node in ast.walk(self.tree) if isinstance(node, ast.Call)
        ]
        self.functions = {call: _function(call) for call in self.calls}
        self.used: set[int] = set()
        self.blocks = {block.name: block for block in converter.described.blocks}

    def missing(self) -> Iterator[str]:
        """Return the calls of the spec that the code does not contain as written."""
        for wanted in self.wanted():
            candidates = (
                number
                for number, call in enumerate(self.calls)
                if number not in self.used and self.is_match(call, wanted)
            )
            number = next(candidates, None)
            if number is None:
                yield wanted.what
            else:
                self.used.add(number)
        yield from self.missing_defaults()

    def wanted(self) -> Iterator[Wanted]:
        """Return all arguments of the spec."""
        described = self.converter.described
        for model_input in described.inputs:
            arguments = list(model_input.options)
            if model_input.shape is not None:
                span = model_input.shape.span
                shape = spec.CallArgument("shape", model_input.shape, span)
                before = [item for item in arguments if _start(item) < _start(shape)]
                arguments.insert(len(before), shape)
            yield Wanted(f"{model_input.name}: ...", ("Input",), tuple(arguments))
        for entries in (described.layers, *(b.layers for b in described.blocks)):
            for entry in entries:
                yield from self.of_entry(entry)
        if described.compile is not None:
            yield Wanted("compile", ("compile",), described.compile.arguments)
        if described.train is not None:
            arguments = [
                argument
                for argument in described.train.arguments
                if argument.keyword not in _DATA
            ]
            yield Wanted("fit", ("fit",), tuple(arguments), tensors=True)

    def of_entry(self, entry: spec.Entry) -> Iterator[Wanted]:
        """Return the arguments of an entry."""
        constants = tuple(
            spec.CallArgument(item.keyword, item.value, item.span)
            for item in entry.sources or ()
            if not isinstance(item.value, spec.TensorReference | spec.ReferenceList)
        )
        for call in (entry.call, entry.otherwise):
            if call is None or call.name == "reuse":
                continue
            if not call.arguments and call.name == "Identity":
                # A choice without an alternative passes the tensor through.
                continue
            yield self.of_call(call)
        if constants:
            what = self.converter.line(entry)
            yield Wanted(what, (), constants, tensors=True)

    def of_call(self, call: spec.Call) -> Wanted:
        """Return the arguments of a call."""
        what = self.converter.python(call)
        arguments = call.arguments
        if block := self.blocks.get(call.name):
            names = [param.name for param in block.params]
            signature = sorted(
                block.params, key=lambda param: param.default is not None
            )
            in_code = [param.name for param in signature]
            function = re.sub(r"(?<!^)(?=[A-Z])", "_", call.name).lower()
            # Blocks take `name` only if they need it.
            arguments = tuple(item for item in arguments if item.keyword != "name")
            functions = (call.name, function, function.replace("_", ""))
            return Wanted(what, functions, arguments, (names, in_code), tensors=True)
        target = _target(call.name)
        if target is None:
            return Wanted(what, (call.name,), arguments)
        names = [argument.name for argument in target.arguments]
        is_op = target.registry == "ops"
        functions = (target.name, target.name.capitalize())
        by_position = ([], []) if is_op else (names, names)
        return Wanted(what, functions, arguments, by_position, tensors=is_op)

    def is_match(self, call: ast.Call, wanted: Wanted) -> bool:
        """Return whether a call of the code has the arguments, in order."""
        if wanted.functions and self.functions[call] not in wanted.functions:
            return False
        actual: list[tuple[str, ast.expr]] = [("", value) for value in call.args]
        actual += [(keyword.arg or "", keyword.value) for keyword in call.keywords]
        expected = wanted.arguments
        if wanted.tensors:
            return any(
                self.is_same_list(actual[first:], wanted)
                for first in range(len(actual) - len(expected) + 1)
            )
        return self.is_same_list(actual, wanted)

    def is_same_list(self, actual: list[tuple[str, ast.expr]], wanted: Wanted) -> bool:
        """Return whether arguments are the wanted ones, then only additional ones."""
        expected = wanted.arguments
        in_spec, in_code = wanted.names
        if len(actual) < len(expected):
            return False
        for index, (argument, (name, value)) in enumerate(
            zip(expected, actual, strict=False)
        ):
            keyword = argument.keyword or "".join(in_spec[index : index + 1])
            name = name or "".join(in_code[index : index + 1])
            if name and keyword and name != keyword:
                return False
            if keyword == "name":
                # In a block, the name has a prefix.
                continue
            if not self.is_same(argument.value, value, keyword):
                return False
        return all(name in _ADDED for name, _ in actual[len(expected) :])

    def is_same(
        self, expression: spec.Expression, tree: ast.expr, keyword: str = ""
    ) -> bool:
        """Return whether the code has a value as the spec spells it."""
        match expression:
            case spec.Literal(value=str() as text, scalar=scalar):
                if scalar is not None and _CALL.fullmatch(text):
                    call = parse(text, partial(place, scalar))
                    if self.is_same(call, tree, keyword):
                        return True
                return self.is_same_text(text, tree, keyword)
            case spec.Literal(value=bool() | None as value):
                return isinstance(tree, ast.Constant) and tree.value is value
            case spec.Literal():
                return self.is_same_number(expression, tree)
            case spec.Name(name=name):
                return ast.unparse(tree).rpartition(".")[2].startswith(name)
            case spec.Sequence(items=items):
                if not isinstance(tree, ast.List | ast.Tuple):
                    return False
                pairs = zip(items, tree.elts, strict=False)
                return len(items) == len(tree.elts) and all(
                    self.is_same(item, value, keyword) for item, value in pairs
                )
            case spec.Mapping(pairs=pairs):
                return isinstance(tree, ast.Dict) and self.is_same_mapping(pairs, tree)
            case spec.OperationExpression():
                text = ast.unparse(ast.parse(self.converter.source(expression.span)))
                return ast.unparse(tree).replace("self.", "") == text
            case spec.Call():
                if keyword in _LISTS and isinstance(tree, ast.List):
                    return self.is_same(expression, tree.elts[0])
                if isinstance(tree, ast.Call):
                    return self.is_match(tree, self.of_call(expression))
                return not expression.arguments and isinstance(tree, ast.Constant)
        return False

    def is_same_mapping(
        self, pairs: tuple[tuple[spec.Expression, spec.Expression], ...], tree: ast.Dict
    ) -> bool:
        """Return whether a dictionary has the same pairs, in order."""
        keys = [ast.literal_eval(key) for key in tree.keys if key is not None]
        wanted = [key.value for key, _ in pairs if isinstance(key, spec.Literal)]
        return list(map(str, keys)) == list(map(str, wanted)) and all(
            self.is_same(value, written)
            for (_, value), written in zip(pairs, tree.values, strict=True)
        )

    def is_same_text(self, text: str, tree: ast.expr, keyword: str) -> bool:
        """Return whether a string is the same, or names the same object."""
        if keyword in _LISTS and isinstance(tree, ast.List):
            return self.is_same_text(text, tree.elts[0], "")
        if not isinstance(tree, ast.Constant):
            # A class that Keras does not accept as a string.
            return ast.unparse(tree).endswith(f".{text}()")
        usual = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", text).lower()
        spellings = (text, usual, usual.replace("_", ""))
        return tree.value in spellings or _is_one_object(text, str(tree.value))

    def is_same_number(self, literal: spec.Literal, tree: ast.expr) -> bool:
        """Return whether a number has the spelling of the spec, as Black writes it."""
        text = self.converter.source(literal.span)
        code = ast.get_source_segment(self.text, tree) or ""
        if "inf" in text.lower() or "nan" in text.lower():
            return code.startswith("float(")
        # Optimizers and metrics need floats.
        return code in (spelled := blackened(text), f"{spelled}.0") or (
            _LEADING_ZERO.fullmatch(text) is not None and code == str(literal.value)
        )

    def missing_defaults(self) -> Iterator[str]:
        """Return the params whose default is not spelled as in the spec."""
        described = self.converter.described
        holders = [described.params, *(block.params for block in described.blocks)]
        defaults = list(self.defaults())
        for param in (param for params in holders for param in params):
            if param.default is not None and not any(
                name == param.name and self.is_same(param.default, tree)
                for name, tree in defaults
            ):
                yield f"params: {param.name}"

    def defaults(self) -> Iterator[tuple[str, ast.expr]]:
        """Return the names and defaults of all functions."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef) and node.args.defaults:
                names = node.args.args[-len(node.args.defaults) :]
                for argument, default in zip(names, node.args.defaults, strict=True):
                    yield argument.arg, default


def _function(call: ast.Call) -> str:
    """Return the last name of the function of a call."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _start(argument: spec.CallArgument) -> tuple[int, int]:
    return argument.span.line, argument.span.column


def _target(name: str) -> KerasCallable | None:
    if name.startswith("ops."):
        return CATALOGUE.find("ops", name.removeprefix("ops."))
    found_targets = (CATALOGUE.find(registry, name) for registry in OBJECT_REGISTRIES)
    return EXTENSIONS.get(name) or next(filter(None, found_targets), None)


def _is_one_object(text: str, other: str) -> bool:
    catalogue = load()
    return any(
        catalogue.find_string(registry, text) is not None
        and catalogue.find_string(registry, text)
        is catalogue.find_string(registry, other)
        for registry in (*OBJECT_REGISTRIES, "activations")
    )


@cache
def blackened(number: str) -> str:
    """Return a number as Black writes it."""
    try:
        return format_str(number, mode=Mode()).strip()
    except Exception:  # Black has no public class for all of its errors.
        return number
