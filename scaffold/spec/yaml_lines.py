"""What YAML's lines are made of, as far as authors of specs write them."""

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
"""A place under `imports`, `package.module:Class`, without quotes."""
_IN_BRACKETS = r"[\[{][^\]}\n]*[\]}]"
_TIGHT = re.compile(rf"([A-Za-z_]\w*)(:)(?![\s,}}\]:])({_IN_BRACKETS}|[^,}}\]\n]+)")
_BARE = re.compile(rf"([A-Za-z_]\w*)( )[ ]*({_IN_BRACKETS})")
CLOSES = {"]": "[", "}": "{"}
COLON = "YAML takes the `: ` in this line for the end of a key"
ODD_BLANKS = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\u200b\ufeff"
BEGINNINGS = {
    "@": "`@` cannot begin a value",
    "`": "a backtick cannot begin a value",
    "%": "`%` cannot begin a value",
    "*": "YAML takes `*` for an alias, the name of a value above",
    "&": "YAML takes `&` for an anchor, a name for the value",
}
_PAIRS = re.compile(r"[A-Za-z_]\w*:\s")
_SIZES = re.compile(r"\((?:\d+|None)(?:,\s*(?:\d+|None))*,?\)|(?<=: )\d+(?:,\s*\d+)+")
_TEXTS = ("description:", "name:")
"""Keys under which a colon is as good as any other character."""
BLANK = "write a plain space in its place"


def quoted(line: str, value: str) -> str:
    """Describe how to write a value that holds a colon."""
    text = line.rstrip()
    if layer := re.match(r"[A-Z]\w*(?=:)", value):
        name = text[: -len(value)].strip(": \t")
        return f"write `{value}`, and {_below(f'name: {name}', layer[0])}"
    if "(" in text.split(":")[0]:
        mended = re.sub(r"(?<=[(,\s])([A-Za-z_]\w*)\s*:\s+", r"\1=", text)
        if "lambda" not in text and "{" not in text:
            return f"write `{mended}`"
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
    """Describe what is wrong with a line that is no key and no entry.

    Args:
        line: The line, without the blanks around it.

    Returns:
        The index and the length of what is wrong (0 for all of it), a message and its
        cure.
    """
    if match := re.match(r"([A-Za-z_$]\w*)\s*([:=\uff1a])\s*(.*)$", line):
        help_ = f"write `{match[1]}: {match[3]}`".replace(": `", ":`")
        message = f"a space is missing behind `{match[1]}:`"
        if match[2] != ":":
            message = f"`{match[2]}` stands here where YAML has `: `"
        return match.start(2), 1, message, help_
    key, _, value = line.partition(" ")
    if key in SPEC_KEYS:
        help_ = f"write `{key}: {value.strip()}".rstrip() + "`"
        return 0, len(key), f"a colon is missing behind `{key}`", help_
    message = f"this line is neither `key: value` nor an entry, `- {examples.LAYER}`"
    return 0, 0, message, f"write `- {line}` for an entry"


def no_pair(text: str, at: int) -> tuple[int, str, str] | None:
    """Describe what is wrong with a pair in braces that YAML cannot part.

    Args:
        text: The whole text.
        at: Where the key begins.

    Returns:
        Where the colon should be, a message and its cure; `None` for a good pair.
    """
    if match := _TIGHT.match(text, at):
        message = f"a space is missing behind `{match[1]}:`"
    elif match := _BARE.match(text, at):
        message = f"a colon is missing behind `{match[1]}`"
    else:
        return None
    return match.start(2), message, f"write `{match[1]}: {match[3].strip()}`"


def sources(line: str, rest: str) -> str:
    """Describe what to do about what stands behind a value in brackets.

    Args:
        line: The line up to there.
        rest: What stands there.
    """
    key = re.match(r"[ -]*([\w.]+)\s*:", line)
    if key is None or not rest.startswith("<-"):
        return "remove it"
    names = rest[2:].strip(" -")
    names = f"[{names}]" if "," in names else names
    return f"write {_below(f'from: {names}', key[1])}"


def _below(key: str, layer: str) -> str:
    return f"`{key}` on a line of its own, indented like `{layer}`"


def _in_brackets(sizes: re.Match[str]) -> str:
    """Write sizes as a list of YAML."""
    bare = sizes[0].strip("() ,").replace("None", "null")
    return f"[{bare}]"


def spaces(count: int) -> str:
    """Describe how far a line is indented."""
    return f"{count} space{'s' * (count != 1)}" if count else "no spaces"
