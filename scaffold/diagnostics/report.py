"""Findings as text: for people, editors, programs and GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from scaffold.diagnostics.diagnostic import Diagnostic
from scaffold.diagnostics.span import Span

Format = Literal["text", "short", "json", "github"]

FIELDS = ("code", "severity", "message", "help", *Span._fields)
"""The fields of each finding in `json`, in order."""

_WIDEST = 100
"""The most characters of a source line that are shown."""

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "location": "\x1b[1;34m"}


def report(
    diagnostics: Iterable[Diagnostic],
    form: Format = "text",
    sources: Mapping[str, str] | None = None,
    *,
    colour: bool = False,
) -> str:
    """Return findings as text, in the order of their location.

    Args:
        diagnostics: The findings.
        form: `text` shows the source line with carets; `short` is one line per finding,
            `path:line:column: error: message [code]`; `json` is a list of objects;
            `github` is GitHub's workflow commands.
        sources: The text of each file by its path, for `text`.
        colour: Whether `text` has terminal colours.

    Returns:
        The text, with a newline at its end. Without findings, it is empty, except for
        `json`.
    """
    ordered = sorted(
        diagnostics, key=lambda diagnostic: (diagnostic.span, diagnostic.code)
    )
    if form == "json":
        return _json(ordered)
    if form == "short":
        return "".join(f"{_short(diagnostic)}\n" for diagnostic in ordered)
    if form == "github":
        return "".join(f"{_github(diagnostic)}\n" for diagnostic in ordered)
    # Count lines as editors do: `splitlines` splits at a dozen other characters.
    lines = {
        path: text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for path, text in (sources or {}).items()
    }
    return "\n".join(_text(diagnostic, lines, colour=colour) for diagnostic in ordered)


def _short(diagnostic: Diagnostic) -> str:
    location, message = printable(str(diagnostic.span)), printable(diagnostic.message)
    return f"{location}: {diagnostic.severity}: {message} [{diagnostic.code}]"


def _text(
    diagnostic: Diagnostic, lines: Mapping[str, list[str]], *, colour: bool
) -> str:
    def paint(text: str, part: str) -> str:
        return f"{_COLOURS[part]}{text}\x1b[0m" if colour else text

    head = paint(f"{diagnostic.severity}[{diagnostic.code}]", diagnostic.severity)
    gutter = " " * len(str(diagnostic.span.line or ""))
    parts = [f"{head}: {printable(diagnostic.message)}"]
    parts.append(
        f"{gutter}{paint('-->', 'location')} {printable(str(diagnostic.span))}"
    )
    source = lines.get(diagnostic.span.path, [])
    if 0 < diagnostic.span.line <= len(source):
        shown, carets = _excerpt(source[diagnostic.span.line - 1], diagnostic.span)
        bar = paint("|", "location")
        number = paint(str(diagnostic.span.line), "location")
        parts.append(f"{gutter} {bar}")
        parts.append(f"{number} {bar} {shown}")
        parts.append(f"{gutter} {bar} {paint(carets, diagnostic.severity)}")
    parts.append(
        f"{gutter} {paint('=', 'location')} help: {printable(diagnostic.help)}"
    )
    return "\n".join(parts) + "\n"


def _excerpt(line: str, span: Span) -> tuple[str, str]:
    """Return the part of a source line around a span, and the carets below it."""
    first = max(span.column, 1) - 1
    last = span.end_column - 1 if span.end_line == span.line else len(line)
    last = max(min(last, len(line)), first + 1)
    left = max(0, first - _WIDEST // 2) if len(line) > _WIDEST else 0
    right = min(left + _WIDEST, len(line))
    before = printable(line[left:first])
    marked = printable(line[first : min(last, right)])
    shown = before + marked + printable(line[min(last, right) : right])
    carets = " " * _columns(before) + "^" * max(_columns(marked), 1)
    return ("..." if left else "") + shown, ("   " if left else "") + carets


def _columns(text: str) -> int:
    """Return the number of terminal columns of a text: wide characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(bool(combining(character)) for character in text)


def printable(text: str) -> str:
    """Escape control characters, so that a file cannot control the terminal.

    Args:
        text: The text of one line.
    """
    if text.isprintable():
        return text
    return "".join(
        (
            character
            if character.isprintable()
            else " " if character == "\t" else ascii(character)[1:-1]
        )
        for character in text
    )


def _json(diagnostics: list[Diagnostic]) -> str:
    import json

    objects = [
        {field: _field(diagnostic, field) for field in FIELDS}
        for diagnostic in diagnostics
    ]
    return json.dumps(objects, indent=2) + "\n"


def _field(diagnostic: Diagnostic, field: str) -> str | int:
    value = getattr(diagnostic.span if field in Span._fields else diagnostic, field)
    assert isinstance(value, str | int)
    return value


def _github(diagnostic: Diagnostic) -> str:
    def escape(text: str, also: str = "") -> str:
        for character in "%\r\n" + also:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    span = diagnostic.span
    fields = {"file": span.path, "title": diagnostic.code}
    if span.line:
        location = {"line": span.line, "endLine": span.end_line}
        if span.end_line == span.line:
            location |= {"col": span.column, "endColumn": span.end_column}
        fields |= {key: str(value) for key, value in location.items() if value}
    listed = ",".join(f"{key}={escape(text, ':,')}" for key, text in fields.items())
    lines = [printable(line) for line in (diagnostic.message, diagnostic.help)]
    message = escape("\n".join(lines))
    return f"::{diagnostic.severity} {listed}::{message}"
