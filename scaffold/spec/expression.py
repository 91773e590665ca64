"""Parsing of text into spec expressions."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.limits import (
    DEEPEST,
    LESS_DEEP,
    TOO_DEEP,
    is_too_large,
    too_large,
    too_much,
)
from scaffold.spec.numerals import negated, numeral, signed
from scaffold.spec.operators import BY_TREE
from scaffold.spec.python import Locate, parse_tree
from scaffold.spec.tree import repeated_key
from scaffold.spec.types import (
    Call,
    CallArgument,
    Expression,
    Literal,
    Mapping,
    Name,
    OperationExpression,
    Sequence,
)

_LAYERS = f"write a repeat: `{examples.LAYER} * 3`, or `{examples.LOOP}`"
_VALUE = "write the value itself, or the name of a param"
_REFUSED: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lambda: (
        "a lambda",
        "use a function of `ops`, or import your own layer under `imports`",
    ),
    ast.ListComp: ("a comprehension", _LAYERS),
    ast.SetComp: ("a comprehension", _LAYERS),
    ast.DictComp: ("a comprehension", _LAYERS),
    ast.GeneratorExp: ("a comprehension", _LAYERS),
    ast.JoinedStr: ("an f-string", "write the string itself, or the name of a param"),
    ast.Subscript: ("an index", _VALUE),
    ast.Attribute: ("an attribute", _VALUE),
    ast.Starred: ("`*` before a value", "write the arguments one by one"),
    ast.NamedExpr: ("an assignment", "give the value a name under `params`"),
    ast.Set: ("a set", "write a list: `[1, 2]`"),
    ast.IfExp: (
        "`if ... else` inside a call",
        f"choose between two layers, `{examples.LAYER} if wide else "
        f"{examples.NARROW_LAYER}`, or use a param",
    ),
    ast.Await: ("`await`", _VALUE),
}
_ARITHMETIC = "the arithmetic operators of a spec are + - * / // % **"
_NAMES = (
    f"call a layer by its name, `{examples.LAYER}`, or a function, "
    f"`{examples.FUNCTION}`"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(text: str, locate: Locate) -> Expression:
    """Read an expression of a spec.

    Args:
        text: The expression in Python syntax.
        locate: Returns the location of a part of the text in the file.

    Returns:
        The expression.

    Raises:
        Refused: The text is not Python, or contains more than literals, lists, tuples,
            dictionaries, arithmetic, comparisons, names and calls.
    """
    return Reader(text, locate).read()


class Reader:
    """Converts a syntax tree into an expression with locations."""

    def __init__(self, text: str, locate: Locate) -> None:
        """Store the text and the function that locates parts of it."""
        self.text, self.locate = text, locate
        self.blanks = len(text) - len(text.lstrip())

    def read(self) -> Expression:
        """Read the whole text."""
        return self.convert(parse_tree(self.text, self.locate), 0)

    @cached_property
    def offsets(self) -> list[int]:
        """The column, in UTF-8 bytes, after each character; empty for ASCII text."""
        if self.text.isascii():
            return []
        bare = self.text.lstrip()
        return list(
            accumulate(len(character.encode(errors="replace")) for character in bare)
        )

    def span(self, tree: ast.expr | ast.keyword) -> Span:
        """Return the location of a tree in the file."""
        first = self.index(tree.col_offset)
        last = self.index(tree.end_col_offset or tree.col_offset)
        return self.locate(first, last - first)

    def index(self, offset: int) -> int:
        """Convert a column of `ast`, in UTF-8 bytes, to an index of the text."""
        if self.offsets:
            offset = bisect_right(self.offsets, offset)
        return offset + self.blanks

    def braces(self, tree: ast.Set) -> Refused | None:
        """Return the error for a param in braces, `{units}` or `{{ units }}`."""
        inner: ast.expr = tree
        while isinstance(inner, ast.Set) and len(inner.elts) == 1:
            inner = inner.elts[0]
        if not isinstance(inner, ast.Name):
            return None
        message = "a param is written as its name, without braces"
        help_ = f"write `{inner.id}`, or `${inner.id}` in keyed notation"
        return Refused(Diagnostic("KS111", message, self.span(tree), help_))

    def refuse(self, tree: ast.expr, what: str, help_: str) -> Refused:
        """Return the error for something that a spec cannot contain."""
        message = f"a spec cannot contain {what}"
        return Refused(Diagnostic("KS111", message, self.span(tree), help_))

    def convert(self, tree: ast.expr, depth: int) -> Expression:
        """Convert a node of the tree and its children to an expression."""
        if depth > DEEPEST:
            raise too_much(TOO_DEEP, self.span(tree), LESS_DEEP)
        depth += 1
        match tree:
            case ast.Constant():
                return self.constant(tree)
            case ast.Name():
                return Name(tree.id, self.span(tree))
            case ast.Call():
                return self.call(tree, depth)
            case ast.List() | ast.Tuple():
                items = tuple(self.convert(item, depth) for item in tree.elts)
                return Sequence(items, self.span(tree), isinstance(tree, ast.Tuple))
            case ast.Dict():
                return self.mapping(tree, depth)
            case ast.BoolOp():
                return self.logic(tree, depth)
            case _:
                return self.operation(tree, depth)

    def constant(self, tree: ast.Constant) -> Literal:
        """Read a literal."""
        value = tree.value
        if isinstance(value, str) and _SURROGATE.search(value):
            raise self.refuse(tree, "half of a surrogate pair", "write both halves")
        if isinstance(value, int) and is_too_large(value):
            raise too_large(self.span(tree))
        if isinstance(value, (bytes, complex)) or value is ...:
            what = {bytes: "bytes", complex: "a complex number"}
            help_ = "write a number, a string, a list or the name of a param"
            raise self.refuse(tree, what.get(type(value), "`...`"), help_)
        first, last = map(self.index, (tree.col_offset, tree.end_col_offset or 0))
        text = numeral(self.text[first:last], value)
        return Literal(value, self.span(tree), numeral=text)

    def mapping(self, tree: ast.Dict, depth: int) -> Mapping:
        """Read a dictionary."""
        pairs = []
        seen = set()
        for key, value in zip(tree.keys, tree.values, strict=True):
            if key is None:
                raise self.refuse(
                    tree, "`**` in a dictionary", "write the items one by one"
                )
            converted_key = self.convert(key, depth)
            if isinstance(converted_key, Literal):
                if converted_key.value in seen:
                    raise Refused(
                        repeated_key(str(converted_key.value), converted_key.span)
                    )
                seen.add(converted_key.value)
            pairs.append((converted_key, self.convert(value, depth)))
        return Mapping(tuple(pairs), self.span(tree))

    def operation(self, tree: ast.expr, depth: int) -> Expression:
        """Read arithmetic, a comparison or a sign."""
        operands: list[ast.expr]
        match tree:
            case ast.BinOp(op=op) if type(op) in BY_TREE:
                operands = [tree.left, tree.right]
            case ast.UnaryOp(op=op) if type(op) in BY_TREE:
                operands = [tree.operand]
            case ast.Compare(ops=[op]):
                operands = [tree.left, *tree.comparators]
            case ast.Compare():
                raise self.refuse(tree, "a chained comparison", "join them with `and`")
            case ast.Set() if fault := self.braces(tree):
                raise fault
            case _:
                raise self.refuse(
                    tree, *_REFUSED.get(type(tree), ("this", _ARITHMETIC))
                )
        operator = BY_TREE[type(op)].symbol
        expressions = tuple(self.convert(operand, depth) for operand in operands)
        if isinstance(tree, ast.UnaryOp):
            return _unary(operator, expressions[0], self.span(tree))
        if isinstance(tree, ast.Compare):
            self.check_comparison(tree, operator, expressions)
        return OperationExpression(operator, expressions, self.span(tree))

    def check_comparison(
        self, tree: ast.expr, operator: str, operands: tuple[Expression, ...]
    ) -> None:
        """Reject `is` with a value, and `==` with `None` or a boolean."""
        literals = [
            operand.value for operand in operands if isinstance(operand, Literal)
        ]
        constants = [
            value for value in literals if value is None or isinstance(value, bool)
        ]
        non_constants = (Sequence, Mapping, Call)
        if operator in ("is", "is not") and (
            len(constants) < len(literals)
            or any(isinstance(operand, non_constants) for operand in operands)
        ):
            help_ = f"write `{'==' if operator == 'is' else '!='}`"
            raise self.refuse(tree, f"`{operator}` with a value", help_)
        if operator in ("==", "!=") and constants:
            help_ = f"write `{'is' if operator == '==' else 'is not'} {constants[0]}`"
            raise self.refuse(tree, f"`{operator} {constants[0]}`", help_)

    def logic(self, tree: ast.BoolOp, depth: int) -> Expression:
        """Read `and` or `or`; more than two operands are nested in pairs."""
        if depth + len(tree.values) > DEEPEST:
            raise too_much(TOO_DEEP, self.span(tree), LESS_DEEP)
        operator = "and" if isinstance(tree.op, ast.And) else "or"
        result, *following = (self.convert(operand, depth) for operand in tree.values)
        for operand in following:
            result = OperationExpression(operator, (result, operand), self.span(tree))
        return result

    def call(self, tree: ast.Call, depth: int) -> Call:
        """Read a call."""
        name = self.callable_name(tree.func)
        arguments = []
        for value in tree.args:
            converted = self.convert(value, depth)
            arguments.append(CallArgument(None, converted, converted.span))
        for keyword in tree.keywords:
            if keyword.arg is None:
                help_ = "write the arguments one by one"
                raise self.refuse(keyword.value, "`**` in a call", help_)
            span = self.locate(self.index(keyword.col_offset), len(keyword.arg))
            converted = self.convert(keyword.value, depth)
            arguments.append(CallArgument(keyword.arg, converted, span))
        span, name_span = self.span(tree), self.span(tree.func)
        return Call(name, tuple(arguments), span, name_span)

    def callable_name(self, tree: ast.expr) -> str:
        """Return the name of the callable: a plain name, or `ops.NAME`."""
        if isinstance(tree, ast.Name):
            return tree.id
        if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name):
            if tree.value.id == "ops":
                return f"ops.{tree.attr}"
            owner, name = tree.value.id, tree.attr
            help_ = f"write `{name}`" if name[:1].isupper() else _NAMES
            if owner == "self":
                help_ = f"write the layer where it is called: `{examples.LAYER}`"
            raise self.refuse(tree, f"the attribute `{owner}.{name}`", help_)
        raise self.refuse(tree, "a call of something that is not a name", _NAMES)


def _unary(operator: str, operand: Expression, span: Span) -> Expression:
    """Fold a sign into its number, and `not a in b` into `a not in b`."""
    if operator in ("-", "+") and isinstance(operand, Literal):
        value, text = operand.value, operand.numeral
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            if operator == "-":
                return Literal(-value, span, numeral=negated(text))
            return Literal(value, span, numeral=signed(text))
    if operator == "not" and isinstance(operand, OperationExpression):
        if operand.operator in ("in", "is"):
            opposite = {"in": "not in", "is": "is not"}[operand.operator]
            return OperationExpression(opposite, operand.operands, span)
    return OperationExpression(operator, (operand,), span)
