"""Files are written completely, all of them or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scaffold.output import Target, plan, write

from .tree import build, codes, generated, planned, snapshot

NEW = generated("new")
OLD = generated("old")


def test_a_tree_is_written(tmp_path: Path) -> None:
    """Files are created with their directories, or updated; others stay."""
    build(tmp_path, {"old.py": OLD, "same.py": NEW, "mine.py": "x = 1\n"})
    texts = {"old.py": NEW, "same.py": NEW, "a/b/new.py": NEW, "a/empty.py": ""}
    assert write(planned(tmp_path, texts)) == ()
    new = NEW.encode()
    assert snapshot(tmp_path) == {
        "a": None,
        "a/b": None,
        "a/b/new.py": new,
        "a/empty.py": b"",
        "mine.py": b"x = 1\n",
        "old.py": new,
        "same.py": new,
    }


def test_an_identical_file_keeps_its_time(tmp_path: Path) -> None:
    """Nothing is written if the content is the same, with either line ends."""
    build(tmp_path, {"a.py": NEW, "b.py": NEW.replace("\n", "\r\n"), "c.py": OLD})
    for name in ("a.py", "b.py", "c.py"):
        os.utime(tmp_path / name, ns=(1_000, 2_000))
    was = snapshot(tmp_path)
    result = planned(tmp_path, {"a.py": NEW, "b.py": NEW, "c.py": NEW}, force=True)
    assert write(result) == ()
    assert (tmp_path / "a.py").stat().st_mtime_ns == 2_000
    assert (tmp_path / "b.py").stat().st_mtime_ns == 2_000
    assert (tmp_path / "c.py").stat().st_mtime_ns > 2_000
    assert snapshot(tmp_path) == {**was, "c.py": NEW.encode()}


def test_an_edited_file_is_left_alone_unless_forced(tmp_path: Path) -> None:
    """A conflict writes nothing at all; force replaces."""
    build(tmp_path, {"edited.py": OLD + "# mine\n", "old.py": OLD})
    was = snapshot(tmp_path)
    texts = {"old.py": NEW, "edited.py": NEW, "new.py": NEW}
    result = planned(tmp_path, texts)
    assert write(result) == result.diagnostics
    assert codes(result) == ["KS601"]
    assert snapshot(tmp_path) == was
    assert write(planned(tmp_path, texts, force=True)) == ()
    assert snapshot(tmp_path) == dict.fromkeys(sorted(texts), NEW.encode())


def test_modes_and_owners(tmp_path: Path) -> None:
    """A new file obeys the umask; a replaced one keeps mode and owner."""
    build(tmp_path, {"old.py": OLD})
    (tmp_path / "old.py").chmod(0o600)
    owner = 12_345 if os.geteuid() == 0 else os.geteuid()
    os.chown(tmp_path / "old.py", owner, -1)
    umask = os.umask(0o007)
    try:
        assert write(planned(tmp_path, {"old.py": NEW, "new.py": NEW})) == ()
    finally:
        os.umask(umask)
    assert (tmp_path / "new.py").stat().st_mode & 0o7777 == 0o660
    assert (tmp_path / "old.py").stat().st_mode & 0o7777 == 0o600
    assert (tmp_path / "old.py").stat().st_uid == owner


def test_everything_is_synced_before_anything_is_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is synced before it is renamed."""
    build(tmp_path, {"old.py": OLD})
    result = planned(tmp_path, {"old.py": NEW, "new.py": NEW, "sub/new.py": NEW})
    sync, replace = os.fsync, os.replace
    created: list[str] = []

    def fsync(handle: int) -> None:
        created.append(
            "sync directory" if S_ISDIR(os.fstat(handle).st_mode) else "sync"
        )
        sync(handle)

    def rename(source: Path, target: Path) -> None:
        created.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", rename)
    assert write(result) == ()
    # Two directories have new files in them, and one of these has a new directory.
    assert created == ["sync"] * 3 + ["rename"] * 3 + ["sync directory"] * 3


def test_another_name_of_a_file_keeps_its_text(tmp_path: Path) -> None:
    """Other hard links to the file keep the old content."""
    build(tmp_path, {"old.py": OLD})
    os.link(tmp_path / "old.py", tmp_path / "other.py")
    assert write(planned(tmp_path, {"old.py": NEW})) == ()
    assert (tmp_path / "other.py").read_text() == OLD


def test_the_longest_name(tmp_path: Path) -> None:
    """A temporary file's name does not grow with its target's."""
    name = "n" * 252 + ".py"
    assert write(planned(tmp_path, {name: NEW})) == ()
    assert list(snapshot(tmp_path)) == [name]


def test_a_change_after_the_plan_is_seen(tmp_path: Path) -> None:
    """A change between plan and write is not lost."""
    build(tmp_path, {"a.py": OLD, "b.py": OLD})
    result = planned(tmp_path, {"a.py": NEW, "b.py": NEW, "c.py": NEW})
    for name, text in (("b.py", OLD + "# mine\n"), ("b.py", None), ("c.py", NEW)):
        build(tmp_path, {"a.py": OLD, "b.py": OLD})
        if text is None:
            (tmp_path / name).unlink()
        else:
            (tmp_path / name).write_text(text)
        was = snapshot(tmp_path)
        (diagnostic,) = write(result)
        assert (diagnostic.code, diagnostic.span.path) == (
            "KS601",
            str(tmp_path / name),
        )
        assert snapshot(tmp_path) == was


@pytest.mark.parametrize("parent", [False, True])
def test_a_link_made_after_the_plan_is_seen(tmp_path: Path, parent: bool) -> None:
    """A link created between plan and write is not followed."""
    root = tmp_path / "root"
    build(tmp_path, {"root/sub/a.py": OLD, "other/a.py": OLD})
    result = planned(root, {"new.py": NEW, "sub/a.py": NEW})
    if parent:
        (root / "sub").rename(tmp_path / "away")
        (root / "sub").symlink_to(tmp_path / "other")
    else:
        (root / "sub/a.py").unlink()
        (root / "sub/a.py").symlink_to(tmp_path / "other/a.py")
    was = snapshot(tmp_path)
    assert [diagnostic.code for diagnostic in write(result)] == ["KS602"]
    assert snapshot(tmp_path) == was


def test_files_put_in_place_come_out_again(tmp_path: Path) -> None:
    """A failure on the last of several targets undoes the others, times and all."""
    build(tmp_path, {"a.py": OLD, "b.py": "mine\n"})
    os.utime(tmp_path / "a.py", ns=(1_000, 2_000))
    was = snapshot(tmp_path)
    # The name is too long, which the system says only once the directory exists.
    last = "new/sub/" + "n" * 300
    texts = {"a.py": NEW, "b.py": NEW, "x/y/c.py": NEW, last: NEW}
    result = planned(tmp_path, texts, force=True)
    assert result.diagnostics == ()
    (diagnostic,) = write(result)
    assert (diagnostic.code, diagnostic.span.path) == ("KS604", str(tmp_path / last))
    assert (
        diagnostic.message == "the file cannot be written: its name or path is too long"
    )
    assert snapshot(tmp_path) == was
    assert (tmp_path / "a.py").stat().st_mtime_ns == 2_000


def test_a_file_where_another_needs_a_directory(tmp_path: Path) -> None:
    """Conflicting targets are refused, and leave nothing."""
    for texts in ({"a": NEW, "a/b": NEW}, {"a/b": NEW, "a": NEW}):
        result = planned(tmp_path, texts)
        assert [diagnostic.code for diagnostic in write(result)] in (
            ["KS603"],
            ["KS604"],
        )
        assert snapshot(tmp_path) == {}


def test_one_file_by_two_ways(tmp_path: Path) -> None:
    """Where a link above hides that two targets are one file, neither is written."""
    build(tmp_path, {"real/a.py": OLD})
    (tmp_path / "link").symlink_to("real")
    was = snapshot(tmp_path)
    targets = [
        Target(tmp_path / "real/a.py", NEW),
        Target(tmp_path / "link/a.py", generated("third")),
    ]
    assert [diagnostic.code for diagnostic in write(plan(targets))] == ["KS601"]
    assert snapshot(tmp_path) == was


@given(
    text=st.text(),
    before=st.none() | st.text() | st.binary(),
    crlf=st.booleans(),
)
@example(text="", before=None, crlf=False)
@example(text="", before="", crlf=False)
@example(text="a\r\nb\x0c\x85\u2028c", before="a\nb", crlf=False)
def test_any_text_arrives(text: str, before: str | bytes | None, crlf: bool) -> None:
    """The text is written byte for byte, and a second plan changes nothing."""
    with TemporaryDirectory() as name:
        path = Path(name) / "model.py"
        if before is not None:
            build(path.parent, {path.name: before})
        result = plan([Target(path, text)], force=True)
        (step,) = result.steps
        assert write(result) == ()
        if step.action == "identical":
            assert path.read_bytes().replace(b"\r", b"") in (
                text.encode(),
                text.encode().replace(b"\r", b""),
            )
        else:
            assert path.read_bytes() == text.encode("utf-8")
        assert os.listdir(name) == ["model.py"]
        if crlf:
            path.write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
        again = plan([Target(path, text)])
        assert [step.action for step in again.steps] == ["identical"]
        was = path.stat().st_mtime_ns
        assert write(again) == ()
        assert path.stat().st_mtime_ns == was


def test_the_room_is_quick_to_enter() -> None:
    """Importing it loads nothing that only some commands need."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); import scaffold.diagnostics;"
        "known = set(sys.modules); import scaffold.output;"
        "print(*sorted(set(sys.modules) - known))"
    )
    home = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-S", "-c", script, home],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(run.stdout.split())
    assert "scaffold.output.writing" in loaded
    slow = {"hashlib", "difflib", "tempfile", "dataclasses", "click", "unicodedata"}
    assert loaded.isdisjoint(slow)
