"""Record a terminal session as docs/recording.svg: `make docs`.

The commands are run, and their output is drawn in a picture that types them one after
the other. Where animations are not supported or not wanted, it shows the last frame.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from tests.pages import needs_keras
from tests.tools.shell import Shell

PATH = Path(__file__).parents[1] / "docs" / "recording.svg"

DRAFT = """\
inputs: [7, 1]
layers:
  - LSTN(32)
  - Dropout(0.2)
  - Dense(1)
"""
"""The spec of the session, with a mistake."""

COMMANDS = (
    "cat draft.yaml",
    "keras-scaffold check draft.yaml",
    "sed s/LSTN/LSTM/ draft.yaml > forecast.yaml",
    "keras-scaffold new forecast.yaml --style subclass",
    "keras-scaffold verify forecast.yaml",
)

COLUMNS = 80
CHARACTER, LINE = 8.4, 18.0
"""The size of a character in pixels, for a font of 14 pixels."""

MARGIN = 18.0
BAR = 30.0
"""The height of the bar above the text."""

TYPING, THINKING, READING = 0.04, 0.5, 1.6
"""The seconds for a character, before an output, and after it."""

_STYLE = """\
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono",
  "DejaVu Sans Mono", monospace; fill: #d1d7e0; animation: appear 1ms both }
.prompt { fill: #9198a1 }
.command { fill: #ffffff }
.red { fill: #ff7b72; font-weight: bold }
.yellow { fill: #e3b341; font-weight: bold }
.blue { fill: #79c0ff; font-weight: bold }
@keyframes appear { from { opacity: 0 } }
@keyframes type { from { clip-path: inset(0 100% 0 0) } to { clip-path: inset(0) } }
@media (prefers-reduced-motion: reduce) { text { animation: none !important } }
"""

_SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" \
viewBox="0 0 {width} {height}" role="img">
<title>keras-scaffold checks a spec, generates its code, and verifies it</title>
<style>
{style}</style>
<rect width="100%" height="100%" rx="8" fill="#151b23"/>
<circle cx="22" cy="18" r="5" fill="#ff7b72"/>
<circle cx="40" cy="18" r="5" fill="#e3b341"/>
<circle cx="58" cy="18" r="5" fill="#7ee787"/>
{rows}
</svg>
"""

_COLOURS = {"1;31": "red", "1;33": "yellow", "1;34": "blue"}
"""The classes of the colours that the command uses."""

_COLOURED = re.compile(r"\x1b\[([\d;]+)m(.*?)\x1b\[0m")


class Step(NamedTuple):
    """A command, and what it prints in a terminal."""

    command: str
    output: str


def session(*, keras: bool = True) -> list[Step]:
    """Run the commands.

    Args:
        keras: Whether the last one is run, which needs Keras.
    """
    with tempfile.TemporaryDirectory() as directory:
        shell = Shell(Path(directory))
        (shell.work / "draft.yaml").write_text(DRAFT, encoding="utf-8")
        return [
            Step(command, shell.run_in_terminal(command))
            for command in COMMANDS
            if keras or not needs_keras(command)
        ]


def to_svg(steps: Iterable[Step]) -> str:
    """Draw a session."""
    rows: list[str] = []
    seconds = THINKING
    for command, output in steps:
        y = BAR + LINE * (len(rows) + 1)
        typing = TYPING * len(command)
        rows.append(
            _text("prompt", y, f"animation-delay: {seconds:.2f}s", _part("", 0, "$"))
            + _text(
                "command",
                y,
                f"animation: type {typing:.2f}s {seconds:.2f}s steps({len(command)}) "
                "both",
                _part("", 2, command),
            )
        )
        seconds += typing + THINKING
        for line in output.splitlines():
            y = BAR + LINE * (len(rows) + 1)
            delay = f"animation-delay: {seconds:.2f}s"
            rows.append(_text("output", y, delay, "".join(_parts(line))))
        seconds += READING if output else 0
    width = COLUMNS * CHARACTER + 2 * MARGIN
    height = BAR + LINE * len(rows) + MARGIN
    return _SVG.format(
        width=f"{width:g}", height=f"{height:g}", style=_STYLE, rows="\n".join(rows)
    )


def _text(kind: str, y: float, style: str, content: str) -> str:
    return f'<text class="{kind}" y="{y:g}" style="{style}">{content}</text>'


def _parts(line: str) -> Iterator[str]:
    """Draw a line of output, whose colours are terminal codes."""
    column, end = 0, 0
    for match in _COLOURED.finditer(line):
        before = line[end : match.start()]
        yield _part("", column, before)
        column += len(before)
        yield _part(_COLOURS[match[1]], column, match[2])
        column += len(match[2])
        end = match.end()
    yield _part("", column, line[end:])


def _part(colour: str, column: int, text: str) -> str:
    """Draw text from a column on, as wide as it is in any monospaced font."""
    if not text:
        return ""
    x, width = MARGIN + CHARACTER * column, CHARACTER * len(text)
    kind = f' class="{colour}"' if colour else ""
    # Renderers differ in what they do with spaces.
    shown = escape(text, quote=False).replace(" ", "\N{NO-BREAK SPACE}")
    return f'<tspan{kind} x="{x:.1f}" textLength="{width:.1f}">{shown}</tspan>'


def plain(step: Step) -> Step:
    """Return a step without colours."""
    return Step(step.command, _COLOURED.sub(r"\2", step.output))


def recorded(svg: str) -> list[Step]:
    """Return the session that a picture shows, without colours."""
    steps: list[Step] = []
    for kind, content in re.findall(r'<text class="(\w+)".*?>(.*)</text>$', svg, re.M):
        text = unescape(re.sub("<[^>]+>", "", content))
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        if kind == "prompt":
            steps.append(Step(text.removeprefix("$"), ""))
        else:
            command, output = steps.pop()
            steps.append(Step(command, f"{output}{text}\n"))
    return steps


def main() -> None:
    """Record the session."""
    PATH.write_text(to_svg(session()), encoding="utf-8")


if __name__ == "__main__":
    main()
