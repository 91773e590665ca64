"""What a box says of its layer, in the words of the code."""

from __future__ import annotations

import ast

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir.extensions import is_beyond
from scaffold.ir.types import Bound, Collection, Graph, Object, Value, is_op
from scaffold.styles.params import block_parameters
from scaffold.styles.syntax import dotted, name
from scaffold.styles.values import Writer

WIDEST = 46
"""So many characters has a line at most."""

_LONGEST = 64
"""So many characters has the title of a block at most."""

MOST_LINES = 3
"""So many lines has a text at most."""

_TOLD = frozenset(
    ("integer", "tuple", "shape", "list", "layer", "layers", "activation")
)
"""The kinds of keyword arguments that a figure tells: sizes, layers, activations."""


class Labels:
    """Says what is called, and with what."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep what Keras offers."""
        self._writer = Writer(catalogue, nested=self._block)

    def call(self, layer: Object) -> str:
        """Write a layer with its leading arguments, and the others that tell.

        Initializers, regularizers and switches are left out; so are empty parentheses.
        """
        if is_beyond(layer):
            first, *_ = layer.arguments
            return f"{layer.name}({self.value(first.value)})"
        if is_op(layer):
            return _unparsed(self._operation(layer)).removesuffix("()")
        return self.value(layer).removesuffix("()")

    def value(self, value: Value) -> str:
        """Write a value."""
        return _unparsed(self._writer.value(_telling(value)))

    def title(self, block: Graph) -> str:
        """Write how a block is called, with the defaults of its params."""
        params = [
            (
                param.name
                if param.default is None
                else f"{param.name}={_unparsed(param.default)}"
            )
            for param in block_parameters(block, self._writer)
        ]
        title = f"{block.name}({', '.join(params)})".removesuffix("()")
        return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"

    def _operation(self, operation: Object) -> ast.expr:
        """Write a function without the tensors, which come from elsewhere."""
        target = operation.target
        assert isinstance(target, KerasCallable)
        arguments = self._writer.arguments(
            operation.arguments, target, operation.filled
        )
        return ast.Call(dotted(f"ops.{target.name}"), *arguments)

    def _block(self, block: Object) -> ast.Call:
        return self._writer.block(block.name, block)


def wrapped(text: str) -> list[str]:
    """Break a text into lines; what is too long is cut."""
    lines: list[str] = []
    while len(text) > WIDEST and len(lines) < MOST_LINES - 1:
        place = _break(text)
        lines.append(text[:place].strip())
        text = text[place:].strip()
    text = text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
    return [*lines, text] if text else lines


def _break(text: str) -> int:
    """Find the place for a line to end: behind a comma, else before a word."""
    comma = text.rfind(", ", 0, WIDEST + 1) + 1
    space = text.rfind(" ", WIDEST // 2, WIDEST + 1) + 1
    return comma or space or WIDEST


def one_line(text: str) -> str:
    """Make a text one line; what cannot be printed becomes a question mark."""
    return "".join(
        character if character.isprintable() else "?"
        for character in " ".join(text.split())
    )


def _telling(value: Value) -> Value:
    """Leave out the arguments of layers that a figure does not tell."""
    if isinstance(value, Collection):
        return value._replace(items=tuple(map(_telling, value.items)))
    if not isinstance(value, Object):
        return value
    target = value.target
    told = [
        argument._replace(value=_telling(argument.value))
        for argument in value.arguments
        if not isinstance(target, KerasCallable)
        or target.registry != "layers"
        or _is_told(argument, target)
    ]
    return value._replace(arguments=tuple(told))


def _is_told(bound: Bound, target: KerasCallable) -> bool:
    leading = [argument.name for argument in target.arguments[: target.positional]]
    kinds = bound.argument.kinds if bound.argument is not None else ()
    return bound.name in leading or not _TOLD.isdisjoint(kinds)


def _unparsed(written: ast.expr) -> str:
    return one_line(ast.unparse(_ShortNames().visit(written)))


class _ShortNames(ast.NodeTransformer):
    """Leaves out the modules that names are in, but for `ops`."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # by ast
        """Make `layers.Dense` and `keras.regularizers.L2` their last names."""
        parts = ast.unparse(node).split(".")
        if parts[0] not in ("layers", "keras"):
            return node
        return dotted(f"ops.{parts[-1]}") if "ops" in parts else name(parts[-1])
