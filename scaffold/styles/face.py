"""What a module offers in every style: its docstrings, parameters and imports."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from scaffold.catalogue import Argument
from scaffold.ir.names import camel_case, snake_case
from scaffold.ir.types import (
    Constant,
    Imported,
    Input,
    ModelIR,
    Object,
    ParamRef,
    Value,
)
from scaffold.ir.walk import within
from scaffold.styles.syntax import call, constant, name, sequence
from scaffold.styles.types import Docstring, Import, Parameter
from scaffold.styles.values import Writer

_SHAPE = Argument("shape", kinds=("shape",))
_WIDEST_SUMMARY = 78
"""A docstring's first sentence has a line to itself: 88 less indent and quotes."""


def model_name(model: ModelIR) -> str:
    """Gives the model's Keras name: `wide_deep` for `WideDeep`."""
    return model.name if model.name.islower() else snake_case(model.name)


def class_name(model: ModelIR) -> str:
    """Gives the name of the model's class: `WideDeep` for `wide_deep`."""
    return camel_case(model.name)


def params_of(values: Iterable[Value]) -> set[str]:
    """Gives the names of all params in some values."""
    return {
        one.name
        for value in values
        for one in within(value)
        if isinstance(one, ParamRef)
    }


def build_values(model: ModelIR) -> Iterator[Value]:
    """Gives the values of which the model itself is made."""
    for given in model.inputs:
        if given.shape is not None:
            yield given.shape
        yield from (bound.value for bound in given.options)
    for node in model.nodes:
        yield node.layer


def parameters(
    model: ModelIR, used: Iterable[Value], writer: Writer
) -> tuple[Parameter, ...]:
    """Gives the params that some values use, in the order of the spec."""
    names = params_of(used)
    return tuple(
        Parameter(param.name, writer.value(param.default))
        for param in model.params
        if param.name in names
    )


def describe_params(
    model: ModelIR, params: Iterable[Parameter]
) -> tuple[tuple[str, str], ...]:
    """Says of each param what it is used for, and its default."""
    return tuple(
        (param.name, f"{_purpose(model, param.name)} Defaults to {_shown(param)}.")
        for param in params
    )


def _shown(param: Parameter) -> str:
    text = ast.unparse(param.default)
    return text if len(text) <= 40 else "what the signature says"


def _purpose(model: ModelIR, param: str) -> str:
    """Says where a param ends up, such as in `units` of `logits`."""
    found = []
    for given in model.inputs:
        if given.shape is not None and param in params_of([given.shape]):
            found.append("A size of the input")
    for node in model.nodes:
        found += _uses(param, node.layer, f"`{node.name}`")
    for title, section in (("compile", model.compile), ("fit", _fit(model))):
        if section is not None:
            found += _uses(param, section, f"`{title}`")
    if len(found) > 3:
        found = [*found[:2], f"{len(found) - 2} more"]
    text = found[0] if len(found) < 2 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"{text}."


def _uses(param: str, holder: Object, called: str) -> Iterator[str]:
    """Gives the arguments of an object, or of those inside of it, that use a param."""
    for bound in holder.arguments:
        inner = [one for one in within(bound.value) if isinstance(one, Object)]
        if inner:
            for one in inner:
                yield from _uses(param, one, f"`{one.name}` in {called}")
        elif param in params_of([bound.value]):
            yield f"`{bound.name}` of {called}" if bound.name else f"Used by {called}"


def _fit(model: ModelIR) -> Object | None:
    return model.train.fit if model.train else None


def dtype_of(given: Input) -> str:
    """Gives an input's dtype, Keras's default where the spec says none."""
    for bound in given.options:
        if bound.name == "dtype" and isinstance(bound.value, Constant):
            return str(bound.value.value)
    return "float32"


def shape_of(given: Input, writer: Writer) -> ast.expr:
    """Writes an input's shape, without the batch axis."""
    assert given.shape is not None
    return writer.value(given.shape, _SHAPE)


def batch_shape_of(given: Input, writer: Writer) -> ast.expr:
    """Writes an input's shape with the batch axis."""
    shape = shape_of(given, writer)
    assert isinstance(shape, ast.Tuple)
    batch: ast.expr = constant(None)
    for bound in given.options:
        if bound.name == "batch_size":
            batch = writer.value(bound.value)
    return sequence([batch, *shape.elts], as_tuple=True)


def input_call(given: Input, writer: Writer) -> ast.Call:
    """Writes `keras.Input(...)` with a shape."""
    written = call("keras.Input", shape_of(given, writer))
    written.keywords = input_options(given, writer)
    return written


def input_options(given: Input, writer: Writer, *without: str) -> list[ast.keyword]:
    """Writes what `keras.Input` takes besides the shape; defaults are left out."""
    keywords = [
        ast.keyword(
            bound.name, writer.value(bound.value, bound.argument or Argument(""))
        )
        for bound in given.options
        if bound.name not in without and not _is_usual(bound.name, bound.value)
    ]
    if given.is_named:
        keywords.append(ast.keyword("name", constant(given.name)))
    return keywords


def _is_usual(option: str, value: Value) -> bool:
    usual = {"dtype": "float32", "sparse": False, "ragged": False, "optional": False}
    if not isinstance(value, Constant):
        return False
    return value.value is None or (option in usual and value.value == usual[option])


def describe_input(given: Input, writer: Writer) -> str:
    """Says what a model takes: "float32 of shape (batch, 8, 8, 1)"."""
    shape = batch_shape_of(given, writer)
    assert isinstance(shape, ast.Tuple)
    first, *rest = shape.elts
    if isinstance(first, ast.Constant) and first.value is None:
        first = name("batch")
    sizes = ", ".join(ast.unparse(size) for size in (first, *rest))
    comma = "," if not rest else ""
    return f"{dtype_of(given)} of shape ({sizes}{comma})"


def describe_model(model: ModelIR) -> Docstring:
    """Makes a docstring of the spec's description.

    Its first sentence is the summary, unless that does not fit on a line.
    """
    usual = f"The `{model_name(model)}` model."
    text = model.description.strip()
    if not text:
        return Docstring(usual)
    first, *more = [" ".join(one.split()) for one in text.split("\n\n")]
    summary, rest = _first_sentence(first)
    if len(ascii(summary)) > _WIDEST_SUMMARY:
        return Docstring(usual, (first, *more))
    details = tuple(one for one in (rest, *more) if one)
    return Docstring(summary, details)


def _first_sentence(text: str) -> tuple[str, str]:
    """Cuts a text after its first sentence."""
    for at, character in enumerate(text):
        if character in ".!?" and text[at + 1 : at + 2] in ("", " "):
            return text[: at + 1], text[at + 1 :].strip()
    return text, ""


def imports_of(model: ModelIR, *, uses_layers: bool) -> tuple[Import, ...]:
    """Gives what a module imports for its model."""
    found = [Import("keras")]
    if uses_layers:
        found.append(Import("keras", "layers"))
    for one in model.imports:
        if any(
            isinstance(value, Object) and value.target == one
            for node in model.nodes
            for value in within(node.layer)
        ):
            alias = one.name if one.name != one.attribute else ""
            found.append(Import(one.module, one.attribute, alias))
    return tuple(found)


def uses_layers(model: ModelIR) -> bool:
    """Tells whether the model has a layer of Keras's own, nested ones included."""
    return any(
        isinstance(value, Object)
        and value.target is not None
        and not isinstance(value.target, Imported)
        and value.target.registry == "layers"
        for node in model.nodes
        for value in within(node.layer)
    )
