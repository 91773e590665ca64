"""A model free of any style: nodes, what they are called on, and values."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.catalogue import Argument, KerasCallable, Registry
from scaffold.diagnostics import Span
from scaffold.ir.hooks import Hook


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
    """Arithmetic, a comparison or logic; see `spec.types.OperationExpression`."""

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

    A block of the spec is called like a layer, and is one here.

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
    target: KerasCallable | Graph | Imported | None
    registries: tuple[Registry, ...]
    arguments: tuple[Bound, ...]
    span: Span
    name_span: Span
    filled: tuple[str, ...] = ()


Value = Constant | Collection | Dictionary | ParamRef | Operation | Object


class Parameter(NamedTuple):
    """A parameter of the model or of a block.

    Attributes:
        name: Its name.
        default: Its default, `None` where a caller must give it (of blocks only).
        span: Where it is.
    """

    name: str
    default: Value | None
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
    """An input of the model or of a block.

    Attributes:
        id: Its number, as in `TensorRef.node`.
        name: What the spec calls it, or `inputs`.
        is_named: Whether its author named it.
        shape: Its sizes without the batch axis; `None` of blocks, which are called on
            any shape, and where the spec has none.
        options: What else `keras.Input` takes.
        span: Where it is.
    """

    id: int
    name: str
    is_named: bool
    shape: Value | None
    options: tuple[Bound, ...]
    span: Span


class CallInput(NamedTuple):
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


class Loop(NamedTuple):
    """One turn per row, each called on what the turn before gave.

    Attributes:
        names: What the values of a row are called.
        rows: The values of each turn, one for each name.
        span: Where it is said.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    span: Span


class Choice(NamedTuple):
    """Another layer, where a condition does not hold.

    Attributes:
        condition: What params settle.
        otherwise: The other layer: `Identity`, where its author says none.
        span: Where the condition is.
    """

    condition: Value
    otherwise: Object
    span: Span


class Node(NamedTuple):
    """A layer, a block or an operation, called once or several times in a row.

    Attributes:
        id: Its number, as in `TensorRef.node`.
        name: The layer's name: its author's, or the one that Keras would give. In a
            row, the layers are `name_0`, `name_1`...
        is_named: Whether the name has to be said in the code.
        layer: The layer and its arguments, the name left out.
        passed: What it is called on, in order.
        again: The node whose layer it calls once more, `None` for one of its own.
        span: The whole entry.
        name_span: The name, or the layer where it has none.
        repeat: How many layers of the kind are called in a row, each with weights of
            its own; `None` for one.
        loop: The same, with other values for each.
        choice: What else it may be.
    """

    id: int
    name: str
    is_named: bool
    layer: Object
    passed: tuple[CallInput, ...]
    again: int | None
    span: Span
    name_span: Span
    repeat: Value | None = None
    loop: Loop | None = None
    choice: Choice | None = None

    @property
    def layers(self) -> tuple[Object, ...]:
        """The layers that it may be: one, or two where there is a choice."""
        if self.choice is None:
            return (self.layer,)
        return (self.layer, self.choice.otherwise)

    @property
    def blocks(self) -> set[str]:
        """The blocks that it may call."""
        targets = [layer.target for layer in self.layers]
        return {target.name for target in targets if isinstance(target, Graph)}

    @property
    def is_op(self) -> bool:
        """Whether it is a function of `keras.ops`, which has no weights and no name."""
        return all(map(is_op, self.layers))

    @property
    def is_row(self) -> bool:
        """Whether it is called several times in a row."""
        return self.repeat is not None or self.loop is not None

    @property
    def tensors(self) -> tuple[TensorRef, ...]:
        """All tensors that it is called on."""
        return tuple(tensor for passed in self.passed for tensor in passed.tensors)


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


class Graph(NamedTuple):
    """Steps from inputs to outputs: a model's, or a block's.

    Attributes:
        name: The model's name, or the block's.
        name_span: Where it is said.
        description: What its author says of it.
        params: What it is made with.
        inputs: What it is called on.
        nodes: Its steps, in order.
        nodes_span: Where the list of layers is.
        outputs: What it gives.
        is_block: Whether it is a block's.
    """

    name: str
    name_span: Span
    description: str
    params: tuple[Parameter, ...]
    inputs: tuple[Input, ...]
    nodes: tuple[Node, ...]
    nodes_span: Span
    outputs: Outputs
    is_block: bool

    @property
    def origin(self) -> str:
        """What `Origin.graph` says of it: the block's name."""
        return self.name if self.is_block else ""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """What a block takes, as the catalogue would say it: its params."""
        return tuple(
            Argument(param.name, required=param.default is None)
            for param in self.params
        )

    @property
    def signature(self) -> tuple[Parameter, ...]:
        """The params in Python's order: those without a default first."""
        return tuple(sorted(self.params, key=lambda param: param.default is not None))

    @property
    def defaults(self) -> dict[str, Value]:
        """The defaults of the params, of those that have one."""
        return {
            param.name: param.default
            for param in self.params
            if param.default is not None
        }

    def step(self, number: int) -> Input | Node | None:
        """Return the input or the node of a number."""
        steps: tuple[Input | Node, ...] = (*self.inputs, *self.nodes)
        return next((step for step in steps if step.id == number), None)

    def source(self, node: Node) -> Node:
        """Return the node whose layer a node calls: itself, or one that it reuses."""
        source = node if node.again is None else self.step(node.again)
        return source if isinstance(source, Node) else node

    @property
    def gives(self) -> int:
        """How many tensors it gives."""
        return len(self.outputs.tensors)


class Origin(NamedTuple):
    """The entry that something comes from.

    Attributes:
        graph: The block that the entry is in, `""` for the model itself.
        node: The `id` of its node.
    """

    graph: str
    node: int


class ModelIR(NamedTuple):
    """A whole model.

    Attributes:
        graph: Its steps.
        path: The spec's file, as its user named it.
        imports: Layers of the user's own.
        blocks: Reusable pieces; each uses only those before it.
        compile: What `Model.compile` is given.
        train: What the model is trained on.
        is_whole: Whether all of the spec is in it: nothing was beyond reading.
        hooks: The methods that its class overrides.
    """

    graph: Graph
    path: str
    imports: tuple[Imported, ...]
    blocks: tuple[Graph, ...]
    compile: Object | None
    train: Training | None
    is_whole: bool
    hooks: tuple[Hook, ...] = ()

    @property
    def graphs(self) -> tuple[Graph, ...]:
        """The blocks, and the model's own steps."""
        return (*self.blocks, self.graph)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The nodes of all graphs."""
        return tuple(node for graph in self.graphs for node in graph.nodes)

    def node(self, origin: Origin) -> Node | None:
        """Return the node of an origin."""
        steps = [graph for graph in self.graphs if graph.origin == origin.graph]
        node = steps[0].step(origin.node) if steps else None
        return node if isinstance(node, Node) else None


def is_op(layer: Object) -> bool:
    """Return whether an object is a function of `keras.ops`."""
    target = layer.target
    return isinstance(target, KerasCallable) and target.registry == "ops"
