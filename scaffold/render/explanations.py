"""Comments that explain what each style needs, for readers who learn Keras."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from scaffold.render.formatting import WIDTH
from scaffold.render.width import wrap

_METHODS = {
    "__init__": "Layers are created once, here, because `call` runs for every batch.",
    "build": "Without `build`, the model would have no weights before its first call, "
    "and `summary()` would show no shapes.",
    "call": "`call` connects the layers: Keras runs it for every batch.",
    "export": "A class, unlike a graph, does not store the shapes of its inputs.",
    "get_config": "`load_model` calls the constructor with what `get_config` returns.",
}
"""What each method of a class is for; the class of the model comes first."""

_TRAINING = (
    "It passes `training` on, because `fit` sets it only for a model whose `call` has "
    "this argument."
)
_REGISTERED = (
    "A saved model contains only this name, so `load_model` needs the class to be "
    "registered."
)
_BUILT = "Create the weights now, as a model of another style does."
_GRAPH = (
    "These tensors have a shape and no data: each call of a layer on them adds it to "
    "the graph of the model."
)
_GRAPH_ENDS = "The model is the graph from its inputs to its outputs."
_CHAIN = (
    "Each layer is called on the output of the previous one. With `keras.Input`, the "
    "shapes are known, so the weights are created at once."
)
_BLOCK = "Each call of this function creates new layers, with their own weights."

_SHARED = ("build_model", "compile_model", "main")


class _Comment(NamedTuple):
    """A comment, and the statement below it."""

    text: str
    node: ast.stmt


def explain(text: str) -> str:
    """Add comments that explain why code is needed, each of them once.

    Args:
        text: The formatted text of a generated module.

    Returns:
        The text with the comments; nothing else is changed.
    """
    tree = ast.parse(text)
    lines = text.splitlines()
    comments = sorted(_comments(tree), key=lambda comment: -_first_line(comment.node))
    for comment in comments:
        start = " " * comment.node.col_offset + "# "
        at = _first_line(comment.node) - 1
        lines[at:at] = wrap(comment.text, WIDTH, start, start)
    return "\n".join(lines) + "\n"


def _first_line(node: ast.stmt) -> int:
    """Return the first line of a statement, with its decorators."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _comments(tree: ast.Module) -> Iterator[_Comment]:
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    models = [node for node in classes if "call" in _methods(node)]
    if not any("build" in _methods(node) for node in models):
        models = []
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    if models:
        yield from _of_classes(models)
    for function in functions:
        if function.name not in _SHARED:
            yield _Comment(_BLOCK, function)
            break
    for function in functions:
        if function.name == "build_model":
            yield from _of_build_model(function, has_class=bool(models))


def _of_classes(classes: list[ast.ClassDef]) -> Iterator[_Comment]:
    """Explain the class of the model, which is the last one; else a block has it."""
    yield _Comment(_REGISTERED, classes[-1])
    for name, text in _METHODS.items():
        methods = [_methods(node)[name] for node in classes if name in _methods(node)]
        if methods:
            method = methods[-1]
            if any(argument.arg == "training" for argument in method.args.args):
                text = f"{text} {_TRAINING}"
            yield _Comment(text, method)


def _methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {
        method.name: method
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    }


def _of_build_model(
    function: ast.FunctionDef, *, has_class: bool
) -> Iterator[_Comment]:
    """Explain how a model is created."""
    _, *steps = function.body  # the first is the docstring
    last = steps[-1]
    if has_class:
        yield _Comment(_BUILT, steps[-2])
    elif len(steps) > 1:
        yield _Comment(_GRAPH, steps[0])
        yield _Comment(_GRAPH_ENDS, last)
    else:
        yield _Comment(_CHAIN, last)
