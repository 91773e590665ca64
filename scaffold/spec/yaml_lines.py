"""What YAML's lines are made of, as far as authors of specs write them."""

from __future__ import annotations

import re

KEY = re.compile(r"""("[^"]*"|'[^']*'|[^\s"'\[\]{}#&*!|>%@`,-][^:#]*?)\s*:(?=\s|$)""")
ITEM = re.compile(r"-(?=\s|$)[ ]*")
BULLET = re.compile(r"(-|[\u2010-\u2015\u2022\u00b7*+])\s*(?=[A-Za-z])")
TEXT_BLOCK = re.compile(r"[|>][-+0-9]*\s*(#.*)?$")
ESCAPE = re.compile(
    r"\\(?:[0abtnvfre \"/\\N_LP\t\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
)
CLOSES = {"]": "[", "}": "{"}
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
    """Say how to write a value that holds a colon."""
    text = line.rstrip()
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


def _in_brackets(sizes: re.Match[str]) -> str:
    """Write sizes as a list of YAML."""
    bare = sizes[0].strip("() ,").replace("None", "null")
    return f"[{bare}]"


def spaces(count: int) -> str:
    """Say how far a line is indented."""
    return f"{count} space{'s' * (count != 1)}" if count else "no spaces"
