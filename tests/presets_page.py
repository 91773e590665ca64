"""Write docs/presets.md, the page of the presets, from their specs: `make docs`."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from scaffold.pipeline import Source, advise
from scaffold.spec import preset_names, preset_path

PATH = Path(__file__).parents[1] / "docs" / "presets.md"

ABOVE = """\
# Presets

Presets are specs included in the tool, as starting points. `keras-scaffold presets
NAME` prints a preset with its comments; `keras-scaffold new NAME` writes its code.
Params cover what you are likely to change first: `keras-scaffold new cnn -p
num_classes=26`.

The listed styles are those that can express the preset; `auto` selects the first one.
The tests verify every preset in all of its styles, and train it on data where a trivial
answer is not enough. `make docs` generates this file.
"""


def comment(spec: str) -> str:
    """Return the comment at the start of a spec, as text."""
    lines = takewhile(lambda line: line.startswith("# "), spec.splitlines())
    return "\n".join(line.removeprefix("# ") for line in lines)


def page() -> str:
    """Return the page in Markdown."""
    return "\n".join([ABOVE, *map(_chapter, preset_names())])


def _chapter(name: str) -> str:
    """Return the chapter of a preset: description, comment, styles and params."""
    path = preset_path(name)
    assert path is not None
    advice, checked = advise(Source(path.read_bytes(), path.name))
    assert advice is not None and checked.model is not None
    graph = checked.model.graph
    styles = ", ".join(fit.style for fit in advice.fits if not fit.obstacles)
    params = ", ".join(f"`{param.name}`" for param in graph.params) or "none"
    return (
        f"## {name}\n\n{graph.description}\n\n{comment(checked.text)}\n\n"
        f"- Styles: {styles}\n- Params: {params}\n"
    )


if __name__ == "__main__":
    print(page(), end="")
