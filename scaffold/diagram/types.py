"""A picture of a model, before it is in any format."""

from __future__ import annotations

from typing import Literal, NamedTuple

PictureFormat = Literal["svg", "mermaid", "dot"]
"""What a picture can be written as."""

Direction = Literal["down", "right"]
"""Where data flows."""

Role = Literal["name", "call", "more", "shape"]
"""What a line of a box says: the author's name, what is called, how, and what it gives.
"""

Kind = Literal["input", "layer", "block", "output"]
"""What a box stands for."""


class TextLine(NamedTuple):
    """A line of text in a box."""

    text: str
    role: Role


class Box(NamedTuple):
    """A step, an input or an output.

    Attributes:
        key: Its name in the picture, unlike any other.
        kind: What it stands for.
        lines: What it says.
        block: The number of the block that it calls, 0 for none.
        is_again: Whether the weights are another one's.
    """

    key: str
    kind: Kind
    lines: tuple[TextLine, ...]
    block: int = 0
    is_again: bool = False


class Edge(NamedTuple):
    """A tensor on its way from one box to another.

    Attributes:
        tail: The key of the box that gives it.
        head: The key of the box that takes it.
        label: What it is there; `""` where that says itself.
        is_shared: Whether no tensor goes there: the two share their weights.
    """

    tail: str
    head: str
    label: str = ""
    is_shared: bool = False


class Cluster(NamedTuple):
    """The inside of the model, or of a block.

    Attributes:
        number: 0 for the model; blocks count from 1.
        title: How the block is called: `Residual(filters, stride=1)`.
        boxes: Its steps.
        edges: What goes from one to another.
    """

    number: int
    title: str
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]


class Picture(NamedTuple):
    """A model as it is drawn: its own steps, and each block once.

    Attributes:
        name: The model's name.
        description: What its author says of it, on one line.
        groups: The model, then its blocks, callers before what they call.
    """

    name: str
    description: str
    groups: tuple[Cluster, ...]
