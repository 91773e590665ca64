"""Generate docs/tutorial.md, for `make docs`.

The prose, the files that the reader saves and the commands are in
`docs/tutorial.md.jinja`. The template is rendered from top to bottom in an empty
directory: each file is saved and each command is run where it is on the page.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import keras
import numpy as np

from scaffold import STYLES, Source, advise
from tests.choosing_a_style import lines_of_code
from tests.keras2_changes import ERRORS, SAME, SILENT, WARNINGS, rows
from tests.page_templates import DOCS, render
from tests.walkthrough import Walkthrough

PAGE = DOCS / "tutorial.md"
TEMPLATE = DOCS / "tutorial.md.jinja"


class Fact(NamedTuple):
    """A row of the table of the styles.

    Attributes:
        feature: The first cell.
        support: The cell of each style.
    """

    feature: str
    support: list[str]


class Blocks:
    """The code blocks of the page, for its template."""

    def __init__(self, directory: Path) -> None:
        self.reader = Walkthrough(directory)

    def save(self, name: str, caller: Callable[[], str]) -> str:
        """Save a file, and show it; its first line is a comment with its name."""
        text = f"# {name}\n{caller().strip()}\n"
        self.reader.save(name, text)
        # The line break after `{% endcall %}` is not part of the output.
        return _fenced("python" if name.endswith(".py") else "yaml", text) + "\n"

    def console(self, *commands: str) -> str:
        """Run commands, and show what they print."""
        steps = [f"$ {command}\n{self.reader.run(command)}" for command in commands]
        return _fenced("console", "".join(steps))

    def source(self, name: str, *definitions: str) -> str:
        """Show functions and classes of a file that a command has written."""
        return _fenced("python", self.reader.definitions(name, *definitions) + "\n")

    def lines_of(self, name: str) -> int:
        """Count the lines of a spec, without its name and blank lines."""
        text = (self.reader.directory / name).read_text(encoding="utf-8")
        return sum(bool(line) for line in text.splitlines()[1:])

    def facts(self) -> Iterator[Fact]:
        """Yield what the three models of the page can do."""
        measured = [self._measured(style) for style in STYLES]
        for feature in measured[0]:
            yield Fact(feature, [column[feature] for column in measured])
        for feature, name in (("two inputs", "sleep"), ("a tree", "topics")):
            yield Fact(feature, self._styles_of(f"{name}.yaml"))
        yield Fact("its own `train_step`", self._styles_of("marks.yaml", "train_step"))

    def _measured(self, style: str) -> dict[str, str]:
        """Try the model of one style."""
        module = f"marks_{style}"
        path = self.reader.directory / f"{module}.py"
        saved = self.reader.directory / f"{module}.keras"
        with self.reader.fresh_process():
            model = importlib.import_module(module).build_model()
            facts = {
                "lines of code": str(lines_of_code(path.read_text(encoding="utf-8"))),
                "layers in `model.layers` (a graph includes its input)": str(
                    len(model.layers)
                ),
                "`summary()` shows all shapes": _yes(lambda: _summarize(model)),
                "data with a wrong shape are refused": _no(
                    lambda: model.predict(np.ones((2, 3)), verbose=0)
                ),
                "`keras.Model(model.inputs, model.layers[0].output)` extracts a part": (
                    _yes(lambda: keras.Model(model.inputs, model.layers[0].output))
                ),
                "`clone_model(model, clone_function=...)` replaces layers in a copy": (
                    _yes(lambda: keras.models.clone_model(model, clone_function=_same))
                ),
            }
            model.save(saved)
        with self.reader.fresh_process():
            sys.path.remove(str(self.reader.directory))
            try:
                facts["`load_model` loads a saved model without this file"] = _yes(
                    lambda: keras.models.load_model(saved)
                )
            finally:
                sys.path.insert(0, str(self.reader.directory))
        return facts

    def _styles_of(self, name: str, *override: str) -> list[str]:
        """Return which styles can express a spec of the page."""
        text = (self.reader.directory / name).read_text(encoding="utf-8")
        if override:
            text += f"override: [{', '.join(override)}]\n"
        advice, _ = advise(Source(text.encode(), name))
        assert advice is not None
        return ["no" if fit.obstacles else "yes" for fit in advice.fits]


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}```"


def _same(layer: Any) -> Any:
    """Return a copy of a layer."""
    return layer.from_config(layer.get_config())


def _summarize(model: Any) -> None:
    """Print a summary of a model to nowhere.

    Raises:
        ValueError: A shape is unknown.
    """
    lines: list[str] = []
    model.summary(print_fn=lines.append)
    if "?" in "".join(lines):
        raise ValueError("a shape is unknown")


def _yes(action: Callable[[], object]) -> str:
    """Return whether an action works, as a cell."""
    try:
        action()
    except (AttributeError, TypeError, ValueError):
        return "no"
    return "yes"


def _no(action: Callable[[], object]) -> str:
    """Return whether an action is refused, as a cell."""
    return "no" if _yes(action) == "yes" else "yes"


def page() -> str:
    """Return the text of the page."""
    with tempfile.TemporaryDirectory() as directory:
        blocks = Blocks(Path(directory))
        return render(
            TEMPLATE.name,
            save=blocks.save,
            console=blocks.console,
            source=blocks.source,
            lines_of=blocks.lines_of,
            facts=blocks.facts,
            changes={
                "errors": lambda: rows(ERRORS),
                "warnings": lambda: rows(WARNINGS),
                "silent": lambda: rows(SILENT),
                "same": lambda: rows(SAME),
            },
            keras=keras.version(),
        )


if __name__ == "__main__":
    sys.stdout.write(page())
