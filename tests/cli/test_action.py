"""The GitHub Action: its scripts, run as GitHub runs them."""

from __future__ import annotations

import os
import re
import site
import stat
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from tests.cli.manifests import ACTION, ROOT
from tests.tools.find import program

pytestmark = pytest.mark.slow

SOUND = "inputs: [4]\nlayers: [Dense(1)]\n"
FAULTY = "inputs: [4]\nlayers:\n  - Dense(1, activation='rellu')\n"
needs_all = pytest.mark.skipif(
    "KERAS_SCAFFOLD_ALL_TOOLS" not in os.environ,
    reason="builds an environment, as `make test-editor` does",
)


class Run(NamedTuple):
    """The result of a run: its exit code, output and step outputs."""

    code: int
    printed: str
    outputs: dict[str, str]


class Runner:
    """A stand-in for GitHub's runner: its directories and variables."""

    def __init__(self, place: Path) -> None:
        """Create the directories."""
        self.repository = place / "repository"
        self.temp = place / "temp"
        self._place = place
        for directory in (self.repository, self.temp):
            directory.mkdir(parents=True)

    def write(self, name: str, text: str) -> None:
        """Write a file into the repository."""
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(
        self,
        *steps: str,
        action: Path = ROOT,
        variables: Mapping[str, str] = MappingProxyType({}),
        **inputs: str,
    ) -> Run:
        """Run the scripts of the steps that are named, up to one that fails.

        Args:
            *steps: The names of the steps.
            action: The directory of the action.
            variables: What the job adds to the environment.
            **inputs: What its user says.
        """
        known = {
            name: value.get("default", "") for name, value in ACTION["inputs"].items()
        }
        values = {
            **known,
            **{name.replace("_", "-"): value for name, value in inputs.items()},
        }
        assert set(values) == set(known)
        output = self._place / "output"
        output.write_text("")
        code, printed = 0, ""
        for step in ACTION["runs"]["steps"]:
            if step.get("name") in steps and not code:
                told = {**variables, "GITHUB_ACTION_PATH": str(action)}
                done = self._step(step, values, output, told)
                code, printed = done.returncode, printed + done.stdout
        lines = output.read_text().splitlines()
        return Run(code, printed, dict(line.split("=", 1) for line in lines))

    def _step(
        self,
        step: Mapping[str, Any],
        values: Mapping[str, str],
        output: Path,
        more: Mapping[str, str],
    ) -> subprocess.CompletedProcess[str]:
        assert step["shell"] == "bash"
        script = self._place / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        message = {name: evaluate(text, values) for name, text in step["env"].items()}
        told = {
            **more,
            "GITHUB_OUTPUT": str(output),
            "RUNNER_TEMP": str(self.temp),
        }
        kept = {
            name: value for name, value in os.environ.items() if "PYTHON" not in name
        }
        return subprocess.run(
            [program("bash"), "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.repository,
            env={**kept, **told, **message},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
        )


def evaluate(text: str, values: Mapping[str, str]) -> str:
    """Return what the runner makes of `${{ inputs.name }}`."""
    match = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)
    assert match is not None
    return values[match[1]]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    """A runner that has done the first step: the tool is installed, from here."""
    runner = Runner(tmp_path / "a runner")  # blanks in paths are nothing special
    place = runner.temp / "keras-scaffold"
    venv.create(place, symlinks=True)
    python = place / "bin" / "python"
    paths = [str(ROOT), sysconfig.get_path("purelib"), *site.getsitepackages()]
    paths += [path for path in sys.path if path.endswith("-packages")]
    (packages,) = place.glob("lib/*/site-packages")
    (packages / "all.pth").write_text("\n".join(dict.fromkeys(paths)))
    tool = place / "bin" / "keras-scaffold"
    code = "import sys; from scaffold.cli import main; main()"
    tool.write_text(f"#!/bin/sh\nexec '{python}' -P -c '{code}' \"$@\"\n")
    tool.chmod(tool.stat().st_mode | stat.S_IEXEC)
    return runner


def test_scripts_hold_no_expressions() -> None:
    """Inputs are never part of a script, and used actions are pinned."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])
    texts = " ".join(value["value"] for value in ACTION["outputs"].values())
    named = set(re.findall(r"steps\.(\w+)\.outputs", texts))
    assert named and named <= {step.get("id") for step in ACTION["runs"]["steps"]}


def test_schema_of_actions() -> None:
    """The file is valid against the published schema."""
    command = ["--builtin-schema", "vendor.github-actions", str(ROOT / "action.yml")]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *command],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_faults_are_shown_beside_their_lines(runner: Runner) -> None:
    """Findings are annotations, counted, and the step fails."""
    runner.write("models/wrong.yaml", FAULTY)
    runner.write("a.model.json", '{"inputs": [4], "layers": ["Dense(1)"]}')
    done = runner.run("Check specs", new="true")
    assert done.code == 1
    (line,) = [line for line in done.printed.splitlines() if line.startswith("::")]
    assert line.startswith("::error file=models/wrong.yaml,title=KS205,line=3,")
    assert done.outputs == {"errors": "1", "warnings": "0"}
    assert "new --check" not in done.printed


def test_sound_specs_pass(runner: Runner) -> None:
    """Without errors it passes, even without code: `new` is not set."""
    runner.write("model.yaml", SOUND)
    done = runner.run("Check specs")
    assert (done.code, done.outputs) == (0, {"errors": "0", "warnings": "0"})
    assert "::" not in done.printed
    assert sorted(path.name for path in runner.repository.iterdir()) == ["model.yaml"]


def test_stale_code_fails(runner: Runner) -> None:
    """With `new` it fails while code is missing, and passes once it exists."""
    runner.write("specs/my model.yaml", SOUND.replace("inputs", "name: mine\ninputs"))
    missing = runner.run("Check specs", specs="specs/*.yaml", new="true")
    assert missing.code == 1 and "mine.py does not exist" in missing.printed
    tool = runner.temp / "keras-scaffold" / "bin" / "keras-scaffold"
    command = [str(tool), "new", "specs/my model.yaml"]
    subprocess.run(command, cwd=runner.repository, check=True, capture_output=True)
    assert runner.run("Check specs", specs="specs/*.yaml", new="true").code == 0


def test_settings_name_specs(runner: Runner) -> None:
    """Without `specs` those of pyproject.toml are taken; wrong settings are shown."""
    runner.write("nets/wrong.yaml", FAULTY)
    runner.write("pyproject.toml", '[tool.keras-scaffold]\nspecs = ["nets/*.yaml"]\n')
    assert "::error file=nets/wrong.yaml," in runner.run("Check specs").printed
    runner.write("pyproject.toml", '[tool.keras-scaffold]\nspec = ["nets/*.yaml"]\n')
    done = runner.run("Check specs")
    assert done.code == 1 and "::error file=pyproject.toml," in done.printed


@pytest.mark.parametrize(
    "specs",
    [
        "",
        "$(touch hacked)",
        '"; touch hacked; "',
        "`touch hacked`\nmodel.yml",
        "--help",
        "../*.yaml",
        "100%.yaml",
    ],
)
def test_what_nothing_fits_fails(runner: Runner, specs: str) -> None:
    """A line that matches no file is an error, and nothing is run."""
    runner.write("model.yml", SOUND if specs else "")
    if not specs:
        (runner.repository / "model.yml").unlink()
    done = runner.run("Check specs", specs=specs, new="true; touch hacked")
    assert done.code == 1
    lines = done.printed.splitlines()
    assert lines and all(
        line.startswith("::error title=keras-scaffold::no file matches")
        for line in lines
    )
    assert "%25" in lines[0] or "%" not in specs
    assert not list(runner.repository.glob("hacked"))


@pytest.mark.parametrize(
    ("specs", "why"),
    [
        ("{a,b}" * 26 + ".yaml", "this expands to more than 100 patterns"),
        ("/model.yml", "this is not a relative path"),
        ("models/../model.yml", "this leads out of the project"),
    ],
)
def test_what_is_no_pattern_fails(runner: Runner, specs: str, why: str) -> None:
    """The error explains why, and is reported at once."""
    runner.write("model.yml", SOUND)
    done = runner.run("Check specs", specs=specs)
    assert done.code == 1
    assert done.printed == (
        f"::error title=keras-scaffold::no file matches `{specs}`: {why}\n"
    )


BACKEND = """
import zipfile

NAME = "keras_scaffold-1-py3-none-any.whl"
KEPT = {
    "keras_scaffold-1.dist-info/METADATA": "Metadata-Version: 2.1\\n"
    "Name: keras-scaffold\\nVersion: 1\\n",
    "keras_scaffold-1.dist-info/WHEEL": "Wheel-Version: 1.0\\n"
    "Generator: here\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    "keras_scaffold-1.dist-info/RECORD": "",
    "installed.py": "",
}


def build_wheel(place, settings=None, metadata=None):
    with zipfile.ZipFile(place + "/" + NAME, "w") as wheel:
        for name, text in KEPT.items():
            wheel.writestr(name, text)
    return NAME
"""
"""A build backend for an empty package that needs no network."""

HACKS = (
    *("pip.py", "venv.py", "ensurepip.py", "sitecustomize.py", "usercustomize.py"),
    *("json.py", "subprocess.py", "secrets.py", "runpy.py", "conftest.py", "click.py"),
    *("scaffold/__init__.py", "scaffold/__main__.py", "black/__init__.py"),
    *("setup.py", "hatchling/build.py", "hatchling/__init__.py", "zipfile.py"),
)


@pytest.fixture
def hostile(runner: Runner) -> Mapping[str, str]:
    """Write code in the repository, and gives variables that lead to it."""
    hacked = runner.repository / "hacked"
    for name in HACKS:
        code = f"import os\nos.close(os.open({str(hacked)!r}, os.O_CREAT))\n"
        runner.write(name, code)
    runner.write("pyproject.toml", '[build-system]\nbuild-backend = "setup"\n')
    runner.write("pip.conf", "[global]\nno-index = true\ntarget = elsewhere\n")
    here = str(runner.repository)
    return {
        "PYTHONPATH": here,
        "PYTHONHOME": here,
        "PYTHONUSERBASE": here,
        "PYTHONINSPECT": "1",
        "PIP_CONFIG_FILE": f"{here}/pip.conf",
        "PIP_REQUIREMENT": f"{here}/requirements.txt",
        "PIP_PREFIX": here,
    }


def test_nothing_of_the_repository_runs_while_it_installs(
    runner: Runner, tmp_path: Path, hostile: Mapping[str, str]
) -> None:
    """The name and content of the repository are only data to the first step."""
    action = tmp_path / "action"
    action.mkdir()
    (action / "backend.py").write_text(BACKEND)
    system = 'requires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    (action / "pyproject.toml").write_text(f"[build-system]\n{system}")
    done = runner.run("Install keras-scaffold", action=action, variables=hostile)
    assert done.code == 0, done.printed
    (paths,) = runner.temp.glob("keras-scaffold/lib/*/site-packages/installed.py")
    assert not (runner.repository / "hacked").exists()
    assert {"installed.py", "elsewhere"}.isdisjoint(os.listdir(runner.repository))


def test_nothing_of_the_repository_runs_while_it_checks(
    runner: Runner, hostile: Mapping[str, str]
) -> None:
    """Checking specs and comparing code runs no code of the repository."""
    own = "imports:\n  Own: scaffold:Own\ninputs: [4]\nlayers: [Own(1)]\n"
    runner.write("model.yaml", own)
    done = runner.run("Check specs", new="true", variables=hostile)
    assert done.code == 1 and "model.py does not exist" in done.printed
    assert not (runner.repository / "hacked").exists()


def test_what_is_printed_is_no_command(runner: Runner) -> None:
    """Output of code and names of files contain no commands for GitHub."""
    settings = '[tool.keras-scaffold]\noutput = "./::add-mask::a"\n'
    runner.write("pyproject.toml", settings)
    runner.write("model.yaml", SOUND)
    done = runner.run("Check specs", new="true")
    lines = [line for line in done.printed.splitlines() if line.startswith("::")]
    stop, mask, go_on = lines
    assert stop.startswith("::stop-commands::") and mask.startswith("::add-mask::")
    assert go_on == f"::{stop.removeprefix('::stop-commands::')}::"


def test_links_lead_nowhere(runner: Runner, tmp_path: Path) -> None:
    """A spec that is a link out of the repository is not read."""
    (tmp_path / "secret.yaml").write_text("inputs: [4]\nlayers: [Secret(1)]\n")
    (runner.repository / "model.yaml").symlink_to(tmp_path / "secret.yaml")
    (runner.repository / "models").symlink_to(tmp_path)
    for specs in ("", "model.yaml", "models/*.yaml", "**/*.yaml"):
        done = runner.run("Check specs", specs=specs)
        assert done.code == 1 and "Secret" not in done.printed


@needs_all
def test_whole_action(tmp_path: Path) -> None:
    """The first step installs the tool, and the generated code is run."""
    runner = Runner(tmp_path)
    runner.write("model.yaml", SOUND)
    done = runner.run("Install keras-scaffold", "Check specs", new="true")
    assert done.code == 1 and "model.py does not exist" in done.printed
    wrong = runner.run("Check specs", specs="nothing")
    assert wrong.code == 1 and wrong.outputs["errors"] == "1"


@needs_all
def test_verify(runner: Runner) -> None:
    """With `verify` the code is run."""
    runner.write("model.yaml", SOUND)
    done = runner.run("Check specs", verify="true")
    assert done.code == 0 and "models verified, no findings" in done.printed
