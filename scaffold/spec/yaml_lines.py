"""Patterns and messages for the lines of a YAML spec."""

from __future__ import annotations

import re

from scaffold.catalogue.facts import examples
from scaffold.spec.keys import SPEC_KEYS

KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`,-][^:#]*?)\s*:(?=\s|$)""")
ITEM = re.compile(r"-(?=\s|$)[ ]*")
BULLET = re.compile(r"(-|[\u2010-\u2015\u2022\u00b7*+])\s*(?=[A-Za-z])")
TEXT_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")
ESCAPE = re.compile(
    r"\\(?:[0abtnvfre \"/\\N_LP\t\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
)
GLUED = re.compile(r"(?<=: )([A-Za-z_][\w.]*:[A-Za-z_]\w*)(?=\s*[,}])")
"""A value under `imports`, `package.module:Class`, without quotes."""
_IN_BRACKETS = r"[\[{][^\]}\n]*[\]}]"
_TIGHT = re.compile(rf"([A-Za-z_]\w*)(:)(?![\s,}}\]:])({_IN_BRACKETS}|[^,}}\]\n]+)")
_BARE = re.compile(rf"([A-Za-z_]\w*)( )[ ]*({_IN_BRACKETS})")
CLOSES = {"]": "[", "}": "{"}
COLON = "YAML reads the `: ` in this line as the end of a key"
ODD_BLANKS = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\ufeff"
BEGINNINGS = {
    "@": "a value cannot start with `@`",
    "`": "a value cannot start with a backtick",
    "%": "a value cannot start with `%`",
    "*": "YAML reads `*` as an alias, the name of a value above",
    "&": "YAML reads `&` as an anchor, a name for the value",
}
_PAIRS = re.compile(r"[A-Za-z_]\w*:\s")
_SIZES = re.compile(r"\((?:\d+|None)(?:,\s*(?:\d+|None))*,?\)|(?<=: )\d+(?:,\s*\d+)+")
TEXT_IN_BRACES = re.compile(r"(?<=description: )[^\"'\[\]{},\n][^{},\n]*?: [^{},\n]*")
"""A description with a colon, without quotes in a mapping in braces."""
_TEXTS = ("description:", "name:")
"""Keys whose values are text, in which a colon has no meaning."""
BLANK = "replace it with a plain space"


def quoted(line: str, value: str) -> str:
    """Return the help for a value that contains a colon."""
    text = line.rstrip()
    layer = re.match(r"[A-Z]\w*(?=:)", value)
    if layer and not text.startswith("description:"):
        name = text[: -len(value)].strip(": \t")
        return f"write `{value}`, and {_below(f'name: {name}', layer[0])}"
    if "(" in text.split(":")[0]:
        fixed = re.sub(r"(?<=[(,\s])([A-Za-z_]\w*)\s*:\s+", r"\1=", text)
        if "lambda" not in text and "{" not in text:
            return f"write `{fixed}`"
        doubled = text.replace("'", "''")
        return f"write `'{doubled}'`"
    if text.startswith("inputs: shape: "):
        sizes = value.removeprefix("shape: ")
        return f"write `inputs: {_SIZES.sub(_in_brackets, sizes)}`"
    if _PAIRS.match(value) and not text.startswith(_TEXTS):
        return f"write `{text[: -len(value)]}{{{_SIZES.sub(_in_brackets, value)}}}`"
    doubled = value.replace("'", "''")
    return f"write `{text[: -len(value)]}'{doubled}'`"


def no_key(line: str) -> tuple[int, int, str, str]:
    """Explain a line that is neither a key nor an entry.

    Args:
        line: The line, without the whitespace around it.

    Returns:
        The index and the length of the fault (0 for the whole line), a message and the
        help.
    """
    if match := re.match(r"([A-Za-z_$]\w*)\s*([:=\uff1a])\s*(.*)$", line):
        help_ = f"write `{match[1]}: {match[3]}`".replace(": `", ":`")
        message = f"a space is missing after `{match[1]}:`"
        if match[2] != ":":
            message = f"expected `: `, found `{match[2]}`"
        return match.start(2), 1, message, help_
    key, _, value = line.partition(" ")
    if key in SPEC_KEYS:
        help_ = f"write `{key}: {value.strip()}".rstrip() + "`"
        return 0, len(key), f"a colon is missing after `{key}`", help_
    message = f"this line is neither `key: value` nor an entry, `- {examples.LAYER}`"
    return 0, 0, message, f"write `- {line}` for an entry"


def no_pair(text: str, at: int) -> tuple[int, str, str] | None:
    """Explain a pair in braces that YAML cannot split into a key and a value.

    Args:
        text: The whole text.
        at: The index at which the key starts.

    Returns:
        The index of the fault, a message and the help; `None` for a valid pair.
    """
    if match := _TIGHT.match(text, at):
        message = f"a space is missing after `{match[1]}:`"
    elif match := _BARE.match(text, at):
        message = f"a colon is missing after `{match[1]}`"
    else:
        return None
    return match.start(2), message, f"write `{match[1]}: {match[3].strip()}`"


def sources(line: str, extra: str) -> str:
    """Return the help for text after a value in brackets.

    Args:
        line: The line up to the text.
        extra: The text.
    """
    key = re.match(r"[ -]*([\w.]+)\s*:", line)
    if key is None or not extra.startswith("<-"):
        return "remove it"
    names = extra[2:].strip(" -")
    names = f"[{names}]" if "," in names else names
    return f"write {_below(f'from: {names}', key[1])}"


def _below(key: str, layer: str) -> str:
    return f"`{key}` on its own line, indented like `{layer}`"


def _in_brackets(sizes: re.Match[str]) -> str:
    """Convert sizes to a YAML list."""
    bare = sizes[0].strip("() ,").replace("None", "null")
    return f"[{bare}]"


def spaces(count: int) -> str:
    """Return a number of spaces as text."""
    return f"{count} space{'s' * (count != 1)}"


def indent_help(count: int) -> str:
    """Return the help for a line with the wrong indentation."""
    return f"indent it by {spaces(count)}" if count else "write it without indentation"
