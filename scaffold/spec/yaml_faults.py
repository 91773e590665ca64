"""What is wrong with text that is not YAML, in words of a spec's author.

The parser says where it stopped; what it says of that is its own language, and differs
from version to version. This goes through the lines once more, knowing what authors
write: keys, entries, quotes, brackets. The first thing that does not fit is the fault.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scaffold.spec.yaml_indents import (
    OpenCollection,
    below_line,
    of_entry,
    section,
)
from scaffold.spec.yaml_lines import (
    BEGINNINGS,
    BLANK,
    BULLET,
    CLOSES,
    COLON,
    ESCAPE,
    GLUED,
    ITEM,
    KEY,
    ODD_BLANKS,
    TEXT_BLOCK,
    no_key,
    no_pair,
    quoted,
    sources,
    spaces,
)


class YamlFault(NamedTuple):
    """What is wrong: a stretch of the text, a message and its cure."""

    start: int
    end: int
    message: str
    help: str


class _YamlFaultError(Exception):
    """Raised with the first fault."""

    def __init__(self, *fault: object) -> None:
        self.fault = fault


def explain(text: str, at: int) -> YamlFault:
    """Describe what is wrong with text that is not YAML.

    Args:
        text: The text.
        at: Where the parser stopped.
    """
    try:
        _YamlFaultScanner(text).scan()
    except _YamlFaultError as error:
        start, end, message, help_ = error.fault
        assert isinstance(start, int) and isinstance(end, int)
        return YamlFault(start, end, str(message), str(help_))
    at = min(at, len(text))
    help_ = "look at quotes, brackets and indentation here and in the line before"
    return YamlFault(at, at + 1, "YAML cannot read on from here", help_)


class _YamlFaultScanner:
    """Goes through the lines."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.levels: list[OpenCollection] = []
        self.is_empty = True
        """Whether the last key or dash has no value yet."""
        self.is_plain = False
        """Whether the last value has no quotes or brackets: it may go on below."""
        self.entry_at: int | None = None
        """Where the last entry begins that is no mapping."""

    def scan(self) -> None:
        while self.at < len(self.text):
            start = self.at
            end = self.end_of(start)
            self.at = end
            line = self.text[start:end]
            bare = line.strip(" \t\r")
            if bare and not bare.startswith("#") and bare not in ("---", "..."):
                self.line(start, line.rstrip("\r"))
            self.at = self.after(self.at)

    def end_of(self, at: int) -> int:
        match = re.compile(r"[\r\n]").search(self.text, at)
        return match.start() if match else len(self.text)

    def after(self, at: int) -> int:
        """Go behind the line end at a place."""
        at = self.end_of(at)
        return at + (2 if self.text[at : at + 2] == "\r\n" else 1)

    def fault(self, start: int, end: int, message: str, help_: str) -> _YamlFaultError:
        return _YamlFaultError(start, end, message, help_)

    def line(self, start: int, line: str) -> None:
        """Take a line of its own: keys, dashes, a value."""
        indent = len(line) - len(line.lstrip(" "))
        first = line[indent : indent + 1]
        if first == "\t":
            help_ = "indent with spaces: YAML takes no tabs"
            message = "a tab indents this line"
            raise self.fault(start + indent, start + indent + 1, message, help_)
        if first in ODD_BLANKS:
            message = f"the blank at the beginning of this line is U+{ord(first):04X}"
            raise self.fault(start + indent, start + indent + 1, message, BLANK)
        if line.startswith("```"):
            message = "this line belongs to Markdown, not to the spec"
            raise self.fault(start, start + len(line), message, "remove it")
        is_item = ITEM.match(line, indent) is not None
        is_key = KEY.match(line, indent) is not None
        if self.goes_on(indent, is_key=is_key):
            self.continuation(start, line, indent, is_key=is_key)
            return
        self.place(start, line, indent, is_item=is_item, is_key=is_key)
        self.content(start, line, indent)

    def goes_on(self, indent: int, *, is_key: bool) -> bool:
        """Return whether a line goes on with the value of the line before."""
        return (
            bool(self.levels) and not self.is_empty and indent > self.levels[-1].indent
        )

    def continuation(self, start: int, line: str, indent: int, *, is_key: bool) -> None:
        """Take a line that is indented further than one that has a value."""
        if self.is_plain and not is_key:
            return
        if is_key:
            self.among_entries(start, line, indent)
        wanted = self.levels[-1].indent
        message = "this line is indented further than the one before, which has a value"
        help_ = f"indent it by {spaces(wanted)}"
        end = start + len(line)
        if not is_key and ITEM.match(line, indent) is None:
            message = "this line belongs to no key and no entry"
            help_ = "a value of several lines stands in quotes; `#` begins a comment"
        raise self.fault(start + indent, end, message, help_)

    def among_entries(self, start: int, line: str, indent: int) -> None:
        """Look at a key among or below the entries of a list.

        Raises:
            _YamlFaultError: It belongs elsewhere.
        """
        end = start + len(line)
        rows = [line]
        while self.entry_at is not None and (at := self.after(end)) < len(self.text):
            row = self.text[at : self.end_of(at)]
            if len(row) - len(row.lstrip(" ")) != indent or not KEY.match(row, indent):
                break
            rows.append(row)
            end = self.end_of(at)
        words = None
        if self.entry_at is not None and section(line, self.levels) is None:
            words = below_line(self.text[self.entry_at : start], rows)
        words = words or section(line, self.levels)
        if words is not None:
            raise self.fault(start + indent, start + len(line.rstrip()), *words)

    def place(
        self, start: int, line: str, indent: int, *, is_item: bool, is_key: bool
    ) -> None:
        """Find the list or mapping that a line belongs to."""
        inner = self.levels[-1] if self.levels else None
        dropped: list[OpenCollection] = []
        levels = [*self.levels]
        while self.levels and self.levels[-1].indent > indent:
            dropped.append(self.levels.pop())
        if self.levels and self.levels[-1].indent == indent:
            before = self.levels[-1]
            if before.is_list and not is_item and len(self.levels) > 1:
                below = self.levels[-2]
                if below.indent == indent and is_key:
                    self.levels.pop()
                    return
            if before.is_list == is_item and (is_item or is_key):
                return
            if is_item and self.is_empty and not dropped:
                # A list may stand below its key without being indented.
                self.levels.append(OpenCollection(indent, True))
                return
            if before.is_list and is_key:
                self.levels = levels
                words = of_entry(
                    line, [level.indent for level in dropped], is_empty=self.is_empty
                )
                if words is not None:
                    raise self.fault(start + indent, start + len(line), *words)
                self.among_entries(start, line, indent)
            raise self.misplaced(start, line, indent, before)
        if dropped and (self.levels or inner):
            if is_key and (words := section(line, levels)):
                raise self.fault(start + indent, start + len(line), *words)
            raise self.indented(start, line, indent, [*self.levels, *dropped])
        if not is_item and not is_key and (not self.levels or not self.is_empty):
            raise self.no_key(start, line, indent)
        if is_item or is_key:
            self.levels.append(OpenCollection(indent, is_item))

    def misplaced(
        self, start: int, line: str, indent: int, before: OpenCollection
    ) -> _YamlFaultError:
        """Make the fault of a line that is not of the kind of its neighbours."""
        begin, end = start + indent, start + len(line)
        bare = line.strip()
        if before.is_list:
            if bullet := BULLET.match(bare):
                message = f"a space is missing behind this `{bullet[1]}`"
                help_ = f"write `- {bare[bullet.end():]}`"
                if bullet[1] != "-":
                    message = f"`{bullet[1]}` is no dash of YAML"
                return self.fault(begin, begin + 1, message, help_)
            message = "`- ` is missing before this entry"
            return self.fault(begin, end, message, f"write `- {bare}`")
        if bare.startswith("- ") or bare == "-":
            message = "this entry of a list stands among keys"
            help_ = "indent it like the other entries of its list, below their key"
            return self.fault(begin, end, message, help_)
        return self.no_key(start, line, indent)

    def indented(
        self, start: int, line: str, indent: int, known: list[OpenCollection]
    ) -> _YamlFaultError:
        """Make the fault of a line whose indentation fits none above."""
        is_item = line.strip().startswith("-")
        alike = [level.indent for level in known if level.is_list == is_item]
        fitting = alike or [level.indent for level in known]
        nearest = min(fitting, key=lambda width: (abs(width - indent), -width))
        message = f"this line is indented by {spaces(indent)}, which fits none above"
        help_ = f"indent it by {spaces(nearest)}"
        return self.fault(start + indent, start + len(line), message, help_)

    def no_key(self, start: int, line: str, indent: int) -> _YamlFaultError:
        """Make the fault of a line that is no key and no entry."""
        at, length, message, help_ = no_key(line.strip())
        begin = start + indent + at
        end = begin + length if length else start + len(line)
        return self.fault(begin, end, message, help_)

    def content(self, start: int, line: str, at: int) -> None:
        """Take dashes, a key and a value."""
        self.is_empty, self.is_plain, self.entry_at = True, False, None
        is_item = ITEM.match(line, at) is not None
        while match := ITEM.match(line, at):
            at = match.end()
            if line[at : at + 1] == "\t":
                raise self.fault(start + at, start + at + 1, "a tab stands here", BLANK)
            if at < len(line) and (ITEM.match(line, at) or KEY.match(line, at)):
                self.levels.append(OpenCollection(at, ITEM.match(line, at) is not None))
        begin = at
        if key := KEY.match(line, at):
            at = key.end()
        at += len(line[at:]) - len(line[at:].lstrip(" \t"))
        if at >= len(line) or line[at] == "#":
            return
        self.is_empty = False
        if is_item and key is None:
            self.entry_at = start + at
        if key is not None and key[1].count("(") > key[1].count(")"):
            colon = start + key.end() - 1
            help_ = quoted(line[begin:], line[at:].rstrip())
            raise self.fault(colon, colon + 1, COLON, help_)
        if TEXT_BLOCK.match(line, at):
            self.block(start + at)
        elif line[at] in "\"'":
            self.quoted(start + at, start + len(line))
        elif line[at] in "[{":
            self.flow(start + at)
        else:
            self.plain(start, line, begin, at, has_key=key is not None)

    def block(self, at: int) -> None:
        """Pass a text of several lines."""
        least = self.levels[-1].indent if self.levels else 0
        self.at = self.after(at)
        while self.at < len(self.text):
            line = self.text[self.at : self.end_of(self.at)]
            if line.strip() and len(line) - len(line.lstrip(" ")) <= least:
                break
            self.at = self.after(self.at)
        self.at -= 1

    def string(self, at: int) -> int:
        """Pass a string in quotes; gives the place behind it.

        Raises:
            _Found: It does not end, or has an escape that YAML does not know.
        """
        quote, end = self.text[at], at + 1
        while end < len(self.text):
            sign = self.text[end]
            if quote == '"' and sign == "\\":
                match = ESCAPE.match(self.text, end)
                if match is None:
                    help_ = r"write `\\` for a backslash, or put it in single quotes"
                    message = f"`{self.text[end : end + 2]}` is no escape of YAML"
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

    def open_string(self, at: int) -> _YamlFaultError:
        quote = self.text[at]
        help_ = f"close it with `{quote}`"
        return self.fault(at, self.end_of(at), "this string does not end", help_)

    def quoted(self, at: int, line_end: int) -> None:
        """Take a value in quotes, which nothing may follow."""
        end = self.string(at)
        rest = self.text[end : self.end_of(end)].strip()
        self.at = self.end_of(end)
        if not rest or rest.startswith("#") and self.text[end : end + 1].isspace():
            return
        if end > line_end:
            raise self.open_string(at)
        quote = self.text[at]
        other = '"' if quote == "'" else "'"
        whole = self.text[at + 1 : line_end].rstrip()
        inner = whole.removesuffix(quote).replace(quote, other)
        message = f"the string ends at this `{quote}`, and more text follows"
        help_ = f"inside of {quote} write {other}: `{quote}{inner}{quote}`"
        if not whole.endswith(quote):
            help_ = "put the whole value in quotes, or none of it"
        raise self.fault(end - 1, end, message, help_)

    def flow(self, at: int) -> None:
        """Take a value in brackets, over any number of lines."""
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
                # In braces, YAML takes the colon for that of a key.
                message = f"in braces, `{colon[1]}` needs quotes"
                help_ = f'write `"{colon[1]}"`'
                raise self.fault(end, colon.end(), message, help_)
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
        """Return whether a key, or an entry, begins in the next line."""
        start = self.after(at)
        line = self.text[start : self.end_of(start)]
        indent = len(line) - len(line.lstrip(" "))
        least = self.levels[-1].indent if self.levels else 0
        if not line.strip() or indent > least:
            return False
        return bool(KEY.match(line, indent) or ITEM.match(line, indent))

    def open_bracket(self, at: int, end: int) -> _YamlFaultError:
        sign = self.text[at]
        close = "]" if sign == "[" else "}"
        character = self.text[end : end + 1]
        message = f"nothing closes this `{sign}`"
        if character in ("]", "}"):
            message = f"this `{sign}` ends with `{character}`"
        return self.fault(at, at + 1, message, f"close it with `{close}`")

    def nothing_more(self, at: int) -> None:
        """Refuse what stands behind a value in brackets."""
        rest = self.text[at : self.end_of(at)]
        bare = rest.strip()
        if not bare or (bare.startswith("#") and rest[:1].isspace()):
            return
        if bare.startswith(":"):
            return
        begin = at + len(rest) - len(rest.lstrip())
        message = f"`{bare[:20]}` stands behind a value that has ended"
        if bare[0] in "]}":
            message = f"nothing opens this `{bare[0]}`"
        line = self.text[self.text.rfind("\n", 0, at) + 1 : at]
        if (help_ := sources(line, bare)) != "remove it":
            message = "in keyed notation, `from` says what an entry is called on"
        raise self.fault(begin, begin + 1, message, help_)

    def beginning(self, at: int) -> _YamlFaultError:
        """Make the fault of a value with a sign of YAML's before it."""
        sign = self.text[at]
        help_ = "remove it, or put the whole value in quotes"
        return self.fault(at, at + 1, BEGINNINGS[sign], help_)

    def plain(
        self, start: int, line: str, begin: int, at: int, *, has_key: bool
    ) -> None:
        """Take a value without quotes."""
        self.is_plain = True
        if line[at] in BEGINNINGS:
            raise self.beginning(start + at)
        if line[at] in "]},":
            message = f"nothing stands before this `{line[at]}`"
            raise self.fault(start + at, start + at + 1, message, "remove it")
        if line[at] in "|>":
            message = f"`{line[at]}` begins a text on the lines below"
            help_ = "remove it, or put the whole value in quotes"
            raise self.fault(start + at, start + at + 1, message, help_)
        value = re.split(r"\s#", line[at:])[0].rstrip()
        colon = re.search(r":(\s|$)", value)
        if colon and has_key:
            place = start + at + colon.start()
            raise self.fault(place, place + 1, COLON, quoted(line[begin:], value))
        if not re.search(r"\s#", line[at:]):
            return
        depth = sum(value.count(bracket) for bracket in "([{")
        if depth > sum(value.count(bracket) for bracket in ")]}"):
            place = start + at + len(value) + 1
            message = "`#` begins a comment, and cuts this line"
            help_ = "put the comment on a line of its own, above the entry"
            raise self.fault(place, place + 1, message, help_)
