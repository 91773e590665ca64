"""Explanation of syntax errors in YAML.

The parser reports where it stopped; its messages use its own terms, and differ from
version to version. This module scans the lines again for the parts of a spec: keys,
entries, quotes and brackets. The first part that does not fit is the fault.
"""

from __future__ import annotations

import re

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
    COLON,
    ITEM,
    KEY,
    ODD_BLANKS,
    TEXT_BLOCK,
    indent_help,
    no_key,
    quoted,
    spaces,
)
from scaffold.spec.yaml_values import YamlFault, YamlFaultError, YamlValueScanner


def explain(text: str, at: int) -> YamlFault:
    """Describe what is wrong with text that is not YAML.

    Args:
        text: The text.
        at: The index at which the parser stopped.
    """
    try:
        _YamlFaultScanner(text).scan()
    except YamlFaultError as error:
        start, end, message, help_ = error.fault
        assert isinstance(start, int) and isinstance(end, int)
        return YamlFault(start, end, str(message), str(help_))
    at = min(at, len(text))
    help_ = (
        "check the quotes, brackets and indentation on this line and the line before"
    )
    return YamlFault(at, at + 1, "the text from here on is not valid YAML", help_)


class _YamlFaultScanner(YamlValueScanner):
    """Scans the lines."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.is_empty = True
        """Whether the last key or dash has no value yet."""
        self.is_plain = False
        """Whether the last value has no quotes or brackets, so may continue below."""
        self.entry_at: int | None = None
        """The index of the last entry, if it is not a mapping."""

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

    def line(self, start: int, line: str) -> None:
        """Read a line that is not part of a longer value: keys, dashes, a value."""
        indent = len(line) - len(line.lstrip(" "))
        first = line[indent : indent + 1]
        if first == "\t":
            help_ = "indent with spaces: YAML does not allow tabs"
            message = "this line is indented with a tab"
            raise self.fault(start + indent, start + indent + 1, message, help_)
        if first in ODD_BLANKS:
            message = f"this line starts with the special space U+{ord(first):04X}"
            raise self.fault(start + indent, start + indent + 1, message, BLANK)
        if line.startswith("```"):
            message = "this line is Markdown, not part of the spec"
            raise self.fault(start, start + len(line), message, "remove it")
        is_item = ITEM.match(line, indent) is not None
        is_key = KEY.match(line, indent) is not None
        if self.is_continued(indent):
            self.continuation(start, line, indent, is_key=is_key)
            return
        self.place(start, line, indent, is_item=is_item, is_key=is_key)
        self.content(start, line, indent)

    def is_continued(self, indent: int) -> bool:
        """Return whether a line is indented below a line that has a value."""
        return (
            bool(self.levels) and not self.is_empty and indent > self.levels[-1].indent
        )

    def continuation(self, start: int, line: str, indent: int, *, is_key: bool) -> None:
        """Read a line that is indented further than a line that has a value."""
        if self.is_plain and not is_key:
            return
        if is_key:
            self.among_entries(start, line, indent)
        wanted = self.levels[-1].indent
        message = (
            "this line is indented further than the line before, which has a value"
        )
        help_ = indent_help(wanted)
        end = start + len(line)
        if not is_key and ITEM.match(line, indent) is None:
            message = "this line is not part of a key or an entry"
            help_ = "quote a value of several lines, or start a comment with `#`"
        raise self.fault(start + indent, end, message, help_)

    def among_entries(self, start: int, line: str, indent: int) -> None:
        """Check a key among or below the entries of a list.

        Raises:
            YamlFaultError: The key belongs elsewhere.
        """
        end = start + len(line)
        lines = [line]
        while self.entry_at is not None and (at := self.after(end)) < len(self.text):
            below = self.text[at : self.end_of(at)]
            width = len(below) - len(below.lstrip(" "))
            if width != indent or not KEY.match(below, indent):
                break
            lines.append(below)
            end = self.end_of(at)
        texts = None
        if self.entry_at is not None and section(line, self.levels) is None:
            texts = below_line(self.text[self.entry_at : start], lines)
        texts = texts or section(line, self.levels)
        if texts is not None:
            raise self.fault(start + indent, start + len(line.rstrip()), *texts)

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
                # A list may follow its key without indentation.
                self.levels.append(OpenCollection(indent, True))
                return
            if before.is_list and is_key:
                self.levels = levels
                texts = of_entry(
                    line, [level.indent for level in dropped], is_empty=self.is_empty
                )
                if texts is not None:
                    raise self.fault(start + indent, start + len(line), *texts)
                self.among_entries(start, line, indent)
            raise self.misplaced(start, line, indent, before)
        if dropped and (self.levels or inner):
            if is_key and (texts := section(line, levels)):
                raise self.fault(start + indent, start + len(line), *texts)
            raise self.indented(start, line, indent, [*self.levels, *dropped])
        if not is_item and not is_key and (not self.levels or not self.is_empty):
            raise self.no_key(start, line, indent)
        if is_item or is_key:
            self.levels.append(OpenCollection(indent, is_item))

    def misplaced(
        self, start: int, line: str, indent: int, before: OpenCollection
    ) -> YamlFaultError:
        """Return the fault of a key among entries, or of an entry among keys."""
        begin, end = start + indent, start + len(line)
        bare = line.strip()
        if before.is_list:
            if bullet := BULLET.match(bare):
                message = f"a space is missing after this `{bullet[1]}`"
                help_ = f"write `- {bare[bullet.end() :]}`"
                if bullet[1] != "-":
                    message = f"a YAML list uses `-`, not `{bullet[1]}`"
                return self.fault(begin, begin + 1, message, help_)
            message = "`- ` is missing before this entry"
            return self.fault(begin, end, message, f"write `- {bare}`")
        if bare.startswith("- ") or bare == "-":
            message = "this is a list entry among keys"
            help_ = "indent it like the other entries of its list, below their key"
            return self.fault(begin, end, message, help_)
        return self.no_key(start, line, indent)

    def indented(
        self, start: int, line: str, indent: int, known: list[OpenCollection]
    ) -> YamlFaultError:
        """Return the fault of a line whose indentation matches no line above."""
        is_item = line.strip().startswith("-")
        alike = [level.indent for level in known if level.is_list == is_item]
        fitting = alike or [level.indent for level in known]
        nearest = min(fitting, key=lambda width: (abs(width - indent), -width))
        message = f"this line is indented by {spaces(indent)}, unlike any line above"
        help_ = indent_help(nearest)
        return self.fault(start + indent, start + len(line), message, help_)

    def no_key(self, start: int, line: str, indent: int) -> YamlFaultError:
        """Return the fault of a line that is neither a key nor an entry."""
        at, length, message, help_ = no_key(line.strip())
        begin = start + indent + at
        end = begin + length if length else start + len(line)
        return self.fault(begin, end, message, help_)

    def content(self, start: int, line: str, at: int) -> None:
        """Read dashes, a key and a value."""
        self.is_empty, self.is_plain, self.entry_at = True, False, None
        is_item = ITEM.match(line, at) is not None
        while match := ITEM.match(line, at):
            at = match.end()
            if line[at : at + 1] == "\t":
                raise self.fault(
                    start + at, start + at + 1, "a tab is not allowed here", BLANK
                )
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

    def plain(
        self, start: int, line: str, begin: int, at: int, *, has_key: bool
    ) -> None:
        """Read a value without quotes."""
        self.is_plain = True
        if line[at] in BEGINNINGS:
            raise self.beginning(start + at)
        if line[at] in "]},":
            message = f"a value is missing before this `{line[at]}`"
            raise self.fault(start + at, start + at + 1, message, "remove it")
        if line[at] in "|>":
            message = (
                f"`{line[at]}` starts a block string, whose text is on the lines below"
            )
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
            message = "`#` starts a comment, which ends this line"
            help_ = "write the comment on its own line, above the entry"
            raise self.fault(place, place + 1, message, help_)
