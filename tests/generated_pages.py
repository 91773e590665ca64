"""Write the generated files of docs/: `make docs`.

A file is written only if its content was generated without an error.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module

from scaffold.editor.schema import findings_schema, write_schema
from scaffold.pages import reference
from tests import choosing_a_style, comparing_page, diagrams_page, presets_page
from tests.page_differences import differences
from tests.page_templates import DOCS


def _tutorial() -> str:
    """Return the tutorial; only this page needs Keras."""
    text = import_module("tests.tutorial_page").page()
    assert isinstance(text, str)
    return text


GENERATED: Mapping[str, Callable[[], str]] = {
    "diagnostics.md": reference,
    "choosing-a-style.md": choosing_a_style.page,
    "comparing.md": comparing_page.page,
    "presets.md": presets_page.page,
    "diagrams.md": diagrams_page.page,
    "diagrams/resnet.svg": lambda: diagrams_page.drawing("resnet", "svg"),
    "schema/findings.schema.json": lambda: write_schema(findings_schema()),
    "tutorial.md": _tutorial,
}
"""The generated files of docs/, each with the function that returns its content."""

MEASURED = frozenset(("tutorial.md",))
"""Files with results of training, whose last digits depend on the processor.

They stay if nothing else changes.
"""


def main() -> None:
    """Write all files, and print the names of those that change."""
    for name, generate in GENERATED.items():
        path = DOCS / name
        text = generate()
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if differences(old, text) if name in MEASURED else old != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"docs/{name}\n")


if __name__ == "__main__":
    main()
