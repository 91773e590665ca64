"""The digest line, which shows whether a generated file was edited.

The line is the first comment of a file: only the module docstring and blank lines may
precede it, so similar text elsewhere, such as in a docstring, is never mistaken for it.
The digest covers the whole file except the digits of the digest itself. The line is a
comment in Python, Mermaid (`%%`), Graphviz (`//`) or XML (`<!-- -->`). If it is too
long for one line, it continues on a second one.
"""

from __future__ import annotations

import re

PLACEHOLDER = "# @digest@"
"""The line in a template that `seal` replaces by the digest line."""

_COLUMNS = 88
_LENGTH = 12

_HEAD = r"""
    (?: [rRuU]? (?P<quote> \"{3} | '{3} | \" | ' )   # the module docstring
        (?: \\. | (?!(?P=quote)) [^\\] )* (?P=quote) [\ \t]* )?
    \s*^
"""
_BEGIN = r"(?: (?P<begin> \# | %% | // ) | (?P<xml> <!-- ) )\ "
_END = r"(?(xml) \ --> )"
_OPEN = _HEAD + _BEGIN + r"(?P<line> @digest@ )" + _END + "$"
_SEALED = (
    _HEAD
    + _BEGIN
    + r"(?P<note> [^\n]* ) ; (?: \ | \r?\n (?P=begin)\ )"
    # Files of earlier versions have 16 digits.
    + r"sha256\ (?P<digest> [0-9a-f]{12} (?: [0-9a-f]{4} )? )"
    + _END
    + r"\r?$"
)


def seal(text: str, note: str) -> str:
    r"""Replace the placeholder in a text by the digest line.

    Args:
        text: A whole file with `\n` line ends whose first comment is the line
            `# @digest@`, or its equivalent in another language. Only the module
            docstring may precede it; placeholders elsewhere are kept.
        note: Where the file comes from. Unprintable characters become question marks;
            if the note is too long for a line, its middle is shortened.

    Returns:
        The file with `<note>; sha256 <digest>` in place of `@digest@`.

    Raises:
        ValueError: The text has no placeholder, which is a mistake in a template.
    """
    placeholder = _match(_OPEN, text)
    if placeholder is None:
        raise ValueError(f"no line `{PLACEHOLDER}` after the module docstring")
    if placeholder["xml"]:
        note = re.sub("-(?=-)", "- ", note)  # XML comments cannot contain `--`
    first_line = _first_line(_printable(note), placeholder["begin"])
    start = f"{text[: placeholder.start('line')]}{first_line}sha256 "
    end = text[placeholder.end("line") :]
    return start + _digest(start + end)[:_LENGTH] + end


def is_untouched(text: str) -> bool:
    r"""Return whether a text has a digest line and still matches the digest.

    Replacing every `\n` by `\r\n`, as git and editors do, does not count as an edit.
    """
    match = _match(_SEALED, text)
    if match is None:
        return False
    return _digest(_without(match, text)).startswith(match["digest"])


def without_digest(text: str) -> str:
    """Return a text without the digits of its digest, if it has one."""
    match = _match(_SEALED, text)
    return text if match is None else _without(match, text)


def is_sealed(text: str) -> bool:
    """Return whether a text has a digest line, even if the digest does not match."""
    return _match(_SEALED, text) is not None


def sealed_note(text: str) -> str | None:
    """Return the note in the digest line of a text, `None` without a digest line."""
    match = _match(_SEALED, text)
    return match["note"] if match is not None else None


def with_plain_line_ends(text: str) -> str:
    r"""Return a text with `\n` line ends if all of its line ends are `\r\n`."""
    if text.count("\n") == text.count("\r\n"):
        return text.replace("\r\n", "\n")
    return text


def _without(match: re.Match[str], text: str) -> str:
    return text[: match.start("digest")] + text[match.end("digest") :]


def _match(pattern: str, text: str) -> re.Match[str] | None:
    # Compiled on first use and cached by `re`: many commands need neither pattern.
    return re.match(pattern, text, re.DOTALL | re.MULTILINE | re.VERBOSE)


def _digest(text: str) -> str:
    from hashlib import sha256  # OpenSSL is slow to load, and few commands need it

    # A lone surrogate cannot be in a file, but must not raise an error here.
    content = with_plain_line_ends(text).encode("utf-8", "surrogatepass")
    return sha256(content).hexdigest()


def _first_line(note: str, begin: str | None) -> str:
    """Return the digest line up to the digest, on two lines if it is too long."""
    whole = f"{note}; "
    if _columns(whole) <= _COLUMNS - len("# sha256 ") - _LENGTH:
        return whole
    if begin is None:  # XML has no line comments
        return f"{_fitted(note, _COLUMNS - len('# ; sha256 ') - _LENGTH)}; "
    return f"{_fitted(note, _COLUMNS - len(f'{begin} ;'))};\n{begin} "


def _printable(note: str) -> str:
    """Turn a note into a printable line."""
    line = "".join(
        character if character.isprintable() else "?" for character in note
    ).strip()
    # In the first two lines of a file, Python reads this as an encoding declaration.
    line = re.sub("coding[:=]", "coding ", line)
    # Linters read a second `#` as the start of a directive.
    return line.replace("#", "_")


def _fitted(line: str, limit: int) -> str:
    """Shorten the middle of a line that has too many columns."""
    if _columns(line) <= limit:
        return line
    # The file name is in the middle, so the command and the style stay complete.
    length = min(len(line), limit)
    while _columns(shorter := _without_middle(line, length)) > limit:
        length -= 1
    return shorter


def _without_middle(line: str, length: int) -> str:
    tail = length * 2 // 5
    return f"{line[: length - tail]}...{line[len(line) - tail :]}"


def _columns(text: str) -> int:
    """Count columns as linters do: wide characters count as two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return len(text) + sum(east_asian_width(character) in "WF" for character in text)
