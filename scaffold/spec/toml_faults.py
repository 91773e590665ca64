"""Explanation of syntax errors in TOML.

The messages and positions of the standard library differ from version to version. This
module scans the text again, and stops at the first error.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.catalogue.facts import examples

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_PART = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+""")
_TOKEN = re.compile(r"""[^\s,\[\]{}#"'=]+(?:[ ][0-9][^\s,\[\]{}#"'=]*)?""")
_SCALAR = re.compile(
    r"true|false|[-+]?(?:inf|nan)|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+"
    r"|[-+]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][-+]?[0-9_]+)?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]+(?:[Zz]|[-+][0-9:]+)?)?"
    r"|[0-9]{2}:[0-9:.]+"
)
_ESCAPE = re.compile(r'\\(?:[btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\r?\n)')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_DEEPEST = 80
_FIXES = {
    "True": "write `true`",
    "False": "write `false`",
    "None": 'write `"$None"`: TOML has no null',
    "null": 'write `"$None"`: TOML has no null',
    "~": 'write `"$None"`: TOML has no null',
}


class TomlFault(NamedTuple):
    """A fault: its code, its index, a message and the help."""

    code: str
    start: int
    message: str
    help: str


class _TomlFaultError(Exception):
    """Raised at the first fault."""

    def __init__(self, fault: TomlFault) -> None:
        self.fault = fault


def explain(text: str, at: int) -> TomlFault:
    """Describe what is wrong with text that is not TOML.

    Args:
        text: The text.
        at: The index up to which the text is known to be TOML.
    """
    if control := _CONTROL.search(text):
        shown = ascii(control[0])[1:-1]
        message = f"the character `{shown}` is not allowed in TOML"
        return TomlFault("KS103", control.start(), message, "remove it")
    try:
        _TomlFaultScanner(text).document()
    except _TomlFaultError as error:
        return error.fault
    help_ = "check the quotes, brackets and keys on this line and the line before"
    return TomlFault("KS103", at, "the text from here on is not valid TOML", help_)


class _TomlFaultScanner:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.kinds: dict[tuple[str, ...], str] = {}
        """The kind of each key: `value`, `table`, `tables` or `implied`."""

    def fault(
        self, message: str, help_: str, at: int | None = None, code: str = "KS103"
    ) -> _TomlFaultError:
        return _TomlFaultError(
            TomlFault(code, self.at if at is None else at, message, help_)
        )

    def has(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def skip(self, gap: re.Pattern[str]) -> None:
        if match := gap.match(self.text, self.at):
            self.at = match.end()

    def line_from(self, at: int) -> str:
        return self.text[at:].split("\n", 1)[0].strip()

    def document(self) -> None:
        table: tuple[str, ...] = ()
        self.skip(_GAP)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table, 0)
            self.line_end()
            self.skip(_GAP)

    def line_end(self) -> None:
        """Reject text after a value or a header."""
        self.skip(_BLANKS)
        extra = self.line_from(self.at)
        if extra and not extra.startswith("#") and self.text[self.at] not in "\r\n":
            message = f"unexpected text after the end of a value: `{extra[:20]}`"
            raise self.fault(message, "remove it, or write it on its own line")

    def header(self) -> tuple[str, ...]:
        start, is_list = self.at, self.has("[[")
        if not is_list:
            self.has("[")
        path = self.key()
        close = "]]" if is_list else "]"
        if not self.has(close):
            message = "this header is not closed"
            raise self.fault(message, f"close it with `{close}`", start)
        kind = self.kinds.get(path)
        if kind == "value" or (kind == "table" and not is_list):
            raise self.duplicate(path, start)
        if is_list:
            for known in [key for key in self.kinds if key[: len(path)] == path]:
                del self.kinds[known]
        self.kinds[path] = "tables" if is_list else "table"
        return path

    def duplicate(self, path: tuple[str, ...], at: int) -> _TomlFaultError:
        message = f"duplicate key `{path[-1][:40]}`"
        return self.fault(message, "remove one of them", at, "KS104")

    def key(self) -> tuple[str, ...]:
        """Read a key, and return its parts."""
        path: list[str] = []
        while True:
            self.skip(_BLANKS)
            match = _PART.match(self.text, self.at)
            if match is None:
                raise self.no_key()
            path.append(match[0].strip("\"'"))
            self.at = match.end()
            self.skip(_BLANKS)
            if not self.has("."):
                return tuple(path)

    def no_key(self) -> _TomlFaultError:
        line = self.line_from(self.at)
        if line.startswith("- "):
            message = "a TOML list needs square brackets"
            entries = f'"{examples.LAYER}", "{examples.LAST_LAYER}"'
            return self.fault(message, f"write `layers = [{entries}]`")
        if line[:1] in ("'", '"'):
            return self.fault("this string is not closed", f"close it with `{line[0]}`")
        if line.startswith("//"):
            return self.fault("`//` is not a TOML comment", "write `#`")
        if line.startswith(("{", "[")):
            message = "this is JSON, but the file is read as TOML"
            return self.fault(message, "rename the file to `model.json`")
        message = f"a key is missing before `{line[:20]}`"
        return self.fault(message, "write `key = value`")

    def pair(self, table: tuple[str, ...], depth: int) -> None:
        start = self.at
        parts = self.key()
        if not self.has("="):
            raise self.no_sign(parts)
        path = (*table, *parts)
        if self.kinds.get(path):
            raise self.duplicate(path, start)
        for length in range(len(table) + 1, len(path)):
            if self.kinds.get(path[:length]) == "value":
                raise self.duplicate(path[:length], start)
            self.kinds.setdefault(path[:length], "implied")
        self.skip(_BLANKS)
        self.value(path, depth)
        self.kinds[path] = "value"

    def no_sign(self, parts: tuple[str, ...]) -> _TomlFaultError:
        if self.text[self.at : self.at + 1] == ":":
            value = self.line_from(self.at + 1)
            help_ = f"write `{'.'.join(parts)} = {value or '[...]'}`"
            return self.fault("expected `=`, found `:`", help_)
        message = f"`=` is missing after `{'.'.join(parts)}`"
        return self.fault(message, f"write `{'.'.join(parts)} = ...`")

    def value(self, path: tuple[str, ...], depth: int) -> None:
        if depth > _DEEPEST:
            return
        sign = self.text[self.at : self.at + 1]
        if sign in ("", "\r", "\n", "#"):
            name = path[-1] if path else "it"
            message = f"`{name}` has no value"
            raise self.fault(message, "write a value after the `=`, or remove the key")
        if sign in "\"'":
            self.string()
        elif sign == "[":
            self.array(path, depth)
        elif sign == "{":
            self.table(depth)
        else:
            self.bare()

    def bare(self) -> None:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            shown = self.text[self.at]
            message = f"a value is missing before this `{shown}`"
            raise self.fault(message, f"write it, or remove the `{shown}`")
        if not _SCALAR.fullmatch(match[0]):
            self.no_scalar(match[0])
        self.at = match.end()

    def no_scalar(self, token: str) -> None:
        if token in _FIXES:
            raise self.fault(f"`{token}` is not a TOML value", _FIXES[token])
        if re.fullmatch(r"[-+]?[0-9._]+(e[-+]?[0-9]+)?", token):
            help_ = "write digits on both sides of the point, and no leading zero"
            raise self.fault(f"`{token[:20]}` is not a valid TOML number", help_)
        text = re.split(r"\s*(?:#|$)", self.line_from(self.at))[0].rstrip(",]} ")
        text = text if text.count("(") <= text.count(")") else f"{text})"
        quote = "'" if '"' in text else '"'
        help_ = f"write `{quote}{text[:60]}{quote}`"
        raise self.fault("a TOML string needs quotes", help_)

    def string(self) -> None:
        start, quote = self.at, self.text[self.at]
        is_long = self.text.startswith(quote * 3, start)
        mark = quote * 3 if is_long else quote
        self.at += len(mark)
        while self.at < len(self.text):
            sign = self.text[self.at]
            if self.has(mark):
                while is_long and self.has(quote):
                    pass
                return
            if sign == "\\" and quote == '"':
                self.escape()
                continue
            if sign == "\n" and not is_long:
                break
            self.at += 1
        raise self.fault("this string is not closed", f"close it with `{mark}`", start)

    def escape(self) -> None:
        match = _ESCAPE.match(self.text, self.at)
        if match is None:
            shown = self.text[self.at : self.at + 2]
            help_ = r"write `\\` for a backslash, or put it in single quotes"
            raise self.fault(f"`{shown}` is not a valid TOML escape", help_)
        self.at = match.end()

    def array(self, path: tuple[str, ...], depth: int) -> None:
        start = self.at
        self.has("[")
        self.skip(_GAP)
        while not self.has("]"):
            if self.at >= len(self.text):
                raise self.fault("this `[` is not closed", "close it with `]`", start)
            self.value(path, depth + 1)
            self.skip(_GAP)
            if not self.has(",") and not self.text.startswith("]", self.at):
                raise self.no_comma(start, "[")
            self.skip(_GAP)

    def no_comma(self, start: int, sign: str) -> _TomlFaultError:
        close = "]" if sign == "[" else "}"
        line = self.line_from(self.at)
        is_next = sign == "[" and re.match(r"[A-Za-z_.]+\s*=|\[", line)
        if not line or is_next:
            return self.fault(
                f"this `{sign}` is not closed", f"close it with `{close}`", start
            )
        message = f"a comma is missing before `{line[:20]}`"
        return self.fault(
            message, f"separate values with commas, and end with `{close}`"
        )

    def table(self, depth: int) -> None:
        start = self.at
        self.has("{")
        self.skip(_BLANKS)
        inner = _TomlFaultScanner(self.text)
        while not self.has("}"):
            if self.text[self.at : self.at + 1] in ("", "\r", "\n"):
                message = "an inline table must end on the line where it starts"
                raise self.fault(
                    message, "close it with `}`, or write a table: `[key]`", start
                )
            inner.at = self.at
            inner.pair((), depth + 1)
            self.at = inner.at
            self.skip(_BLANKS)
            if self.has(","):
                self.skip(_BLANKS)
                if self.text.startswith("}", self.at):
                    message = "an inline table cannot end with a comma"
                    raise self.fault(message, "remove it", self.at - 1)
            elif not self.text.startswith("}", self.at):
                raise self.no_comma(start, "{")
