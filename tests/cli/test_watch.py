"""`keras-scaffold new --watch`, as an editor uses it."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import statistics
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold.cli import file_watcher
from scaffold.cli.generating import Destination, GenerationRequest, generate_batch
from scaffold.cli.main import cli
from tests.cli.watched import Watched, spec, wait_for

BROKEN = "inputs: [4]\nlayers: [Dens(1)]\n"
KEPT = "tiny.yaml:2:10: error: no layer is called `Dens` [KS201]"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A directory with a spec in it."""
    (tmp_path / "tiny.yaml").write_text(spec(1))
    return tmp_path


def replace(path: Path, text: str) -> None:
    """Save as many editors do: rename a new file to the old one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    os.replace(fresh, path)


def has(path: Path, text: str) -> bool:
    """Return whether a file holds a text."""
    return text in path.read_text()


def test_a_change_is_written_at_once(here: Path) -> None:
    """Every method of saving is detected, and nothing happens without a save."""
    times = []
    with Watched(here, "tiny.yaml", "--style", "subclass") as watched:
        assert watched.rounds() == [
            [
                "keras-scaffold: regenerating tiny.yaml",
                "   create  tiny.py (subclass)",
                "keras-scaffold: waiting for changes",
            ]
        ]
        result = here / "tiny.py"
        for number in range(2, 22):
            save = replace if number % 2 else Path.write_text
            save(here / "tiny.yaml", spec(number))
            text = f"units={number}"
            times.append(wait_for(partial(has, result, text)))
        watched.rest()
        count = len(watched.rounds())
        (here / "other.txt").write_text("nothing to us")
        (here / "tiny.yaml.bak").write_text(spec(1))
        (here / "tiny.yaml").chmod(0o600)
        time.sleep(0.6)
        assert len(watched.rounds()) == count <= 1 + 2 * len(times)
    median = statistics.median(times)
    print(f"from the save to the file: {median * 1e3:.0f} ms (median of {len(times)})")
    # `python -m tests.bench_watch` holds it against 0.3 s, on a machine at rest.


def test_a_broken_spec_leaves_the_last_good_file(here: Path) -> None:
    """Findings are between the markers; once fixed, the spec is followed again."""
    path, result = here / "tiny.yaml", here / "tiny.py"
    with Watched(here, "tiny.yaml", "--format", "short") as watched:
        good = result.read_text()
        replace(path, BROKEN)
        assert watched.wait() == ["tiny.yaml", KEPT]
        path.unlink()
        name, missing = watched.wait()
        assert missing.startswith("tiny.yaml: error: the spec cannot be read: ")
        assert result.read_text() == good
        replace(path, spec(7))
        assert watched.wait() == ["tiny.yaml", "   update  tiny.py (sequential)"]
        assert "units=7" in result.read_text()


def test_a_hundred_saves(here: Path) -> None:
    """After many fast changes, the last one is written."""
    path, result = here / "tiny.yaml", here / "tiny.py"
    with Watched(here, "tiny.yaml") as watched:
        for number in range(100, 200):
            save = replace if number % 3 else Path.write_text
            save(path, spec(number))
            time.sleep(0.003)
        wait_for(partial(has, result, "units=199"))
        watched.rest()
        assert "units=199" in result.read_text()
        assert len(watched.rounds()) < 100


def test_an_edit_is_never_lost(here: Path) -> None:
    """An edited file is a conflict, and watching continues."""
    path, result = here / "tiny.yaml", here / "tiny.py"
    with Watched(here, "tiny.yaml", "--format", "short") as watched:
        result.write_text(result.read_text() + "# Mine.\n")
        replace(path, spec(2))
        name, conflict, match = watched.wait()
        assert conflict == " conflict  tiny.py (sequential)"
        assert match == (
            "tiny.py: error: the file was edited since it was generated [KS601]"
        )
        assert result.read_text().endswith("# Mine.\n")
        result.unlink()
        os.utime(path)
        assert watched.wait() == ["tiny.yaml", "   create  tiny.py (sequential)"]


def test_several_specs(here: Path) -> None:
    """Each is followed; findings of the others are repeated."""
    far = here / "far/off"
    far.mkdir(parents=True)
    (far / "two.yaml").write_text(spec(2))
    (here / "link.yaml").symlink_to("far/off/two.yaml")
    names = ["tiny.yaml", "far/off/two.yaml", "link.yaml", "none/three.yaml"]
    with Watched(here, *names, "-o", "out/", "--format", "short") as watched:
        missing = watched.rounds()[0][-2]
        assert missing.startswith("none/three.yaml: error: the spec cannot be read")
        replace(here / "tiny.yaml", BROKEN)
        assert watched.wait() == ["tiny.yaml", missing, KEPT]
        replace(far / "two.yaml", spec(5))
        assert watched.wait() == [
            "far/off/two.yaml, link.yaml",
            "   update  out/two.py (sequential)",
            "   update  out/link.py (sequential)",
            missing,
            KEPT,
        ]
        shutil.rmtree(far)
        wait_for(partial(has, watched.log, "two.yaml: error"))
        watched.rest()
        far.mkdir()
        (far / "two.yaml").write_text(spec(6))
        wait_for(partial(has, here / "out/two.py", "units=6"))
        watched.rest()
        replace(here / "link.yaml", "name: tiny\n" + spec(8))
        message = watched.wait()
        assert message[1].startswith("link.yaml: error: its output file, `out/tiny.py`")
        # A spec that is broken keeps its file: no other may take it meanwhile.
        good = (here / "out/tiny.py").read_text()
        replace(here / "tiny.yaml", BROKEN)
        assert watched.wait() == ["tiny.yaml", message[1], missing, KEPT]
        assert (here / "out/tiny.py").read_text() == good
        # One that is called something else now leaves it to others.
        replace(here / "tiny.yaml", "name: other\n" + spec(9))
        assert watched.wait() == [
            "tiny.yaml",
            "   create  out/other.py (sequential)",
            "   update  out/tiny.py (sequential)",
            missing,
        ]


def test_another_working_directory(here: Path) -> None:
    """It may be removed and created again; its files are followed as before."""
    home, far = here / "home", here / "far.yaml"
    home.mkdir()
    (home / "tiny.yaml").write_text(spec(1))
    far.write_text(spec(1))
    with Watched(home, "tiny.yaml", str(far), "--format", "short") as watched:
        watched.log.rename(here / "log.txt")
        watched.log = here / "log.txt"
        shutil.rmtree(home)
        wait_for(partial(has, watched.log, "tiny.yaml: error: the spec cannot be"))
        watched.rest()
        far.write_text(spec(2))
        assert watched.wait()[0] == str(far)
        home.mkdir()
        (home / "tiny.yaml").write_text(spec(3))
        far.write_text(spec(3))
        for name in ("tiny", "far"):
            result = home / f"{name}.py"
            wait_for(result.exists)
            wait_for(partial(has, result, "units=3"))


def test_a_name_is_no_marker(here: Path) -> None:
    """Whatever a spec is called, its round begins and ends with one line each."""
    name = "a\nkeras-scaffold: waiting for changes\n.yaml"
    (here / name).write_text("name: tiny\n" + spec(1))
    with Watched(here, name) as watched:
        watched.rest()
        ((begin, *_, end),) = watched.rounds()
        assert begin.endswith(r"a\nkeras-scaffold: waiting for changes\n.yaml")


def test_a_pipe_is_no_file(here: Path) -> None:
    """While a spec is a pipe, it is a finding; as a file it is followed again."""
    path, result = here / "tiny.yaml", here / "tiny.py"
    with Watched(here, "tiny.yaml", "--format", "short") as watched:
        os.mkfifo(here / "pipe")
        os.replace(here / "pipe", path)
        wrong = "tiny.yaml: error: the spec cannot be read: it is not a file [KS101]"
        assert watched.wait() == ["tiny.yaml", wrong]
        replace(path, spec(4))
        wait_for(partial(has, result, "units=4"))


def test_a_restless_directory(here: Path) -> None:
    """Other writes in the directory do not delay a change."""
    result = here / "tiny.py"
    with Watched(here, "tiny.yaml") as watched:
        replace(here / "tiny.yaml", spec(5))
        # Something is written all the time, until it is done or has been kept back.
        for number in range(6_000):
            (here / "history.csv").write_text(f"{number}\n")
            time.sleep(0.005)
            if has(result, "units=5"):
                break
        assert has(result, "units=5")
        assert len(watched.rounds()) <= 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_end(here: Path, number: int) -> None:
    """A signal ends it at once and cleanly, with the exit code of that signal."""
    with Watched(here, "tiny.yaml") as watched:
        for _ in range(3):
            replace(here / "tiny.yaml", spec(number))
        assert watched.end(number) == 128 + number
        text = watched.log.read_text()
        assert text.endswith("\ninterrupted\n") and "Traceback" not in text
        assert not list(here.glob(".keras-scaffold-*"))


@pytest.mark.keras
@pytest.mark.skipif(
    "KERAS_SCAFFOLD_ALL_TOOLS" not in os.environ,
    reason="takes long, and is run by `make test-editor`",
)
def test_shapes(here: Path) -> None:
    """Keras infers the shapes again each time."""
    with Watched(here, "tiny.yaml", "--style", "functional", "--shapes") as watched:
        assert "# (None, 1)" in (here / "tiny.py").read_text()
        (here / "tiny.yaml").write_text(spec(3))
        watched.wait()
        assert "# (None, 3)" in (here / "tiny.py").read_text()


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["-"], "--watch requires files, but `-` is not a file."),
        (["cnn"], "--watch requires files, but `cnn` is not a file."),
        (["."], "--watch requires files, but `.` is not a file."),
        ([], "--watch requires a spec."),
        ([""], "--watch requires files, but one name is empty."),
        (["tiny.yaml", "-o", "-"], "there is no file to compare or replace"),
        (["tiny.yaml", "--check"], "--watch cannot be used with --pretend"),
        (["tiny.yaml", "--pretend"], "--watch cannot be used with --pretend"),
        (["tiny.yaml", "--diff"], "--watch cannot be used with --pretend"),
        (["tiny.yaml", "--exit-non-zero-on-change"], "--watch cannot be used with"),
    ],
)
def test_wrong_usage(
    here: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], text: str
) -> None:
    """Files that cannot be watched, and conflicting options, are usage errors."""
    monkeypatch.chdir(here)
    done = CliRunner().invoke(cli, ["new", "--watch", *args])
    assert done.exit_code == 2
    assert text in done.stderr
    assert not list(here.glob("*.py"))


def test_what_counts_as_a_change(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New content or a later time counts, a new mode or a read does not."""
    path = here / "tiny.yaml"
    asked: list[dict[str, object]] = []

    def told(*directories: str, **options: object) -> Iterator[object]:
        asked.append({"directories": directories, **options})
        assert len(asked) < 3, "it waits for what nobody can tell"
        yield from [set()] * 9

    monkeypatch.setattr(file_watcher, "watch", told)
    changes = file_watcher.changes([str(path), str(here / "none.yaml")])
    assert next(changes) == [str(path), str(here / "none.yaml")]
    was = path.stat().st_mtime_ns
    path.write_text(spec(2))
    os.utime(path, ns=(was, was))
    assert next(changes) == [str(path)]
    path.chmod(0o600)
    path.read_text()
    (here / "none.yaml").write_text("")
    assert next(changes) == [str(here / "none.yaml")]
    os.utime(path, ns=(was, was + 1))
    assert next(changes) == [str(path)]
    assert len(asked) == 1
    assert asked[0]["directories"] == (os.path.realpath(here),)
    assert asked[0]["recursive"] is False
    # Another directory of that name has to be watched anew.
    here.rename(here.with_name("old"))
    here.mkdir()
    assert next(changes) == [str(path), str(here / "none.yaml")]
    path.write_text(spec(4))
    assert next(changes) == [str(path)]
    assert len(asked) == 2


@pytest.mark.parametrize("error", [OSError(28, "no space"), RuntimeError("too many")])
def test_where_the_system_tells_nothing(
    here: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Files are polled a few times per second."""

    def refuse(*directories: str, **options: object) -> Iterator[object]:
        raise error
        yield

    monkeypatch.setattr(file_watcher, "watch", refuse)
    changes = file_watcher.changes([str(here / "tiny.yaml")])
    next(changes)
    (here / "tiny.yaml").write_text(spec(2))
    slept: list[float] = []
    monkeypatch.setattr(file_watcher.time, "sleep", slept.append)
    assert next(changes) == [str(here / "tiny.yaml")]
    assert slept == [file_watcher.TIMEOUT / 1_000]


def test_two_hundred_times(here: Path) -> None:
    """No state is kept between rounds: the same spec has the same output."""
    texts = {
        "chain.yaml": spec(3),
        "graph.yaml": "inputs: [4]\nlayers: [a = Dense(4), Add() <- a, inputs]\n",
        "broken.yaml": BROKEN,
    }
    for name, text in texts.items():
        (here / name).write_text(text)
    names = [str(here / name) for name in texts]

    def round_() -> object:
        batch = generate_batch(names, GenerationRequest(Destination(here)))
        return [result.generated.text for result in batch.results], batch.diagnostics

    first = round_()
    gc.collect()
    count = len(gc.get_objects())
    for _ in range(70):
        assert round_() == first
    gc.collect()
    assert len(gc.get_objects()) - count < 1_000
