"""Generate docs/choosing-a-style.md, for `make docs`.

The prose is in `docs/choosing-a-style.md.jinja`. The code, the tables of facts and the
outputs come from keras-scaffold itself.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner

from scaffold import STYLES, Source, advise, generate, load, preset_path
from scaffold.cli.main import cli
from scaffold.diagnostics import report
from tests.page_templates import DOCS, render

TEMPLATE = DOCS / "choosing-a-style.md.jinja"
PAGE = DOCS / "choosing-a-style.md"

TREE = "tree_rnn"
"""The preset that only the subclass style can express.

Without it, the page has no section on such models.
"""

TITLES = {
    "sequential": "Sequential: a list",
    "functional": "Functional: a graph",
    "subclass": "Subclass: a class",
}

EXAMPLE = """\
name: digits
description: Classifies grey images of 8x8 pixels.
params: {num_classes: 10}
inputs: [8, 8, 1]
blocks:
  Stage:
    description: A convolution that halves the size.
    params: {filters: 16}
    layers:
      - Conv2D(filters, 3, strides=2, padding="same", use_bias=False)
      - BatchNormalization
      - ReLU
layers:
  - Stage(filters) for filters in [16, 32]
  - GlobalAveragePooling2D
  - Dropout(0.2)
  - Dense(num_classes, activation="softmax")
"""
"""The spec that the page shows in all three styles."""

_TREES = """\
inputs: {nodes: [null, 4], children: {shape: [null, 2], dtype: int32}}
blocks:
  Cell:
    inputs: [node, children]
    layers: ["below = Flatten() <- children", "Concatenate() <- node, below", Dense(4)]
layers: ["recurse(Cell()) <- nodes=nodes, children=children"]
"""
_STEPS = """\
inputs: [4]
blocks:
  Step: {layers: [Dense(4)]}
  Halt: {layers: ['Dense(1, activation="sigmoid")']}
layers: ["loop(Step(), until=Halt(), max_steps=8)"]
"""
PROBES = {
    "a chain of layers": "inputs: [4]\nlayers: [Dense(8), Dense(1)]\n",
    "repeats and choices": (
        "params: {deep: true}\ninputs: [4]\n"
        "layers: [Dense(8) * 3, Dense(1) if deep else Identity()]\n"
    ),
    "blocks that are chains": (
        "inputs: [4]\nblocks: {Stage: {layers: [Dense(8), ReLU]}}\n"
        "layers: [Stage() * 2]\n"
    ),
    "a shortcut around layers": (
        'inputs: [4]\nlayers: [Dense(4), "Add() <- dense, inputs"]\n'
    ),
    "several inputs": (
        'inputs: {a: [4], b: [2]}\nlayers: ["Concatenate() <- a, b", Dense(1)]\n'
    ),
    "several outputs": (
        "inputs: [4]\n"
        'layers: ["a = Dense(1) <- inputs", "b = Dense(2) <- inputs"]\n'
        "outputs: [a, b]\n"
    ),
    "a layer used twice": (
        "inputs: {a: [4], b: [4]}\n"
        'layers: ["c = Dense(1) <- a", "d = reuse(c) <- b", "Add() <- c, d"]\n'
    ),
    "a function of several tensors": (
        'inputs: {a: [4], b: [4]}\nlayers: ["ops.multiply() <- a, b"]\n'
    ),
    "a layer's second output": (
        "inputs: [null, 4]\n"
        'layers: ["lstm = LSTM(8, return_state=True)", "Dense(1) <- lstm[1]"]\n'
    ),
    "recursion over trees (`recurse`)": _TREES,
    "a number of steps that depends on the example (`loop`)": _STEPS,
    "an overridden `train_step` (`override`)": (
        "inputs: [4]\nlayers: [Dense(1)]\n"
        "compile: {optimizer: sgd, loss: mse}\noverride: [train_step]\n"
    ),
}
"""Features of a spec, each with a small spec that uses it."""


class StyleExample(NamedTuple):
    """The code of a spec in one style, with its counts.

    Attributes:
        style: The name of the style.
        title: The heading on the page.
        code: The generated source.
        lines: The number of lines of code.
        classes: The number of classes.
        functions: The number of functions and methods.
    """

    style: str
    title: str
    code: str
    lines: int
    classes: int
    functions: int


def style_examples(source: Source) -> Iterator[StyleExample]:
    """Yield the code of a spec in every style."""
    for style in STYLES:
        text = text_of(source, style)
        nodes = list(ast.walk(ast.parse(text)))
        yield StyleExample(
            style,
            TITLES[style],
            text.rstrip("\n"),
            lines_of_code(text),
            sum(isinstance(node, ast.ClassDef) for node in nodes),
            sum(isinstance(node, ast.FunctionDef) for node in nodes),
        )


def text_of(source: Source, style: str) -> str:
    """Return the generated source of a spec in a style.

    Raises:
        ValueError: A finding prevents it.
    """
    generated, checked = generate(source, style)
    if generated is None:
        raise ValueError(report(checked.diagnostics, "short"))
    return generated.text


def lines_of_code(text: str) -> int:
    """Count the lines of source that are not blank, a comment or a docstring."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    in_docstrings: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            doc = node.body[0]
            in_docstrings |= set(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    return sum(
        bool(line.strip())
        and not line.lstrip().startswith("#")
        and number not in in_docstrings
        for number, line in enumerate(text.splitlines(), start=1)
    )


def styles_of(spec: str, text: str = "") -> str:
    """Return the output of `keras-scaffold styles` for a preset or a file.

    Args:
        spec: The argument of the command.
        text: The text of the file, `""` for a preset.

    Raises:
        ValueError: The command fails.
    """
    previous = os.getcwd()
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        try:
            if text:
                Path(spec).write_text(text, encoding="utf-8")
            result = CliRunner().invoke(cli, ["styles", spec])
        finally:
            os.chdir(previous)
    if result.exit_code:
        raise ValueError(result.stderr)
    return result.stdout.rstrip("\n")


def probe_rows() -> Iterator[dict[str, object]]:
    """Yield the rows of the table: a feature, and whether each style supports it.

    Features that this version does not support yet have no row.

    Raises:
        ValueError: A probe has any other finding.
    """
    for feature, spec in PROBES.items():
        advice, checked = advise(Source(spec.encode(), "probe.yaml"))
        if advice is not None:
            support = ["no" if fit.obstacles else "yes" for fit in advice.fits]
            yield {"feature": feature, "support": support}
        elif {finding.code for finding in checked.diagnostics} != {"KS301"}:
            raise ValueError(report(checked.diagnostics, "short"))


def preset_section(name: str) -> dict[str, str] | None:
    """Return the texts for the section on a preset, `None` if it does not exist."""
    if preset_path(name) is None:
        return None
    return {"name": name, "styles": styles_of(name)}


def page(tree: str = TREE) -> str:
    """Return the text of the page.

    Args:
        tree: The preset for the section on what only the subclass style can express.
    """
    context: dict[str, Any] = {
        "example": {
            "file": "digits.yaml",
            "spec": EXAMPLE.rstrip("\n"),
            "styles": styles_of("digits.yaml", EXAMPLE),
            "files": list(style_examples(Source(EXAMPLE.encode(), "digits.yaml"))),
        },
        "probes": list(probe_rows()),
        "tree": preset_section(tree),
        "keras": load().version,
    }
    return render(TEMPLATE.name, **context)


def main() -> None:
    """Print the page."""
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
