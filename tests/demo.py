"""Trains a generated file and compares it with least squares: `make demo`.

python -m tests.demo build/demo/linear_regression.py
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from scaffold.spec import DEFAULT, preset_path


def trained(path: Path) -> Any:
    """Run a file as a script, and return the model that it trains."""
    spec = spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    build, built = module.build_model, []

    def build_and_keep() -> Any:
        built.append(build())
        return built[-1]

    module.build_model = build_and_keep  # type: ignore[attr-defined]  # its `main` calls
    module.main()
    return built[0]


def main() -> None:
    """Train the model, and print its weights beside the line of least squares."""
    path = Path(sys.argv[1])
    print(f"\nrunning {path}", flush=True)
    model = trained(path)
    slope, intercept = (float(weight.item()) for weight in model.get_weights())
    preset = preset_path(DEFAULT)
    assert preset is not None
    data = YAML(typ="safe").load(preset)["train"]
    best = np.polyfit(data["x"], data["y"], 1)
    print(f"\n{'':12}{'learned':>10}{'least squares':>16}")
    rows = {"slope": (slope, best[0]), "intercept": (intercept, best[1])}
    for name, (learned, true) in rows.items():
        print(f"{name:12}{learned:10.3f}{true:16.3f}")


if __name__ == "__main__":
    main()
