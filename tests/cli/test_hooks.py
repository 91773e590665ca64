"""The hooks for pre-commit, run by pre-commit in a repository of a user's."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from ruamel.yaml import YAML

from scaffold.settings import DEFAULT_SPECS, find_specs
from tests.cli.manifests import HOOKS, MANIFEST, ROOT
from tests.tools.find import program

pytestmark = pytest.mark.slow

CHECK, NEW = (hook["id"] for hook in HOOKS)

SOUND = "inputs: [4]\nlayers:\n  - Dense(8)\n  - Dense(1)\n"
FAULTY = "inputs: [4]\nlayers:\n  - Dense(8)\n  - Dens(1)\n"


class Run(NamedTuple):
    """Which hooks passed, by their names, and all that was printed."""

    code: int
    passed: dict[str, bool]
    printed: str


class Repository:
    """A repository of a user's, on a machine where git knows nobody."""

    def __init__(self, place: Path) -> None:
        """Create an empty one."""
        self.path = place / "repository"
        self.path.mkdir()
        kept = {name: value for name, value in os.environ.items() if name[:4] != "GIT_"}
        owners = {"COUNT": "1", "KEY_0": "safe.directory", "VALUE_0": "*"}
        self._environment = {
            **kept,
            **{f"GIT_CONFIG_{name}": value for name, value in owners.items()},
            "HOME": str(place / "home"),
            "XDG_CONFIG_HOME": str(place / "home"),
            "PRE_COMMIT_HOME": str(place / "cache"),
            "PYTHONPATH": "",
        }
        (place / "home").mkdir()
        self.git("init", "--quiet")

    def git(self, *arguments: str) -> str:
        """Run git."""
        return self._run(program("git"), *arguments).stdout

    def write(self, name: str, text: str) -> None:
        """Write a file, and adds it to what is to be committed."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.git("add", name)

    def read(self, name: str) -> str:
        """Return the text of a file."""
        return (self.path / name).read_text(encoding="utf-8")

    def commit(self, *arguments: str) -> Run:
        """Has pre-commit do what it does at a commit.

        Args:
            *arguments: `run` with its options, or another command of pre-commit's.
        """
        command = [sys.executable, "-m", "pre_commit", *arguments, "--color", "never"]
        done = self._run(*command)
        ended = re.findall(r"^(.+?)\.{3,}(?:\(.*\))?(\w+)$", done.stdout, re.MULTILINE)
        passed = {name: end != "Failed" for name, end in ended}
        return Run(done.returncode, passed, done.stdout + done.stderr)

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.path,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with our hooks: as in the manifest, but run from here."""
    repository = Repository(tmp_path)
    code = (
        "import sys; sys.path[0] = sys.argv.pop(1); import scaffold.cli as c; c.main()"
    )
    ours = shlex.join([sys.executable, "-c", code, str(ROOT)])
    hooks = []
    for hook in HOOKS:
        tool, _, rest = hook["entry"].partition(" ")
        assert tool == "keras-scaffold" and hook["language"] == "python"
        hooks.append({**hook, "entry": f"{ours} {rest}", "language": "system"})
    with (tmp_path / "config.yaml").open("w") as file:
        YAML().dump({"repos": [{"repo": "local", "hooks": hooks}]}, file)
    repository.write(".pre-commit-config.yaml", (tmp_path / "config.yaml").read_text())
    return repository


def test_manifest() -> None:
    """pre-commit accepts the manifest."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(MANIFEST)]
    subprocess.run(command, check=True)
    assert [hook["id"] for hook in HOOKS] == [
        "keras-scaffold-check",
        "keras-scaffold-new",
    ]


def test_files_are_the_usual_specs(tmp_path: Path) -> None:
    """The hooks take the files that the tool takes where a project does not say."""
    stems = ("model", "a.model", ".model", "models/a", "models/.a", "models/a/b")
    stems += ("models", "a/model", "a/a.model", "mymodel", "a/models/b", "model.model")
    for stem, suffix in itertools.product(stems, ("yaml", "yml", "json", "toml", "py")):
        path = tmp_path / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    specs = find_specs(DEFAULT_SPECS, tmp_path)
    usual = {Path(path).relative_to(tmp_path) for path in specs}
    every = {path.relative_to(tmp_path) for path in tmp_path.rglob("*.*")}
    for hook in HOOKS:
        taken = {path for path in every if re.search(hook["files"], path.as_posix())}
        assert taken == usual and len(taken) == 16


def follow(repository: Repository, *commit: str) -> None:
    """Follow a spec through an error, its first code, a change and an edit."""
    check_name, new_name = (str(hook["name"]) for hook in HOOKS)
    both = {check_name: True, new_name: True}

    repository.write("models/net.yaml", FAULTY)
    done = repository.commit(*commit)
    assert done.code == 1 and done.passed == {check_name: False, new_name: False}
    assert "error[KS201]" in done.printed and "models/net.yaml:4:5" in done.printed
    assert not (repository.path / "net.py").exists()

    repository.write("models/net.yaml", SOUND)
    done = repository.commit(*commit)
    assert done.code == 1 and done.passed == {check_name: True, new_name: False}
    assert "create  net.py" in done.printed
    repository.git("add", "net.py")
    done = repository.commit(*commit)
    assert done.code == 0 and done.passed == both, done.printed

    repository.write("models/net.yaml", SOUND.replace("8", "16"))
    done = repository.commit(*commit)
    assert done.code == 1 and done.passed == {check_name: True, new_name: False}
    assert "update  net.py" in done.printed and "Dense(16)" in repository.read("net.py")
    repository.git("add", "net.py")

    edited = repository.read("net.py").replace("Dense(16)", "Dense(17)")
    repository.write("net.py", edited)
    done = repository.commit(*commit)
    assert done.code == 1 and done.passed == {check_name: True, new_name: False}
    assert "conflict  net.py" in done.printed and "--force" in done.printed
    assert repository.read("net.py") == edited


def test_life_of_a_spec(repository: Repository) -> None:
    """A fault stops a commit; code is made, brought up to date, and kept if edited."""
    follow(repository, "run")


def test_other_files_are_left_alone(repository: Repository) -> None:
    """Without a spec in the commit, no hook runs."""
    repository.write("data/model.json", "{}")
    repository.write("models/notes.txt", "Dens")
    done = repository.commit("run")
    assert done.code == 0 and done.printed.count("no files to check") == 2


@pytest.mark.skipif(
    "KERAS_SCAFFOLD_ALL_TOOLS" not in os.environ,
    reason="builds environments, as `make test-editor` does",
)
def test_try_repo(tmp_path: Path) -> None:
    """The same, by `pre-commit try-repo`: installed from here, as a user would."""
    follow(Repository(tmp_path), "try-repo", str(ROOT))
