"""Write `compile_model` and `main`, which are the same in every style."""

from __future__ import annotations

import ast

from scaffold.catalogue import KerasCallable
from scaffold.ir.types import Constant, Graph, Input, ModelIR, Object
from scaffold.styles import results
from scaffold.styles.data import write_data, write_examples
from scaffold.styles.params import data_of, describe_params, parameters
from scaffold.styles.syntax import constant
from scaffold.styles.types import Compiling, Docstring, ImportStatement
from scaffold.styles.types import MainFunction as Main
from scaffold.styles.values import Writer


def compiling(model: ModelIR, writer: Writer) -> Compiling | None:
    """Write `compile_model` if the spec has `compile`."""
    section = model.compile
    if section is None:
        return None
    params = parameters(model.graph, [section], writer)
    described = describe_params(model.graph, params, model)
    doc = Docstring(
        "Compile the model in place.",
        args=(("model", "The model that `build_model` returns."), *described),
    )
    return Compiling(doc, params, _keywords(section, writer))


def training(model: ModelIR, writer: Writer) -> Main | None:
    """Write `main` if the spec has `train`."""
    section = model.train
    if section is None:
        return None
    batch = [
        bound.value
        for bound in model.graph.inputs[0].options
        if bound.name == "batch_size"
    ]
    used = [section.fit, *data_of(section), *batch]
    params = parameters(model.graph, used, writer)
    doc = Docstring(
        "Train the model, and print its loss and metrics.",
        args=describe_params(model.graph, params, model),
    )
    arguments = _keywords(section.fit, writer)
    new = None
    if section.predict is not None:
        new = write_examples(section.predict, model.graph, writer)
    data = write_data(section, model.graph, writer)
    batch_size = _batch_size(model.graph.inputs[0], writer)
    return Main(
        doc=doc,
        params=params,
        data=data,
        arguments=arguments,
        batch_size=batch_size,
        new=new,
        is_several=_is_several(model.graph),
        step=results.step_to_print(section),
        has_only_loss=results.has_only_loss(model),
        starts_later=results.starts_later(section),
        has_gaps=results.has_gaps(section),
        has_vectors=results.has_vectors(model.compile),
        line=results.line_of(model.graph),
        names=results.free_names(params),
    )


def _is_several(graph: Graph) -> bool:
    """Return whether a model has more than one input or output."""
    outputs = graph.outputs
    is_single = outputs.keys is None and not outputs.is_list and graph.gives == 1
    return len(graph.inputs) > 1 or not is_single


def imports(model: ModelIR) -> tuple[ImportStatement, ...]:
    """Return the imports that `main` needs besides those of the model."""
    if model.train is None:
        return ()
    needed = [ImportStatement("numpy", alias="np")]
    if model.train.data is not None:
        needed.append(ImportStatement("pathlib"))
    return tuple(needed)


def _keywords(section: Object, writer: Writer) -> tuple[ast.keyword, ...]:
    """Write a section's arguments, all by keyword."""
    assert isinstance(section.target, KerasCallable)
    positional, keywords = writer.arguments(section.arguments, section.target)
    assert not positional
    return tuple(map(_converted, keywords))


def _converted(keyword: ast.keyword) -> ast.keyword:
    """Convert an argument to the form that Keras requires.

    A single metric or callback becomes a list. The keys of `class_weight` become
    numbers, as JSON and TOML only have string keys, which Keras silently ignores.
    """
    if keyword.arg == "class_weight" and isinstance(keyword.value, ast.Dict):
        keys = [_class_key(key) for key in keyword.value.keys]
        return ast.keyword(keyword.arg, ast.Dict(keys, keyword.value.values))
    list_arguments = ("metrics", "weighted_metrics", "callbacks")
    if keyword.arg in list_arguments and not isinstance(
        keyword.value, (ast.List, ast.Dict)
    ):
        return ast.keyword(keyword.arg, ast.List([keyword.value], ast.Load()))
    return keyword


def _class_key(key: ast.expr | None) -> ast.expr | None:
    is_text = isinstance(key, ast.Constant) and isinstance(key.value, str)
    if isinstance(key, ast.Constant) and is_text and str(key.value).isdecimal():
        return constant(int(str(key.value)))
    return key


def _batch_size(model_input: Input, writer: Writer) -> ast.expr | None:
    """Write the batch size that an input fixes, for `evaluate` and `predict`."""
    for bound in model_input.options:
        is_none = isinstance(bound.value, Constant) and bound.value.value is None
        if bound.name == "batch_size" and not is_none:
            return writer.value(bound.value)
    return None
