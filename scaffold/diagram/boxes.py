"""The text of a box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scaffold.diagram.labels import WIDEST, Labels, wrapped
from scaffold.diagram.types import Box, Kind, Role, TextLine
from scaffold.ir.extensions import LOOP, is_beyond
from scaffold.ir.substitution import settled
from scaffold.ir.types import Graph, Input, Node, Object, Origin, Value
from scaffold.ir.walk import within
from scaffold.shapes import KnownShapes
from scaffold.styles.inputs import dtype_of

_MOST_ROWS = 6
"""So many rows of values are shown line by line; more of them only in one text."""


class Boxes:
    """Makes the boxes of one graph."""

    def __init__(
        self,
        graph: Graph,
        scope: Mapping[str, Value],
        words: Labels,
        known: KnownShapes,
    ) -> None:
        """Keep what boxes are made of.

        Args:
            graph: The model, or a block.
            scope: What its params come to, where they are to be put in.
            words: Says what is called.
            known: The shapes.
        """
        self._graph, self._scope = graph, scope
        self._words, self._known = words, known

    def of_input(self, model_input: Input, key: str) -> Box:
        """Make the box of an input."""
        lines = [TextLine(model_input.name, "name")]
        shape = self._known.descriptions.get(
            Origin(self._graph.origin, model_input.id), ""
        )
        dtype = dtype_of(model_input)
        if dtype != "float32":
            shape = f"{shape} {dtype}".strip()
        lines += [TextLine(line, "shape") for line in wrapped(shape) if line]
        return Box(key, "input", tuple(lines))

    def of_node(self, node: Node, key: str, numbers: Mapping[str, int]) -> Box:
        """Make the box of an entry.

        Args:
            node: The entry.
            key: Its name in the picture.
            numbers: The numbers of the blocks, by their names.
        """
        original = self._graph.source(node)
        block = numbers.get(block_of(original), 0)
        kind: Kind = "block" if block else "layer"
        lines = self._lines(node, original)
        return Box(key, kind, tuple(lines), block, node.again is not None)

    def _lines(self, node: Node, original: Node) -> Iterator[TextLine]:
        if node.name_span != node.layer.name_span:
            yield from _lines(node.name, "name")
        yield from _lines(self._said(original.layer), "call")
        for layer in original.layers:
            yield from _lines(self._ending(layer), "more")
        if original.choice is not None:
            yield from _lines(
                f"if {self._words.value(original.choice.condition)}", "more"
            )
            yield from _lines(f"else {self._said(original.choice.otherwise)}", "more")
        if node.again is not None:
            yield from _lines(f"the weights of {original.name}", "more")
        origin = Origin(self._graph.origin, node.id)
        turns = self._known.turns.get(origin, ())
        rows = self._rows(original, turns)
        yield from (TextLine(row, "more") for row in rows)
        shape = self._known.descriptions.get(origin, "")
        if original.is_row and turns:
            shape = turns[-1]
        if not rows or not rows[-1].endswith(shape):
            yield from _lines(shape, "shape")

    def _rows(self, node: Node, turns: Sequence[str]) -> list[str]:
        """Describe how often a layer is made, and with which values."""
        if node.repeat is not None:
            return [f"× {self._value(node.repeat)}"]
        if node.loop is None:
            return []
        rows = [[self._value(value) for value in row] for row in node.loop.rows]
        if len(rows) > _MOST_ROWS:
            values = [", ".join(row) for row in rows]
            if len(node.loop.names) > 1:
                values = [f"({value})" for value in values]
            names = ", ".join(node.loop.names)
            return wrapped(f"for {names} in {', '.join(values)}")
        lines = []
        for at, row in enumerate(rows):
            pairs = zip(node.loop.names, row, strict=True)
            line = ", ".join(f"{name}={value}" for name, value in pairs)
            shape = turns[at] if len(turns) == len(rows) else ""
            if not shape or len(f"{line}: {shape}") > WIDEST:
                lines += [*wrapped(line), *wrapped(shape)]
            else:
                lines.append(f"{line}: {shape}")
        return lines

    def _ending(self, layer: Object) -> str:
        """Describe how far that goes on which no graph can say."""
        if not is_beyond(layer):
            return ""
        if layer.name != LOOP.name:
            return "for each node, children first"
        arguments = {argument.name: argument.value for argument in layer.arguments}
        until, most = self._value(arguments["until"]), self._value(
            arguments["max_steps"]
        )
        return f"until {until}, at most {most} times"

    def _value(self, value: Value) -> str:
        return self._words.value(settled(value, self._scope))

    def _said(self, layer: Object) -> str:
        value = settled(layer, self._scope)
        assert isinstance(value, Object)
        return self._words.call(value)


def block_of(node: Node) -> str:
    """Return the name of the block that an entry calls, or has in an argument."""
    for value in within(node.layer):
        if isinstance(value, Object) and isinstance(value.target, Graph):
            return value.target.name
    return ""


def _lines(text: str, role: Role) -> Iterator[TextLine]:
    if text:
        yield from (TextLine(line, role) for line in wrapped(text))
