"""`keras-scaffold verify`, as its users see it; what needs no Keras."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scaffold.cli.commands import verify as command
from scaffold.cli.main import cli
from scaffold.diagnostics import Diagnostic, Span
from scaffold.verify.runner import run
from scaffold.verify.types import Job, Outcome
from tests.verify import without_keras

SPEC = "inputs: [4]\nlayers:\n  - Dense(8)\n  - Dense(1)\n"
GRAPH = "inputs: [4]\nlayers:\n  - a = Dense(8)\n  - Add() <- a, a\n"
BAD = "inputs: [4]\nlayers:\n  - Dens(8)\n"
MINE = "def build_model():\n    return 1\n"


class Asked:
    """A stand-in for the runner that records its arguments."""

    def __init__(self) -> None:
        """Begins before it was asked."""
        self.jobs: list[Job] = []
        self.backend = ""
        self.limits: dict[str, float] = {}

    def __call__(
        self,
        jobs: Sequence[Job],
        backend: str,
        *,
        tell: Callable[[str], None],
        **limits: float,
    ) -> Generator[Outcome, None, None]:
        """Record the arguments, and return passed outcomes."""
        self.jobs, self.backend, self.limits = list(jobs), backend, limits
        for number, job in enumerate(jobs):
            for candidate, item in enumerate(job.candidates):
                tell(f"{job.name}: {item.label}")
                yield Outcome(number, candidate, "import", "passed")


@pytest.fixture(autouse=True)
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Change to a directory with specs, and run nothing."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("line", SPEC), ("graph", GRAPH), ("bad", BAD)):
        (tmp_path / f"{name}.yaml").write_text(text)
    asked = Asked()
    monkeypatch.setattr(command, "run", asked)
    return asked


def invoke(*args: str, text: str = "") -> Result:
    """Run the command here."""
    runner = CliRunner(catch_exceptions=False)
    return runner.invoke(cli, list(args), input=text, prog_name="keras-scaffold")


def verify(*args: str, text: str = "") -> Result:
    """Run `keras-scaffold verify` here."""
    return invoke("verify", *args, text=text)


def labels(asked: Asked) -> list[tuple[str, list[str]]]:
    """Return the jobs with the names of their candidates."""
    return [
        (job.name, [candidate.label for candidate in job.candidates])
        for job in asked.jobs
    ]


def generate(spec: str, style: str, path: str) -> None:
    """Generate a file."""
    done = invoke("new", spec, "--style", style, "-o", path)
    assert done.exit_code == 0, done.stderr


ALL = ["sequential", "functional", "subclass"]


def test_all_styles(asked: Asked) -> None:
    """The table is on stdout; progress and summary are on stderr."""
    done = verify("line.yaml")
    assert done.exit_code == 0
    assert done.stdout == (
        "line.yaml\n        sequential  functional  subclass\n"
        "import  ok          ok          ok\n\n"
    )
    lines = [f"line.yaml: {style}" for style in ALL]
    end = "3 models verified, no findings"
    assert done.stderr.splitlines() == [*lines, end]
    assert (asked.backend, asked.limits) == (
        "tensorflow",
        {"seconds": 120, "memory": 4 << 30},
    )


def test_options(asked: Asked) -> None:
    """The options are passed to the runner."""
    options = "--style subclass --backend jax --timeout 7 --memory 2".split()
    assert verify("line.yaml", *options).exit_code == 0
    assert labels(asked) == [("line.yaml", ["subclass"])]
    assert asked.backend == "jax"
    assert asked.limits == {"seconds": 7, "memory": 2 << 30}


def test_several_specs(asked: Asked) -> None:
    """Files, presets and standard input can be combined."""
    done = verify("line.yaml", "graph.yaml", "cnn", "-", text=SPEC)
    assert done.exit_code == 0
    assert labels(asked) == [
        ("line.yaml", ALL),
        ("graph.yaml", ALL[1:]),
        ("cnn.yaml", ALL),
        ("-", ALL),
    ]


def test_a_spec_with_errors_hides_nothing(asked: Asked) -> None:
    """It is reported as `check` does, and the others are run."""
    done = verify("bad.yaml", "nowhere.yaml", "line.yaml", "--style", "subclass")
    assert done.exit_code == 1
    assert "error[KS201]: no layer is called `Dens`\n --> bad.yaml:3:5\n" in done.stdout
    assert "error[KS101]: the spec cannot be read" in done.stdout
    assert done.stderr.endswith("\n2 findings\n") and "error" not in done.stderr
    assert labels(asked) == [("line.yaml", ["subclass"])]


def test_a_style_that_cannot_say_it(asked: Asked) -> None:
    """A style set with --style is refused as by `new`."""
    done = verify("graph.yaml", "line.yaml", "--style", "sequential")
    assert done.exit_code == 1
    assert "error[KS502]: a sequential model cannot have" in done.stdout
    assert " --> graph.yaml:4:" in done.stdout
    assert labels(asked) == [("line.yaml", ["sequential"])]


def test_a_file_against_its_spec(asked: Asked) -> None:
    """A file replaces the generated code of its style."""
    generate("line.yaml", "subclass", "mine.py")
    assert verify("line.yaml", "mine.py").exit_code == 0
    assert labels(asked) == [("line.yaml", ["mine.py", *ALL[:2]])]
    assert verify("mine.py", "line.yaml", "--style", "subclass").exit_code == 0
    assert labels(asked) == [("line.yaml", ["mine.py"])]
    (item,) = asked.jobs[0].candidates
    assert item.text == Path("mine.py").read_text()
    assert item.origins and item.style == "subclass"


@pytest.mark.parametrize("place", ["beside", "here"])
def test_a_file_finds_its_spec(
    place: str, asked: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spec is searched for beside the file, and in the working directory."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "away").mkdir()
    generate("line.yaml", "functional", "sub/mine.py")
    generate("line.yaml", "subclass", "sub/other.py")
    if place == "beside":
        Path("line.yaml").rename("sub/line.yaml")
        monkeypatch.chdir("away")
        files = ["../sub/mine.py", "../sub/other.py"]
        spec = "../sub/line.yaml"
    else:
        files, spec = ["sub/mine.py", "sub/other.py"], "line.yaml"
    assert verify(*files).exit_code == 0
    assert labels(asked) == [(spec, files)]
    assert asked.jobs[0].model is not None


def test_a_file_of_a_preset(asked: Asked) -> None:
    """The spec of the file is a preset."""
    generate("cnn", "subclass", "cnn.py")
    assert verify("cnn.py").exit_code == 0
    assert labels(asked) == [("cnn.yaml", ["cnn.py"])]
    assert asked.jobs[0].model is not None


def test_a_file_without_a_spec(asked: Asked) -> None:
    """It is run without a spec, and the report says so."""
    Path("mine.py").write_text(MINE)
    done = verify("mine.py")
    assert done.exit_code == 0
    assert "mine.py (without a spec)\n" in done.stdout
    assert [job.model for job in asked.jobs] == [None]
    assert [job.candidates[0].style for job in asked.jobs] == [""]


def test_a_file_whose_spec_is_lost(asked: Asked) -> None:
    """It is run by itself; but that it was held against its spec, nobody believes."""
    generate("line.yaml", "subclass", "lost.py")
    Path("line.yaml").rename("elsewhere.yaml")
    done = verify("lost.py")
    assert done.exit_code == 1
    assert "lost.py (without a spec)\n" in done.stdout
    assert [job.model for job in asked.jobs] == [None]
    assert [job.candidates[0].style for job in asked.jobs] == ["subclass"]
    assert "error[KS101]: its spec, `line.yaml`, is neither" in done.stdout
    assert "--> lost.py\n" in done.stdout
    assert "`keras-scaffold verify .../line.yaml lost.py`" in done.stdout
    Path("there").mkdir()
    Path("elsewhere.yaml").rename("there/line.yaml")
    done = verify("there/line.yaml", "lost.py", "--style", "functional")
    assert done.exit_code == 0
    assert labels(asked) == [("there/line.yaml", ["lost.py", "functional"])]


def test_another_spec_is_not_its_own(asked: Asked) -> None:
    """A spec of another name is not the spec of the file."""
    generate("line.yaml", "subclass", "mine.py")
    assert verify("cnn", "mine.py", "--style", "subclass").exit_code == 0
    assert labels(asked) == [("cnn.yaml", ["subclass"]), ("line.yaml", ["mine.py"])]


def test_params_are_set_from_outside(asked: Asked) -> None:
    """As they were for `new`, whose file would else not be the model of its spec."""
    Path("wide.yaml").write_text("params: {n: 8}\n" + SPEC.replace("8", "n"))
    assert invoke("new", "wide.yaml", "-p", "n=5", "-o", "mine.py").exit_code == 0
    assert verify("wide.yaml", "mine.py", "-p", "n=5").exit_code == 0
    (job,) = asked.jobs
    assert len(job.candidates) == 3
    assert all("n=5" in candidate.text for candidate in job.candidates)
    assert job.model is not None
    assert [getattr(param.default, "value", 0) for param in job.model.graph.params] == [
        5
    ]
    assert verify("wide.yaml", "-p", "m=5").exit_code == 1


def test_a_finding_says_whose_it_is(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is shown once, with all styles that have it."""
    in_spec = Diagnostic("KS705", "it is lost", Span("line.yaml", 3, 5), "mend it")
    in_file = Diagnostic("KS701", "it fails", Span("mine.py", 1, 1), "mend it")
    of_all = Diagnostic("KS717", "no Keras", Span("KERAS_BACKEND=jax"), "mend it")
    told = [
        Outcome(0, 0, "import", "failed", diagnostics=(in_file,)),
        Outcome(0, 0, "masks", "failed", diagnostics=(in_spec,)),
        Outcome(0, 2, "masks", "failed", diagnostics=(in_spec, in_spec)),
        Outcome(-1, -1, "import", "failed", diagnostics=(of_all,)),
    ]
    monkeypatch.setattr(command, "run", lambda *_, **__: (item for item in told))
    generate("line.yaml", "subclass", "mine.py")
    done = verify("line.yaml", "mine.py", "--format", "json")
    assert done.exit_code == 1
    messages = [finding["message"] for finding in json.loads(done.stdout)["findings"]]
    assert messages == ["no Keras", "mine.py, functional: it is lost", "it fails"]


def test_a_file_that_cannot_be_read(asked: Asked, tmp_path: Path) -> None:
    """It is one finding, and the others are run."""
    (tmp_path / "binary.py").write_bytes(b"\xff\xfe")
    (tmp_path / "huge.py").write_bytes(b"#" * (2 << 20))
    (tmp_path / "mine.py").write_bytes(MINE.replace("\n", "\r\n").encode())
    (tmp_path / "a.py").mkdir()
    names = ("nowhere.py", "binary.py", "huge.py", "a.py", "mine.py")
    done = verify(*names, "--format", "json")
    assert done.exit_code == 1
    content = json.loads(done.stdout)
    assert [(finding["path"], finding["code"]) for finding in content["findings"]] == [
        ("a.py", "KS101"),
        ("binary.py", "KS102"),
        ("huge.py", "KS105"),
        ("nowhere.py", "KS101"),
    ]
    assert [job["name"] for job in content["jobs"]] == ["mine.py"]
    assert asked.jobs[0].candidates[0].text == MINE


def test_json() -> None:
    """One object on stdout, and no progress on stderr."""
    done = verify("line.yaml", "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    content = json.loads(done.stdout)
    assert content["findings"] == []
    styles = [item["style"] for item in content["jobs"][0]["candidates"]]
    assert styles == ALL


@pytest.mark.parametrize("form", ["short", "github"])
def test_findings_for_programs(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line per finding, with tables for editors, without for GitHub."""
    lost = Diagnostic("KS706", "it is lost", Span("line.yaml", 3, 5, 3, 10), "mend it")
    told = [Outcome(0, 0, "masks", "failed", diagnostics=(lost,))]
    monkeypatch.setattr(command, "run", lambda *_, **__: (item for item in told))
    done = verify("line.yaml", "--format", form)
    assert done.exit_code == 1
    message = "sequential: it is lost"
    if form == "short":
        table, _, result = done.stdout.partition("\n\n")
        assert "masks  failed KS706" in table and done.stderr == ""
        assert result == f"line.yaml:3:5: error: {message} [KS706]\n"
    else:
        place = "file=line.yaml,title=KS706,line=3,endLine=3,col=5,endColumn=10"
        assert done.stdout == f"::error {place}::{message}%0Amend it\n"
        assert done.stderr == ""


def test_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Findings follow the tables, each with its line of code."""
    without = partial(run, examiner=without_keras.NAME)
    monkeypatch.setattr(
        command, "run", lambda jobs, _, **more: without(jobs, **kinder(more))
    )
    Path("bad.py").write_text("def build_model():\n    while True:\n        pass\n")
    Path("good.py").write_text(MINE)
    done = verify("bad.py", "good.py", "--timeout", "1")
    assert done.exit_code == 1
    assert "import  ok\nbuild   failed KS713\n" in done.stdout
    assert "import  ok\nbuild   ok\n" in done.stdout
    assert "error[KS713]: `build` does not finish within 1 second\n --> bad.py:" in (
        done.stdout
    )
    assert "\n1 finding\n" in done.stderr


def kinder(more: dict[str, Any]) -> dict[str, Any]:
    """Return arguments with an empty backend."""
    return {**more, "backend": ""}


def test_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends it with 130, and no traceback."""
    closed = []

    def interrupted(*_: Any, **__: Any) -> Generator[Outcome, None, None]:
        try:
            yield Outcome(0, 0, "import", "passed")
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    monkeypatch.setattr(command, "run", interrupted)
    done = verify("line.yaml")
    assert done.exit_code == 130
    assert done.stderr.endswith("interrupted\n")
    assert closed == [True]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--style", "auto", "line.yaml"),
        ("--backend", "numpy", "line.yaml"),
        ("--format", "long", "line.yaml"),
        ("--timeout", "0", "line.yaml"),
        ("--memory", "nan", "line.yaml"),
    ],
)
def test_wrong_usage_exits_with_2(arguments: tuple[str, ...], asked: Asked) -> None:
    """A wrong command line is a usage error, not a finding."""
    done = verify(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert not asked.jobs


def test_what_is_not_finished_is_not_verified(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table and the last line say so, and the exit code is 1."""
    diagnostic = Diagnostic("KS727", "large", Span("line.yaml"), "more", "warning")
    told = [
        Outcome(0, 0, "import", "passed"),
        Outcome(0, 0, "training", "unfinished", diagnostics=(diagnostic,)),
    ]
    monkeypatch.setattr(command, "run", lambda *_, **__: (item for item in told))
    done = verify("line.yaml")
    assert done.exit_code == 1
    assert "\ntraining  not finished  -           -\n" in done.stdout
    assert "1 finding; 1 of 3 models not finished\n" in done.stderr
