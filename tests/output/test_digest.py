"""The digest line: where it goes, and what it detects."""

from __future__ import annotations

import ast
from unicodedata import east_asian_width
from xml.etree import ElementTree

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from scaffold.output import is_untouched, seal

NOTE = "By keras-scaffold from linear_regression.yaml, style subclass"
PLAIN = '"""A model."""\n\n# @digest@\n\nimport keras\n'
SEALED_LINE = "# Fake; sha256 0123456789abcdef"

lines = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\"\\'")),
    st.sampled_from(["# @digest@", SEALED_LINE, "", "\r", "'''", "\x0c"]),
)
texts = st.lists(lines, max_size=6).map("\n".join)


def digest_line(text: str) -> str:
    """Find the first comment the way Python does."""
    tree = ast.parse(text)
    end = tree.body[0].end_lineno
    assert end is not None
    return next(line for line in text.split("\n")[end:] if line)


def columns(line: str) -> int:
    """Count columns as linters do."""
    return sum(2 if east_asian_width(item) in "WF" else 1 for item in line)


def test_the_line_replaces_the_placeholder() -> None:
    """Only the placeholder changes, and the result is as documented."""
    head, _, rest = PLAIN.partition("# @digest@")
    sealed = seal(PLAIN, NOTE)
    assert sealed.startswith(f"{head}# {NOTE}; sha256 ")
    assert sealed.endswith(rest)
    assert (
        len(sealed) == len(PLAIN) - len("# @digest@") + len(f"# {NOTE}; sha256 ") + 16
    )
    assert digest_line(sealed).startswith(f"# {NOTE}; sha256 ")


def test_the_digest_is_the_one_documented() -> None:
    """The digest is the sha256 of the text without the digest itself."""
    from hashlib import sha256

    sealed = seal(PLAIN, NOTE)
    digest = digest_line(sealed)[-16:]
    rest = sealed.replace(digest, "")
    assert sha256(rest.encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize(
    "text",
    [
        "# @digest@",
        "# @digest@\nall:\n\techo\n",
        "\n\n# @digest@\n",
        "'''Doc'''\n# @digest@\n",
        "'Doc'\n# @digest@\n",
        '""\n# @digest@\n',
        'r"""Do\\"""\n# @digest@\n',
        '"""Say \\"""\n# @digest@\n\\""".\n"""\n\n# @digest@\n',
        "\"\"\"Say '''\n# @digest@\n'''.\n\"\"\"\n\n# @digest@\n",
    ],
)
def test_places_where_the_line_can_be(text: str) -> None:
    """Any docstring, or none, may precede the placeholder."""
    if text.startswith('r"""Do'):
        text = 'r"""Do\\"."""\n# @digest@\n'
    sealed = seal(text, NOTE)
    assert is_untouched(sealed)
    assert sealed.count("# @digest@") == text.count("# @digest@") - 1
    where = text.rindex("# @digest@")
    assert sealed[:where] == text[:where]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "import keras\n",
        '"""# @digest@"""\n',
        '"""\n# @digest@\n"""\n',
        '"""Doc.\n# @digest@\n',
        '"""Doc."""  # @digest@\n',
        "import keras\n# @digest@\n",
        "# Another\n# @digest@\n",
        " # @digest@\n",
        "# @digest@ \n",
    ],
)
def test_no_placeholder_is_a_fault_of_a_template(text: str) -> None:
    """A text without the placeholder in the right position is refused."""
    with pytest.raises(ValueError, match="no line"):
        seal(text, NOTE)
    assert not is_untouched(text)


def test_a_user_cannot_fake_the_line() -> None:
    """A line in the docstring that looks like the digest is only text."""
    inner = seal(PLAIN, "Inner")
    faked = inner.replace('"', "").replace("A model.", "")
    sealed = seal(f'"""Doc.{faked}"""\n\n# @digest@\n', NOTE)
    assert is_untouched(sealed)
    assert digest_line(sealed).startswith(f"# {NOTE}; sha256 ")
    assert not is_untouched(sealed.replace("Doc.", "Doc!"))


def test_a_long_name_loses_its_middle() -> None:
    """Tool and style stay readable with a long spec name."""
    note = f"By keras-scaffold from {'name' * 30}.yaml, style functional"
    line = digest_line(seal(PLAIN, note))
    assert len(line) == 88
    assert line.startswith("# By keras-scaffold from namenamename...")
    assert ".yaml, style functional; sha256 " in line


@pytest.mark.parametrize("name", ["coding:latin-1", "coding=utf-7", "a\nb", "a\u202eb"])
def test_a_name_cannot_steer_python(name: str) -> None:
    """The name of a spec adds no encoding, line break or control character."""
    text = seal("# @digest@\nX = '\u00e4'\n", f"From {name}.yaml")
    names: dict[str, object] = {}
    exec(compile(text.encode(), "file", "exec"), names)
    assert names["X"] == "\u00e4"
    assert text.count("\n") == 2
    assert "\u202e" not in text


@given(doc=texts, body=texts, note=st.text())
@example(doc="", body="", note="\u5c42" * 80)
@example(doc="", body="", note="; sha256 0123456789abcdef")
@example(doc="", body="", note="\ud800")
def test_sealed_text_is_untouched(doc: str, body: str, note: str) -> None:
    """A generated file with any content counts as unedited."""
    before = f'"""{doc}"""\n\n'
    sealed = seal(f"{before}# @digest@\n{body}", note)
    assert is_untouched(sealed)
    assert sealed.startswith(before)
    line = sealed[len(before) :].split("\n")[0]
    assert sealed == f"{before}{line}\n{body}"
    assert columns(line) <= 88
    assert line.isprintable()
    if "\r" not in sealed:
        assert is_untouched(sealed.replace("\n", "\r\n"))


@given(
    doc=texts,
    body=texts,
    where=st.floats(0, 1, exclude_max=True),
    what=st.characters(exclude_categories=["Cs"]) | st.sampled_from(" \t\r\n\0af09;#"),
    kind=st.sampled_from(["insert", "delete", "replace"]),
    within_line=st.booleans(),
)
def test_any_edit_is_seen(
    doc: str, body: str, where: float, what: str, kind: str, within_line: bool
) -> None:
    """Any changed character makes the file an edited one."""
    before = f'"""{doc}"""\n\n'
    sealed = seal(f"{before}# @digest@\n{body}", NOTE)
    start, size = 0, len(sealed)
    if within_line:
        start, size = len(before), 88
    at = min(start + int(where * size), len(sealed) - 1)
    rest = sealed[at:] if kind == "insert" else sealed[at + 1 :]
    edited = sealed[:at] + ("" if kind == "delete" else what) + rest
    assume(edited != sealed)
    assert not is_untouched(edited)


def test_every_edit_of_one_file_is_seen() -> None:
    """The digest covers every position of a file."""
    sealed = seal(PLAIN, NOTE)
    for at in range(len(sealed)):
        assert not is_untouched(sealed[:at] + sealed[at + 1 :])
        for what in "0a \n\r":
            assert not is_untouched(sealed[:at] + what + sealed[at:])
            if sealed[at] != what:
                assert not is_untouched(sealed[:at] + what + sealed[at + 1 :])
    assert not is_untouched(sealed + "\n")
    assert not is_untouched("\ufeff" + sealed)


@given(st.text(st.characters()) | texts)
@example("\ud800")
@example("# a; sha256 0123456789abcdef")
@example('"' * 5)
def test_any_text_can_be_asked_about(text: str) -> None:
    """A text without a digest line is not a generated file, and no text fails."""
    assert not is_untouched(text)


def test_hostile_text_takes_no_time() -> None:
    """The search for the line is fast in every text."""
    for part in ('"""' + "\\" * 1_000_000, "\n" * 1_000_000, '""' * 500_000):
        assert not is_untouched(part)
    assert not is_untouched("# " + "; sha256 " * 200_000)
    assert not is_untouched((SEALED_LINE + "\n") * 50_000)


@pytest.mark.parametrize(
    "text", ["%% @digest@\nflowchart TB\n", "// @digest@\ngraph {}\n"]
)
def test_comments_of_other_languages(text: str) -> None:
    """The line is a comment there too, and covers the rest of the file."""
    sealed = seal(text, NOTE)
    begin, _, rest = text.partition("@digest@")
    assert sealed.startswith(f"{begin}{NOTE}; sha256 ") and sealed.endswith(rest)
    assert is_untouched(sealed) and is_untouched(sealed.replace("\n", "\r\n"))
    assert not is_untouched(sealed + " ")
    assert not is_untouched(sealed.replace(NOTE, "By somebody"))


@example("from a--b---->c-.yaml")
@given(st.text(max_size=120))
def test_a_comment_of_xml(note: str) -> None:
    """The comment ends in the right position with any note."""
    assume(not any("\ud800" <= item <= "\udfff" for item in note))
    sealed = seal("<!-- @digest@ -->\n<svg/>\n", note)
    first, _, rest = sealed.partition("\n")
    assert rest == "<svg/>\n" and first.endswith(" -->")
    assert "--" not in first[4:-3] and ElementTree.fromstring(sealed).tag == "svg"
    assert is_untouched(sealed) and not is_untouched(sealed.replace("/", " /"))


def test_a_comment_that_is_not_closed_is_none() -> None:
    """What looks like a digest line of XML has to be one."""
    sealed = seal("<!-- @digest@ -->\n<svg/>\n", NOTE)
    assert not is_untouched(sealed.replace(" -->", ""))
    with pytest.raises(ValueError, match="no line"):
        seal("<!-- @digest@\n<svg/>\n", NOTE)
