"""A model free of any style: nodes, what they are called on, and values."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.catalogue import Argument, KerasCallable, Registry
from scaffold.diagnostics import Span


class Constant(NamedTuple):
    """A number, a string, a boolean or `None`."""

    value: str | float | bool | None
    span: Span


class Collection(NamedTuple):
    """A list or a tuple.

    Which of them matters for layers of the user's own; for Keras's, Keras decides.
    """

    items: tuple[Value, ...]
    span: Span
    is_tuple: bool = False


class Dictionary(NamedTuple):
    """A dictionary."""

    pairs: tuple[tuple[Value, Value], ...]
    span: Span


class ParamRef(NamedTuple):
    """A use of a param; `is_known` tells whether there is one of that name."""

    name: str
    span: Span
    is_known: bool


class Operation(NamedTuple):
    """Arithmetic, a comparison or logic; see `scaffold.spec.types.Operation`."""

    operator: str
    operands: tuple[Value, ...]
    span: Span


class Imported(NamedTuple):
    """A layer of the user's own.

    Attributes:
        name: What the spec calls it.
        module: Where it is, `package.module`.
        attribute: What it is called there.
        span: Where the spec names it.
    """

    name: str
    module: str
    attribute: str
    span: Span


class Bound(NamedTuple):
    """An argument, matched to what the callable takes.

    Attributes:
        name: The keyword; `""` for one more by position than the callable takes.
        value: What is given.
        span: Where the keyword is, or the value where there is none.
        argument: What the catalogue says of it, `None` where it knows no such argument.
    """

    name: str
    value: Value
    span: Span
    argument: Argument | None


class Object(NamedTuple):
    """A Keras object (a layer, an initializer, an optimizer...) and its arguments.

    Attributes:
        name: What the spec calls it.
        target: What that names, or `None` where nothing has that name.
        registries: The families in which the name was looked for.
        arguments: What is given, in the order of the spec.
        span: The whole call.
        name_span: The name.
        filled: Arguments that tensors are passed for (of operations).
    """

    name: str
    target: KerasCallable | Imported | None
    registries: tuple[Registry, ...]
    arguments: tuple[Bound, ...]
    span: Span
    name_span: Span
    filled: tuple[str, ...] = ()


Value = Constant | Collection | Dictionary | ParamRef | Operation | Object


class Parameter(NamedTuple):
    """A parameter of the model, with its default."""

    name: str
    default: Value
    span: Span


class TensorRef(NamedTuple):
    """One output of a node, or an input of the model.

    Attributes:
        node: The node's `id`; inputs come first, so `0` is the only input of a chain.
        output: Which output, of a node that gives several.
    """

    node: int
    output: int | None = None


class TensorRefs(NamedTuple):
    """Several tensors as one argument, such as the states of an LSTM."""

    items: tuple[TensorRef, ...]


class Input(NamedTuple):
    """An input of the model.

    Attributes:
        id: Its number, as in `TensorRef.node`.
        name: What the spec calls it, or `inputs`.
        is_named: Whether its author named it.
        shape: Its sizes without the batch axis, `None` where the spec has none.
        options: What else `keras.Input` takes.
        span: Where it is.
    """

    id: int
    name: str
    is_named: bool
    shape: Value | None
    options: tuple[Bound, ...]
    span: Span


class Passed(NamedTuple):
    """One thing that a layer is called on, or a constant that its call takes.

    Attributes:
        keyword: The call argument's name, `""` by position.
        value: A tensor, several as one argument, or a constant.
        span: Where it is said.
    """

    keyword: str
    value: TensorRef | TensorRefs | Value
    span: Span

    @property
    def tensors(self) -> tuple[TensorRef, ...]:
        """The tensors in it; none for a constant."""
        if isinstance(self.value, TensorRefs):
            return self.value.items
        return (self.value,) if isinstance(self.value, TensorRef) else ()


class Node(NamedTuple):
    """A layer or an operation, called once.

    Attributes:
        id: Its number, as in `TensorRef.node`.
        name: The layer's name: its author's, or the one that Keras would give.
        is_named: Whether the name has to be said in the code.
        layer: The layer and its arguments, the name left out.
        passed: What it is called on, in order.
        again: The node whose layer it calls once more, `None` for one of its own.
        span: The whole entry.
        name_span: The name, or the layer where it has none.
    """

    id: int
    name: str
    is_named: bool
    layer: Object
    passed: tuple[Passed, ...]
    again: int | None
    span: Span
    name_span: Span

    @property
    def is_op(self) -> bool:
        """Whether it is a function of `keras.ops`, which has no weights and no name."""
        target = self.layer.target
        return isinstance(target, KerasCallable) and target.registry == "ops"

    @property
    def tensors(self) -> tuple[TensorRef, ...]:
        """All tensors that it is called on."""
        return tuple(one for passed in self.passed for one in passed.tensors)


class Outputs(NamedTuple):
    """What a model gives.

    Attributes:
        tensors: The outputs, in order.
        keys: Their names, where the model gives a dictionary.
        is_list: Whether it gives a list, be it of one.
        span: Where they are said, or the last entry.
    """

    tensors: tuple[TensorRef, ...]
    keys: tuple[str, ...] | None
    is_list: bool
    span: Span


class Training(NamedTuple):
    """What the model is trained on, and how.

    Attributes:
        x: Inline inputs, one item per example.
        y: Inline targets.
        data: The CSV or NPZ file to read them from instead.
        predict: Inline inputs to print predictions for after training.
        fit: What `Model.fit` takes besides.
        span: Where the section is.
    """

    x: Value | None
    y: Value | None
    data: Value | None
    predict: Value | None
    fit: Object
    span: Span


class ModelIR(NamedTuple):
    """A whole model."""

    name: str
    name_span: Span
    description: str
    path: str
    """The spec's file, as its user named it."""
    params: tuple[Parameter, ...]
    inputs: tuple[Input, ...]
    imports: tuple[Imported, ...]
    nodes: tuple[Node, ...]
    nodes_span: Span
    """Where the list of layers is."""
    outputs: Outputs
    compile: Object | None
    train: Training | None
    is_whole: bool
    """Whether all of the spec is in it: nothing was beyond reading."""
