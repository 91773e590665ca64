"""The table of reserved names has all that generated code uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

import pytest

from scaffold.catalogue import load
from scaffold.ir.extensions import EXTENSIONS
from scaffold.ir.reserved import (
    ATTRIBUTES,
    IN_CLASSES,
    IN_EXPORT,
    IN_MAIN,
    IN_MAIN_WHERE_FREE,
    LOCALS,
    MODULE_NAMES,
)
from scaffold.pipeline import Source, check, generate
from scaffold.styles import BACKENDS, STYLES, obstacles
from tests.names.places import ALONE, PLACES

BUILTINS = {text for text in dir(builtins) if not text.startswith("__")}
GIVEN_WHERE_FREE = {"_", "block", "i", "layer", *IN_MAIN_WHERE_FREE}
"""Variables that have another name where a name of the spec is in their way."""

VARIABLES = LOCALS | IN_MAIN | IN_CLASSES | IN_EXPORT | GIVEN_WHERE_FREE
"""Variables of the code."""

COPIES = "own_mask"
"""An attribute that has another name where a name of the spec is in its way."""

CLASSES = {"Masked", "OwnMask", *(extension.capitalize() for extension in EXTENSIONS)}
"""Classes of the code, which give way to names of the spec, or are told of them."""

WITH_FILES = """name: q9_files
params: {q9_epochs: 2}
inputs: {q9_left: [3], q9_right: [4]}
layers:
  - Concatenate() <- q9_left, q9_right
  - q9_out = Dense(2)
outputs: {q9_key: q9_out}
compile: {optimizer: sgd, loss: mse}
train:
  data: q9.npz
  epochs: $q9_epochs
  predict: {q9_left: [[1, 2, 3]], q9_right: [[1, 2, 3, 4]]}
"""
WITH_MASKS = """name: q9_masks
inputs: {q9_words: {shape: [4], dtype: int32}}
blocks:
  Q9Read:
    layers: ["LSTM(3, return_sequences=True)"]
layers:
  - q9_all = Embedding(9, 3, mask_zero=True)
  - q9_one = Q9Read() <- q9_all
  - q9_two = reuse(q9_one) <- q9_all
  - Add() <- q9_one, q9_two
"""
WITH_COPIES = """name: q9_copies
inputs: {q9_words: {shape: [4], dtype: int32}}
layers:
  - q9_all = Embedding(9, 3, mask_zero=True)
  - q9_one = MultiHeadAttention(1, 3) <- q9_all, q9_all
  - q9_two = LSTM(3) <- q9_all
  - q9_three = GlobalAveragePooling1D() <- q9_one
  - q9_four = Add() <- q9_two, q9_three
"""
SPECS = {
    **{label: make(["q9_a", "q9_b"]) for label, make in PLACES.items()},
    **{label: make(["q9_a"]) for label, make in ALONE.items()},
    "files": WITH_FILES,
    "masks": WITH_MASKS,
    "copies": WITH_COPIES,
}


def own(results: set[str]) -> set[str]:
    """Leaves out the names of a spec; two of them `recurse` asks for."""
    return {name for name in results if "q9" not in name.lower()} - {
        "node",
        "children",
    }


@pytest.mark.parametrize("label", SPECS)
def test_names_of_the_code(label: str) -> None:
    """Whatever code calls something is in the table."""
    source = Source(SPECS[label].encode(), "q9_model.yaml")
    model = check(source).model
    assert model is not None
    for style in STYLES:
        if obstacles(model, style):
            continue
        for backend in BACKENDS if model.hooks else BACKENDS[:1]:
            result, _ = generate(source, style, backend=backend)
            assert result is not None
            tree = ast.parse(result.text)
            assert own(outside(tree)) <= MODULE_NAMES | CLASSES
            assert own(inside(tree)) <= VARIABLES
            assert own(attributes(tree)) <= load().reserved | ATTRIBUTES | {COPIES}


def outside(tree: ast.Module) -> set[str]:
    """Gives the names of a module, and those that it takes from Python."""
    results = {"keras"}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            results |= {name.asname or name.name for name in node.names}
        elif isinstance(node, ast.Name) and node.id in BUILTINS:
            results.add(node.id)
    own_names = (ast.FunctionDef, ast.ClassDef)
    return results | {item.name for item in tree.body if isinstance(item, own_names)}


def inside(tree: ast.Module) -> set[str]:
    """Gives the local names of functions in which names of the spec are at hand."""
    results = set()
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.arg):
                results.add(node.arg)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                results.add(node.id)
    return results


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Gives functions, and those methods in which something of a spec has a name."""
    for item in tree.body:
        if isinstance(item, ast.FunctionDef):
            yield item
        elif isinstance(item, ast.ClassDef) and item.name not in CLASSES:
            for method in item.body:
                if isinstance(method, ast.FunctionDef) and "q9" in ast.dump(method):
                    if not method.name.endswith(("_step", "_loss", "_metrics")):
                        yield method


def attributes(tree: ast.Module) -> set[str]:
    """Gives the methods of classes, and what they keep but for params and layers."""
    results = set()
    for item in tree.body:
        if not isinstance(item, ast.ClassDef) or item.name in CLASSES:
            continue
        for method in item.body:
            if isinstance(method, ast.FunctionDef) and not method.name.startswith("__"):
                results.add(method.name)
                kept = (node for node in ast.walk(method))
                results |= {
                    node.attr
                    for node in kept
                    if isinstance(node, ast.Attribute)
                    and isinstance(node.ctx, ast.Store)
                }
    return results
