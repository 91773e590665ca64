"""Writes the expected output of every case in tests/cases anew: `make goldens`.

A golden file is written by nothing else. Read the diff before it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scaffold.diagnostics import report
from scaffold.pipeline import Source, generate
from scaffold.shipped import shipped
from scaffold.styles import STYLES, Style

CASES = Path(__file__).parent / "cases"


def specs() -> tuple[Path, ...]:
    """Gives all specs that have expected output: the cases, and the presets."""
    own = sorted((CASES / "chains").glob("*.yaml"))
    return (*own, *sorted(shipped("presets").glob("*.yaml")))


def golden(spec: Path, style: Style) -> Path:
    """Gives the file that holds what is expected of a spec in a style."""
    return CASES / "chains" / "expected" / f"{spec.stem}.{style}.py"


def generated(spec: Path) -> Iterator[tuple[Style, str]]:
    """Generates a spec in every style.

    Raises:
        ValueError: A finding stands in the way.
    """
    for style in STYLES:
        source = Source(spec.read_bytes(), spec.name)
        made, checked = generate(source, style)
        if made is None:
            raise ValueError(report(checked.found, "short"))
        yield style, made.text


def main() -> None:
    """Writes all golden files, and removes those without a spec."""
    wanted = set()
    for spec in specs():
        for style, text in generated(spec):
            path = golden(spec, style)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            wanted.add(path)
    for stale in set((CASES / "chains" / "expected").glob("*.py")) - wanted:
        stale.unlink()
    print(f"{len(wanted)} files written")


if __name__ == "__main__":
    main()
