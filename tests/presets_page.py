"""Writes docs/presets.md, the page of all presets: `make docs`."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from scaffold.pipeline import Source, compare
from scaffold.spec import preset_names, preset_path

PATH = Path(__file__).parents[1] / "docs" / "presets.md"

ABOVE = """\
# Presets

Specs that come with the tool, to start from. `keras-scaffold presets NAME` prints one,
comments and all; `keras-scaffold new NAME` writes its code. What is likely to change
first is a param of it: `keras-scaffold new cnn -p num_classes=26`.

The styles are those that can say a preset; `auto` takes the first. The tests verify
every preset in all of them, and train it on data from which it has to learn more than a
trivial answer. This file is made by `make docs`.
"""


def comment(spec: str) -> str:
    """Return the comment at the start of a spec, as text."""
    lines = takewhile(lambda line: line.startswith("# "), spec.splitlines())
    return "\n".join(line.removeprefix("# ") for line in lines)


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([ABOVE, *map(_chapter, preset_names())])


def _chapter(name: str) -> str:
    """Return the description, comment, styles and params of a preset."""
    path = preset_path(name)
    assert path is not None
    advice, checked = compare(Source(path.read_bytes(), path.name))
    assert advice is not None and checked.model is not None
    graph = checked.model.graph
    styles = ", ".join(one.style for one in advice.fits if not one.obstacles)
    params = ", ".join(f"`{one.name}`" for one in graph.params) or "none"
    return (
        f"## {name}\n\n{graph.description}\n\n{comment(checked.text)}\n\n"
        f"- Styles: {styles}\n- Params: {params}\n"
    )


if __name__ == "__main__":
    print(page(), end="")
