"""The text of the layer in a box, in the notation of the code."""

from __future__ import annotations

import ast

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir.extensions import is_extension
from scaffold.ir.types import Bound, Collection, Graph, Object, Value, is_op
from scaffold.styles.params import block_parameters
from scaffold.styles.syntax import dotted, name
from scaffold.styles.values import Writer

MAX_LINE_LENGTH = 46
"""The most characters of a line."""

_LONGEST = 64
"""The most characters of the title of a block."""

MOST_LINES = 3
"""The most lines of a text."""

_SHOWN_KINDS = frozenset(
    ("integer", "tuple", "shape", "list", "layer", "layers", "activation")
)
"""The kinds of keyword arguments that are shown: sizes, layers, activations."""


class Labels:
    """Write calls with their arguments."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Create a writer for a catalogue."""
        self._writer = Writer(catalogue, nested=self._block)

    def call(self, layer: Object) -> str:
        """Write a layer with its leading arguments, and other relevant ones.

        Initializers, regularizers, boolean options and empty parentheses are left out.
        """
        if is_extension(layer):
            first, *_ = layer.arguments
            return f"{layer.name}({self.value(first.value)})"
        if is_op(layer):
            return _unparsed(self._operation(layer)).removesuffix("()")
        return self.value(layer).removesuffix("()")

    def value(self, value: Value) -> str:
        """Write a value."""
        return _unparsed(self._writer.value(_shortened(value)))

    def title(self, block: Graph) -> str:
        """Write the signature of a block, with the defaults of its params."""
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
        """Write an operation without its tensors, which edges show."""
        target = operation.target
        assert isinstance(target, KerasCallable)
        arguments = self._writer.arguments(
            operation.arguments, target, operation.filled
        )
        return ast.Call(dotted(f"ops.{target.name}"), *arguments)

    def _block(self, block: Object) -> ast.Call:
        return self._writer.block(block.name, block)


def wrapped(text: str) -> list[str]:
    """Break a text into lines, and truncate it if it is too long."""
    lines: list[str] = []
    while len(text) > MAX_LINE_LENGTH and len(lines) < MOST_LINES - 1:
        end = _line_end(text)
        lines.append(text[:end].strip())
        text = text[end:].strip()
    text = text if len(text) <= MAX_LINE_LENGTH else f"{text[: MAX_LINE_LENGTH - 1]}…"
    return [*lines, text] if text else lines


def _line_end(text: str) -> int:
    """Return where to end a line: after a comma, or else between words."""
    comma = text.rfind(", ", 0, MAX_LINE_LENGTH + 1) + 1
    space = text.rfind(" ", MAX_LINE_LENGTH // 2, MAX_LINE_LENGTH + 1) + 1
    return comma or space or MAX_LINE_LENGTH


def one_line(text: str) -> str:
    """Join a text into one line, and replace unprintable characters by `?`."""
    return "".join(
        character if character.isprintable() else "?"
        for character in " ".join(text.split())
    )


def _shortened(value: Value) -> Value:
    """Remove the arguments of layers that are not shown."""
    if isinstance(value, Collection):
        return value._replace(items=tuple(map(_shortened, value.items)))
    if not isinstance(value, Object):
        return value
    target = value.target
    arguments = [
        argument._replace(value=_shortened(argument.value))
        for argument in value.arguments
        if not isinstance(target, KerasCallable)
        or target.registry != "layers"
        or _is_shown(argument, target)
    ]
    return value._replace(arguments=tuple(arguments))


def _is_shown(bound: Bound, target: KerasCallable) -> bool:
    leading = [argument.name for argument in target.arguments[: target.positional]]
    kinds = bound.argument.kinds if bound.argument is not None else ()
    return bound.name in leading or not _SHOWN_KINDS.isdisjoint(kinds)


def _unparsed(written: ast.expr) -> str:
    return one_line(ast.unparse(_ShortNames().visit(written)))


class _ShortNames(ast.NodeTransformer):
    """Remove the modules of names, except for `ops`."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:  # by ast
        """Shorten `layers.Dense` and `keras.regularizers.L2` to their last name."""
        parts = ast.unparse(node).split(".")
        if parts[0] not in ("layers", "keras"):
            return node
        return dotted(f"ops.{parts[-1]}") if "ops" in parts else name(parts[-1])
