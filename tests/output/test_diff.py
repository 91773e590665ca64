"""The diff of a step."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from scaffold.output import Action, PlannedStep, Target, diff

from .tree import build, generated, planned


def step(before: str | None, text: str, action: Action = "force") -> PlannedStep:
    """Create a step from two texts."""
    return PlannedStep(Target(Path("a.py"), text), action, before)


def applied(before: str, changes: str) -> str:
    """Apply a unified diff as `patch` does."""
    old = re.findall(r"[^\n]*\n|[^\n]+\Z", before)
    new: list[str] = []
    at, last = 0, ""
    body = changes.split("\n", 2)[2] if changes else ""
    for line in re.findall(r"[^\n]*\n", body):
        if start := re.match(r"@@ -(\d+)(?:,(\d+))? \+\S+ @@$", line):
            first = int(start[1]) - (start[2] != "0")
            new += old[at:first]
            at = first
        elif line.startswith("\\"):
            if last != "-":
                new[-1] = new[-1].removesuffix("\n")
        else:
            last = line[0]
            if last != "+":
                assert old[at].rstrip("\n") == line[1:-1]
                at += 1
            if last != "-":
                new.append(line[1:])
    return "".join(new + old[at:])


def test_a_diff_names_the_file_and_the_lines() -> None:
    """The diff is the usual unified one."""
    assert diff(step("a\nb\n", "a\nc\n")) == (
        "--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    )


def test_a_new_file_comes_from_nowhere() -> None:
    """A new file is compared with the null device."""
    result = diff(step(None, "a\n", "create"))
    assert result == "--- /dev/null\n+++ a.py\n@@ -0,0 +1 @@\n+a\n"


def test_the_end_of_a_file_is_told() -> None:
    """A missing line end shows as it does in other tools."""
    assert diff(step("a", "a\n")).endswith(
        "-a\n\\ No newline at end of file\n+a\n",
    )


def test_names_cannot_break_a_diff() -> None:
    """Line ends and lone surrogates in a name are escaped."""
    target = Target(Path("a\n+b\ud800.py"), "a\n")
    assert diff(PlannedStep(target, "create", None)).startswith(
        "--- /dev/null\n+++ a\\n+b\\ud800.py\n@@"
    )


def test_line_ends_alone_are_no_difference(tmp_path: Path) -> None:
    """A checkout from Windows shows only real changes."""
    new, old = generated("new"), generated("old")
    crlf = {name: text.replace("\n", "\r\n") for name, text in (("a", new), ("b", old))}
    build(tmp_path, crlf)
    same, other = planned(tmp_path, {"a": new, "b": new}).steps
    assert diff(same) == ""
    assert diff(other).count("\n-") == diff(other).count("\n+") - 1 == 2


@given(before=st.none() | st.text("ab\n\r\x0c\u2028"), text=st.text("ab\n\r\x0c\u2028"))
@example(before="a\r\nb\r\n", text="a\nc\n")
def test_a_diff_can_be_applied(before: str | None, text: str) -> None:
    """Applying the diff produces the target, with any line ends."""

    def plain(text: str) -> str:
        crlf = text.count("\n") == text.count("\r\n")
        return text.replace("\r\n", "\n") if crlf else text

    changes = diff(step(before, text))
    assert applied(plain(before or ""), changes) == plain(text)
    assert (changes == "") == (plain(before or "") == plain(text))
