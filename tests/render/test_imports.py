"""Imports stand in the order that isort and ruff keep."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.render.imports import imports
from scaffold.styles.types import ImportStatement

MODULES = (
    "a",
    "a.b",
    "A",
    "_a",
    "a_b",
    "a10",
    "a9",
    "pathlib",
    "json.decoder",
    "keras",
)
NAMES = ("x", "X", "XX", "Xx", "x_9", "x_10", "X9", "X10", "_x", "xX", "x1a", "x01")
lists = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(MODULES)),
        st.tuples(st.sampled_from(MODULES), st.just(""), st.just("alias")),
        st.tuples(st.sampled_from(MODULES), st.sampled_from(NAMES)),
        st.tuples(
            st.sampled_from(MODULES),
            st.sampled_from(NAMES),
            st.sampled_from(["one", "Two"]),
        ),
    ).map(lambda parts: ImportStatement(*parts)),
    min_size=1,
    max_size=8,
)


def test_ruff_would_not_move_them(tmp_path: Path) -> None:
    """Ruff's isort changes nothing in 400 blocks of imports."""
    result: list[str] = []

    @settings(max_examples=400, deadline=None)
    @given(lists)
    def collect(values: list[ImportStatement]) -> None:
        assert imports(values) == imports(values[::-1] + values)
        result.append(imports(values) + "\n")

    collect()
    for number, text in enumerate(result):
        compile(text, "imports", "exec")
        (tmp_path / f"imports_{number}.py").write_text(text)
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*command, "--select", "I", "--diff", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_a_usual_block() -> None:
    """The standard library comes first, `import` before `from`."""
    values = (
        ImportStatement("keras"),
        ImportStatement("keras", "layers"),
        ImportStatement("keras", "ops"),
        ImportStatement("numpy", alias="np"),
        ImportStatement("pathlib", "Path"),
        ImportStatement("my_layers", "Swish"),
        ImportStatement("my_layers", "GELU", "Gelu"),
    )
    assert imports(values) == (
        "from pathlib import Path\n\n"
        "import keras\n"
        "import numpy as np\n"
        "from keras import layers, ops\n"
        "from my_layers import GELU as Gelu\n"
        "from my_layers import Swish"
    )
