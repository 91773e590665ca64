"""The examples of KS7xx: each file triggers its code, and what stands instead none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from scaffold.pages import CODES, Page
from scaffold.pipeline import File, Source, job, job_of_file
from scaffold.verify.runner import run
from scaffold.verify.types import Job, Outcome
from tests.diagnostics.transcripts import compare_transcript
from tests.verify import without_keras

KERAS = """
class Nothing:
    def __getattr__(self, name): return Nothing()
    def __call__(self, *args, **kwargs): return Nothing()

__getattr__ = Nothing().__getattr__
"""
"""A Keras that does nothing: it is not Keras that those examples are about."""

PROCESS = ("KS713", "KS714", "KS715", "KS718")
TRANSCRIPTS = ("KS717", "KS727")
PAGES = [
    page for code, page in CODES.items() if code[2] == "7" and code not in TRANSCRIPTS
]


def job_of(text: str) -> Job:
    """Makes a job of an example; its spec stands in the comments at its head."""
    lines = re.match(r"(?:# .*\n)*", text)
    assert lines is not None
    spec = re.sub("(?m)^# ", "", lines[0])
    if not spec:
        return job_of_file(File(text, "model.py"))
    style = "sequential" if "Sequential" in text else "functional"
    result, checked = job(
        Source(spec.encode(), "model.yaml"), "", [File(text, "model.py", style)]
    )
    assert result is not None and not checked.diagnostics
    return result


def jobs_of(pages: Sequence[Page]) -> list[Job]:
    """Makes two jobs of each page: of its example, and of what stands instead."""
    return [job_of(text + "\n") for page in pages for text in page.sections[2:]]


def codes_of(pages: Sequence[Page], outcomes: Sequence[Outcome]) -> dict[str, set[str]]:
    """Gives the codes that are found in each page's example, and instead."""
    results = {
        name: set() for page in pages for name in (page.code, f"not {page.code}")
    }
    names = list(results)
    for outcome in outcomes:
        results[names[outcome.job]] |= {
            diagnostic.code for diagnostic in outcome.diagnostics
        }
    return results


def test_of_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples of what code does to its process."""
    (tmp_path / "keras.py").write_text(KERAS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delenv("GPU", raising=False)
    pages = [page for page in PAGES if page.code in PROCESS]
    outcomes = run(jobs_of(pages), backend="", seconds=1.0, examiner=without_keras.NAME)
    assert codes_of(pages, list(outcomes)) == {
        name: codes
        for page in pages
        for name, codes in ((page.code, {page.code}), (f"not {page.code}", set()))
    }


@pytest.fixture(scope="module")
def found_codes() -> dict[str, set[str]]:
    """What is found in the other examples, in one run."""
    pages = [page for page in PAGES if page.code not in PROCESS]
    return codes_of(pages, list(run(jobs_of(pages))))


@pytest.mark.keras
@pytest.mark.parametrize(
    "code", [page.code for page in PAGES if page.code not in PROCESS]
)
def test_of_models(code: str, found_codes: dict[str, set[str]]) -> None:
    """Examples of what is wrong with a model."""
    assert code in found_codes[code]
    assert not found_codes[f"not {code}"]


@pytest.mark.keras
@pytest.mark.parametrize("section", ["example", "instead"])
def test_of_backends(section: str, tmp_path: Path) -> None:
    """The transcript of a backend that is not installed, and of one that is."""
    modules = tmp_path / "modules"
    modules.mkdir()
    missing = "raise ModuleNotFoundError(\"No module named 'jax'\", name='jax')"
    (modules / "jax.py").write_text(missing)
    compare_transcript(CODES["KS717"], section, tmp_path, modules)


@pytest.mark.keras
@pytest.mark.parametrize("section", ["example", "instead"])
def test_of_limits(section: str, tmp_path: Path) -> None:
    """The transcript of a model that is too large, and of one that is not."""
    compare_transcript(CODES["KS727"], section, tmp_path)
