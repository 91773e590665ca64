"""A docstring says what it should, whatever that is, and nothing gets out of it."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scaffold.render.docstrings import docstring
from scaffold.render.formatting import format_source
from scaffold.render.width import wrap
from scaffold.styles.types import Docstring

PIECES = (
    *('"""', "'''", '"', "'", "\\", "\\\\", "\\N{BULLET}", "\\u0022", "\n", "\r", "\0"),
    *(
        "{{ x }}",
        "{% raw %}",
        "{#",
        "%s",
        "{0}",
        "# noqa",
        "# fmt: off",
        "\u2028",
        "\t",
    ),
    *("Args:", "Returns:", "Note", "see also", "x" * 100, "ｗ" * 60, "e\u0301", "😀"),
    *("a", "The model.", "Is it?", " ", "    ", "# @digest@", "\x0c", "\ufeff", "~"),
)
texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)
summaries = texts.map(lambda text: text[:40])
docs = st.builds(
    Docstring,
    summaries,
    st.lists(texts, max_size=2).map(tuple),
    st.lists(st.tuples(st.just("units"), texts), max_size=2).map(tuple),
    st.sampled_from(["", "A built model."]),  # never a user's words
)


def words(text: str) -> list[str]:
    """Gives what a text says, its layout and its marks left out."""
    shown = "".join(item if item.isprintable() else " " for item in text)
    return ["".join(filter(str.isalnum, part)).lower() for part in shown.split()]


@given(docs, st.sampled_from([0, 4]))
@example(Docstring('"""; import os; """'), 0)
@example(Docstring("ends in a backslash \\", ("so does this \\",)), 4)
def test_a_docstring_stays_one(doc: Docstring, indent: int) -> None:
    """It is one string, says all that it should, and fits."""
    text = docstring(doc, indent)
    assert text.startswith(('"""', 'r"""'))
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Expr)
    message = ast.literal_eval(statement.value)
    for part in (
        doc.summary,
        *doc.details,
        *(argument for _, argument in doc.args),
        doc.returns,
    ):
        for word in filter(None, words(part)):
            assert word in "".join(words(message)), part
    for line in text.split("\n")[1:]:
        wide = sum(east_asian_width(item) in "WF" for item in line)
        assert len(line) + wide <= 88
        assert line == line.rstrip() or not line.strip()


@settings(max_examples=150, deadline=None)
@given(docs)
def test_black_leaves_it_alone(doc: Docstring) -> None:
    """Black finds nothing to change in a docstring."""
    text = f"class A:\n    {docstring(doc, 4)}\n"
    assert format_source(text) == text


def test_ruff_finds_nothing(tmp_path: Path) -> None:
    """Ruff finds nothing in 300 docstrings, in modules and in classes."""
    result: list[str] = []

    @settings(max_examples=300, deadline=None)
    @given(docs)
    def collect(doc: Docstring) -> None:
        head = f"{docstring(doc, 0)}\n\n\nclass A:\n    {docstring(doc, 4)}\n"
        result.append(f"{head}\n\ndef f(units):\n    {docstring(doc, 4)}\n")

    collect()
    for number, text in enumerate(result):
        (tmp_path / f"doc_{number}.py").write_text(text, encoding="utf-8")
    rules = ["--select", "F,E,W,I,UP,B,N,D", "--ignore", "D102,D107,D417,D402,D403"]
    google = ["--config", 'lint.pydocstyle.convention = "google"']
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache"]
    done = subprocess.run(
        [*command, *rules, *google, "."], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_what_a_description_becomes() -> None:
    """Sentences begin and end as such; backslashes make it a raw docstring."""
    message = {
        "a model": '"""A model."""',
        "is it?": '"""Is it?"""',
        "größe": '"""Größe."""',
        "C:\\temp": 'r"""C:\\temp."""',
        '"Quoted" text': '"""\'Quoted\' text."""',
        'a """ b': '"""A \'\'\' b."""',
        "two  blanks\tand\na line": '"""Two blanks and a line."""',
    }
    for summary, wanted in message.items():
        assert docstring(Docstring(summary), 0) == wanted


def test_a_whole_docstring() -> None:
    """Paragraphs, arguments and what is returned follow Google's form."""
    doc = Docstring(
        "builds it",
        ("Word " * 18, "Args:"),
        (("units", "How many. " + "More words. " * 8),),
        "A model.",
    )
    assert inspect.cleandoc(ast.literal_eval(docstring(doc, 4))) == (
        "Builds it.\n\n"
        f"{'Word ' * 16}Word\nWord\n\n"
        "Args.\n\n"
        "Args:\n"
        f"    units: How many.{' More words.' * 5}\n"
        f"       {' More words.' * 3}\n\n"
        "Returns:\n    A model."
    )


@given(texts, st.integers(20, 88), st.integers(0, 8))
def test_wrapping_loses_nothing(text: str, width: int, indent: int) -> None:
    """No line is too wide, and no character but blanks is lost."""
    lines = wrap(text, width, " " * indent, " " * (indent + 4))
    for line in lines:
        wide = sum(east_asian_width(item) in "WF" for item in line)
        assert len(line) + wide <= width
    assert "".join("".join(lines).split()) == "".join(text.split())
