"""The text of a box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scaffold.diagram.labels import MAX_LINE_LENGTH, Labels, wrapped
from scaffold.diagram.types import Box, Kind, Role, TextLine
from scaffold.ir.extensions import LOOP, is_extension
from scaffold.ir.substitution import substituted
from scaffold.ir.types import Graph, Input, Node, Object, Origin, Value
from scaffold.ir.walk import within
from scaffold.shapes import KnownShapes
from scaffold.styles.inputs import dtype_of

_MOST_VALUE_LINES = 6
"""The most iterations that are shown on separate lines, and not as one text."""


class Boxes:
    """Create the boxes of one graph."""

    def __init__(
        self,
        graph: Graph,
        scope: Mapping[str, Value],
        labels: Labels,
        known: KnownShapes,
    ) -> None:
        """Create a factory for the boxes of a graph.

        Args:
            graph: The model, or a block.
            scope: The values of its params; empty to show params by name.
            labels: Writes the calls.
            known: The shapes.
        """
        self._graph, self._scope = graph, scope
        self._labels, self._known = labels, known

    def of_input(self, model_input: Input, key: str) -> Box:
        """Return the box of an input."""
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
        """Return the box of an entry.

        Args:
            node: The entry.
            key: Its name in the diagram.
            numbers: The numbers of the blocks, by their names.
        """
        original = self._graph.source(node)
        block = numbers.get(block_of(original), 0)
        kind: Kind = "block" if block else "layer"
        lines = self._lines(node, original)
        return Box(key, kind, tuple(lines), block, node.reused is not None)

    def _lines(self, node: Node, original: Node) -> Iterator[TextLine]:
        if node.name_span != node.layer.name_span:
            yield from _lines(node.name, "name")
        yield from _lines(self._call(original.layer), "call")
        for layer in original.layers:
            yield from _lines(self._extension(layer), "more")
        if original.choice is not None:
            yield from _lines(
                f"if {self._labels.value(original.choice.condition)}", "more"
            )
            yield from _lines(f"else {self._call(original.choice.otherwise)}", "more")
        if node.reused is not None:
            yield from _lines(f"the weights of {original.name}", "more")
        origin = Origin(self._graph.origin, node.id)
        shapes = self._known.iterations.get(origin, ())
        repeats = self._repeats(original, shapes)
        yield from (TextLine(line, "more") for line in repeats)
        shape = self._known.descriptions.get(origin, "")
        if original.is_repeat and shapes:
            shape = shapes[-1]
        if not repeats or not repeats[-1].endswith(shape):
            yield from _lines(shape, "shape")

    def _repeats(self, node: Node, shapes: Sequence[str]) -> list[str]:
        """Describe the number of iterations of a repeat, or their values and shapes."""
        if node.repeat is not None:
            return [f"× {self._value(node.repeat)}"]
        if node.loop is None:
            return []
        iterations = [
            [self._value(value) for value in values] for values in node.loop.iterations
        ]
        if len(iterations) > _MOST_VALUE_LINES:
            values = [", ".join(texts) for texts in iterations]
            if len(node.loop.names) > 1:
                values = [f"({value})" for value in values]
            names = ", ".join(node.loop.names)
            return wrapped(f"for {names} in {', '.join(values)}")
        lines = []
        for number, texts in enumerate(iterations):
            pairs = zip(node.loop.names, texts, strict=True)
            line = ", ".join(f"{name}={value}" for name, value in pairs)
            shape = shapes[number] if len(shapes) == len(iterations) else ""
            if not shape or len(f"{line}: {shape}") > MAX_LINE_LENGTH:
                lines += [*wrapped(line), *wrapped(shape)]
            else:
                lines.append(f"{line}: {shape}")
        return lines

    def _extension(self, layer: Object) -> str:
        """Describe the iterations of `recurse` or `loop`, `""` for other layers."""
        if not is_extension(layer):
            return ""
        if layer.name != LOOP.name:
            return "for each node, children first"
        arguments = {argument.name: argument.value for argument in layer.arguments}
        until, most = (
            self._value(arguments["until"]),
            self._value(arguments["max_steps"]),
        )
        return f"until {until}, at most {most} times"

    def _value(self, value: Value) -> str:
        return self._labels.value(substituted(value, self._scope))

    def _call(self, layer: Object) -> str:
        value = substituted(layer, self._scope)
        assert isinstance(value, Object)
        return self._labels.call(value)


def block_of(node: Node) -> str:
    """Return the name of the block that an entry calls or has as an argument."""
    for value in within(node.layer):
        if isinstance(value, Object) and isinstance(value.target, Graph):
            return value.target.name
    return ""


def _lines(text: str, role: Role) -> Iterator[TextLine]:
    if text:
        yield from (TextLine(line, role) for line in wrapped(text))
