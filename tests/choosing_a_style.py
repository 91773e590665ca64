"""Writes docs/choosing-a-style.md: `make docs`.

The prose is in `docs/choosing-a-style.md.jinja`; code, tables of facts and outputs are
what the tool gives, here and now.
"""

from __future__ import annotations

import ast
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from scaffold import STYLES, Source, check, compare, generate, load, preset_path
from scaffold.cli.main import cli
from scaffold.diagnostics import report

DOCS = Path(__file__).parents[1] / "docs"
TEMPLATE = DOCS / "choosing-a-style.md.jinja"
PAGE = DOCS / "choosing-a-style.md"

TREE = "tree_rnn"
"""The preset that only a class can say; without it the page has no chapter on it."""

_LEFT_OUT = "    # ..."

TITLES = {
    "sequential": "Sequential: a list",
    "functional": "Functional: a graph",
    "subclass": "Subclass: a class",
}

EXAMPLE = """\
name: digits
description: Sorts grey images of 8x8 pixels.
params: {num_classes: 10}
inputs: [8, 8, 1]
blocks:
  Stage:
    description: A convolution at half the size.
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
"""What is shown in all three styles."""

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
    "a row of layers": "inputs: [4]\nlayers: [Dense(8), Dense(1)]\n",
    "repeats and choices": (
        "params: {deep: true}\ninputs: [4]\n"
        "layers: [Dense(8) * 3, Dense(1) if deep else Identity()]\n"
    ),
    "blocks that are rows": (
        "inputs: [4]\nblocks: {Row: {layers: [Dense(8), ReLU]}}\nlayers: [Row() * 2]\n"
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
    "a layer that is used twice": (
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
    "a walk over trees (`recurse`)": _TREES,
    "as many steps as an example needs (`loop`)": _STEPS,
    "an overridden `train_step` (`override`)": (
        "inputs: [4]\nlayers: [Dense(1)]\n"
        "compile: {optimizer: sgd, loss: mse}\noverride: [train_step]\n"
    ),
}
"""What a spec may hold, with a small spec that holds it."""


class Written(NamedTuple):
    """A spec in a style: its code, and what can be counted in it."""

    name: str
    title: str
    code: str
    lines: int
    classes: int
    functions: int


def written(source: Source) -> Iterator[Written]:
    """Gives a spec in every style that can say it."""
    for style in STYLES:
        text = text_of(source, style)
        nodes = list(ast.walk(ast.parse(text)))
        yield Written(
            style,
            TITLES[style],
            text.rstrip("\n"),
            lines_of_code(text),
            sum(isinstance(one, ast.ClassDef) for one in nodes),
            sum(isinstance(one, ast.FunctionDef) for one in nodes),
        )


def text_of(source: Source, style: str) -> str:
    """Gives a spec's source in a style.

    Raises:
        ValueError: A finding stands in the way.
    """
    made, checked = generate(source, style)
    if made is None:
        raise ValueError(report(checked.diagnostics, "short"))
    return made.text


def lines_of_code(text: str) -> int:
    """Counts the lines of source that are neither blank, comment nor docstring."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    said: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, kinds) and ast.get_docstring(node) is not None:
            doc = node.body[0]
            said |= set(range(doc.lineno, (doc.end_lineno or doc.lineno) + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in said
        for number, line in enumerate(text.splitlines(), start=1)
    )


def styles_of(spec: str, text: str = "") -> str:
    """Gives what `keras-scaffold styles` prints of a preset, or of a file.

    Args:
        spec: What the command is given.
        text: The file's text, `""` for a preset.

    Raises:
        ValueError: The command has failed.
    """
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        try:
            if text:
                Path(spec).write_text(text, encoding="utf-8")
            done = CliRunner().invoke(cli, ["styles", spec])
        finally:
            os.chdir(here)
    if done.exit_code:
        raise ValueError(done.stderr)
    return done.stdout.rstrip("\n")


def probed() -> Iterator[dict[str, object]]:
    """Gives the rows of the table: what, and which styles can say it.

    What this version does not write yet has no row.

    Raises:
        ValueError: Something else is wrong with a probe.
    """
    for what, spec in PROBES.items():
        advice, checked = compare(Source(spec.encode(), "probe.yaml"))
        if advice is not None:
            can = ["no" if fit.obstacles else "yes" for fit in advice.fits]
            yield {"what": what, "can": can}
        elif {finding.code for finding in checked.diagnostics} != {"KS301"}:
            raise ValueError(report(checked.diagnostics, "short"))


def shown_class(name: str) -> dict[str, str] | None:
    """Shows a preset that only a class can say, `None` where there is none such."""
    path = preset_path(name)
    if path is None:
        return None
    spec = path.read_text(encoding="utf-8")
    return {
        "name": name,
        "spec": spec.rstrip("\n"),
        "styles": styles_of(name),
        "code": excerpt(Source(spec.encode(), path.name)),
    }


def excerpt(source: Source) -> str:
    """Gives the subclass code that says what a spec does.

    Of blocks that is how they are made and called, of the other classes how they are
    called; `# ...` stands for what is left out.
    """
    model = check(source).model
    blocks = {block.name for block in model.blocks} if model else set()
    text = text_of(source, "subclass")
    pieces = []
    for one in ast.parse(text).body:
        if isinstance(one, ast.ClassDef):
            wanted = ("__init__", "call") if one.name in blocks else ("call",)
            pieces.append(_shortened(one, wanted, text.splitlines()))
    return "\n\n\n".join(pieces)


def _shortened(found: ast.ClassDef, wanted: Sequence[str], lines: list[str]) -> str:
    """Gives a class with some of its methods."""
    start = min(one.lineno for one in (found, *found.decorator_list))
    doc, *methods = found.body
    pieces = ["\n".join(lines[start - 1 : doc.end_lineno])]
    for method in methods:
        assert isinstance(method, ast.FunctionDef)
        if method.name in wanted:
            pieces.append("\n".join(lines[method.lineno - 1 : method.end_lineno]))
        elif pieces[-1] != _LEFT_OUT:
            pieces.append(_LEFT_OUT)
    return "\n\n".join(pieces)


def page(tree: str = TREE) -> str:
    """Gives the text of the page.

    Args:
        tree: The preset that is shown as what only a class can say.
    """
    made: dict[str, Any] = {
        "example": {
            "file": "digits.yaml",
            "spec": EXAMPLE.rstrip("\n"),
            "styles": styles_of("digits.yaml", EXAMPLE),
            "written": list(written(Source(EXAMPLE.encode(), "digits.yaml"))),
        },
        "probes": list(probed()),
        "tree": shown_class(tree),
        "keras": load().version,
    }
    environment = Environment(
        loader=FileSystemLoader(DOCS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Markdown and code, of our own
    )
    return environment.get_template(TEMPLATE.name).render(made)


def main() -> None:
    """Prints the page."""
    sys.stdout.write(page())


if __name__ == "__main__":
    main()
