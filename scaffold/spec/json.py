"""Parsing of JSON text into a tree with locations (RFC 8259).

The parser of the standard library reports no locations. A YAML parser accepts text that
is not JSON, and rejects some JSON: tabs, and two escapes for one character.
"""

from __future__ import annotations

import json
import re
from typing import Literal

from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.document import Node, Raw, Scalar
from scaffold.spec.limits import is_too_large, shown, too_large
from scaffold.spec.numerals import numeral
from scaffold.spec.places import Lines
from scaffold.spec.tree import TreeBuilder

_TOKEN = re.compile(
    r"""
    [ \t\r\n]*
    (?P<token>
        [][{}:,]
        | (?P<string> " (?P<inner> [^"\\\x00-\x1f]*
            (?: \\ (?: ["\\/bfnrt] | u[0-9a-fA-F]{4} ) [^"\\\x00-\x1f]* )* ) "? )
        | (?P<number> -? (?: 0 | [1-9][0-9]* ) (?P<part> \.[0-9]+ )?
            (?P<power> [eE][-+]?[0-9]+ )? )
        | \w+
        | .?
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_CONSTANTS = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")
_FIXES = {
    "'": "use double quotes: JSON does not allow others",
    "/": "remove it: JSON does not allow comments, YAML does",
    "#": "remove it: JSON does not allow comments, YAML does",
    "True": "write `true`",
    "False": "write `false`",
    "None": "write `null`",
    "NaN": "write a number: JSON does not allow `NaN`",
    "Infinity": "write a number: JSON does not allow `Infinity`",
    "undefined": "write `null`, or remove the key",
    "(": "write a list in square brackets: `[4]`",
    "`": "use double quotes: JSON does not allow others",
    "\u201c": 'write a plain double quote: `"`',
    "\u201d": 'write a plain double quote: `"`',
}
_CLOSES = {"]": "[", "}": "{"}

_Wanted = Literal["value", "key", "colon", "comma", "end"]


def parse(text: str, path: str) -> Node | None:
    """Read a JSON document.

    Args:
        text: The file's text.
        path: The name of the file in findings.

    Returns:
        The tree, or `None` for an empty file.

    Raises:
        Refused: The file is not JSON, or exceeds a limit.
    """
    return _Parser(text, path).parse() if text.strip() else None


class _Parser:
    """Reads token by token; `wanted` is what must come next."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.tree = TreeBuilder()
        self.lines = Lines(text, path)
        self.brackets: list[str] = []
        self.wanted: _Wanted = "value"
        self.may_close = False
        """Whether the last opened bracket is still empty."""

    def parse(self) -> Node | None:
        at = 0
        while token := _TOKEN.match(self.text, at):
            at = token.end()
            if not token["token"] and self.wanted == "end":
                break
            self.take(token)
        return self.tree.root

    def take(self, token: re.Match[str]) -> None:
        text = token["token"]
        if text in _CLOSES and self.closes(text):
            self.tree.end(self.lines.at(token.end()))
            self.brackets.pop()
            self.wanted = "comma" if self.brackets else "end"
        elif self.wanted == "comma" and text == ",":
            self.wanted = "key" if self.brackets[-1] == "{" else "value"
        elif self.wanted == "colon" and text == ":":
            self.wanted = "value"
        elif self.wanted == "key" and token["string"]:
            self.tree.add(self.string(token))
            self.wanted = "colon"
        elif self.wanted == "value" and text in ("[", "{"):
            self.tree.begin(self.span(token), is_table=text == "{")
            self.brackets.append(text)
            self.wanted = "key" if text == "{" else "value"
        elif self.wanted == "value" and (node := self.scalar(token)):
            self.tree.add(node)
            self.wanted = "comma" if self.brackets else "end"
        else:
            raise self.unexpected(token)
        self.may_close = text in ("[", "{")

    def closes(self, text: str) -> bool:
        """Return whether a closing bracket is allowed here."""
        return self.brackets[-1:] == [_CLOSES[text]] and (
            self.wanted == "comma" or self.may_close
        )

    def scalar(self, token: re.Match[str]) -> Scalar | None:
        if token["string"]:
            return self.string(token)
        if token["number"]:
            number = self.number(token)
            text = numeral(token["number"], number)
            return Scalar(number, self.span(token), numeral=text)
        if token["token"] in _CONSTANTS:
            return Scalar(_CONSTANTS[token["token"]], self.span(token))
        return None

    def number(self, token: re.Match[str]) -> float:
        if token["part"] or token["power"]:
            return float(token["number"])
        # Python parses up to 4,300 digits and raises an error for more.
        digits = token["number"]
        if len(digits) > 40 or is_too_large(int(digits)):
            raise too_large(self.span(token))
        return int(digits)

    def string(self, token: re.Match[str]) -> Scalar:
        value, span = token["inner"], self.span(token)
        if len(token["string"]) != len(value) + 2:
            raise self.bad_string(token)
        if "\\" in value:
            value = json.loads(token["string"])
            if half := _SURROGATE.search(value):
                escape = f"\\u{ord(half[0]):04x}"
                message = f"the escape `{escape}` is half of a surrogate pair"
                raise Refused(Diagnostic("KS103", message, span, "write both halves"))
        start, end = token.span("string")
        return Scalar(value, span, Raw(value, self.text, start, end, '"'))

    def span(self, token: re.Match[str]) -> Span:
        return self.lines.span(*token.span("token"))

    def fault(self, message: str, at: int, help_: str) -> Refused:
        return Refused(Diagnostic("KS103", message, self.lines.character(at), help_))

    def bad_string(self, token: re.Match[str]) -> Refused:
        """Return the error for a string that is not terminated or not valid."""
        at = token.end()
        after = self.text[at : at + 1]
        if after == "\\":
            escape = ascii(self.text[at : at + 2])[1:-1].replace("\\\\", "\\")
            help_ = r"write `\\` for a backslash"
            return self.fault(f"`{escape}` is not a valid JSON escape", at, help_)
        if not after or after in "\r\n":
            message = "this string is not closed"
            return self.fault(message, token.start("string"), 'close it with `"`')
        character = ascii(after)[1:-1]
        message = f"the character `{character}` is not allowed in a JSON string"
        return self.fault(message, at, f"write it as `\\u{ord(after):04x}`")

    def unexpected(self, token: re.Match[str]) -> Refused:
        """Return the error for a token that is not allowed at its position."""
        text, at = token["token"], token.start("token")
        actual = f"`{ascii(shown(text))[1:-1]}`" if text else "the end of the file"
        expected = {
            "value": "a value",
            "key": "a key in double quotes",
            "colon": "`:`",
            "comma": "`,` or `}`" if self.brackets[-1:] == ["{"] else "`,` or `]`",
            "end": "the end of the file",
        }[self.wanted]
        return self.fault(
            f"expected {expected}, found {actual}", at, self.fix(text, at)
        )

    def fix(self, text: str, at: int) -> str:
        """Return the help for a token that is not allowed at its position."""
        before = self.text[:at].rstrip()
        if text in _CLOSES and before.endswith(","):
            return "remove the comma before it"
        if text in _FIXES:
            return _FIXES[text]
        if not text:
            close = {"[": "]", "{": "}"}.get("".join(self.brackets[-1:]), "")
            return f"close it with `{close}`" if close else "write `{...}`"
        if text == ",":
            return "remove it, or write a value before it"
        if text in _CLOSES:
            return "write a value before it, or close the brackets in the right order"
        if text[0].isdigit() or text in "+.-":
            return (
                "write a number without `+`, and with a digit before the point: `0.5`"
            )
        if self.wanted == "end":
            return "remove it: a spec is one JSON object"
        if self.wanted == "colon":
            return "write `:` between a key and its value"
        if self.wanted == "comma":
            if before[-1:].isdigit() and text[0].isalnum():
                return "write a number with digits only"
            return "write a comma between values, and close strings and brackets"
        if not self.brackets:
            return "write JSON, `{...}`, or rename the file to end in `.yaml`"
        return "put a string in double quotes"
