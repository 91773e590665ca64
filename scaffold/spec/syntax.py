"""Explanation of syntax errors in expressions.

Python's own messages and positions differ from version to version.
"""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import NamedTuple

from scaffold.catalogue.facts import examples
from scaffold.spec.python import NO_COMMA

_STRING = r"""\"[^"\\]*(?:\\.[^"\\]*)*\"|'[^'\\]*(?:\\.[^'\\]*)*'"""
_TOKEN = re.compile(
    rf"""
    (?P<blank> [ \t\r\n\f]+ )
    | (?P<string> [A-Za-z]{{0,2}} (?: {_STRING} ) )
    | (?P<number> (?: 0[xX][0-9a-fA-F_]+ | 0[bB][01_]+ | 0[oO][0-7_]+
        | (?: [0-9][0-9_]* (?: \.[0-9_]* )? | \.[0-9][0-9_]* ) (?: [eE][-+]?[0-9]+ )? )
        [A-Za-z_0-9]* )
    | (?P<name> [^\W\d]\w* )
    | (?P<open> [(\[{{] ) | (?P<close> [)\]}}] )
    | (?P<comma> , )
    | (?P<arrow> -> | => | := | <- )
    | (?P<operator> \*\* | // | [=!<>]= | << | >> | [-+*/%@<>&|^~] )
    | (?P<equals> = ) | (?P<dot> \. ) | (?P<colon> : )
    | (?P<unknown> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(
    r"0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0+"
    r"|(?!0[0-9])[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?[jJ]?"
    r"|[0-9]*\.[0-9]+([eE][-+]?[0-9]+)?[jJ]?"
)
_PREFIX_OPERATORS = ("+", "-", "~", "*", "**")
_INFIX_KEYWORDS = ("and", "or", "in", "is", "if", "else", "for", "not")
_CONSTANTS = ("True", "False", "None", "lambda", "await")
_CALL = f"write a call of a layer: `{examples.LAYER_WITH_ACTIVATION}`"


class CodeFault(NamedTuple):
    """A syntax error in a piece of code.

    Attributes:
        start: The index at which it starts.
        length: Its length.
        message: What is wrong.
        help: How to fix it.
    """

    start: int
    length: int
    message: str
    help: str
    edit: tuple[int, int, str] | None = None
    """The start and end of a range and its replacement, if the fix is clear."""


_NO_VALUE_BEFORE_COMMA = "a value is missing before this `,`"
_AFTER_VALUE = "cannot follow the value before it"


def _unmatched(bracket: str) -> str:
    return f"unmatched `{bracket}`"


def explain(text: str) -> CodeFault | None:
    """Return the first syntax error of an expression, `None` if it is not detected."""
    return _Reader(text).read()


class _Reader:
    """Reads token by token; `has_value` tells whether an operator comes next."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_value = False
        self.brackets: list[tuple[str, int, bool]] = []
        """The open brackets: the bracket, its index, and whether it is a call's."""
        self.keywords: list[str] = [""]
        """The last keyword argument in each open bracket."""
        self.has_keyword = False
        """Whether the current argument has a keyword."""
        self.last = ""

    def read(self) -> CodeFault | None:
        for token in _TOKEN.finditer(self.text):
            kind = token.lastgroup or ""
            if kind == "blank":
                continue
            problem: tuple[str, str] | None = getattr(self, kind)(token)
            if problem is not None:
                edit = self.edit(kind, token, problem[0])
                return CodeFault(token.start(), len(token[0]), *problem, edit)
            self.last = token[0]
        if self.brackets:
            sign, at, _ = self.brackets[-1]
            close = {"(": ")", "[": "]", "{": "}"}[sign]
            end = len(self.text)
            message = f"this `{sign}` is not closed"
            return CodeFault(at, 1, message, f"add `{close}`", (end, end, close))
        if not self.has_value and self.last:
            at = len(self.text.rstrip()) - len(self.last)
            message = f"a value is missing after `{self.last}`"
            help_ = f"add it, or remove the `{self.last}`"
            return CodeFault(at, len(self.last), message, help_)
        return None

    def edit(
        self, kind: str, token: re.Match[str], message: str
    ) -> tuple[int, int, str] | None:
        """Return the edit that fixes a fault, if it is clear."""
        start, end = token.span()
        if message == _unmatched(token[0]) or message == _NO_VALUE_BEFORE_COMMA:
            return start, end, ""
        if message.startswith(NO_COMMA):
            return start, start, ", "
        if kind == "colon" and self.brackets:
            return start, end, "="
        if kind == "open" and token[0] == "{" and not self.brackets:
            close = self.text.find("}", end)
            inner = self.text[end:close].strip()
            return None if close < 0 else (start, close + 1, f"({inner})")
        if kind in ("number", "string") and message.endswith(_AFTER_VALUE):
            is_name = re.fullmatch(
                r"\s*(\w+\s*=\s*)?[A-Z]\w*", self.text[:start].rstrip()
            )
            return (start, end, f"({token[0]})") if is_name else None
        if kind == "unknown" and token[0] in "\"'":
            other = re.match(r"[\w. -]*([\"'])\s*[,)\]}=]", self.text[end:])
            if other is not None:
                # The string ends with the other kind of quote.
                return end + other.start(1), end + other.end(1), token[0]
            before = start - len(self.last)
            is_bare = self.last.isidentifier() and self.text[before:start] == self.last
            if self.has_value and is_bare:
                # The opening quote is missing: `activation=relu"`.
                return before, start, f"{token[0]}{self.last}"
            stop = re.search(r"[)\],]\s*$", self.text)
            at = stop.start() if stop and stop.start() >= end else len(self.text)
            return at, at, token[0]
        if kind == "unknown" and token[0].isascii():
            return start, end, ""
        return None

    def value(self, shown: str) -> tuple[str, str] | None:
        """Read a value; it cannot directly follow another value."""
        if self.has_value:
            if not self.brackets:
                return f"`{shown}` {_AFTER_VALUE}", _CALL
            message = f"{NO_COMMA} before `{shown}`"
            help_ = f"separate arguments with commas: `{examples.LAYER_WITH_FLAG}`"
            return message, help_
        self.has_value = True
        return None

    def string(self, token: re.Match[str]) -> tuple[str, str] | None:
        if self.has_value and self.last[-1:] in "\"'":
            return None
        return self.positional(token) or self.value(token[0])

    def number(self, token: re.Match[str]) -> tuple[str, str] | None:
        if not _NUMBER.fullmatch(token[0]):
            help_ = "write a number such as `8`, `0.5` or `1e-3`"
            return f"`{token[0][:20]}` is not a valid number", help_
        return self.positional(token) or self.value(token[0][:20])

    def name(self, token: re.Match[str]) -> tuple[str, str] | None:
        identifier = token[0]
        if identifier in _INFIX_KEYWORDS and (self.has_value or identifier == "not"):
            if identifier != "not" or self.has_value:
                self.has_value = False
            return None
        if iskeyword(identifier) and identifier not in _CONSTANTS:
            message = f"`{identifier}` is a Python keyword, not a name"
            return message, "use another name"
        if self.is_argument_name(token):
            if self.has_value:
                return self.value(identifier)
            self.keywords[-1], self.has_keyword = identifier, True
            self.has_value = True
            return None
        return self.positional(token) or self.value(identifier[:20])

    def is_argument_name(self, token: re.Match[str]) -> bool:
        """Return whether a name is the keyword of an argument: `=` comes next."""
        is_call = bool(self.brackets) and self.brackets[-1][2]
        return is_call and re.match(r"\s*=(?!=)", self.text[token.end() :]) is not None

    def positional(self, token: re.Match[str]) -> tuple[str, str] | None:
        """Reject a positional argument after a keyword argument."""
        starts_argument = (
            self.last in ("(", ",") and bool(self.brackets) and self.brackets[-1][2]
        )
        if re.match(r"\s*:", self.text[token.end() :]):
            # The error is the colon.
            return None
        if starts_argument and self.keywords[-1] and not self.has_keyword:
            message = f"positional argument after `{self.keywords[-1]}=`"
            return message, f"name it, or move it before `{self.keywords[-1]}=`"
        return None

    def open(self, token: re.Match[str]) -> tuple[str, str] | None:
        sign = token[0]
        is_call = sign == "(" and self.has_value
        if self.has_value and sign == "{":
            return "`{` cannot follow a name", _CALL
        if not self.has_value and (fault := self.positional(token)):
            return fault
        self.brackets.append((sign, token.start(), is_call))
        self.keywords.append("")
        self.has_value, self.has_keyword = False, False
        return None

    def close(self, token: re.Match[str]) -> tuple[str, str] | None:
        pairs = {")": "(", "]": "[", "}": "{"}
        if not self.brackets or self.brackets[-1][0] != pairs[token[0]]:
            return _unmatched(token[0]), "remove it"
        if not self.has_value and self.last not in ("(", "[", "{", ","):
            return f"a value is missing before `{token[0]}`", self.missing()
        self.brackets.pop()
        self.keywords.pop()
        self.has_value, self.has_keyword = True, False
        return None

    def missing(self) -> str:
        """Return the help for a missing value."""
        if self.last == "=" and self.keywords[-1]:
            return f"give `{self.keywords[-1]}` a value, or remove it"
        return f"add it, or remove the `{self.last}`"

    def comma(self, token: re.Match[str]) -> tuple[str, str] | None:
        if not self.has_value:
            if self.last in (",", "(", "[", "{"):
                return _NO_VALUE_BEFORE_COMMA, "remove the comma"
            return _NO_VALUE_BEFORE_COMMA, self.missing()
        self.has_value, self.has_keyword = False, False
        return None

    def equals(self, token: re.Match[str]) -> tuple[str, str] | None:
        if self.has_keyword and self.last == self.keywords[-1] and self.has_value:
            self.has_value = False
            return None
        message = "`=` is not allowed here"
        return message, "write `=` only after the name of an argument: `units=8`"

    def arrow(self, token: re.Match[str]) -> tuple[str, str] | None:
        help_ = f"name an entry as in `x = {examples.LAYER}`; call it as in "
        help_ += f"`{examples.LAYER} <- x`"
        return f"`{token[0]}` is not allowed here", help_

    def operator(self, token: re.Match[str]) -> tuple[str, str] | None:
        if not self.has_value and token[0] not in _PREFIX_OPERATORS:
            return f"a value is missing before `{token[0]}`", "add it"
        self.has_value = False
        return None

    def dot(self, token: re.Match[str]) -> tuple[str, str] | None:
        if not self.has_value:
            return "a name is missing before this `.`", "remove the dot"
        self.has_value = False
        return None

    def colon(self, token: re.Match[str]) -> tuple[str, str] | None:
        if self.brackets and self.brackets[-1][0] in "{[" or "lambda" in self.text:
            self.has_value = False
            return None
        if self.brackets:
            help_ = "write `=` between an argument and its value"
            return "`:` is not allowed here", help_
        help_ = f"write parentheses, `{examples.LAYER}`, or a space after the colon, "
        help_ += f"`{examples.SHORT_KEYED_LAYER}`"
        return "`:` is not allowed here", help_

    def unknown(self, token: re.Match[str]) -> tuple[str, str] | None:
        if token[0] in "\"'":
            return "this string is not closed", f"close it with `{token[0]}`"
        if token[0].isascii():
            return f"`{token[0]}` is not allowed here", "remove it"
        code = f"U+{ord(token[0]):04X}"
        message = f"the character `{token[0]}` ({code}) is not allowed in code"
        return message, "replace it with an ASCII character"
