"""Generated source as importable modules, and models made of them."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import keras
import numpy as np

from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate


def source_of(spec: str, style: str, name: str = "model.yaml", **params: object) -> str:
    """Generates a spec's source.

    Raises:
        ValueError: A finding stands in the way.
    """
    keys = tuple((key, str(value)) for key, value in params.items())
    result, checked = generate(Source(spec.encode(), name, params=keys), style)
    if result is None:
        match = report(checked.diagnostics, "text", {name: checked.text})
        raise ValueError(f"{match}\n{spec}")
    return result.text


def load_module(text: str, directory: Path) -> ModuleType:
    """Writes source to a file of a name of its own, and imports it."""
    name = f"generated_{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    path = directory / f"{name}.py"
    path.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def weights_by_path(model: Any) -> dict[str, Any]:
    """Gives a model's weights by what they are: the layer's name, then the weight's.

    Keras begins a path with the model's name in a subclass, and not in a graph. Keras
    counts nameless layers over the session (`dense_7`): such names are counted anew.
    """
    layers = {}
    counts: dict[str, int] = {}
    for layer in model.layers:
        base = layer.name.rstrip("0123456789").removesuffix("_")
        if not layer.weights:
            continue
        number = counts[base] = counts.get(base, -1) + 1
        layers[layer.name] = f"{base}_{number}"
    results = {}
    for layer in model.layers:
        for weight in layer.weights:
            parts = weight.path.split("/")
            inner = "/".join(
                _uncounted(part) for part in parts[parts.index(layer.name) + 1 :]
            )
            key = f"{layers[layer.name]}/{inner}"
            while key in results:
                key += "'"
            results[key] = weight
    assert len(results) == len(model.weights), "two weights have one path"
    return results


def _uncounted(part: str) -> str:
    return part.rstrip("0123456789").removesuffix("_")


def copy_weights(source: Any, target: Any) -> None:
    """Copies a model's weights to another's, matched by path."""
    ours, theirs = weights_by_path(source), weights_by_path(target)
    assert set(ours) == set(theirs)
    for path, weight in theirs.items():
        weight.assign(ours[path])


def leaves(structure: Any) -> list[Any]:
    """Gives the tensors of what a model returns, as arrays."""
    return [keras.ops.convert_to_numpy(item) for item in keras.tree.flatten(structure)]


def assert_same_output(ours: Any, theirs: Any, batch: Any) -> None:
    """Asserts that two models give the same, to 1e-5 of the output's scale."""
    first, second = (leaves(model(batch, training=False)) for model in (ours, theirs))
    for tensor, other in zip(first, second, strict=True):
        assert tensor.shape == other.shape
        if tensor.dtype.kind not in "fc":
            assert (tensor == other).all()
            continue
        scale = max(float(np.abs(tensor).max()), 1e-30)
        assert float(np.abs(tensor - other).max()) <= 1e-5 * scale


def batch_for(model: Any) -> Any:
    """Makes a batch that a functional model can take."""
    if isinstance(model.input, dict):
        return {
            name: batch_of(tensor.shape[1:], tensor.dtype, seed=seed)
            for seed, (name, tensor) in enumerate(model.input.items())
        }
    return batch_of(model.inputs[0].shape[1:], model.inputs[0].dtype)


def batch_of(shape: Any, dtype: str, size: int = 8, seed: int = 0) -> Any:
    """Makes a batch of a shape without batch axis; a free axis gets 5 steps."""
    full = [size, *(axis or 5 for axis in shape)]
    random = np.random.default_rng(seed)
    if dtype == "string":
        words = np.array(["it's", "größer", '"""', "else"])
        return keras.ops.convert_to_tensor(random.choice(words, size=full))
    if "int" in dtype:
        return random.integers(1, 8, size=full).astype(dtype)
    return random.normal(size=full).astype(dtype)
