"""The subclass style: classes with layers created in `__init__`, called in `call`."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.attention_masks import Attended, shared_masked_tensors
from scaffold.ir.extensions import blocks_of_extensions, used
from scaffold.ir.layer_names import base_name
from scaffold.ir.masks import Masks
from scaffold.ir.names import Namespace, snake_case
from scaffold.ir.output_names import output_names
from scaffold.ir.reserved import ATTRIBUTES, attribute_of_param
from scaffold.ir.types import Graph, Node, Object, Origin, is_op
from scaffold.ir.walk import wrapped
from scaffold.styles.blocks import describe_block, import_names
from scaffold.styles.flow import (
    Copies,
    Flow,
    LocalNames,
    argument_name,
    by_input,
    input_values,
    is_plain,
    unpacked,
    variables,
)
from scaffold.styles.header import class_name, describe_model
from scaffold.styles.inputs import batch_shape_of, input_options, taken
from scaffold.styles.masks import PassedMask, copying_class, passed_by_name
from scaffold.styles.names import attribute_of_layer, layer_name, writes_name
from scaffold.styles.params import block_parameters, describe_params, graph_parameters
from scaffold.styles.repeats import loop_header
from scaffold.styles.syntax import call, conditional, constant, dotted, listed, name
from scaffold.styles.training_flag import TrainingDependence
from scaffold.styles.types import Assignment, Class, ForLoop, Statement, Subclass
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Subclass:
    """Write a model as a class, and each block as a layer class."""

    def nested(block: Object) -> ast.Call:
        assert isinstance(block.target, Graph)
        return with_blocks.block(block.target.name, block)

    with_blocks = writer.with_blocks(nested)
    masked = Masks(model).reached
    inner = {name for graph in model.graphs for name in wrapped(graph)}
    inner -= blocks_of_extensions(model)
    after = {name for graph in model.graphs for name in _after_operations(graph)}
    passed_masks = passed_by_name(model)
    facts = _ModelFacts(
        TrainingDependence(model), shared_masked_tensors(model), copying_class(model)
    )
    blocks = tuple(
        _block_class(
            block,
            with_blocks,
            facts,
            is_masked=block.name in masked,
            declares_shape=block.name in inner or block.name in after,
            passed_mask=passed_masks.get(block.name),
            outside=import_names(model),
        )
        for block in model.blocks
    )
    inputs = model.graph.inputs
    shapes = by_input(
        inputs, [batch_shape_of(model_input, writer) for model_input in inputs]
    )
    return Subclass(
        blocks=blocks,
        model=_model_class(model, with_blocks, facts),
        batch_shape=shapes,
        extensions=tuple(target.name for target in used(model)),
        copying=facts.copying,
    )


class _ModelFacts(NamedTuple):
    """Facts about the whole model.

    Attributes:
        dependence: Where training makes a difference.
        attended: By graph, the tensors that attention is called on copies of.
        copying: The class of the copying layer.
    """

    dependence: TrainingDependence
    attended: Mapping[str, Attended]
    copying: str


def _after_operations(graph: Graph) -> Iterator[str]:
    """Find blocks that are called on the output of an operation.

    While tracing, Keras 3.15 treats the output of `ops.multiply(x, 0.5)` as sparse, and
    then cannot trace a layer called on it. Keras does not trace a layer that declares
    its output shape.
    """
    operations = {node.id for node in graph.nodes if any(map(is_op, node.layers))}
    for node in graph.nodes:
        if any(tensor.node in operations for tensor in node.tensors):
            for layer in node.layers:
                target = layer.target
                if isinstance(target, Graph) and is_plain(target.outputs):
                    yield target.name


def _model_class(model: ModelIR, writer: Writer, facts: _ModelFacts) -> Class:
    graph = model.graph
    names = output_names(graph)
    if graph.gives == 1:
        # A functional model returns the only tensor of a list without the list.
        graph = graph._replace(outputs=graph.outputs._replace(is_list=False))
    params = graph_parameters(graph, writer)
    outside = import_names(model)
    body = _ClassBody(graph, writer, facts, input_values(graph.inputs), *outside)
    described = describe_params(graph, params, model)
    kwargs = ("**kwargs", "Keyword arguments of `keras.Model`, such as `name`.")
    return Class(
        name=class_name(model),
        base="keras.Model",
        doc=describe_model(model)._replace(
            args=(*described, kwargs) if described else ()
        ),
        params=params,
        layers=body.layers,
        arguments=("inputs",),
        shapes=("input_shape",),
        attributes=body.held_params,
        trace=(_trace(model, body.flow.writer),),
        takes_training=facts.dependence.by(graph),
        steps=body.steps,
        result=body.result,
        result_origin=body.result_origin,
        handles_masks=False,
        builds=True,
        declares_shape=False,
        takes_mask=False,
        # The keys of a dictionary are its names.
        output_names=() if graph.outputs.keys else names,
        takes=taken(graph.inputs, body.flow.writer),
    )


def _block_class(
    block: Graph,
    writer: Writer,
    model_facts: _ModelFacts,
    *,
    is_masked: bool,
    declares_shape: bool,
    passed_mask: PassedMask | None,
    outside: tuple[str, ...],
) -> Class:
    params = block_parameters(block, writer)
    arguments = tuple(map(argument_name, block.inputs))
    shapes = tuple(f"{argument}_shape" for argument in arguments)
    if len(shapes) == 1:
        shapes = ("input_shape",)
    ids = [block_input.id for block_input in block.inputs]
    holders = dict(zip(ids, map(name, arguments), strict=True))
    masked = passed_mask.nodes if passed_mask else frozenset[int]()
    taken = (*arguments, *outside)
    body = _ClassBody(block, writer, model_facts, {**holders}, *taken, masked=masked)
    kwargs = ("**kwargs", f"Keyword arguments of `{facts.BASE}`, such as `name`.")
    return Class(
        name=block.name,
        base=facts.BASE,
        doc=describe_block(block, params, after=(kwargs,) if params else ()),
        params=params,
        layers=body.layers,
        arguments=arguments,
        shapes=shapes,
        attributes=body.held_params,
        trace=tuple(call("keras.Input", batch_shape=name(shape)) for shape in shapes),
        takes_training=model_facts.dependence.by(block),
        steps=body.steps,
        result=body.result,
        result_origin=body.result_origin,
        handles_masks=is_masked,
        builds=bool(body.layers) or declares_shape,
        declares_shape=declares_shape,
        takes_mask=bool(masked),
        output_names=(),
        takes=None,
    )


class _ClassBody:
    """The layers that a class creates, and the statements of its `call`."""

    def __init__(
        self,
        graph: Graph,
        writer: Writer,
        facts: _ModelFacts,
        inputs: dict[int, ast.expr],
        *taken: str,
        masked: frozenset[int] = frozenset(),
    ) -> None:
        """Choose all attributes and variables, and write the statements."""
        self.graph = graph
        self.writer = writer
        self.dependence = facts.dependence
        self.masked = masked
        params, self.attributes = _attributes(graph, writer.catalogue, facts.copying)
        self.held_params = {
            param: f"self.{attribute}" for param, attribute in params.items()
        }
        space = LocalNames(graph, *taken)
        self.index = space.take("i")
        self.variable_names = variables(
            graph, space, self.attributes, returns_last=True
        )
        self.values = {
            **inputs,
            **{n: name(variable) for n, variable in self.variable_names.items()},
        }
        self.loop_variables = _loop_variables(graph, space)
        # In `call`, params are attributes.
        in_call = Writer(writer.catalogue, self.held_params)
        copier = dotted(f"self.{snake_case(facts.copying)}")
        copies = Copies(facts.attended.get(graph.origin, {}), copier)
        parts = unpacked(graph, self.variable_names, space)
        self.flow = Flow(graph, in_call, self.values, copies, parts)
        self.layers = tuple(
            Assignment(
                dotted(f"self.{attribute}"), self.creation(node), self.origin(node)
            )
            for node in graph.nodes
            if (attribute := self.attributes.get(node.id)) and node.reused is None
        )
        if copies.attended:
            self.layers += (Assignment(copier, call(facts.copying)),)
        steps = [statement for node in graph.nodes for statement in self.node(node)]
        self.result = self.flow.outputs(graph.outputs)
        self.result_origin: Origin | None = None
        last = graph.nodes[-1]
        if self.variable_names[last.id] == "outputs" and is_plain(graph.outputs):
            # The last result needs no variable: it is returned directly.
            step = steps.pop()
            assert isinstance(step, Assignment)
            self.result, self.result_origin = step.value, step.origin
        self.steps = tuple(steps)

    def origin(self, node: Node) -> Origin:
        """Return the origin of the code for an entry."""
        return Origin(self.graph.origin, node.id)

    def creation(self, node: Node) -> ast.expr:
        """Write the creation of a layer, of a choice of two, or of a repeat."""
        written = self.layer(node, node.layer)
        if node.choice is not None:
            condition = self.writer.value(node.choice.condition)
            other = self.layer(node, node.choice.otherwise)
            written = conditional(condition, written, other)
        if not node.is_repeat:
            return written
        counts = any(writes_name(node, layer) for layer in node.layers)
        header = loop_header(node, self.writer, self.index, counts=counts)
        return listed(written, *header)

    def layer(self, node: Node, layer: Object) -> ast.expr:
        """Write the creation of one layer; an operation has no layer."""
        if is_op(layer):
            return constant(None)
        if not writes_name(node, layer):
            return self.writer.layer(layer, None)
        return self.writer.layer(layer, layer_name(node, index=self.index))

    def node(self, node: Node) -> list[Statement]:
        """Write the statements of an entry in `call`."""
        value = self.values[node.id]
        if not node.is_repeat:
            target = self.flow.target(node)
            return [Assignment(target, self.called(node), self.origin(node))]
        first = self.flow.passed(node.passed[0])
        statements: list[Statement] = []
        if not (
            isinstance(first, ast.Name) and first.id == self.variable_names[node.id]
        ):
            statements.append(Assignment(value, first, self.origin(node)))
        if node.is_op:
            target, values = loop_header(
                node, self.flow.writer, self.index, counts=False
            )
            names = node.loop.names if node.loop else ()
            # Only attention needs copies, and it is not an operation.
            writer = self.flow.writer.with_locals(names)
            parts = self.flow.unpacked
            flow = Flow(self.graph, writer, self.values, unpacked=parts)
            self.flow, flow = flow, self.flow
            body = Assignment(value, self.called(node, carried=value))
            self.flow = flow
        else:
            target = name(self.loop_variables[node.id])
            values = dotted(f"self.{self.attributes[node.id]}")
            body = Assignment(value, self.called(node, target, value))
        return [*statements, ForLoop(target, values, body, self.origin(node))]

    def called(
        self,
        node: Node,
        function: ast.expr | None = None,
        carried: ast.expr | None = None,
    ) -> ast.expr:
        """Write the call of an entry's layer."""
        if node.is_op and node.choice is None:
            return self.flow.operation(node, node.layer, carried)
        source_id = node.id if node.reused is None else node.reused
        written = []
        for layer in node.layers:
            if is_op(layer):
                written.append(self.flow.operation(node, layer, carried))
                continue
            function = function or dotted(f"self.{self.attributes[source_id]}")
            layer_call = self.flow.call(function, node, layer, carried)
            if node.id in self.masked:
                layer_call.keywords.append(ast.keyword("mask", name("mask")))
            if self.dependence.is_passed(node):
                layer_call.keywords.append(ast.keyword("training", name("training")))
            written.append(layer_call)
        if node.choice is None or len({ast.dump(tree) for tree in written}) == 1:
            # Both layers of the choice are called in the same way.
            return written[0]
        return conditional(self.flow.writer.value(node.choice.condition), *written)


def _trace(model: ModelIR, writer: Writer) -> ast.expr:
    """Write the symbolic inputs on which `build` traces `call`."""
    inputs = model.graph.inputs
    is_single = len(inputs) == 1
    shapes = name("input_shape")
    tensors: list[ast.expr] = []
    for model_input in inputs:
        key = constant(model_input.name)
        shape = shapes if is_single else ast.Subscript(shapes, key, ast.Load())
        tensor = call("keras.Input", batch_shape=shape)
        is_named = model_input.is_named or not is_single
        named_input = model_input._replace(is_named=is_named)
        tensor.keywords += input_options(named_input, writer, "batch_size")
        tensors.append(tensor)
    return by_input(inputs, tensors)


def _loop_variables(graph: Graph, space: LocalNames) -> dict[int, str]:
    """Choose the variable of the loop over each repeat: `stage`, or `layer`."""
    by_base: dict[str, str] = {}
    chosen = {}
    for node in graph.nodes:
        if node.is_repeat and not node.is_op:
            is_block = isinstance(node.layer.target, Graph)
            base = base_name(node.layer) if is_block else "layer"
            if base not in by_base:
                by_base[base] = space.take(base, "block" if is_block else "layer")
            chosen[node.id] = by_base[base]
    return chosen


def _attributes(
    graph: Graph, catalogue: Catalogue, copying: str
) -> tuple[dict[str, str], dict[int, str]]:
    """Choose the attributes of params and layers: their own names, if available.

    `output`, for example, is a property of Keras models, so the layer `output` becomes
    the attribute `output_layer`. A repeat is a list, and has a plural.

    Returns:
        The attribute of each param by name, and of each layer by entry.
    """
    reserved = catalogue.reserved | ATTRIBUTES | {snake_case(copying)}
    params = [param.name for param in graph.params]
    space = Namespace(*params, *reserved)
    of_params = {
        param: space.take(attribute_of_param(param)) if param in reserved else param
        for param in params
    }
    of_layers = {}
    for node in graph.nodes:
        if node.is_op or node.reused is not None:
            continue
        attribute = attribute_of_layer(node)
        if is_op(node.layer) and not node.is_named:
            # A choice between an operation and a layer: the attribute holds the layer.
            attribute = base_name(node.layers[-1])
        if attribute in reserved or attribute in of_params.values():
            attribute = f"{attribute}_layer"
        of_layers[node.id] = space.take(attribute)
    return of_params, of_layers
