"""What is wrong with text that is not TOML, in words of a spec's author.

The standard library's words, and its places, differ from version to version. This goes
through the text once more, and stops at the first thing that TOML does not have.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.catalogue.facts import examples

_GAP = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BLANKS = re.compile(r"[ \t]*")
_PART = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+""")
_WORD = re.compile(r"""[^\s,\[\]{}#"'=]+(?:[ ][0-9][^\s,\[\]{}#"'=]*)?""")
_SCALAR = re.compile(
    r"true|false|[-+]?(?:inf|nan)|0x[0-9A-Fa-f_]+|0o[0-7_]+|0b[01_]+"
    r"|[-+]?(?:0|[1-9](?:_?[0-9])*)(?:\.[0-9](?:_?[0-9])*)?(?:[eE][-+]?[0-9_]+)?"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9:.]+(?:[Zz]|[-+][0-9:]+)?)?"
    r"|[0-9]{2}:[0-9:.]+"
)
_ESCAPE = re.compile(r'\\(?:[btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*\r?\n)')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_DEEPEST = 80
_WORDS = {
    "True": "write `true`",
    "False": "write `false`",
    "None": 'TOML has no such word: write `"$None"`',
    "null": 'TOML has no such word: write `"$None"`',
    "~": 'TOML has no such word: write `"$None"`',
}


class TomlFault(NamedTuple):
    """What is wrong: a code, a place, a message and its cure."""

    code: str
    start: int
    message: str
    help: str


class _TomlFaultError(Exception):
    """Raised with the first fault."""

    def __init__(self, fault: TomlFault) -> None:
        self.fault = fault


def explain(text: str, at: int) -> TomlFault:
    """Describe what is wrong with text that is not TOML.

    Args:
        text: The text.
        at: Where it stops to be TOML, as far as that is known.
    """
    if odd := _CONTROL.search(text):
        shown = ascii(odd[0])[1:-1]
        message = f"the character `{shown}` cannot stand in TOML"
        return TomlFault("KS103", odd.start(), message, "remove it")
    try:
        _TomlFaultScanner(text).document()
    except _TomlFaultError as error:
        return error.fault
    help_ = "look at quotes, brackets and keys here and in the line before"
    return TomlFault("KS103", at, "TOML cannot read on from here", help_)


class _TomlFaultScanner:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.kinds: dict[tuple[str, ...], str] = {}
        """What each key has: a `value`, a `table`, `tables`, or one `implied`."""

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
        """Refuse what stands behind a value or a header."""
        self.skip(_BLANKS)
        rest = self.line_from(self.at)
        if rest and not rest.startswith("#") and self.text[self.at] not in "\r\n":
            message = f"`{rest[:20]}` stands behind a value that has ended"
            raise self.fault(message, "remove it, or write it in a line of its own")

    def header(self) -> tuple[str, ...]:
        start, is_list = self.at, self.has("[[")
        if not is_list:
            self.has("[")
        path = self.key()
        close = "]]" if is_list else "]"
        if not self.has(close):
            message = "this header does not end"
            raise self.fault(message, f"close it with `{close}`", start)
        kind = self.kinds.get(path)
        if kind == "value" or (kind == "table" and not is_list):
            raise self.twice(path, start)
        if is_list:
            for known in [key for key in self.kinds if key[: len(path)] == path]:
                del self.kinds[known]
        self.kinds[path] = "tables" if is_list else "table"
        return path

    def twice(self, path: tuple[str, ...], at: int) -> _TomlFaultError:
        message = f"the key `{path[-1][:40]}` stands here a second time"
        return self.fault(message, "keep one of them", at, "KS104")

    def key(self) -> tuple[str, ...]:
        """Pass a key; gives its parts."""
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
            message = "a list has brackets in TOML"
            entries = f'"{examples.LAYER}", "{examples.LAST_LAYER}"'
            return self.fault(message, f"write `layers = [{entries}]`")
        if line[:1] in ("'", '"'):
            return self.fault("this string does not end", f"close it with `{line[0]}`")
        if line.startswith("//"):
            return self.fault("`//` is no comment of TOML", "write `#`")
        if line.startswith(("{", "[")):
            message = "this is JSON, and the file's name says TOML"
            return self.fault(message, "name the file `model.json`")
        message = f"a key is missing here, before `{line[:20]}`"
        return self.fault(message, "write `key = value`")

    def pair(self, table: tuple[str, ...], depth: int) -> None:
        start = self.at
        parts = self.key()
        if not self.has("="):
            raise self.no_sign(parts)
        path = (*table, *parts)
        if self.kinds.get(path):
            raise self.twice(path, start)
        for length in range(len(table) + 1, len(path)):
            if self.kinds.get(path[:length]) == "value":
                raise self.twice(path[:length], start)
            self.kinds.setdefault(path[:length], "implied")
        self.skip(_BLANKS)
        self.value(path, depth)
        self.kinds[path] = "value"

    def no_sign(self, parts: tuple[str, ...]) -> _TomlFaultError:
        if self.text[self.at : self.at + 1] == ":":
            rest = self.line_from(self.at + 1)
            help_ = f"write `{'.'.join(parts)} = {rest or '[...]'}`"
            return self.fault("`:` stands here where TOML has `=`", help_)
        message = f"`=` is missing behind `{'.'.join(parts)}`"
        return self.fault(message, f"write `{'.'.join(parts)} = ...`")

    def value(self, path: tuple[str, ...], depth: int) -> None:
        if depth > _DEEPEST:
            return
        sign = self.text[self.at : self.at + 1]
        if sign in ("", "\r", "\n", "#"):
            name = path[-1] if path else "it"
            message = f"`{name}` has no value"
            raise self.fault(message, "write one behind the `=`, or remove the key")
        if sign in "\"'":
            self.string()
        elif sign == "[":
            self.array(path, depth)
        elif sign == "{":
            self.table(depth)
        else:
            self.word()

    def word(self) -> None:
        match = _WORD.match(self.text, self.at)
        if match is None:
            shown = self.text[self.at]
            message = f"a value is missing before this `{shown}`"
            raise self.fault(message, f"write it, or remove the `{shown}`")
        if not _SCALAR.fullmatch(match[0]):
            self.no_word(match[0])
        self.at = match.end()

    def no_word(self, word: str) -> None:
        if word in _WORDS:
            raise self.fault(f"`{word}` is no word of TOML", _WORDS[word])
        if re.fullmatch(r"[-+]?[0-9._]+(e[-+]?[0-9]+)?", word):
            help_ = "write digits on both sides of the point, and no zero in front"
            raise self.fault(f"`{word[:20]}` is no number of TOML", help_)
        text = re.split(r"\s*(?:#|$)", self.line_from(self.at))[0].rstrip(",]} ")
        text = text if text.count("(") <= text.count(")") else f"{text})"
        quote = "'" if '"' in text else '"'
        help_ = f"write `{quote}{text[:60]}{quote}`"
        raise self.fault("a string has quotes in TOML", help_)

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
        raise self.fault("this string does not end", f"close it with `{mark}`", start)

    def escape(self) -> None:
        match = _ESCAPE.match(self.text, self.at)
        if match is None:
            shown = self.text[self.at : self.at + 2]
            help_ = r"write `\\` for a backslash, or put it in single quotes"
            raise self.fault(f"`{shown}` is no escape of TOML", help_)
        self.at = match.end()

    def array(self, path: tuple[str, ...], depth: int) -> None:
        start = self.at
        self.has("[")
        self.skip(_GAP)
        while not self.has("]"):
            if self.at >= len(self.text):
                raise self.fault("nothing closes this `[`", "close it with `]`", start)
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
                f"nothing closes this `{sign}`", f"close it with `{close}`", start
            )
        message = f"a comma is missing before `{line[:20]}`"
        return self.fault(
            message, f"put a comma between values, and `{close}` at the end"
        )

    def table(self, depth: int) -> None:
        start = self.at
        self.has("{")
        self.skip(_BLANKS)
        inner = _TomlFaultScanner(self.text)
        while not self.has("}"):
            if self.text[self.at : self.at + 1] in ("", "\r", "\n"):
                message = "a mapping in braces ends on its line"
                raise self.fault(
                    message, "close it with `}`, or write it as `[key]`", start
                )
            inner.at = self.at
            inner.pair((), depth + 1)
            self.at = inner.at
            self.skip(_BLANKS)
            if self.has(","):
                self.skip(_BLANKS)
                if self.text.startswith("}", self.at):
                    message = "a mapping in braces has no comma at its end"
                    raise self.fault(message, "remove it", self.at - 1)
            elif not self.text.startswith("}", self.at):
                raise self.no_comma(start, "{")
