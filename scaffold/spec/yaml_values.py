"""Scanning of YAML values in quotes, in brackets and on several lines.

The first part that does not fit is the fault, as in `yaml_faults.py`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.spec.yaml_indents import OpenCollection
from scaffold.spec.yaml_lines import (
    BEGINNINGS,
    CLOSES,
    ESCAPE,
    GLUED,
    ITEM,
    KEY,
    TEXT_IN_BRACES,
    no_pair,
    sources,
)


class YamlFault(NamedTuple):
    """A fault: a range of the text, a message and the help."""

    start: int
    end: int
    message: str
    help: str


class YamlFaultError(Exception):
    """Raised at the first fault."""

    def __init__(self, *fault: object) -> None:
        self.fault = fault


class YamlValueScanner:
    """Scans values.

    Attributes:
        text: The whole file.
        at: The current index.
        levels: The lists and mappings that are open at the index.
    """

    def __init__(self, text: str) -> None:
        """Start at the beginning of the text."""
        self.text, self.at = text, 0
        self.levels: list[OpenCollection] = []

    def end_of(self, at: int) -> int:
        match = re.compile(r"[\r\n]").search(self.text, at)
        return match.start() if match else len(self.text)

    def after(self, at: int) -> int:
        """Return the index after the next line end."""
        at = self.end_of(at)
        return at + (2 if self.text[at : at + 2] == "\r\n" else 1)

    def fault(self, start: int, end: int, message: str, help_: str) -> YamlFaultError:
        return YamlFaultError(start, end, message, help_)

    def block(self, at: int) -> None:
        """Skip a block string."""
        least = self.levels[-1].indent if self.levels else 0
        self.at = self.after(at)
        while self.at < len(self.text):
            line = self.text[self.at : self.end_of(self.at)]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= least:
                break
            self.at = self.after(self.at)
        self.at -= 1

    def string(self, at: int) -> int:
        """Scan a quoted string; return the index after it.

        Raises:
            YamlFaultError: The string is not closed, or has an invalid escape.
        """
        quote, end = self.text[at], at + 1
        while end < len(self.text):
            sign = self.text[end]
            if quote == '"' and sign == "\\":
                match = ESCAPE.match(self.text, end)
                if match is None:
                    help_ = r"write `\\` for a backslash, or put it in single quotes"
                    message = f"`{self.text[end : end + 2]}` is not a valid YAML escape"
                    raise self.fault(end, end + 2, message, help_)
                end = match.end()
                continue
            if sign == quote:
                if quote == "'" and self.text[end + 1 : end + 2] == "'":
                    end += 2
                    continue
                return end + 1
            end += 1
        raise self.open_string(at)

    def open_string(self, at: int) -> YamlFaultError:
        quote = self.text[at]
        help_ = f"close it with `{quote}`"
        return self.fault(at, self.end_of(at), "this string is not closed", help_)

    def quoted(self, at: int, line_end: int) -> None:
        """Scan a quoted value; nothing may follow it on its line."""
        end = self.string(at)
        extra = self.text[end : self.end_of(end)].strip()
        self.at = self.end_of(end)
        if not extra or extra.startswith("#") and self.text[end : end + 1].isspace():
            return
        if end > line_end:
            raise self.open_string(at)
        quote = self.text[at]
        other = '"' if quote == "'" else "'"
        whole = self.text[at + 1 : line_end].rstrip()
        inner = whole.removesuffix(quote).replace(quote, other)
        message = f"the string ends at this `{quote}`, but more text follows"
        help_ = f"inside {quote} use {other}: `{quote}{inner}{quote}`"
        if not whole.endswith(quote):
            help_ = "quote the whole value, or none of it"
        raise self.fault(end - 1, end, message, help_)

    def flow(self, at: int) -> None:
        """Scan a value in brackets, over any number of lines."""
        opened: list[int] = []
        end = at
        while end < len(self.text):
            sign = self.text[end]
            before = self.text[end - 1]
            if sign in "[{":
                opened.append(end)
            elif sign in "]}":
                if self.text[opened[-1]] != CLOSES[sign]:
                    raise self.open_bracket(opened[-1], end)
                opened.pop()
            elif sign in "\"'" and before in " \t\r\n[{,:":
                end = self.string(end)
                continue
            elif sign == "#" and before in " \t\r\n":
                end = self.end_of(end)
            elif sign in "\r\n" and self.is_new_key(end, at):
                raise self.open_bracket(opened[-1], end)
            elif colon := GLUED.match(self.text, end):
                # In braces, YAML reads the colon as the end of a key.
                message = f"in braces, `{colon[1]}` needs quotes"
                help_ = f'write `"{colon[1]}"`'
                raise self.fault(end, colon.end(), message, help_)
            elif text := TEXT_IN_BRACES.match(self.text, end):
                message = "in braces, a text that contains `: ` needs quotes"
                help_ = f'write `"{text[0].rstrip()}"`'
                raise self.fault(end, text.end(), message, help_)
            elif (
                self.text[opened[-1]] == "{"
                and self.text[opened[-1] : end].rstrip()[-1] in "{,"
                and (pair := no_pair(self.text, end))
            ):
                raise self.fault(pair[0], pair[0] + 1, *pair[1:])
            elif sign in "@`%*&" and before in " [{,:":
                raise self.beginning(end)
            end += 1
            if not opened:
                break
        if opened:
            raise self.open_bracket(opened[-1], len(self.text))
        self.at = self.end_of(end)
        self.nothing_more(end)

    def is_new_key(self, at: int, begin: int) -> bool:
        """Return whether the next line starts a key or an entry."""
        start = self.after(at)
        line = self.text[start : self.end_of(start)]
        indent = len(line) - len(line.lstrip(" "))
        least = self.levels[-1].indent if self.levels else 0
        if not line.strip() or indent > least:
            return False
        return bool(KEY.match(line, indent) or ITEM.match(line, indent))

    def open_bracket(self, at: int, end: int) -> YamlFaultError:
        sign = self.text[at]
        close = "]" if sign == "[" else "}"
        character = self.text[end : end + 1]
        message = f"this `{sign}` is not closed"
        if character in ("]", "}"):
            message = f"this `{sign}` is closed with `{character}`"
        return self.fault(at, at + 1, message, f"close it with `{close}`")

    def nothing_more(self, at: int) -> None:
        """Reject text after a value in brackets."""
        extra = self.text[at : self.end_of(at)]
        bare = extra.strip()
        if not bare or (bare.startswith("#") and extra[:1].isspace()):
            return
        if bare.startswith(":"):
            return
        begin = at + len(extra) - len(extra.lstrip())
        message = f"unexpected text after the end of a value: `{bare[:20]}`"
        if bare[0] in "]}":
            message = f"unmatched `{bare[0]}`"
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        if (help_ := sources(line, bare)) != "remove it":
            message = "in keyed notation, an entry names its inputs with `from`"
        raise self.fault(begin, begin + 1, message, help_)

    def beginning(self, at: int) -> YamlFaultError:
        """Return the fault of a value that starts with a YAML indicator."""
        sign = self.text[at]
        help_ = "remove it, or quote the whole value"
        return self.fault(at, at + 1, BEGINNINGS[sign], help_)
