"""What a candidate finds where it runs: its files, and its own modules."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from scaffold.verify.runner import run
from scaffold.verify.sandbox import link_files
from scaffold.verify.types import Candidate, Job, Outcome
from tests.verify import without_keras

BUILD = "def build_model():\n    return 1\n"


def candidate(text: str, path: str = "model.py (subclass)") -> Candidate:
    """Makes a candidate."""
    return Candidate("subclass", path, text, "subclass", ())


def outcomes(*jobs: Job) -> list[Outcome]:
    """Runs jobs without Keras."""
    return list(run(jobs, backend="", examiner=without_keras.NAME))


def messages(*jobs: Job) -> list[str]:
    """Gives all that is found."""
    return [
        diagnostic.message
        for outcome in outcomes(*jobs)
        for diagnostic in outcome.diagnostics
    ]


def test_own_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They lie beside the spec, beside the file, or here; each job has its own."""
    for name in ("one", "other", "third", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "blocks.py").write_text(f"NAME = {name!r}\n")
    monkeypatch.chdir(tmp_path / "here")

    def text(name: str) -> str:
        return f"import blocks\nassert blocks.NAME == {name!r}, blocks.NAME\n{BUILD}"

    assert not messages(
        Job("../one/a.yaml", None, (candidate(text("one")), candidate(text("one")))),
        Job("../other/a.yaml", None, (candidate(text("other")),)),
        Job("../nowhere/a.yaml", None, (candidate(text("third"), "../third/a.py"),)),
        Job("-", None, (candidate(text("here")),)),
    )
    assert not list(tmp_path.rglob("__pycache__"))


def test_modules_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on Python's path anyway stays imported."""
    (tmp_path / "known.py").write_text("import time\nTIME = time.time_ns()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    text = f"import known, os\nos.environ.setdefault('T', str(known.TIME))\n{BUILD}"
    text += "assert os.environ['T'] == str(known.TIME)\n"
    assert not messages(*(Job(name, None, (candidate(text),)) for name in "ab"))


def test_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that the code names are there; nothing else is, and nothing stays."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "words.txt").write_text("a\nb\n")
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "more.txt").write_text("c\n")
    monkeypatch.chdir(tmp_path)
    text = (
        "import os\n"
        "assert open('data/words.txt').read() == 'a\\nb\\n'\n"
        "assert open('more.txt').read() == 'c\\n'\n"
        "assert sorted(os.listdir()) == ['data', 'more.txt'], os.listdir()\n"
        f"open('made', 'w').close()\n{BUILD}"
    )
    same = candidate(text)
    assert not messages(Job("spec/a.yaml", None, (same, same)))
    assert not (tmp_path / "made").exists()
    assert not (tmp_path / "spec" / "made").exists()


def test_files_where_nobody_may_make_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are copied: on Windows, links are for some users."""

    def refuse(there: Path, here: Path) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(os, "symlink", refuse)
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "words.txt").write_text("a\nb\n")
    (tmp_path / "run").mkdir()
    link_files(tmp_path / "run", "NAME = 'words.txt'\n", [str(tmp_path / "spec")])
    assert (tmp_path / "run" / "words.txt").read_text() == "a\nb\n"


@pytest.mark.parametrize("name", ["../up.txt", "{here}/up.txt", "", ".", "x" * 5_000])
def test_no_other_files(name: str, tmp_path: Path) -> None:
    """No name that leads elsewhere puts anything anywhere."""
    (tmp_path / "up.txt").write_text("")
    (tmp_path / "spec").mkdir()
    text = f"NAME = {name.format(here=tmp_path)!r}\nimport os\n"
    text += f"assert os.listdir() == []\n{BUILD}"
    assert not messages(
        Job(str(tmp_path / "spec" / "a.yaml"), None, (candidate(text),))
    )


@pytest.mark.slow
def test_the_limit_is_of_each(tmp_path: Path) -> None:
    """Time that somebody else takes is not the candidate's."""
    slow = f"import time\ntime.sleep(0.6)\n{BUILD}"
    job = Job("a", None, (candidate(slow),) * 3)
    going = run([job], backend="", seconds=1.0, examiner=without_keras.NAME)
    results = []
    for outcome in going:
        results += outcome.diagnostics
        if outcome.check == "import":
            time.sleep(1.2)
    assert not results
