"""The data of a diagram, independent of its format."""

from __future__ import annotations

from typing import Literal, NamedTuple

PictureFormat = Literal["svg", "mermaid", "dot"]
"""The formats of diagrams."""

Direction = Literal["down", "right"]
"""The direction of the data flow."""

Role = Literal["name", "call", "more", "shape"]
"""The content of a line in a box: the layer's name, its call, details, its shape."""

Kind = Literal["input", "layer", "block", "output"]
"""What a box represents."""


class TextLine(NamedTuple):
    """A line of text in a box."""

    text: str
    role: Role


class Box(NamedTuple):
    """A layer, an input or an output.

    Attributes:
        key: Its unique name in the diagram.
        kind: What it represents.
        lines: Its text.
        block: The number of the block that it calls, 0 for no block.
        is_again: Whether it reuses the weights of another box.
    """

    key: str
    kind: Kind
    lines: tuple[TextLine, ...]
    block: int = 0
    is_again: bool = False


class Edge(NamedTuple):
    """A tensor that goes from one box to another.

    Attributes:
        tail: The key of the box that returns it.
        head: The key of the box that is called on it.
        label: The output and the argument, `""` if they are unambiguous.
        is_shared: Whether it is not a tensor: the two boxes share their weights.
    """

    tail: str
    head: str
    label: str = ""
    is_shared: bool = False


class Cluster(NamedTuple):
    """The content of the model, or of a block.

    Attributes:
        number: 0 for the model; blocks are numbered from 1.
        title: The signature of the block: `Residual(filters, stride=1)`.
        boxes: Its boxes.
        edges: The edges between them.
    """

    number: int
    title: str
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


class Diagram(NamedTuple):
    """A diagram of a model: its own layers, and each block once.

    Attributes:
        name: The name of the model.
        description: Its description, on one line.
        groups: The model, then its blocks; callers come before the blocks they call.
    """

    name: str
    description: str
    groups: tuple[Cluster, ...]
