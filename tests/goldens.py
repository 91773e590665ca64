"""Writes the expected output of every case in tests/cases: `make goldens`.

Golden files are only written by this script. Read the diff before you commit it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from scaffold.diagnostics import report
from scaffold.pipeline import Checked, Source, generate
from scaffold.resources import resource_directory
from scaffold.styles import STYLES, Style
from tests.parts.cases import part_goldens

CASES = Path(__file__).parent / "cases"

NOTATIONS = {
    "chains/line": "chains/keyed",
    "chains/row_repeat": "chains/row_repeat_keyed",
    "chains/row_for": "chains/row_for_keyed",
    "chains/row_if": "chains/row_if_keyed",
    "chains/row_block_chain": "chains/row_block_keyed",
    "graphs/row_from": "graphs/row_from_keyed",
    "graphs/row_ops": "graphs/row_ops_keyed",
    "graphs/row_reuse": "graphs/row_reuse_keyed",
    "beyond/row_recurse": "beyond/row_recurse_keyed",
    "beyond/row_loop": "beyond/row_loop_keyed",
}
"""Cases in line notation, and the same cases in keyed notation."""


def specs() -> tuple[Path, ...]:
    """Return all specs with expected output: the cases and the presets."""
    chains = sorted((CASES / "chains").glob("*.yaml"))
    graphs = sorted((CASES / "graphs").glob("*.yaml"))
    beyond = sorted((CASES / "beyond").glob("*.yaml"))
    known = sorted((CASES / "architectures").glob("*.yaml"))
    return (
        *chains,
        *graphs,
        *beyond,
        *known,
        *sorted(resource_directory("presets").glob("*.yaml")),
    )


def simplest(spec: Path) -> Style:
    """Return the first style that should express a spec."""
    folder = spec.parent.name
    if folder == "presets":
        written = (style for style in STYLES if golden(spec, style).exists())
        return next(written, STYLES[-1])
    if folder == "beyond":
        return "subclass"
    is_graph = folder == "graphs" or (
        folder == "architectures" and spec.stem != "vgg16"
    )
    return "functional" if is_graph else "sequential"


def is_large(spec: Path) -> bool:
    """Return whether a spec has millions of weights and is slow to train."""
    return spec.stem in ("mobilenet_v2", "resnet50", "vgg16")


def styles_of(spec: Path) -> tuple[Style, ...]:
    """Return the styles that should express a spec."""
    return STYLES[STYLES.index(simplest(spec)) :]


def golden(spec: Path, style: Style) -> Path:
    """Return the file with the expected output of a spec in a style."""
    return CASES / spec.parent.name / "expected" / f"{spec.stem}.{style}.py"


PRESETS = {
    spec.stem: simplest(spec) for spec in resource_directory("presets").glob("*.yaml")
}
"""The first style of each preset that has expected output."""


def possible(spec: Path) -> tuple[Style, ...]:
    """Return the styles in which a spec has expected output.

    For presets, each style is tried, so that new presets need no entry in a list; for
    other specs, the styles are fixed.
    """
    if spec.parent.name != "presets":
        return styles_of(spec)
    return tuple(style for style in STYLES if refused(spec, style) is None)


def generated(spec: Path) -> Iterator[tuple[Style, str]]:
    """Generate a spec in every style that can express it.

    Raises:
        ValueError: If a finding prevents it.
    """
    for style in possible(spec):
        source = Source(spec.read_bytes(), spec.name)
        result, checked = generate(source, style)
        if result is None:
            raise ValueError(report(checked.diagnostics, "short"))
        yield style, result.text


def refused(spec: Path, style: Style) -> Checked | None:
    """Return the findings if a style cannot express a spec, or `None`."""
    result, checked = generate(Source(spec.read_bytes(), spec.name), style)
    return checked if result is None else None


def main() -> None:
    """Write all golden files, and remove those without a spec."""
    wanted = set()
    for spec in specs():
        for style, text in generated(spec):
            path = golden(spec, style)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            wanted.add(path)
    for path, text in part_goldens():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        wanted.add(path)
    for stale in set(CASES.glob("*/expected/*.py")) - wanted:
        stale.unlink()
    print(f"{len(wanted)} files written")


if __name__ == "__main__":
    main()
