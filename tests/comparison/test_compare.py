"""The comparison of styles: nothing is lost, and each difference has its reason."""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from scaffold.catalogue import load
from scaffold.comparison import ComparisonFormat, compare
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.ir import ModelIR
from scaffold.output import is_untouched
from scaffold.pipeline import Source, check, generate
from scaffold.render.width import columns
from scaffold.spec import preset_names, preset_path
from scaffold.styles import STYLES, Advice, Fit
from tests.goldens import CASES, possible

pytestmark = pytest.mark.slow

PRESETS = [preset_path(name) for name in preset_names()]
SPECS = [
    *PRESETS,
    *(CASES / "graphs").glob("*.yaml"),
    *(CASES / "beyond").glob("*.yaml"),
    *(CASES / "chains").glob("row_block*.yaml"),
]
WIDTHS = (80, 100, 200)

COMMON = ("compile_model", "main")
"""Functions that are the same in every style, and not shown."""

preset = pytest.mark.parametrize("path", PRESETS, ids=lambda path: path.stem)
spec = pytest.mark.parametrize(
    "path", SPECS, ids=lambda path: f"{path.parent.stem}-{path.stem}"
)


@cache
def model_of(path: Path) -> ModelIR:
    """Reads a spec."""
    checked = check(Source(path.read_bytes(), path.name))
    assert checked.model is not None
    return checked.model


@cache
def compared(path: Path, form: ComparisonFormat = "text", width: int = 80) -> str:
    """Compares the styles of a spec."""
    return compare(model_of(path), load(), form, width=width, sealed=False)


def without_docstrings(tree: ast.AST) -> ast.AST:
    """Drops the docstrings of a syntax tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.Module):
            if ast.get_docstring(node) is not None:
                del node.body[0]
    return tree


def pieces_of(tree: ast.AST) -> Iterator[str]:
    """Gives what code consists of: functions, methods, and heads of classes."""
    for node in without_docstrings(tree).body:  # type: ignore[attr-defined]
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                yield ast.dump(method)
            node.body = []
            yield ast.dump(node)
        elif isinstance(node, ast.FunctionDef) and node.name not in COMMON:
            yield ast.dump(node)


@cache
def expected(path: Path) -> dict[str, Counter[str]]:
    """Gives the pieces of a spec's code in each style, but for those of all styles."""
    results = {}
    for style in possible(path):
        generated, _ = generate(Source(path.read_bytes(), path.name), style)
        assert generated is not None
        results[style] = Counter(pieces_of(ast.parse(generated.text)))
    if len(results) > 1:
        # A class that all styles have is the same in each of them.
        everywhere = set.intersection(*map(set, results.values()))
        for counter in results.values():
            for piece in everywhere:
                del counter[piece]
    return results


def shown_in_text(text: str) -> dict[str, Counter[str]]:
    """Reads the code of each style from text with columns."""
    results: dict[str, Counter[str]] = {style: Counter() for style in STYLES}
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if not re.fullmatch("─+(─┼─+)*", line):
            continue
        styles = [name.strip() for name in lines[at - 1].split("│")]
        starts = [0, *(place.end() + 1 for place in re.finditer("┼", line))]
        ends = [*(place.start() - 1 for place in re.finditer("┼", line)), None]
        body = []
        for below in lines[at + 1 :]:
            if below.startswith(("── ", "Docstrings are not shown")):
                break
            body.append(below)
        if len(styles) == 1:
            # A blank line and the name of a style end the code.
            stop = next(
                (n for n, below in enumerate(body) if re.fullmatch("─+(─┼─+)*", below)),
                len(body) + 1,
            )
            body = body[: stop - 1]
        else:
            body = body[: next(n for n, below in enumerate(body) if not below)]
        for style, start, end in zip(styles, starts, ends, strict=True):
            add(results[style], "\n".join(below[start:end] for below in body))
    return results


def add(counter: Counter[str], code: str) -> None:
    """Counts the pieces of code that was read."""
    tree = ast.parse(textwrap.dedent(repaired(code)))
    if not any(isinstance(node, ast.ImportFrom | ast.Import) for node in tree.body):
        counter.update(pieces_of(tree))


def repaired(code: str) -> str:
    """Joins the lines of strings that are wider than a terminal."""
    lines = [""]
    for line in code.splitlines():
        if lines[-1].count('"') % 2 and not lines[-1].lstrip().startswith("#"):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def check_shown(path: Path, values: dict[str, Counter[str]]) -> None:
    """Checks that each piece is shown exactly once, and nothing else is."""
    wanted = expected(path)
    for style in STYLES:
        assert values[style] == +wanted.get(style, Counter()), style


@spec
def test_text_shows_all_that_differs(path: Path) -> None:
    """Every function, method and class that is not common is shown exactly once."""
    check_shown(path, shown_in_text(compared(path, "text", 100)))


@preset
def test_so_it_does_in_other_widths(path: Path) -> None:
    """One column, or three."""
    for width in (80, 200):
        check_shown(path, shown_in_text(compared(path, "text", width)))


@preset
def test_no_line_is_too_wide(path: Path) -> None:
    """Lines have at most as many columns as the terminal, and no blanks at the end."""
    for width in WIDTHS:
        for line in compared(path, "text", width).splitlines():
            assert columns(line) <= width and line == line.rstrip()


def test_styles_are_beside_each_other_where_they_fit() -> None:
    """Three columns, two, or one, by the width."""
    chain = preset_path("cnn")
    for width, header in ((200, 3), (100, 2), (80, 1)):
        lines = compared(chain, "text", width).splitlines()
        first = next(line for line in lines if line.startswith("sequential"))
        assert len(first.split("│")) == header


def test_an_entry_begins_at_one_height() -> None:
    """The code of one entry is on one line in all styles."""
    lines = compared(preset_path("cnn"), "text", 200).splitlines()
    for layer in ("layers.Flatten()", "layers.Dropout(", "layers.MaxPooling2D()"):
        assert any(line.count(layer) == 3 for line in lines), layer


def sections(text: str, title: str) -> Iterator[tuple[str, list[str]]]:
    """Gives each difference by its title, with its reasons."""
    for part in re.split(title, text, flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        reasons = re.match(r"\n*((?:- .*\n(?:  \S.*\n)*)+)", rest)
        assert reasons, head
        yield head.strip("─ "), re.split(r"^- ", reasons[1], flags=re.MULTILINE)[1:]


@spec
def test_each_difference_has_its_reasons(path: Path) -> None:
    """Each is a sentence, and none is repeated."""
    parts = [*sections(compared(path, "text", 100), "^── ")]
    assert parts
    every = [" ".join(reason.split()) for _, reasons in parts for reason in reasons]
    assert len(every) == len({*every})
    for reason in every:
        assert reason[0].isupper() or reason[0] == "`"
        assert reason.endswith(".") and ". " not in reason
    assert "Docstrings are not shown" in compared(path, "text", 100)


@spec
def test_reasons_follow_the_code(path: Path) -> None:
    """`build`, `get_config` and `training` are explained where they are."""
    text = compared(path, "text", 100)
    for word, reason in {
        "    def build(": "`build` runs `call` once",
        "training=training": "`call` has an argument `training`",
        "def export(": "`export` declares the inputs",
        'name=f"{name}_': "puts its own `name` before",
        "input_spec": "`input_spec` makes the model refuse",
        "class Recurse": "`Recurse` is a layer with its own code",
    }.items():
        if word in text:
            assert reason in " ".join(text.split()), word


@preset
def test_styles_that_cannot(path: Path) -> None:
    """Each is named with its reasons and their locations."""
    for form in ("text", "markdown", "html"):
        text = compared(path, form)
        for style in STYLES:
            refused = f"The {style} style cannot express this spec:"
            assert (refused in text) == (style not in possible(path))
    text = compared(path)
    assert len(re.findall(r"\[KS5\d\d\]", text)) <= 6
    for line in text.splitlines():
        if "[KS5" in line and path.name in line:
            assert re.match(rf"  {path.name}:\d+:\d+: ", line)


class Page(HTMLParser):
    """Reads a page: its elements have to be closed in order."""

    VOID = ("meta", "link", "br")

    def __init__(self, text: str) -> None:
        """Reads a page from its text."""
        super().__init__()
        self.open: list[str] = []
        self.names: Counter[str] = Counter()
        self.style = ""
        self.code: dict[str, Counter[str]] = {style: Counter() for style in STYLES}
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Opens an element."""
        self.names[tag] += 1
        self.text = ""
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes the element that was opened last."""
        assert self.open.pop() == tag
        if tag == "figcaption":
            self.style = self.text
        if tag == "pre":
            add(self.code[self.style], self.text)

    def handle_data(self, data: str) -> None:
        """Keeps text."""
        self.text += data


@preset
def test_html(path: Path) -> None:
    """A page is whole, needs nothing from elsewhere, and shows all that differs."""
    text = compared(path, "html")
    page = Page(text)
    assert page.open == []
    assert text.startswith("<!doctype html>")
    assert not page.names.keys() & {"script", "link", "img", "iframe"}
    assert "url(" not in text and "prefers-color-scheme: dark" in text
    check_shown(path, page.code)


@preset
def test_markdown(path: Path) -> None:
    """Fences are balanced, tables are closed, and all that differs is shown."""
    text = compared(path, "markdown")
    fences = re.findall(r"^(`{3,})(\w*)$", text, re.MULTILINE)
    assert len(fences) % 2 == 0
    for opening, closing in zip(fences[::2], fences[1::2], strict=True):
        assert opening == (closing[0], "python") and not closing[1]
    for tag in ("table", "tr", "td", "th"):
        opened = re.findall(rf"<{tag}\b", text)
        assert len(opened) == text.count(f"</{tag}>"), tag
    results: dict[str, Counter[str]] = {style: Counter() for style in STYLES}
    styles: list[str] = []
    for line in re.finditer(
        r"^<tr>(<th>[^\n]*)</tr>$|^(\w+):$|^```python\n(.*?)^```$",
        text,
        re.MULTILINE | re.DOTALL,
    ):
        if line[3] is None:
            styles = re.findall("<th>(.*?)</th>", line[1] or "") or [line[2].lower()]
        else:
            add(results[styles.pop(0)], line[3])
    check_shown(path, results)


HOSTILE = "</code></pre><script>alert(1)</script>`````"
"""Text that ends an element or a fence, if it is not escaped."""


def test_text_of_a_user_is_escaped(tmp_path: Path) -> None:
    """What a spec says is text: its strings, and the name of its file."""
    path = tmp_path / "<b>&amp;.yaml"
    path.write_text(
        "name: hostile\n"
        "inputs: {words: {shape: [], dtype: string}, x: [4]}\n"
        "layers:\n"
        f"  - TextVectorization(vocabulary=['{HOSTILE}']) <- words\n"
        "  - first = Dense(3) <- x\n"
        "  - Add() <- first, text_vectorization\n"
    )
    checked = check(Source(path.read_bytes(), str(path)))
    assert checked.model is not None
    page = Page(compare(checked.model, load(), "html"))
    assert page.names["script"] == page.names["b"] == 0 and page.open == []
    marked = compare(checked.model, load(), "markdown")
    assert marked.count("\n``````python\n") == 2
    assert "&lt;b&gt;&amp;amp;.yaml" in marked


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_digest(form: ComparisonFormat) -> None:
    """A comparison carries a digest if wanted, and is the same each time."""
    model = model_of(preset_path("cnn"))
    text = compare(model, load(), form)
    assert (
        is_untouched(text)
        and "Generated by keras-scaffold from cnn.yaml (comparison)" in text
    )
    assert text == compare(model, load(), form)
    assert text.endswith(compare(model, load(), form, sealed=False))


def test_no_style_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no style can express a model, the obstacles are findings."""
    model = model_of(preset_path("cnn"))
    obstacle = Diagnostic("KS502", "no style can", Span("cnn.yaml", 3, 1, 3, 2), "")
    fits = tuple(Fit(style, (obstacle,)) for style in STYLES)
    advice = Advice(fits, "subclass", "")
    module = sys.modules["scaffold.comparison.compare"]
    monkeypatch.setattr(module, "find_fits", lambda model: advice)
    with pytest.raises(Refused) as refused:
        compare(model, load())
    assert refused.value.diagnostics == (obstacle,) * 3


def test_long_names_are_wrapped() -> None:
    """A line that Black cannot break is broken, so that no width is exceeded."""
    name = "a_name_of_a_layer_that_is_nearly_as_long_as_a_name_can_be_58"
    spec = f"inputs: [4]\nlayers:\n  - {name} = Dense(3)\n  - Dense(2)\n"
    model = check(Source(spec.encode(), "long.yaml")).model
    assert model is not None
    for width in (40, *WIDTHS):
        shown = compare(model, load(), "text", width=width, sealed=False)
        assert max(map(columns, shown.splitlines())) <= width
