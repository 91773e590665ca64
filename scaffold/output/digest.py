"""The line that tells a file as it was generated from one that was edited since.

The line is the first comment of a file: nothing but the module docstring and blank
lines may stand before it. A user's text that looks like it (in a docstring, say) can
so never be taken for it, wherever it stands. The digest covers the whole file without
the digest's own characters. It is a comment of Python, Mermaid (`%%`), Graphviz (`//`)
or XML (`<!-- -->`).
"""

from __future__ import annotations

import re

PLACEHOLDER = "# @digest@"
"""The line that a template puts where `seal` is to put the digest line."""

_COLUMNS = 88
_LENGTH = 16

_HEAD = r"""
    (?: [rRuU]? (?P<quote> \"{3} | '{3} | \" | ' )   # the module docstring
        (?: \\. | (?!(?P=quote)) [^\\] )* (?P=quote) [\ \t]* )?
    \s*^
"""
_BEGIN = r"(?: \# | %% | // | (?P<xml> <!-- ) )\ "
_END = r"(?(xml) \ --> )"
_OPEN = _HEAD + _BEGIN + r"(?P<line> @digest@ )" + _END + "$"
_SEALED = (
    _HEAD
    + _BEGIN
    + r"(?P<note> [^\n]* ) ;\ sha256\ (?P<digest> [0-9a-f]{16} )"
    + _END
    + r"\r?$"
)


def seal(text: str, note: str) -> str:
    r"""Put the digest line where the text has the placeholder.

    Args:
        text: A whole file with `\n` line ends, its first comment the line
            `# @digest@`, or the like in another language. Only the module docstring
            may stand before it; such lines elsewhere are left alone.
        note: Where the file comes from. Characters that cannot be printed become
            question marks; a note too long for the line loses some of its middle.

    Returns:
        The file with `<note>; sha256 <digest>` in place of `@digest@`.

    Raises:
        ValueError: If the text has no placeholder: a mistake in a template.
    """
    place = _match(_OPEN, text)
    if place is None:
        raise ValueError(f"no line `{PLACEHOLDER}` after the module docstring")
    if place["xml"]:
        note = re.sub("-(?=-)", "- ", note)  # in its comments no two can be together
    start = f"{text[: place.start('line')]}{_fitted(note)}; sha256 "
    end = text[place.end("line") :]
    return start + _digest(start + end) + end


def is_untouched(text: str) -> bool:
    r"""Return whether a text carries our digest and still matches it.

    A change of every `\n` to `\r\n`, which git and editors make, is no edit. Any text
    at all may be asked about.
    """
    match = _match(_SEALED, text)
    if match is None:
        return False
    return _digest(_without(match, text)) == match["digest"]


def without_digest(text: str) -> str:
    """Return a text without the characters of its digest, if it has one."""
    match = _match(_SEALED, text)
    return text if match is None else _without(match, text)


def is_sealed(text: str) -> bool:
    """Return whether a text carries a digest of ours, be it right or wrong."""
    return _match(_SEALED, text) is not None


def sealed_note(text: str) -> str | None:
    """Return what a text's digest line says besides; `None` where there is no such."""
    match = _match(_SEALED, text)
    return match["note"] if match is not None else None


def with_plain_line_ends(text: str) -> str:
    r"""Return a text with `\n` line ends if all that it has are `\r\n`."""
    if text.count("\n") == text.count("\r\n"):
        return text.replace("\r\n", "\n")
    return text


def _without(match: re.Match[str], text: str) -> str:
    return text[: match.start("digest")] + text[match.end("digest") :]


def _match(pattern: str, text: str) -> re.Match[str] | None:
    # Compiled when first needed, and kept by `re`: many commands need neither.
    return re.match(pattern, text, re.DOTALL | re.MULTILINE | re.VERBOSE)


def _digest(text: str) -> str:
    from hashlib import sha256  # OpenSSL is slow to load, and few commands need it

    # A lone surrogate can be in no file, but asking about one is no fault.
    content = with_plain_line_ends(text).encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()[:_LENGTH]


def _fitted(note: str) -> str:
    """Make a note a printable line that leaves room for the digest."""
    line = "".join(
        character if character.isprintable() else "?" for character in note
    ).strip()
    # In a file's first two lines Python would take this for its encoding.
    line = re.sub("coding[:=]", "coding ", line)
    # And linters take a second `#` for the beginning of a word to them.
    line = line.replace("#", "_")
    room = _COLUMNS - len("# ; sha256 ") - _LENGTH
    if _columns(line) <= room:
        return line
    # The middle is where the file name is: what made it and its style stay whole.
    kept = min(len(line), room)
    while _columns(shorter := _without_middle(line, kept)) > room:
        kept -= 1
    return shorter


def _without_middle(line: str, kept: int) -> str:
    tail = kept * 2 // 5
    return f"{line[: kept - tail]}...{line[len(line) - tail :]}"


def _columns(text: str) -> int:
    """Count columns as linters do: wide characters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return len(text) + sum(east_asian_width(character) in "WF" for character in text)
