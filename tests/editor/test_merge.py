"""Our entries in files that are the user's as well."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.editor.jsonc import read, remove
from scaffold.editor.merge import drop, merge
from scaffold.editor.record import digest
from scaffold.editor.types import ManagedEntry, SharedXmlFile, Unmergeable
from scaffold.editor.xml import drop_elements, merge_elements
from tests.editor.random_jsonc import KEYS, VALUES, files

TASK = {"label": "ours: check", "command": "check", "args": ["${file}"]}
NEWER = {**TASK, "command": "check it"}

AT = st.sampled_from([(), ("tasks",), ("lsp", "yaml", "schemas"), ("a b", "inputs")])


@st.composite
def entries(draw: st.DrawFn) -> list[ManagedEntry]:
    """Gives some entries of objects, and one of a list that nobody else has."""
    ours = st.tuples(AT, st.sampled_from(["ours", "ours too"]), VALUES)
    members = ours.map(lambda item: ManagedEntry(*item))
    result = draw(st.lists(members, max_size=3, unique_by=lambda item: item.name))
    item = ManagedEntry(("ours: list",), TASK["label"], TASK, field="label")
    return [*result, item]


def test_a_text_is_read_once() -> None:
    """However many entries are looked for in it: a large file takes its time."""
    wanted = [ManagedEntry(("tasks",), f"{at}", at) for at in range(20)]
    text = merge("", wanted, {}).text
    read.cache_clear()
    assert merge(text, wanted, {}).text == text
    assert read.cache_info().misses == 1


def values_of(text: str) -> Any:
    """Gives what a file says."""
    node = read(text)
    return None if node is None else deepcopy(node.value)


def taken_away(value: Any, wanted: list[ManagedEntry], before: Any) -> Any:
    """Gives a value without what is ours: what the user had must be left."""
    for entry in wanted:
        way = [value]
        for name in entry.at:
            way.append(way[-1][name])
        if entry.field is None:
            assert way[-1].pop(entry.key) == entry.value
        else:
            assert way[-1].pop() == entry.value
    return cleared(value, before)


def cleared(value: Any, before: Any) -> Any:
    """Drops what is empty and was not there before."""
    if not isinstance(value, dict) or not isinstance(before, dict):
        return value
    kept = {key: cleared(item, before.get(key, {})) for key, item in value.items()}
    return {key: value for key, value in kept.items() if value or key in before}


@given(files(st.dictionaries(KEYS, VALUES, max_size=4)), entries())
def test_adds_and_keeps(file: tuple[str, Any], wanted: list[ManagedEntry]) -> None:
    """What was there stays, ours is at its place, a second run changes nothing."""
    text, value = file
    try:
        merged = merge(text, wanted, {})
    except Unmergeable:
        return  # a plain value or a list stands where an object is needed
    assert not merged.edited
    assert taken_away(values_of(merged.text), wanted, value) == value
    again = merge(merged.text, wanted, merged.written)
    assert again == merged


@given(files(st.dictionaries(KEYS, VALUES, max_size=4)), entries())
def test_what_was_added_can_be_removed(
    file: tuple[str, Any], wanted: list[ManagedEntry]
) -> None:
    """All of ours is removed; what was there stays, with its comments."""
    text, value = file
    try:
        merged = merge(text, wanted, {})
    except Unmergeable:
        return
    ours = [entry for entry in wanted if entry.name in merged.written]
    result = drop(merged.text, ours, merged.written)
    assert cleared(values_of(result) or {}, value or {}) == (value or {})
    rest = iter(result)
    assert all(character in rest for character in text if not character.isspace())
    assert drop(merged.text, ours, {}) == merged.text


@given(files(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)), st.data())
def test_any_member_can_be_removed(file: tuple[str, Any], data: st.DataObject) -> None:
    """The other members stay, wherever commas and comments are."""
    text, value = file
    node = read(text)
    assert node is not None
    key = data.draw(st.sampled_from(sorted(value)))
    others = {name: item for name, item in values_of(text).items() if name != key}
    assert values_of(remove(text, node, key)) == others


@given(files(st.lists(VALUES, min_size=1, max_size=4)), st.data())
def test_any_item_can_be_removed(file: tuple[str, Any], data: st.DataObject) -> None:
    """The other items stay, in their order."""
    text, value = file
    node = read(text)
    assert node is not None
    number = data.draw(st.integers(0, len(value) - 1))
    others = values_of(text)
    del others[number]
    assert values_of(remove(text, node, number)) == others


@given(files(st.dictionaries(KEYS, VALUES, max_size=4)))
def test_comments_and_layout_stay(file: tuple[str, Any]) -> None:
    """All that was in the file is in it afterwards, in its order."""
    text, _ = file
    added = merge(
        text, [ManagedEntry((), "ours", TASK), ManagedEntry((), "ours too", [1])], {}
    ).text
    rest = iter(added)
    assert all(character in rest for character in text)


def test_brings_up_to_date_what_nobody_changed() -> None:
    """A task that is out of date is replaced, where it stands."""
    before = '{"tasks": [{"label": "a"}, /* b */ {"label": "c"}]} // d'
    first = merge(before, [item(TASK)], {})
    second = merge(first.text, [item(NEWER)], first.written)
    assert second.edited == []
    assert second.text == first.text.replace('"check"', '"check it"')
    assert second.written != first.written


def item(value: dict[str, Any]) -> ManagedEntry:
    """Gives a task of ours."""
    return ManagedEntry(("tasks",), value["label"], value, field="label")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"command": "check"', '"command": "mine"'),
        ('"command": "check"', '"command": "check", "hide": true'),
        ('"command": "check"', '"command": "check" /* mine */'),
    ],
)
def test_what_was_edited_stays(old: str, new: str) -> None:
    """Another value, one member more, a comment are edits; `force` replaces them."""
    first = merge('{"tasks": []}\n', [item(TASK)], {})
    edited = first.text.replace(old, new)
    second = merge(edited, [item(NEWER)], first.written)
    assert second.text == edited
    assert second.edited == [(TASK["label"], edited.index("{", 1))]
    forced = merge(edited, [item(NEWER)], first.written, force=True)
    assert forced.edited == []
    assert values_of(forced.text) == {"tasks": [NEWER]}


def test_the_place_is_that_in_the_file() -> None:
    """What is added before an edited entry does not move the place that is named."""
    wanted = [item(TASK), ManagedEntry((), "inputs", [1])]
    text = '{"tasks": [], "inputs": [2]}'
    assert merge(text, wanted, {}).edited == [("inputs", text.index("[2]"))]
    two = ELEMENT._replace(elements={"new": OURS.replace("ours", "new"), "ours": OURS})
    text = EMPTY.replace("  </map>", OURS.replace('"1"', '"2"') + "  </map>")
    # A new one comes last: only one that is replaced can move what follows.
    stale = OURS.replace("ours", "new").replace("a&lt;b", "much longer than before")
    text = text.replace("<map>\n", f"<map>\n{stale}")
    merged = merge_elements(text, two, {"new": digest(stale.strip())})
    assert merged.edited == [("ours", text.index('<entry key="ours"'))]


def test_another_layout_is_no_edit() -> None:
    """Whoever formats the file keeps it up to date all the same."""
    first = merge("", [item(TASK)], {})
    flat = '{"tasks":[{"args":["${file}"],"command":"check","label":"ours: check"}]}'
    assert values_of(flat) == values_of(first.text)
    assert merge(flat, [item(TASK)], first.written).text == flat
    newer = merge(flat, [item(NEWER)], first.written)
    assert values_of(newer.text) == {"tasks": [NEWER]}


def test_what_we_never_wrote_is_not_ours() -> None:
    """A task of the same name, with nothing known of it, is the user's."""
    merged = merge('{"tasks": [{"label": "ours: check"}]}', [item(TASK)], {})
    assert [name for name, _ in merged.edited] == ["ours: check"]


def test_weak_entries_and_strings() -> None:
    """A weak entry is only put where there is none; a string is there or not."""
    wanted = [
        ManagedEntry((), "version", "2.0.0", is_weak=True),
        ManagedEntry(("recommendations",), "a.b", "a.b", field=""),
    ]
    text = '{"version": "1", "recommendations": ["c.d", "a.b"]}'
    assert merge(text, wanted, {}).text == text
    assert values_of(merge("", wanted, {}).text) == {
        "version": "2.0.0",
        "recommendations": ["a.b"],
    }


@pytest.mark.parametrize(
    ("text", "at"),
    [('{"tasks": {}}', 10), ("[]", 0), ('{"tasks": null}', 10)],
)
def test_something_else_is_there(text: str, at: int) -> None:
    """Where a list is needed, nothing else is made one."""
    with pytest.raises(Unmergeable) as caught:
        merge(text, [item(TASK)], {})
    assert caught.value.at == at


EMPTY = '<project version="4">\n  <map>\n  </map>\n</project>\n'
OURS = """\
    <entry key="ours">
      <option name="kind" value="1" />
      <option name="path" value="a&lt;b" />
    </entry>
"""
ELEMENT = SharedXmlFile("a.xml", EMPTY, "map", {"ours": OURS})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", EMPTY.replace("  </map>", f"{OURS}  </map>")),
        ("<p>\n  <map />\n</p>", f"<p>\n  <map>\n{OURS}</map>\n</p>"),
        ("<p><map a='/>'/></p>", f"<p><map a='/>'>\n{OURS}</map></p>"),
        (
            "<p>\r\n  <!-- <map> -->\r\n  <map>\r\n    <x/>\r\n  </map>\r\n</p>\r\n",
            "<p>\r\n  <!-- <map> -->\r\n  <map>\r\n    <x/>\r\n"
            + OURS.replace("\n", "\r\n")
            + "  </map>\r\n</p>\r\n",
        ),
    ],
)
def test_elements(before: str, after: str) -> None:
    """An element is added behind the others; a second run changes nothing."""
    merged = merge_elements(before, ELEMENT, {})
    assert merged.text == after
    assert merge_elements(after, ELEMENT, {}) == merged


def test_elements_that_an_ide_wrote_anew() -> None:
    """Another order and more options are no edit; another value is one."""
    theirs = EMPTY.replace(
        "  </map>",
        '<entry key="ours"><option value="1" name="x"/><option value="a&#60;b" '
        'name="path"/><option name="kind" value="1"/></entry></map>',
    )
    assert merge_elements(theirs, ELEMENT, {}).text == theirs
    edited = theirs.replace("a&#60;b", "c")
    merged = merge_elements(edited, ELEMENT, {})
    assert merged.text == edited
    assert merged.edited == [("ours", edited.index("<entry"))]
    forced = merge_elements(edited, ELEMENT, {}, force=True)
    assert 'value="a&lt;b"' in forced.text and 'value="c"' not in forced.text


def test_elements_that_are_out_of_date() -> None:
    """What was written before, as it was, is replaced."""
    first = merge_elements("", ELEMENT, {})
    newer = ELEMENT._replace(elements={"ours": OURS.replace("a&lt;b", "new")})
    second = merge_elements(first.text, newer, first.written)
    assert second.text == first.text.replace("a&lt;b", "new")


@pytest.mark.parametrize("text", ["<p>", "<p/>", "no", "<p></q>"])
def test_xml_that_cannot_be_added_to(text: str) -> None:
    """It is refused, with a place."""
    with pytest.raises(Unmergeable):
        merge_elements(text, ELEMENT, {})


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_elements_that_are_not_needed_any_more(end: str) -> None:
    """An element that was not edited is removed with its line; others stay."""
    element = SharedXmlFile(
        "a.xml", "<map>\n</map>\n", "map", {"ours": "<e key='ours'/>"}
    )
    before = "<map>\n  <e key='mine'/>\n</map>\n".replace("\n", end)
    merged = merge_elements(before, element, {})
    assert merged.text != before
    known = merged.written
    assert drop_elements(merged.text, "map", ["ours"], known) == before
    assert drop_elements(merged.text, "map", ["mine", "other"], known) == merged.text
    edited = merged.text.replace("'ours'", "'ours' more='1'")
    assert drop_elements(edited, "map", ["ours"], known) == edited
