"""JSON with comments: read, and added to byte by byte."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.editor.jsonc import add, has_comment, read, replace
from scaffold.editor.types import Unmergeable
from tests.editor.random_jsonc import KEYS, VALUES, files

NEW = {"label": "new", "args": ["${file}", {}], "on": True}


def is_kept(before: str, after: str) -> bool:
    """Tells whether a text has one stretch, and perhaps a comma, more than another."""
    node = read(before)
    assert node is not None
    if node.children and not node.comma:
        last = node.children[-1].node.end
        if after[: last + 1] != f"{before[:last]},":
            return False
        after = before[:last] + after[last + 1 :]
    head = len(os.path.commonprefix([before, after]))
    tail = len(os.path.commonprefix([before[::-1], after[::-1]]))
    return head + tail >= len(before)


@given(files())
def test_reads_what_is_written(file: tuple[str, Any]) -> None:
    """Comments, gaps and commas change nothing."""
    text, value = file
    node = read(text)
    assert node is not None
    assert node.value == value


@given(files(st.dictionaries(KEYS, VALUES, max_size=4)), VALUES)
def test_adds_a_member(file: tuple[str, Any], new: Any) -> None:
    """It comes last; all that was there stays where it was, byte for byte."""
    text, value = file
    after = add(text, read(text), "new", new)
    node = read(after)
    assert node is not None
    assert node.value == {**value, "new": new}
    assert list(node.value)[-1] == "new"
    assert is_kept(text, after)


@given(files(st.lists(VALUES, max_size=4)), VALUES)
def test_adds_an_item(file: tuple[str, Any], new: Any) -> None:
    """The same with a list."""
    text, value = file
    after = add(text, read(text), None, new)
    node = read(after)
    assert node is not None
    assert node.value == [*value, new]
    assert is_kept(text, after)


@given(files(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)), VALUES)
def test_replaces(file: tuple[str, Any], new: Any) -> None:
    """A value is replaced, and what is around it stays."""
    text, value = file
    root = read(text)
    assert root is not None
    key = next(iter(value))
    node = root.find(key)
    assert node is not None
    after = replace(text, node, new)
    assert after.startswith(text[: node.start])
    assert after.endswith(text[node.end :])
    changed = read(after)
    assert changed is not None
    assert changed.value == {**value, key: new}


@given(files(st.dictionaries(KEYS, VALUES, max_size=4)))
def test_comments_stay_with_what_they_are_about(file: tuple[str, Any]) -> None:
    """What is added is a stretch of whole lines or a comma: no comment swallows it."""
    text, value = file
    after = add(text, read(text), "new", 1)
    comments = text.count("//") + text.count("/*")
    assert after.count("//") + after.count("/*") == comments
    again = read(after)
    assert again is not None and again.value["new"] == 1


BY_HAND = """\
// Ours.
{
    "version": "2.0.0", // do not touch
    "tasks": [
        {"label": "train"}, /* slow */
        {
            "label": "test", // quick
        }
        // more to come
    ], // all
}
"""


def test_indents_as_the_file_does() -> None:
    """Four blanks here, below the last comment, and the commas as they are."""
    root = read(BY_HAND)
    assert root is not None
    tasks = root.find("tasks")
    assert tasks is not None
    assert add(BY_HAND, tasks, None, {"label": "new", "args": []}) == BY_HAND.replace(
        "        }\n        // more to come\n",
        "        },\n        // more to come\n"
        '        {\n            "label": "new",\n            "args": []\n        }\n',
    )
    assert add(BY_HAND, root, "inputs", [1]) == BY_HAND.replace(
        "    ], // all\n",
        '    ], // all\n    "inputs": [\n        1\n    ],\n',
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n  "new": 1\n}\n'),
        ("\ufeff", '\ufeff{\n  "new": 1\n}\n'),
        ("// none yet", '// none yet\n{\n  "new": 1\n}\n'),
        ("// none yet\r\n", '// none yet\r\n{\r\n  "new": 1\r\n}\r\n'),
        ("{}", '{\n  "new": 1\n}'),
        ("{}\r\n", '{\r\n  "new": 1\r\n}\r\n'),
        ("{ }", '{\n  "new": 1\n }'),
        ('{"a": 1}', '{"a": 1,\n  "new": 1\n}'),
        ('{"a": 1 // x\n}', '{"a": 1, // x\n  "new": 1\n}'),
        ('{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"new": 1\n}'),
        ('{\n   "a": 1,\n}', '{\n   "a": 1,\n   "new": 1,\n}'),
        ("{\n  // x\n}", '{\n  // x\n  "new": 1\n}'),
    ],
)
def test_layouts(before: str, after: str) -> None:
    """What is added looks as if it had been written there by hand."""
    assert add(before, read(before), "new", 1) == after


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ('{"a": }', 6),
        ('{"a" 1}', 5),
        ('{"a": 1 "b": 2}', 8),
        ("{a: 1}", 1),
        ("[1, 2", 5),
        ('["a]', 1),
        ("[1] x", 4),
        ("[,]", 1),
        ("[1,,]", 3),
        ("[01]", 1),
        ("[1 /* x ]", 3),
        ("[nul]", 1),
        ("[" * 300, 101),
        ('"a\nb"', 0),
    ],
)
def test_what_cannot_be_read(text: str, at: int) -> None:
    """It is refused, with the place."""
    with pytest.raises(Unmergeable) as caught:
        read(text)
    assert caught.value.at == at


@given(st.text(st.sampled_from('{}[]",:/*\\\n\r \t1a\ufefftrue'), max_size=30))
def test_noise(text: str) -> None:
    """Anything at all is read, or refused with a place within it."""
    try:
        read(text)
    except Unmergeable as error:
        assert 0 <= error.at <= len(text)


def test_comments_within() -> None:
    """A comment within a value is seen, what looks like one in a string is not."""
    for text, has in (
        ('["http://a", "/* b */"]', False),
        ('["a" // b\n]', True),
        ('["a" /* "b" */]', True),
    ):
        node = read(text)
        assert node is not None
        assert has_comment(text, node) is has
