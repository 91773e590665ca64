"""Write a model in a style."""

from __future__ import annotations

from collections.abc import Callable

from scaffold.catalogue import Catalogue
from scaffold.catalogue.facts import layers as facts
from scaffold.ir import ModelIR
from scaffold.ir.layer_names import without_name
from scaffold.styles import (
    functional,
    hooks,
    outputs,
    sequential,
    subclass,
    training,
)
from scaffold.styles.header import describe_model, imports_of, model_name, note_of
from scaffold.styles.inputs import describe_inputs
from scaffold.styles.masks import copying_class
from scaffold.styles.output_shapes import describe_outputs
from scaffold.styles.params import describe_params, graph_parameters
from scaffold.styles.types import (
    DEFAULT_BACKEND,
    Backend,
    Docstring,
    Functional,
    ImportStatement,
    Module,
    Sequential,
    Style,
    Subclass,
)
from scaffold.styles.values import Writer

_BODIES: dict[
    Style, Callable[[ModelIR, Writer], Sequential | Functional | Subclass]
] = {
    "sequential": sequential.write,
    "functional": functional.write,
    "subclass": subclass.write,
}


def write(
    model: ModelIR,
    style: Style,
    catalogue: Catalogue,
    backend: Backend = DEFAULT_BACKEND,
) -> Module:
    """Write a model in a style.

    Args:
        model: The model, in which the checks found no error.
        style: A style that can express it.
        catalogue: The catalogue of Keras.
        backend: The backend, for overridden methods that depend on it.

    Returns:
        The module to render.
    """
    writer = Writer(catalogue)
    name = model_name(model)
    params = graph_parameters(model.graph, writer)
    takes = describe_inputs(model.graph.inputs, writer)
    build_doc = Docstring(
        f"Build the `{name}` model.",
        details=_to_adapt(model),
        args=describe_params(model.graph, params, model),
        returns=f"A built, uncompiled model. Its input is {takes}. "
        + describe_outputs(model, writer),
    )
    needs = (*imports_of(model, style), *hooks.imports(model, backend))
    if style == "functional":
        needs = (*needs, *outputs.imports(model))
    if copying_class(model):
        needs = (
            *needs,
            ImportStatement("keras", "layers"),
            ImportStatement("keras", "ops"),
        )
    return Module(
        style=style,
        note=note_of(model.path, style),
        name=name,
        doc=describe_model(model),
        imports=(*needs, *training.imports(model)),
        build_doc=build_doc,
        params=params,
        body=_BODIES[style](model, writer),
        compiling=training.compiling(model, writer),
        training=training.training(model, writer),
        hooks=hooks.hooks(model, backend),
    )


def _to_adapt(model: ModelIR) -> tuple[str, ...]:
    """Tell which layers need the training data before training.

    A layer without statistics returns its input unchanged, and Keras does not warn.
    """
    has_layer = any(
        layer.name == facts.ADAPTED and not without_name(layer).arguments
        for node in model.nodes
        for layer in node.layers
    )
    text = (
        f"Before training, call `adapt` of its `{facts.ADAPTED}` layers on the "
        "training inputs. Until then, these layers return their inputs unchanged."
    )
    return (text,) if has_layer else ()
