"""What is wrong with text that is not YAML, in words of a spec's author.

The parser says where it stopped; what it says of that is its own language, and differs
from version to version. This goes through the lines once more, knowing what authors
write: keys, entries, quotes, brackets. The first thing that does not fit is the fault.
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
    no_key,
    quoted,
    spaces,
)
from scaffold.spec.yaml_values import YamlFault, YamlFaultError, YamlValueScanner


def explain(text: str, at: int) -> YamlFault:
    """Describe what is wrong with text that is not YAML.

    Args:
        text: The text.
        at: Where the parser stopped.
    """
    try:
        _YamlFaultScanner(text).scan()
    except YamlFaultError as error:
        start, end, message, help_ = error.fault
        assert isinstance(start, int) and isinstance(end, int)
        return YamlFault(start, end, str(message), str(help_))
    at = min(at, len(text))
    help_ = "look at quotes, brackets and indentation here and in the line before"
    return YamlFault(at, at + 1, "YAML cannot read on from here", help_)


class _YamlFaultScanner(YamlValueScanner):
    """Goes through the lines."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
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
            YamlFaultError: It belongs elsewhere.
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
    ) -> YamlFaultError:
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
    ) -> YamlFaultError:
        """Make the fault of a line whose indentation fits none above."""
        is_item = line.strip().startswith("-")
        alike = [level.indent for level in known if level.is_list == is_item]
        fitting = alike or [level.indent for level in known]
        nearest = min(fitting, key=lambda width: (abs(width - indent), -width))
        message = f"this line is indented by {spaces(indent)}, which fits none above"
        help_ = f"indent it by {spaces(nearest)}"
        return self.fault(start + indent, start + len(line), message, help_)

    def no_key(self, start: int, line: str, indent: int) -> YamlFaultError:
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
