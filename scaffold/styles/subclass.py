"""The subclass style: a class with its layers made in `__init__` and used in `call`."""

from __future__ import annotations

import ast

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.ir import ModelIR
from scaffold.ir.names import Namespace
from scaffold.ir.types import Imported, Object
from scaffold.ir.walk import within
from scaffold.styles.face import class_name, describe_model
from scaffold.styles.inputs import batch_shape_of, input_options
from scaffold.styles.params import build_values, describe_params, parameters
from scaffold.styles.syntax import call, dotted, name
from scaffold.styles.types import Assignment, Subclass
from scaffold.styles.values import Writer


def write(model: ModelIR, writer: Writer) -> Subclass:
    """Writes a chain as a class."""
    params = parameters(model, build_values(model), writer)
    attributes = _attributes(model, writer.catalogue)
    layers = tuple(
        Assignment(
            dotted(f"self.{attributes[node.id]}"),
            writer.layer(node.layer, node.name if node.is_named else None),
        )
        for node in model.nodes
    )
    first = model.inputs[0]
    argument = name("inputs")
    steps, before = [], argument
    for node in model.nodes:
        made = call(f"self.{attributes[node.id]}", before)
        if _is_given_training(node.layer):
            made.keywords.append(ast.keyword("training", name("training")))
        before = name("x")
        steps.append(Assignment(before, made))
    trace = call("keras.Input", batch_shape=name("input_shape"))
    trace.keywords += input_options(first, writer, "batch_size")
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
        argument=argument.id,
        trace=trace,
        takes_training=any(_works_otherwise(node.layer) for node in model.nodes),
        steps=tuple(steps[:-1]),
        result=steps[-1].value,
        batch_shape=batch_shape_of(first, writer),
    )


def _works_otherwise(layer: Object) -> bool:
    """Tells whether a layer, or one inside of it, works otherwise in training.

    One of the user's own may: nothing is known of it.
    """
    targets = [one.target for one in within(layer) if isinstance(one, Object)]
    return any(
        isinstance(target, Imported) or (target and target.training == "differs")
        for target in targets
    )


def _is_given_training(layer: Object) -> bool:
    """Tells whether `training` is passed to a layer by name.

    A layer of the user's own might not take it by name. Keras hands it on to that by
    itself, as to all others, once the model's `call` takes it.
    """
    takes = isinstance(layer.target, KerasCallable) and layer.target.training
    return bool(takes) and _works_otherwise(layer)


def _attributes(model: ModelIR, catalogue: Catalogue) -> dict[int, str]:
    """Names the attribute that holds each layer: like the layer, where that is free.

    `output`, say, is a property of every Keras model: its layer is `output_layer`.
    """
    space = Namespace(*(param.name for param in model.params), *catalogue.reserved)
    found = {}
    for node in model.nodes:
        wanted = node.name
        if wanted in catalogue.reserved:
            wanted = f"{wanted}_layer"
        found[node.id] = space.take(wanted)
    return found
