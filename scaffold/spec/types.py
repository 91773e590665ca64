"""The types of a layer spec as written: names are not resolved yet."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Span
from scaffold.spec.document import Scalar


class Literal(NamedTuple):
    """A number, a string, a boolean or `None`."""

    value: str | float | bool | None
    span: Span
    scalar: Scalar | None = None
    """The node of a string in a file, used to locate parts of the string."""
    numeral: str | None = None
    """The text of a number in Python, spelled as in the spec."""


class Sequence(NamedTuple):
    """A list or a tuple."""

    items: tuple[Expression, ...]
    span: Span
    is_tuple: bool = False


class Mapping(NamedTuple):
    """A dictionary."""

    pairs: tuple[tuple[Expression, Expression], ...]
    span: Span


class Name(NamedTuple):
    """A bare name: a param."""

    name: str
    span: Span


class OperationExpression(NamedTuple):
    """Arithmetic, a comparison or logic, on one operand or two.

    Attributes:
        operator: The operator in Python (`+`, `//`, `<=`, `and`, `not`...).
        operands: One operand for `not` and for a sign, else two.
        span: Its location.
    """

    operator: str
    operands: tuple[Expression, ...]
    span: Span


class CallArgument(NamedTuple):
    """One argument of a call."""

    keyword: str | None
    value: Expression
    span: Span
    """The location of the keyword, or of the value if there is no keyword."""


class Call(NamedTuple):
    """A call of a layer, a block, a function or another Keras object."""

    name: str
    arguments: tuple[CallArgument, ...]
    span: Span
    name_span: Span


Expression = Literal | Sequence | Mapping | Name | OperationExpression | Call


class TensorReference(NamedTuple):
    """A reference to an input, or to an output of another entry."""

    name: str
    output: int | None
    span: Span


class ReferenceList(NamedTuple):
    """Several outputs as one argument: `initial_state=[h, c]`."""

    items: tuple[TensorReference, ...]
    span: Span


class FromItem(NamedTuple):
    """One item of `from` (`<-`): a value, and the argument it is passed as."""

    keyword: str | None
    value: TensorReference | ReferenceList | Expression
    span: Span


class ForClause(NamedTuple):
    """`for f, s in [(64, 1), (128, 2)]`: names, and their values per iteration."""

    names: tuple[str, ...]
    iterations: tuple[tuple[Expression, ...], ...]
    span: Span


class Entry(NamedTuple):
    """One step of a model."""

    call: Call
    """The call; its name is `""` if the entry could not be read."""
    span: Span
    name: str | None = None
    name_span: Span | None = None
    sources: tuple[FromItem, ...] | None = None
    """The inputs of the call; `None` for the output of the entry before."""
    repeat: Expression | None = None
    loop: ForClause | None = None
    condition: Expression | None = None
    otherwise: Call | None = None


class Param(NamedTuple):
    """A parameter of a model or a block.

    Attributes:
        name: Its name.
        default: Its default, `None` if the caller must pass it (in blocks only).
        span: The location of its name.
        description: What it sets, `""` without a description.
    """

    name: str
    default: Expression | None
    span: Span
    description: str = ""


class InputDeclaration(NamedTuple):
    """One input.

    Attributes:
        name: Its name, `inputs` if the spec has only a shape.
        shape: Its sizes without the batch axis.
        options: Other arguments of `keras.Input`: `dtype`, `batch_size`...
        span: Its location.
        is_named: Whether the spec names it.
        shape_at: The number of options before the shape.
    """

    name: str
    shape: Expression | None
    options: tuple[CallArgument, ...]
    span: Span
    is_named: bool
    shape_at: int = 0


class LayerImport(NamedTuple):
    """A custom layer of the user."""

    name: str
    module: str
    attribute: str
    span: Span


class OutputsSection(NamedTuple):
    """The outputs of the model: one, a list, or a dict if there are keys."""

    references: tuple[TensorReference, ...]
    keys: tuple[str, ...] | None
    is_list: bool
    span: Span


class Section(NamedTuple):
    """`compile` or `train`: keyword arguments of a method of `keras.Model`."""

    arguments: tuple[CallArgument, ...]
    span: Span


class Block(NamedTuple):
    """A reusable piece of a model."""

    name: str
    span: Span
    description: str
    params: tuple[Param, ...]
    inputs: tuple[InputDeclaration, ...]
    layers: tuple[Entry, ...]
    outputs: OutputsSection | None


class Spec(NamedTuple):
    """A whole spec."""

    name: str
    name_span: Span
    description: str
    params: tuple[Param, ...]
    inputs: tuple[InputDeclaration, ...]
    blocks: tuple[Block, ...]
    imports: tuple[LayerImport, ...]
    layers: tuple[Entry, ...]
    layers_span: Span
    outputs: OutputsSection | None
    compile: Section | None
    train: Section | None
    override: tuple[Literal, ...]
    span: Span
    is_whole: bool
    """Whether the whole spec was read, without skipping faulty parts."""
    unread: frozenset[str] = frozenset()
    """The sections from which no name could be read; also `params` of a block."""
