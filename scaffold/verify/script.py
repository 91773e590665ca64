"""Checks that a module runs as a script, with training shortened to a few steps."""

from __future__ import annotations

import ast
import inspect
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from scaffold.diagnostics import Diagnostic, Span
from scaffold.ir.types import Object
from scaffold.ir.walk import within
from scaffold.verify.keras_errors import readable
from scaffold.verify.sandbox import furnish
from scaffold.verify.short_training import TrainingLog, UnknownMonitor, shortened
from scaffold.verify.subject import (
    CandidateModel,
    CandidateModule,
    CheckResult,
    failed,
    judged,
    skipped,
)

_LARGEST_COPY = 1 << 30
_LACKS = (FileNotFoundError, ModuleNotFoundError, ConnectionError, EOFError)
"""Errors for missing files, modules, connections and input, not for wrong code."""

_NO_NETWORK = ("URL fetch failure", "urlopen error")


def main(subject: CandidateModel) -> CheckResult:
    """Run a module like `python file.py`."""
    code = subject.code
    run = _script(code, subject.module)
    if run is None:
        return skipped("there is no main()")
    directory = Path(code.directory)
    try:
        with _as_a_script(code), shortened(directory) as seen:
            run()
    except SystemExit as ended:
        if ended.code not in (None, 0):
            message = f"main() fails: {readable(ended)}"
            help_ = "return from `main()` instead of exiting"
            return failed(Diagnostic("KS725", message, code.of_error(ended), help_))
    except (KeyboardInterrupt, MemoryError):
        raise
    # The user's code may raise any error.
    except BaseException as error:
        return _failed(subject, error)
    return judged(list(_found(subject, seen)))


def _script(code: CandidateModule, module: Any) -> Callable[[], None] | None:
    """Return the body of `if __name__ == "__main__"`, or `main`, as a function."""
    tree = ast.parse(code.candidate.text)
    behind = [
        statement
        for part in tree.body
        if isinstance(part, ast.If) and _asks_for_main(part.test)
        for statement in part.body
    ]
    if behind:
        body = compile(ast.Module(behind, []), code.file, "exec")
        return lambda: exec(body, vars(module))
    function = getattr(module, "main", None)
    if not inspect.isfunction(function):
        return None
    needed = inspect.signature(function).parameters.values()
    return (
        None
        if any(parameter.default is parameter.empty for parameter in needed)
        else function
    )


def _asks_for_main(test: ast.expr) -> bool:
    match test:
        case ast.Compare(
            left=ast.Name(id="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value="__main__")],
        ):
            return True
    return False


@contextmanager
def _as_a_script(code: CandidateModule) -> Iterator[None]:
    """Set the arguments of a script, and provide copies of the files that it names."""
    arguments, before = sys.argv, os.environ.get("MPLBACKEND")
    directory, here = Path(code.directory), os.getcwd()
    furnish(directory, code.candidate.text, [here])
    for place in (directory, Path(here)):
        _own(place)
    sys.argv = [code.file]
    os.environ.setdefault("MPLBACKEND", "Agg")
    try:
        yield
    finally:
        sys.argv = arguments
        os.chdir(here)
        if before is None:
            os.environ.pop("MPLBACKEND", None)


def _own(directory: Path) -> None:
    """Replace links with copies, so that the user's files are not changed."""
    for path in [*directory.rglob("*")]:
        if path.is_symlink() and path.is_file():
            there = path.resolve()
            with suppress(OSError):
                path.unlink()
                if there.stat().st_size <= _LARGEST_COPY:
                    shutil.copyfile(there, path)


def _failed(subject: CandidateModel, error: BaseException) -> CheckResult:
    """Return the result for an error, or the warning that something is missing."""
    text = readable(error).replace(f"{subject.code.directory}{os.sep}", "")
    text = text.replace(f"{os.getcwd()}{os.sep}", "")
    is_lacking = isinstance(error, _LACKS) or any(
        phrase in text for phrase in _NO_NETWORK
    )
    if is_lacking:
        message = f"main() is not verified, because something is missing: {text}"
        help_ = "put files that it reads beside the spec, or in the current directory"
        span = _of_training(subject)
        return CheckResult(
            "skipped", message, (Diagnostic("KS725", message, span, help_, "warning"),)
        )
    span = subject.code.of_error(error)
    if span.path == subject.code.candidate.path and subject.code.job.model:
        span = _of_training(subject)
    help_ = "check the data under `train` and the loss under `compile`"
    return failed(Diagnostic("KS725", f"main() fails: {text}", span, help_))


def _of_training(subject: CandidateModel) -> Span:
    """Return the location of `train` in the spec, or of `main`."""
    model = subject.code.job.model
    if model is not None and model.train is not None:
        return model.train.span
    return subject.code.of_definition("def main")


def _found(subject: CandidateModel, seen: TrainingLog) -> Iterator[Diagnostic]:
    for unknown in dict.fromkeys(seen.unknown):
        listed = ", ".join(f"`{name}`" for name in unknown.names)
        message = f"`{unknown.callback}` watches `{unknown.monitor}`, "
        message += "which `fit` does not report"
        help_ = f"`fit` reports {listed}"
        if unknown.monitor.startswith("val_"):
            help_ += "; `val_...` needs `validation_split`"
        yield Diagnostic("KS726", message, _of_callback(subject, unknown), help_)
    if not all(map(np.isfinite, seen.losses)):
        number = next(loss for loss in seen.losses if not np.isfinite(loss))
        message = f"the loss in main() is {number}"
        help_ = "check the data for numbers that are not finite, or very large"
        yield Diagnostic("KS725", message, _of_training(subject), help_, "warning")


def _of_callback(subject: CandidateModel, unknown: UnknownMonitor) -> Span:
    """Return the location of a callback in the spec."""
    model = subject.code.job.model
    if model is not None and model.train is not None:
        for value in within(model.train.fit):
            if isinstance(value, Object) and value.name == unknown.callback:
                return value.span
    return _of_training(subject)
