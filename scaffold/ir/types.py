"""The types of the IR: a model as nodes, their inputs and values, without a style."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.catalogue import Argument, KerasCallable, Registry
from scaffold.diagnostics import Span
from scaffold.ir.hooks import Hook


class Constant(NamedTuple):
    """A number, a string, a boolean or `None`.

    Attributes:
        value: The value.
        span: Its location.
        numeral: The text of a number in Python, spelled as in the spec.
    """

    value: str | float | bool | None
    span: Span
    numeral: str | None = None


class Collection(NamedTuple):
    """A list or a tuple.

    The difference matters only for custom layers: Keras's own layers convert.
    """

    items: tuple[Value, ...]
    span: Span
    is_tuple: bool = False


class Dictionary(NamedTuple):
    """A dictionary."""

    pairs: tuple[tuple[Value, Value], ...]
    span: Span


class ParamRef(NamedTuple):
    """A use of a param; `is_known` is whether there is a param of that name."""

    name: str
    span: Span
    is_known: bool


class Operation(NamedTuple):
    """Arithmetic, a comparison or logic; see `spec.types.OperationExpression`."""

    operator: str
    operands: tuple[Value, ...]
    span: Span


class Imported(NamedTuple):
    """A custom layer of the user.

    Attributes:
        name: Its name in the spec.
        module: Its module, `package.module`.
        attribute: Its name in the module.
        span: The location of its name in the spec.
    """

    name: str
    module: str
    attribute: str
    span: Span


class Bound(NamedTuple):
    """An argument of a call, matched to a parameter of the callable.

    Attributes:
        name: The keyword; `""` for a positional argument that exceeds the parameters.
        value: Its value.
        span: The location of the keyword, or of the value without a keyword.
        argument: The argument in the catalogue, `None` if it is not known.
    """

    name: str
    value: Value
    span: Span
    argument: Argument | None


class Object(NamedTuple):
    """A Keras object (a layer, an initializer, an optimizer...) and its arguments.

    A block of the spec is called like a layer, and is treated as one.

    Attributes:
        name: Its name in the spec.
        target: The object of that name, `None` if there is none.
        registries: The registries in which the name was looked up.
        arguments: Its arguments, in the order of the spec.
        span: The location of the whole call.
        name_span: The location of the name.
        filled: The arguments of an operation that tensors are passed for.
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
        default: Its default, `None` if the caller must pass it (in blocks only).
        span: Its location.
        description: What it sets, `""` without a description.
    """

    name: str
    default: Value | None
    span: Span
    description: str = ""


class TensorRef(NamedTuple):
    """One output of a node, or an input of the model.

    Attributes:
        node: The node's `id`; inputs come first, so `0` is the only input of a chain.
        output: The index of the output, for a node with several.
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
        name: Its name in the spec, or `inputs`.
        is_named: Whether the spec names it.
        shape: Its sizes without the batch axis; `None` for inputs of blocks, which are
            called on any shape, and if the spec has no shape.
        options: Other arguments of `keras.Input`.
        span: Its location.
        shape_at: The number of options before the shape.
    """

    id: int
    name: str
    is_named: bool
    shape: Value | None
    options: tuple[Bound, ...]
    span: Span
    shape_at: int = 0


class CallInput(NamedTuple):
    """One argument of the call of a layer: tensors or a constant.

    Attributes:
        keyword: The call argument's name, `""` by position.
        value: A tensor, several as one argument, or a constant.
        span: Its location.
    """

    keyword: str
    value: TensorRef | TensorRefs | Value
    span: Span

    @property
    def tensors(self) -> tuple[TensorRef, ...]:
        """Its tensors; empty for a constant."""
        if isinstance(self.value, TensorRefs):
            return self.value.items
        return (self.value,) if isinstance(self.value, TensorRef) else ()


class Loop(NamedTuple):
    """The values of a `for`; each iteration is called on the result of the one before.

    Attributes:
        names: The names of the values.
        iterations: The values of each iteration, one for each name.
        span: Its location.
    """

    names: tuple[str, ...]
    iterations: tuple[tuple[Value, ...], ...]
    span: Span


class Choice(NamedTuple):
    """An alternative layer, used if a condition is false.

    Attributes:
        condition: The condition, which depends on params.
        otherwise: The alternative layer; `Identity` if the spec has no `else`.
        span: The location of the condition.
    """

    condition: Value
    otherwise: Object
    span: Span


class Node(NamedTuple):
    """A layer, a block or an operation, called once or repeatedly.

    Attributes:
        id: Its number, as in `TensorRef.node`.
        name: The name of its value: from the spec, or as Keras would name the layer. In
            a repeat, the layers are `name_0`, `name_1`...
        is_named: Whether the name is from the spec.
        keras_name: The name that the code passes to the layer, `None` if Keras chooses
            one. In a repeat, it is followed by the number.
        layer: The layer and its arguments, without the name.
        passed: The inputs of the call, in order.
        reused: The node whose layer it calls again; `None` if it has its own layer.
        span: The location of the whole entry.
        name_span: The location of the name, or of the layer without a name.
        repeat: The number of layers of a repeat, each with its own weights; `None` for
            one layer.
        loop: A repeat with different values for each layer.
        choice: The alternative layer of a choice.
    """

    id: int
    name: str
    is_named: bool
    keras_name: str | None
    layer: Object
    passed: tuple[CallInput, ...]
    reused: int | None
    span: Span
    name_span: Span
    repeat: Value | None = None
    loop: Loop | None = None
    choice: Choice | None = None

    @property
    def layers(self) -> tuple[Object, ...]:
        """The possible layers: one, or two for a choice."""
        if self.choice is None:
            return (self.layer,)
        return (self.layer, self.choice.otherwise)

    @property
    def blocks(self) -> set[str]:
        """The names of the blocks that it may call."""
        targets = [layer.target for layer in self.layers]
        return {target.name for target in targets if isinstance(target, Graph)}

    @property
    def is_op(self) -> bool:
        """Whether it is a function of `keras.ops`, without weights and name."""
        return all(map(is_op, self.layers))

    @property
    def is_repeat(self) -> bool:
        """Whether it is a repeat."""
        return self.repeat is not None or self.loop is not None

    @property
    def tensors(self) -> tuple[TensorRef, ...]:
        """All tensors that it is called on."""
        return tuple(tensor for passed in self.passed for tensor in passed.tensors)


class Outputs(NamedTuple):
    """The outputs of a model.

    Attributes:
        tensors: The outputs, in order.
        keys: Their names, if the model returns a dictionary.
        is_list: Whether the model returns a list, which may have one item.
        span: The location of `outputs`, or of the list of entries.
    """

    tensors: tuple[TensorRef, ...]
    keys: tuple[str, ...] | None
    is_list: bool
    span: Span


class Training(NamedTuple):
    """The training data and the arguments of `Model.fit`.

    Attributes:
        x: Inline inputs, one item per example.
        y: Inline targets.
        data: The CSV or NPZ file to read the data from instead.
        predict: Inline inputs to print predictions for after training.
        fit: The other arguments of `Model.fit`.
        span: The location of the section.
    """

    x: Value | None
    y: Value | None
    data: Value | None
    predict: Value | None
    fit: Object
    span: Span


class Graph(NamedTuple):
    """The steps of a model or a block, from its inputs to its outputs.

    Attributes:
        name: The name of the model or the block.
        name_span: The location of the name.
        description: The description in the spec.
        params: Its params.
        inputs: Its inputs.
        nodes: Its steps, in order.
        nodes_span: The location of the list of layers.
        outputs: Its outputs.
        is_block: Whether it is the graph of a block.
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
        """The value of `Origin.graph`: the name of a block, `""` for the model."""
        return self.name if self.is_block else ""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The params of a block, as arguments in the form of the catalogue."""
        return tuple(
            Argument(param.name, required=param.default is None)
            for param in self.params
        )

    @property
    def signature(self) -> tuple[Parameter, ...]:
        """The params in the order of a Python signature: required params first."""
        return tuple(sorted(self.params, key=lambda param: param.default is not None))

    @property
    def defaults(self) -> dict[str, Value]:
        """The defaults of the params that have one."""
        return {
            param.name: param.default
            for param in self.params
            if param.default is not None
        }

    def step(self, number: int) -> Input | Node | None:
        """Return the input or the node with a number."""
        steps: tuple[Input | Node, ...] = (*self.inputs, *self.nodes)
        return next((step for step in steps if step.id == number), None)

    def source(self, node: Node) -> Node:
        """Return the node whose layer a node calls: itself, or the node it reuses."""
        source = node if node.reused is None else self.step(node.reused)
        return source if isinstance(source, Node) else node

    @property
    def gives(self) -> int:
        """The number of its outputs."""
        return len(self.outputs.tensors)


class Origin(NamedTuple):
    """The entry that a part of the model or the code comes from.

    Attributes:
        graph: The name of the block that the entry is in, `""` for the model.
        node: The `id` of its node.
    """

    graph: str
    node: int


class ModelIR(NamedTuple):
    """A whole model.

    Attributes:
        graph: Its steps.
        path: The path of the spec, as the user passed it.
        imports: The custom layers of the user.
        blocks: The blocks; each uses only blocks before it.
        compile: The arguments of `Model.compile`.
        train: The training data and the arguments of `Model.fit`.
        is_whole: Whether the model contains the whole spec: no part was unreadable.
        hooks: The methods that its class overrides.
        is_distributed: Whether these methods run under `tf.distribute`.
    """

    graph: Graph
    path: str
    imports: tuple[Imported, ...]
    blocks: tuple[Graph, ...]
    compile: Object | None
    train: Training | None
    is_whole: bool
    hooks: tuple[Hook, ...] = ()
    is_distributed: bool = False

    @property
    def graphs(self) -> tuple[Graph, ...]:
        """The graphs of the blocks and of the model."""
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
