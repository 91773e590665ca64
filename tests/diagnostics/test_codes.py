"""The table of codes: complete, and true in every example."""

from __future__ import annotations

import ast
import doctest
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scaffold.diagnostics import Code, Diagnostic, report
from scaffold.pages import CODES, GROUPS, Page, explain, reference
from scaffold.pages.page import language, page_of
from scaffold.pipeline import Source, check
from tests.diagnostics.transcripts import PACKAGE, ROOT, compare_transcript


def pages(*languages: str) -> list[object]:
    """Gives the pages whose examples are written in one of some languages.

    What needs Keras is run elsewhere: `tests/verify/test_pages.py`.
    """
    return [
        pytest.param(page, id=page.code)
        for page in CODES.values()
        if language(page.example) in languages and page.code != "KS717"
    ]


def literals() -> Iterator[str]:
    """Gives every string of the package that is a code, the table itself left out."""
    for path in PACKAGE.rglob("*.py"):
        if "codes" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    if node.value.startswith("KS") and node.value[2:].isdigit():
                        yield node.value


def found_in(spec: str) -> tuple[Diagnostic, ...]:
    """Gives what is found in a spec."""
    return check(Source(spec.encode(), "model.yaml")).diagnostics


def test_the_table_is_complete() -> None:
    """Each code that is used has a page, and each page's code is used."""
    assert set(literals()) == set(CODES)


def test_order_and_names() -> None:
    """Codes are in order, each in a group; no two have one name."""
    assert list(CODES) == sorted(CODES)
    for code, page in CODES.items():
        assert code == page.code
        assert code[2] in GROUPS
    names = [page.name for page in CODES.values()]
    assert len(set(names)) == len(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz8-") for name in names)


@pytest.mark.parametrize("page", CODES.values(), ids=CODES.keys())
def test_page(page: Page) -> None:
    """A page has a summary of one sentence, and something in each section."""
    assert page.summary.endswith(".") and page.summary.count(".") == 1
    assert all(page.sections)
    text = explain(page.code)
    assert text.startswith(
        f"{page.code} {page.name}\n\n{page.summary}\n\nWhat it does:"
    )
    assert max(map(len, text.splitlines())) <= 88


@pytest.mark.parametrize("page", pages("yaml"))
def test_example(page: Page) -> None:
    """The example triggers its code alone, and what stands instead nothing."""
    assert [diagnostic.code for diagnostic in found_in(page.example)] == [page.code]
    assert report(found_in(page.instead)) == ""


@pytest.mark.parametrize("page", pages("pycon"))
@pytest.mark.parametrize("section", ["example", "instead"])
def test_session(page: Page, section: str, tmp_path: Path) -> None:
    """A Python session gives what it says."""
    text = getattr(page, section) + "\n"
    session = doctest.DocTestParser().get_doctest(text, {}, page.code, None, 0)
    result = doctest.DocTestRunner(verbose=False).run(session)
    assert result.attempted and not result.failed


@pytest.mark.slow
@pytest.mark.parametrize("page", pages("console"))
@pytest.mark.parametrize("section", ["example", "instead"])
def test_transcript(page: Page, section: str, tmp_path: Path) -> None:
    """A transcript's commands print what stands below them."""
    compare_transcript(page, section, tmp_path)


def test_the_reference_is_current() -> None:
    """`docs/diagnostics.md` is what the table says."""
    written = (ROOT / "docs" / "diagnostics.md").read_text(encoding="utf-8")
    help_ = "run `python -m scaffold.pages > docs/diagnostics.md`"
    assert written == reference(), help_


def test_the_reference_is_printed() -> None:
    """`python -m scaffold.pages` prints the reference."""
    command = [sys.executable, "-m", "scaffold.pages"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == reference()


def test_checking_does_not_import_the_table() -> None:
    """Whoever checks a spec does not pay for the pages."""
    program = (
        "import sys; from scaffold.pipeline import Source, check; "
        "source = Source(b'inputs: [4]\\nlayers: [Dens(1)]', 'a.yaml'); "
        "assert check(source).diagnostics; print('scaffold.pages' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "False\n"


def test_a_page_without_a_section() -> None:
    """A docstring that is no page is a fault of the table."""

    class KS999(Code):
        """Half a page.

        What it does:
            Nothing.
        """

        name = "half-a-page"

    with pytest.raises(ValueError, match="KS999"):
        page_of(KS999)


def test_unknown_code() -> None:
    """There is no page for what is no code."""
    with pytest.raises(KeyError):
        explain("KS999")
