"""The subclass style: a class with its layers made in `__init__` and used in `call`."""

from __future__ import annotations

import ast

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.names import Namespace
from scaffold.ir.types import Imported, Node, Object
from scaffold.ir.walk import within
from scaffold.styles.face import class_name, describe_model
from scaffold.styles.flow import Flow, by_input, input_values, variables
from scaffold.styles.inputs import batch_shape_of, input_options
from scaffold.styles.params import build_values, describe_params, parameters
from scaffold.styles.syntax import call, constant, dotted, name
from scaffold.styles.types import Assignment, Subclass
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Subclass:
    """Writes a model as a class."""
    params = parameters(model, build_values(model), writer)
    attributes = _attributes(model, writer.catalogue)
    layers = tuple(
        Assignment(
            dotted(f"self.{attributes[node.id]}"),
            writer.layer(node.layer, node.name if node.is_named else None),
        )
        for node in model.nodes
        if node.again is None and not node.is_op
    )
    steps, result = _body(model, writer, attributes)
    doc = describe_model(model)._replace(
        args=(
            *describe_params(model, params),
            ("**kwargs", "What `keras.Model` takes, such as `name`."),
        )
    )
    return Subclass(
        name=class_name(model),
        doc=doc,
        params=params,
        layers=layers,
        argument="inputs",
        trace=_trace(model, Writer(writer.catalogue, owner="self")),
        takes_training=any(_works_otherwise(node.layer) for node in model.nodes),
        steps=steps,
        result=result,
        batch_shape=by_input(
            model, [batch_shape_of(given, writer) for given in model.inputs]
        ),
    )


def _body(
    model: ModelIR, writer: Writer, attributes: dict[int, str]
) -> tuple[tuple[Assignment, ...], ast.expr]:
    """Writes the statements of `call`, and what it returns."""
    holders = variables(model)
    values = input_values(model)
    values |= {key: name(held) for key, held in holders.items()}
    # In `call`, params are attributes.
    flow = Flow(Writer(writer.catalogue, owner="self"), values)
    steps = []
    for node in model.nodes:
        if node.is_op:
            made = flow.operation(node)
        else:
            own = node.id if node.again is None else node.again
            made = flow.call(f"self.{attributes[own]}", node)
            if _is_given_training(node):
                made.keywords.append(ast.keyword("training", name("training")))
        steps.append(Assignment(values[node.id], made))
    if steps and holders[model.nodes[-1].id] == "outputs" and _is_plain(model):
        # The last result needs no name: it is returned as it is made.
        return tuple(steps[:-1]), steps[-1].value
    return tuple(steps), flow.outputs(model)


def _is_plain(model: ModelIR) -> bool:
    """Tells whether a model returns one tensor, all that its last call gives."""
    outputs = model.outputs
    is_whole = outputs.tensors[0].output is None
    return outputs.keys is None and not outputs.is_list and is_whole


def _trace(model: ModelIR, writer: Writer) -> ast.expr:
    """Writes the symbolic inputs on which `build` traces `call`."""
    only = len(model.inputs) == 1
    shapes = name("input_shape")
    found: list[ast.expr] = []
    for given in model.inputs:
        key = constant(given.name)
        shape = shapes if only else ast.Subscript(shapes, key, ast.Load())
        made = call("keras.Input", batch_shape=shape)
        said = given._replace(is_named=given.is_named or not only)
        made.keywords += input_options(said, writer, "batch_size")
        found.append(made)
    return by_input(model, found)


def _works_otherwise(layer: Object) -> bool:
    """Tells whether a layer, or one inside of it, works otherwise in training.

    One of the user's own may: nothing is known of it.
    """
    targets = [one.target for one in within(layer) if isinstance(one, Object)]
    return any(
        isinstance(target, Imported) or (target and target.training == "differs")
        for target in targets
    )


def _is_given_training(node: Node) -> bool:
    """Tells whether `training` is passed to a layer by name.

    A layer of the user's own might not take it by name. Keras hands it on to that by
    itself, as to all others, once the model's `call` takes it.
    """
    if any(passed.keyword == "training" for passed in node.passed):
        return False
    target = node.layer.target
    takes = isinstance(target, KerasCallable) and target.training
    return bool(takes) and _works_otherwise(node.layer)


def _attributes(model: ModelIR, catalogue: Catalogue) -> dict[int, str]:
    """Names the attribute that holds each layer: like the layer, where that is free.

    `output`, say, is a property of every Keras model: its layer is `output_layer`.
    """
    space = Namespace(*(param.name for param in model.params), *catalogue.reserved)
    found = {}
    for node in model.nodes:
        if node.is_op or node.again is not None:
            continue
        wanted = node.name
        if wanted in catalogue.reserved:
            wanted = f"{wanted}_layer"
        found[node.id] = space.take(wanted)
    return found
