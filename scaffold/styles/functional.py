"""The functional style: a graph of calls, from inputs to outputs."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import NamedTuple

from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.attention_masks import Attended, shared_masked_tensors
from scaffold.ir.output_names import named_outputs
from scaffold.ir.types import Choice, Graph, Node, Object, Origin, is_op
from scaffold.ir.walk import blocks_as_models
from scaffold.styles.blocks import (
    describe_block,
    describe_result,
    function_name,
    import_names,
    named,
)
from scaffold.styles.conditions import joined
from scaffold.styles.flow import (
    Copies,
    Flow,
    LocalNames,
    argument_name,
    by_input,
    is_plain,
    unpacked,
    variables,
)
from scaffold.styles.inputs import input_call, is_like_an_input
from scaffold.styles.masks import copying_class, masked_class
from scaffold.styles.names import is_nothing, layer_name, writes_name
from scaffold.styles.nested_inputs import NestedInput, NestedInputs, describe
from scaffold.styles.outputs import names_to_add, sides_to_name
from scaffold.styles.params import block_parameters
from scaffold.styles.repeats import loop_header
from scaffold.styles.syntax import call, conditional, constant, name, sequence
from scaffold.styles.types import (
    Assignment,
    Docstring,
    ForLoop,
    Function,
    Functional,
    FunctionParameter,
    IfStatement,
    Statement,
)
from scaffold.styles.values import Writer


class Blocks(NamedTuple):
    """How the blocks of a model are written.

    Attributes:
        outside: The names in the module: of the blocks' functions and of imports.
        as_models: The blocks whose functions return a model.
        named: The blocks whose functions take `name`.
        nested: The inputs of the blocks whose functions return a model.
        masked: The blocks whose models may receive a mask.
        model: The class of such models.
        names_inputs: Whether inputs get a name, as the default one may be a layer's.
        outputs: The entries after whose layers Keras names the outputs.
        sides: By choice, the sides that lack the name of an output.
        attended: By graph, the tensors that attention is called on copies of.
        copying: The class of the copying layer.
    """

    outside: tuple[str, ...]
    as_models: frozenset[str]
    named: frozenset[str]
    nested: NestedInputs
    masked: frozenset[str]
    model: str
    names_inputs: bool
    outputs: frozenset[int]
    sides: Mapping[int, tuple[Object, ...]]
    attended: Mapping[str, Attended]
    copying: str


def write(model: ModelIR, writer: Writer) -> Functional:
    """Write a model as a graph of calls."""
    outside = (*map(function_name, model.blocks), *import_names(model))
    as_models = blocks_as_models(model)
    masked, masked_blocks = masked_class(model, "keras.Model", as_models)
    name_of_class = masked.name if masked else ""
    graph = model.graph
    blocks = Blocks(
        outside,
        as_models,
        named(model, as_models),
        NestedInputs(model, as_models),
        masked_blocks,
        name_of_class,
        is_like_an_input(model),
        named_outputs(graph),
        {node.id: sides_to_name(model, node) for node in graph.nodes},
        shared_masked_tensors(model),
        copying_class(model),
    )
    is_single = len(graph.inputs) == 1
    space = LocalNames(graph, *outside)
    holders = {
        model_input.id: "inputs" if is_single else space.take(model_input.name.lower())
        for model_input in graph.inputs
    }
    for model_input in graph.inputs:
        space.take(holders[model_input.id])
    body = _FunctionBody(graph, writer, blocks, holders, prefix="")
    add_name = not is_single or blocks.names_inputs
    opening = tuple(
        Assignment(
            body.values[model_input.id],
            input_call(model_input, writer, add_name=add_name),
        )
        for model_input in graph.inputs
    )
    inputs = by_input(
        graph.inputs, [body.values[model_input.id] for model_input in graph.inputs]
    )
    outputs = body.flow.outputs(graph.outputs)
    if isinstance(outputs, ast.List):
        pairs = zip(outputs.elts, names_to_add(model), strict=True)
        outputs.elts = [_named(output, output_name) for output, output_name in pairs]
    functions = tuple(_function(block, writer, blocks) for block in model.blocks)
    return Functional(
        masked=masked,
        copying=blocks.copying,
        blocks=functions,
        steps=(*opening, *body.steps),
        inputs=inputs,
        outputs=outputs,
    )


def _named(output: ast.expr, output_name: str | None) -> ast.expr:
    """Add an `Identity` with the name of an output, if its layer has another name."""
    if output_name is None:
        return output
    return call(call(f"layers.{facts.NOTHING}", name=constant(output_name)), output)


def _function(block: Graph, writer: Writer, blocks: Blocks) -> Function:
    """Write the function for a block: it returns tensors, or a model."""
    is_model = block.name in blocks.as_models
    holders = {
        block_input.id: argument_name(block_input) for block_input in block.inputs
    }
    variables = tuple(holders.values())
    nested = blocks.nested.of(block, variables, *blocks.outside) if is_model else ()
    parameters = tuple(own_name for own in nested for own_name in own.parameters)
    prefix = "" if is_model else "name"
    body = _FunctionBody(block, writer, blocks, holders, prefix, *parameters)
    steps, result, origin = body.steps, body.flow.outputs(block.outputs), None
    if is_model:
        tensors = [name(variable) for variable in variables]
        inputs = (
            tensors[0] if len(tensors) == 1 else sequence([*tensors], as_tuple=False)
        )
        add_name = blocks.names_inputs
        created = (blocks.nested.create(own, add_name=add_name) for own in nested)
        steps = (*created, *steps)
        class_name = blocks.model if block.name in blocks.masked else "keras.Model"
        is_named = block.name in blocks.named
        model_name = name("name") if is_named else constant(function_name(block))
        result = call(class_name, inputs, result, name=model_name)
    elif body.ends_plainly and isinstance(last := steps[-1], Assignment):
        # The last result needs no variable: it is returned directly.
        steps, result, origin = steps[:-1], last.value, last.origin
    params = block_parameters(block, writer)
    if block.name in blocks.named:
        params = (*params, FunctionParameter("name", constant(function_name(block))))
    return Function(
        name=function_name(block),
        doc=_describe(block, params, variables, nested, blocks),
        inputs=parameters if is_model else variables,
        params=params,
        steps=steps,
        result=result,
        result_origin=origin,
        returns_model=is_model,
    )


def _describe(
    block: Graph,
    params: tuple[FunctionParameter, ...],
    variables: tuple[str, ...],
    nested: tuple[NestedInput, ...],
    blocks: Blocks,
) -> Docstring:
    """Return the docstring of the function for a block."""
    is_model = block.name in blocks.as_models
    is_single = len(variables) == 1
    description = "The input tensor." if is_single else "An input tensor."
    before = tuple((variable, description) for variable in variables)
    if is_model:
        before = tuple(
            pair for own in nested for pair in describe(own, is_single=is_single)
        )
    after: tuple[tuple[str, str], ...] = ()
    if block.name in blocks.named:
        usual = function_name(block)
        name_text = (
            "the name of the model" if is_model else "the prefix of its layer names"
        )
        after = (("name", f'str, {name_text}. Defaults to "{usual}".'),)
    returns = describe_result(block)
    if is_model:
        returns = "A new `keras.Model`, which can be called more than once."
    return describe_block(block, params, before=before, after=after, returns=returns)


class _FunctionBody:
    """The statements of a function that calls layers on tensors."""

    def __init__(
        self,
        graph: Graph,
        writer: Writer,
        blocks: Blocks,
        holders: Mapping[int, str],
        prefix: str,
        *taken: str,
    ) -> None:
        """Choose all variables, and write the statements.

        Args:
            graph: The graph.
            writer: Writes its values.
            blocks: How the blocks of the model are written.
            holders: The variables of its inputs.
            prefix: The variable with the prefix of the layer names.
            *taken: Other names in the function.
        """
        self.graph = graph
        self.writer = writer
        self.blocks = blocks
        self.prefix = prefix
        space = LocalNames(graph, *blocks.outside, *holders.values(), *taken)
        self.index = space.take("i")
        shared = {node.reused for node in graph.nodes if node.reused is not None}
        self.shared_layers = {
            node.id: space.take(node.name.lower(), f"shared_{node.name.lower()}")
            for node in graph.nodes
            if node.id in shared
        }
        self.variable_names = {
            **holders,
            **variables(graph, space, self.shared_layers, returns_last=graph.is_block),
        }
        self.values: dict[int, ast.expr] = {
            number: name(variable) for number, variable in self.variable_names.items()
        }
        copies = Copies(blocks.attended.get(graph.origin, {}), call(blocks.copying))
        parts = unpacked(graph, self.variable_names, space)
        self.flow = Flow(graph, writer, self.values, copies, parts)
        statements = (step for node in graph.nodes for step in self.node(node))
        self.steps = joined(statements, space.usual)

    @property
    def ends_plainly(self) -> bool:
        """Whether the last statement assigns the only result, to `outputs`."""
        last = self.graph.nodes[-1]
        return self.variable_names[last.id] == "outputs" and is_plain(
            self.graph.outputs
        )

    def node(self, node: Node) -> list[Statement]:
        """Write the statements of an entry."""
        origin = Origin(self.graph.origin, node.id)
        value = self.values[node.id]
        if node.is_repeat:
            return self.repeat(node, value, origin)
        statements: list[Statement] = []
        if node.id in self.shared_layers:
            variable = name(self.shared_layers[node.id])
            statements.append(Assignment(variable, self.shared(node), origin))
        elif node.choice is not None and self.shared_layer(node) is None:
            return self.choice(node, node.choice, value, origin)
        target = self.flow.target(node)
        return [*statements, Assignment(target, self.called(node), origin)]

    def choice(
        self, node: Node, choice: Choice, value: ast.expr, origin: Origin
    ) -> list[Statement]:
        """Write the choice of a layer; a side that keeps the value has no statement."""
        test = self.writer.value(choice.condition)
        body, otherwise = (
            tuple(
                Assignment(value, written, origin)
                for written in [self.side(node, layer)]
                if ast.dump(written) != ast.dump(value)
            )
            for layer in node.layers
        )
        if not body:
            test, body, otherwise = ast.UnaryOp(ast.Not(), test), otherwise, ()
        return [IfStatement(test, body, otherwise)] if body else []

    def shared_layer(self, node: Node) -> str | None:
        """Return the variable of a layer that is called more than once."""
        return self.shared_layers.get(node.id if node.reused is None else node.reused)

    def repeat(self, node: Node, value: ast.expr, origin: Origin) -> list[Statement]:
        """Write a loop that passes one variable along."""
        first = self.flow.passed(node.passed[0])
        target, values = loop_header(
            node, self.writer, self.index, counts=self.counts(node)
        )
        body = Assignment(value, self.called(node, value))
        loop = ForLoop(target, values, body, origin)
        if isinstance(first, ast.Name) and first.id == self.variable_names[node.id]:
            return [loop]
        return [Assignment(value, first, origin), loop]

    def counts(self, node: Node) -> bool:
        """Return whether the layers of a repeat are numbered."""
        return any(self.writes_name(node, layer) for layer in node.layers)

    def writes_name(self, node: Node, layer: Object) -> bool:
        """Return whether the code passes a name to a layer or a block."""
        if isinstance(layer.target, Graph):
            return layer.target.name in self.blocks.named
        if writes_name(node, layer):
            return True
        is_output = not self.graph.is_block and node.id in self.blocks.outputs
        return is_output and not (node.is_repeat or is_nothing(node, layer))

    def called(self, node: Node, carried: ast.expr | None = None) -> ast.expr:
        """Write the call of an entry's layer, or of the chosen one."""
        variable = self.shared_layer(node)
        if variable is not None:
            return self.call(name(variable), node, node.layer, carried)
        return self.layer_call(node, node.layer, carried)

    def side(self, node: Node, layer: Object) -> ast.expr:
        """Write the value of one side of a choice."""
        if is_nothing(node, layer):
            written = self.flow.passed(node.passed[0])
        else:
            written = self.layer_call(node, layer, None)
        is_lacking = not self.graph.is_block and layer in self.blocks.sides[node.id]
        return _named(written, node.name if is_lacking else None)

    def layer_call(
        self, node: Node, layer: Object, carried: ast.expr | None
    ) -> ast.expr:
        """Write the call of a layer that is created in the same expression."""
        target = layer.target
        if is_op(layer):
            return self.flow.operation(node, layer, carried)
        if isinstance(target, Graph) and target.name not in self.blocks.as_models:
            positional, keywords = self.flow.on(node, layer, carried)
            written = self.writer.block(function_name(target), layer, *positional)
            written.keywords = [*keywords, *written.keywords]
            return self.with_name(written, node, layer)
        function = self.creation(node, layer, carried)
        return self.call(function, node, layer, carried)

    def call(
        self,
        function: ast.expr,
        node: Node,
        layer: Object,
        carried: ast.expr | None,
    ) -> ast.Call:
        """Write the call of a layer, or of the model of a block."""
        if isinstance(layer.target, Graph) and len(layer.target.inputs) > 1:
            tensors, _ = self.flow.on(node, layer, carried)
            return ast.Call(function, [sequence(tensors, as_tuple=False)], [])
        return self.flow.call(function, node, layer, carried)

    def shared(self, node: Node) -> ast.expr:
        """Write the creation of a layer that is called more than once."""
        then = self.creation(node, node.layer, None)
        if node.choice is None:
            return then
        condition = self.writer.value(node.choice.condition)
        return conditional(
            condition, then, self.creation(node, node.choice.otherwise, None)
        )

    def creation(self, node: Node, layer: Object, carried: ast.expr | None) -> ast.Call:
        """Write the creation of a layer, or of the model of a block."""
        if isinstance(layer.target, Graph):
            tensors, _ = self.flow.on(node, layer, carried)
            return self.with_name(self.model_of(layer, tensors), node, layer)
        first = carried or self.flow.passed(node.passed[0])

        def within_time(inner: Object) -> ast.Call:
            # Each `TimeDistributed` around it removes one time axis.
            return self.model_of(inner, [first], _depth(layer, inner))

        written_name = None
        if self.writes_name(node, layer):
            written_name = layer_name(node, self.prefix, self.index)
        return self.writer.with_blocks(within_time).layer(layer, written_name)

    def model_of(
        self, block: Object, tensors: list[ast.expr], depth: int = 1
    ) -> ast.Call:
        """Write the creation of the model of a block, for inputs like some tensors."""
        assert isinstance(block.target, Graph)
        like = self.blocks.nested.like(block.target, tensors, depth)
        return self.writer.block(function_name(block.target), block, *like)

    def with_name(self, written: ast.Call, node: Node, layer: Object) -> ast.Call:
        """Add the name of a block, unless it is the default."""
        assert isinstance(layer.target, Graph)
        if layer.target.name not in self.blocks.named:
            return written
        block_name = layer_name(node, self.prefix, self.index)
        usual = function_name(layer.target)
        if not (isinstance(block_name, ast.Constant) and block_name.value == usual):
            written.keywords.append(ast.keyword("name", block_name))
        return written


def _depth(holder: Object, inner: Object) -> int:
    """Return the depth of a layer in another: 1 for the layer itself, 0 if absent."""
    if holder is inner:
        return 1
    values = [bound.value for bound in holder.arguments]
    depths = [_depth(value, inner) for value in values if isinstance(value, Object)]
    deepest = max(depths, default=0)
    return deepest + 1 if deepest else 0
