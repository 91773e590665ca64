"""Every case as a class, trained the way that its users train: in a compiled graph.

That each style is the model of its spec, and trains, saves and reloads, is what
`verify` proves (tests/verify); it runs step by step, though, where a spec does not say
how to compile its model. A class is what can fail in a graph.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from tests.goldens import simplest, specs
from tests.run.modules import batch_for, leaves, load_module, source_of

ALL = [
    pytest.param(spec, id=spec.stem)
    for spec in specs()
    # Of a graph, Keras knows what it takes. Where there is none, see test_hooks.py,
    # test_recurse.py and test_loop.py.
    # Of a spec in keyed notation the code is the same, byte for byte (test_goldens).
    if spec.parent.name != "architectures"
    and simplest(spec) != "subclass"
    and not spec.stem.endswith("_keyed")
]


@pytest.mark.parametrize("path", ALL)
def test_class_trains_in_a_graph(path: Path, tmp_path: Path) -> None:
    """Some steps of `fit`, and of `predict`, run and keep all weights finite.

    What a spec says of `compile` was tried in a graph when it was verified.
    """
    text = path.read_text(encoding="utf-8")
    graph = load_module(source_of(text, "functional", path.name), tmp_path)
    batch = batch_for(graph.build_model())
    module = load_module(source_of(text, "subclass", path.name), tmp_path)
    model = module.build_model()
    if not hasattr(module, "compile_model"):
        # A plain optimizer: what others do to weights is a large part of the graph.
        model.compile(optimizer="sgd", loss="mean_squared_error")
        model.fit(batch, targets_for(model(batch)), epochs=2, batch_size=4, verbose=0)
        for weight in model.trainable_weights:
            assert np.isfinite(keras.ops.convert_to_numpy(weight)).all(), weight.path
    for tensor in leaves(model.predict(batch, verbose=0)):
        assert tensor.dtype.kind not in "fc" or np.isfinite(tensor).all()


def targets_for(outputs: Any) -> Any:
    """Makes targets of the shapes that a model gives, zeros and ones."""
    random = np.random.default_rng(1)
    return keras.tree.map_structure(
        lambda tensor: random.integers(0, 2, size=tensor.shape).astype("float32"),
        outputs,
    )
