"""Measures a training step of the tree RNN by tree size: a part of `make bench`.

Each installed backend runs in its own process. The exponent of growth is printed: 1 if
twice the nodes take twice the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

NODES = (50, 100, 200, 400)
BATCH = 16
ROUNDS = 15
AIM = 1.3

BACKENDS = {
    "tensorflow": "as a graph: XLA cannot differentiate the loop there",
    "jax": "compiled by XLA, which updates the states in place",
    "torch": "step by step in Python: nothing is compiled",
}
"""How each backend runs the loop."""


def main() -> None:
    """Run the benchmark on every installed backend."""
    print(f"\ntree_rnn, a training step with {BATCH} trees")
    sizes = " ".join(f"{nodes:>8}" for nodes in NODES)
    print(f"{'nodes':12} {sizes}  exponent")
    for backend, how in BACKENDS.items():
        if find_spec(backend) is None:
            print(f"{backend:12} not installed")
            continue
        environment = {**os.environ, "KERAS_BACKEND": backend}
        command = [sys.executable, "-m", "tests.bench_trees", "child"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"{backend}: the steps could not be timed")
        times = [float(part) for part in done.stdout.split()]
        steps = " ".join(f"{time * 1e3:5.1f} ms" for time in times)
        aim = f" (aim {AIM})" if backend == "jax" else ""
        print(f"{backend:12} {steps}  {exponent(times):.2f}{aim}  {how}", flush=True)


def exponent(times: list[float]) -> float:
    """Return the exponent that fits `times = a * NODES ** exponent`."""
    import numpy as np

    return float(np.polyfit(np.log(NODES), np.log(times), 1)[0])


def child() -> None:
    """Print the shortest time of a step for each size, in seconds."""
    import keras
    import numpy as np

    from scaffold.spec import preset_path
    from tests.run.modules import load_module, source_of
    from tests.run.trees import batch_of, random_tree

    path = preset_path("tree_rnn")
    assert path is not None
    text = source_of(path.read_text(encoding="utf-8"), "subclass", path.name)
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as directory:
        module = load_module(text, Path(directory))
        for nodes in NODES:
            keras.utils.set_random_seed(0)
            model = module.build_model()
            module.compile_model(model)
            trees = [random_tree(nodes, 2, random) for _ in range(BATCH)]
            batch, labels = batch_of(trees, 2), random.integers(0, 2, BATCH)
            times = []
            for _ in range(ROUNDS + 2):
                start = time.perf_counter()
                model.train_on_batch(batch, labels)
                times.append(time.perf_counter() - start)
            print(min(times[2:]), flush=True)
            keras.utils.clear_session()


if __name__ == "__main__":
    child() if sys.argv[1:] == ["child"] else main()
