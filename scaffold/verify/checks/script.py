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
from scaffold.verify.checks.short_training import TrainingLog, UnknownMonitor, shortened
from scaffold.verify.checks.subject import (
    CandidateModel,
    CandidateModule,
    CheckResult,
    failed,
    judged,
    skipped,
)
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.sandbox import link_files

_LARGEST_COPY = 1 << 30
_MISSING = (FileNotFoundError, ModuleNotFoundError, ConnectionError, EOFError)
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
        with _script_environment(code), shortened(directory) as log:
            run()
    except SystemExit as exit_error:
        if exit_error.code not in (None, 0):
            message = f"main() fails: {readable(exit_error)}"
            help_ = "return from `main()` instead of exiting"
            return failed(
                Diagnostic("KS725", message, code.of_error(exit_error), help_)
            )
    except (KeyboardInterrupt, MemoryError):
        raise
    # The user's code may raise any error.
    except BaseException as error:
        return _error_result(subject, error)
    return judged(list(_findings(subject, log)))


def _script(code: CandidateModule, module: Any) -> Callable[[], None] | None:
    """Return the body of `if __name__ == "__main__"`, or `main`, as a function."""
    tree = ast.parse(code.candidate.text)
    statements = [
        statement
        for part in tree.body
        if isinstance(part, ast.If) and _is_main_test(part.test)
        for statement in part.body
    ]
    if statements:
        body = compile(ast.Module(statements, []), code.file, "exec")
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


def _is_main_test(test: ast.expr) -> bool:
    match test:
        case ast.Compare(
            left=ast.Name(id="__name__"),
            ops=[ast.Eq()],
            comparators=[ast.Constant(value="__main__")],
        ):
            return True
    return False


@contextmanager
def _script_environment(code: CandidateModule) -> Iterator[None]:
    """Set the arguments of a script, and provide copies of the files that it names."""
    arguments, before = sys.argv, os.environ.get("MPLBACKEND")
    directory, previous_directory = Path(code.directory), os.getcwd()
    link_files(directory, code.candidate.text, [previous_directory])
    for folder in (directory, Path(previous_directory)):
        _copy_links(folder)
    sys.argv = [code.file]
    os.environ.setdefault("MPLBACKEND", "Agg")
    try:
        yield
    finally:
        sys.argv = arguments
        os.chdir(previous_directory)
        if before is None:
            os.environ.pop("MPLBACKEND", None)


def _copy_links(directory: Path) -> None:
    """Replace links with copies, so that the user's files are not changed."""
    for path in [*directory.rglob("*")]:
        if path.is_symlink() and path.is_file():
            source = path.resolve()
            with suppress(OSError):
                path.unlink()
                if source.stat().st_size <= _LARGEST_COPY:
                    shutil.copyfile(source, path)


def _error_result(subject: CandidateModel, error: BaseException) -> CheckResult:
    """Return the result for an error, or the warning that something is missing."""
    text = readable(error).replace(f"{subject.code.directory}{os.sep}", "")
    text = text.replace(f"{os.getcwd()}{os.sep}", "")
    is_missing = isinstance(error, _MISSING) or any(
        phrase in text for phrase in _NO_NETWORK
    )
    if is_missing:
        message = f"main() is not verified, because something is missing: {text}"
        help_ = "put files that it reads beside the spec, or in the current directory"
        span = _training_span(subject)
        return CheckResult(
            "skipped", message, (Diagnostic("KS725", message, span, help_, "warning"),)
        )
    span = subject.code.of_error(error)
    if span.path == subject.code.candidate.path and subject.code.job.model:
        span = _training_span(subject)
    help_ = "check the data under `train` and the loss under `compile`"
    return failed(Diagnostic("KS725", f"main() fails: {text}", span, help_))


def _training_span(subject: CandidateModel) -> Span:
    """Return the location of `train` in the spec, or of `main`."""
    model = subject.code.job.model
    if model is not None and model.train is not None:
        return model.train.span
    return subject.code.of_definition("def main")


def _findings(subject: CandidateModel, log: TrainingLog) -> Iterator[Diagnostic]:
    for unknown in dict.fromkeys(log.unknown):
        listed = ", ".join(f"`{name}`" for name in unknown.names)
        message = f"`{unknown.callback}` watches `{unknown.monitor}`, "
        message += "which `fit` does not report"
        help_ = f"`fit` reports {listed}"
        if unknown.monitor.startswith("val_"):
            help_ += "; `val_...` needs `validation_split`"
        yield Diagnostic("KS726", message, _callback_span(subject, unknown), help_)
    if not all(map(np.isfinite, log.losses)):
        number = next(loss for loss in log.losses if not np.isfinite(loss))
        message = f"the loss in main() is {number}"
        help_ = "check the data for numbers that are not finite, or very large"
        yield Diagnostic("KS725", message, _training_span(subject), help_, "warning")


def _callback_span(subject: CandidateModel, unknown: UnknownMonitor) -> Span:
    """Return the location of a callback in the spec."""
    model = subject.code.job.model
    if model is not None and model.train is not None:
        for value in within(model.train.fit):
            if isinstance(value, Object) and value.name == unknown.callback:
                return value.span
    return _training_span(subject)
