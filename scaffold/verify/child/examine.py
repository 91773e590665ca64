"""Runs all checks of the candidates of a job, in the child process."""

from __future__ import annotations

import gc
import inspect
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic, has_errors
from scaffold.ir.types import ModelIR
from scaffold.verify.checks import layer_match
from scaffold.verify.checks.configs import config
from scaffold.verify.checks.exporting import export
from scaffold.verify.checks.forward import Pass, forward, run
from scaffold.verify.checks.loading import build, load, subject_of, written
from scaffold.verify.checks.masks import masks
from scaffold.verify.checks.mixed import mixed_precision
from scaffold.verify.checks.outputs import output
from scaffold.verify.checks.saving import save
from scaffold.verify.checks.script import main
from scaffold.verify.checks.subject import (
    CandidateModel,
    CandidateModule,
    CheckResult,
    failed,
    judged,
    passed,
    skipped,
)
from scaffold.verify.checks.summary import summary
from scaffold.verify.checks.training import training
from scaffold.verify.messages import Message, PreparingReference, ReferencePrepared
from scaffold.verify.recording.keras_errors import readable
from scaffold.verify.recording.recorder import Recorder
from scaffold.verify.recording.seeds import seed
from scaffold.verify.reference.baseline import NO_STRINGS, Baseline, prepare
from scaffold.verify.reference.budget import BudgetMeter
from scaffold.verify.reference.model import ReferenceModel
from scaffold.verify.types import CHECKS, Check, Job, Outcome

_PACKAGE = Path(__file__).parents[1]

_FAILS: dict[Check, tuple[str, str, str]] = {
    "import": (
        "KS701",
        "the module cannot be imported",
        "import it with `python -c` to see the whole error",
    ),
    "build": (
        "KS702",
        "the model cannot be built",
        "call `build_model()` to see the whole error",
    ),
    "summary": (
        "KS703",
        "the summary cannot be printed",
        "`build` should trace `call` on symbolic inputs",
    ),
    "parameters": (
        "KS704",
        "the parameters cannot be counted",
        "`build` should trace `call` on symbolic inputs",
    ),
    "layers": (
        "KS705",
        "the configurations of the layers cannot be read",
        "`get_config` should return all arguments of `__init__`, and not raise",
    ),
    "forward": (
        "KS707",
        "the model cannot be called",
        "call the model on a batch to see the whole error",
    ),
    "output": (
        "KS706",
        "the output cannot be compared",
        "return tensors, or a list or dictionary of tensors",
    ),
    "masks": (
        "KS712",
        "the masks cannot be compared",
        "return each mask as a tensor or `None`",
    ),
    "training": (
        "KS708",
        "the model cannot be trained",
        "call `fit` on a batch to see the whole error",
    ),
    "mixed precision": (
        "KS709",
        "the model does not run in mixed precision",
        "cast with `keras.ops.cast(x, self.compute_dtype)`, and set no dtype",
    ),
    "save": (
        "KS710",
        "the model cannot be saved",
        "check `get_config`, `from_config` and `build`, which Keras calls",
    ),
    "config": (
        "KS711",
        "the configurations cannot be checked",
        "`__init__` should accept all that `get_config` returns",
    ),
    "export": (
        "KS728",
        "the model cannot be exported",
        "call `model.export(DIRECTORY)` to see the whole error",
    ),
    "main": (
        "KS725",
        "main() cannot be run",
        "run the file with `python` to see the whole error",
    ),
}
"""The code, message and help if the candidate's code raises during a check."""

_CALLING_CHECKS = CHECKS[CHECKS.index("forward") :]
"""The checks that call the model."""


class Examiner:
    """Examines the candidates of one job, and prepares the baseline once.

    Attributes:
        tell: Called when the model of the spec is built, with the limits it implies.
    """

    def __init__(self, job: Job, number: int) -> None:
        """Store the job, and its number in messages."""
        self._job, self._number = job, number
        self._baseline: Baseline | None = None
        self._preparation: CheckResult | None = None
        self.tell: Callable[[Message], None] = lambda message: None

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examine a candidate.

        Errors of its code become findings; only those that end the process are raised.

        Args:
            candidate: The number of the candidate in the job.

        Yields:
            The outcome of each check, in order, as soon as it is known.
        """
        with _restored_settings(), written(self._job, candidate) as code:
            for check, (says, detail, diagnostics) in zip(
                CHECKS, self._results(code), strict=True
            ):
                # A block with an error is reported once, not for each use.
                unique = tuple(dict.fromkeys(diagnostics))
                yield Outcome(self._number, candidate, check, says, detail, unique)
        gc.collect()

    def _results(self, code: CandidateModule) -> Iterator[CheckResult]:
        """Yield the result of each check, in order."""
        loaded_parts: list[Any] = []
        # Before the import, so that the module cannot influence the baseline.
        number = self._job.candidates.index(code.candidate)
        get_ready = partial(self._prepare, number)
        preparation = self._preparation = self._preparation or _attempt(
            code, "build", get_ready
        )
        result = _attempt(code, "import", partial(_import, code, loaded_parts))
        yield result
        if result.says == "passed" and preparation.says != "passed":
            result = preparation
            yield result
        elif result.says == "passed":
            result = _attempt(code, "build", partial(self._build, code, loaded_parts))
            yield result
        else:
            yield skipped("the module is not imported")
        if result.says == "passed":
            yield from _model_checks(loaded_parts[-1])
        else:
            yield from [skipped("there is no model")] * (len(CHECKS) - 2)

    def _prepare(self, candidate: int) -> CheckResult:
        """Compute the baseline that all candidates are compared with."""
        if self._job.model is None:
            return passed()
        self._baseline = self._prepared_baseline(self._job.model, candidate)
        diagnostics = list(self._baseline.diagnostics)
        if diagnostics and not has_errors(diagnostics):
            # Only warnings: it cannot be run with this backend, or on these numbers.
            return CheckResult("skipped", diagnostics[0].message, tuple(diagnostics))
        return judged(diagnostics)

    def _build(self, code: CandidateModule, loaded_parts: list[Any]) -> CheckResult:
        module, recorder = loaded_parts
        model = build(code, module, recorder)
        if not isinstance(model, keras.Model):
            message = f"`build_model` returns a `{type(model).__name__}`, not a model"
            span = code.of_definition("def build_model")
            help_ = "end it with `return model`"
            return failed(Diagnostic("KS702", message, span, help_))
        loaded_parts.append(subject_of(code, module, model, recorder, self._baseline))
        return passed()

    def _prepared_baseline(self, model: ModelIR, candidate: int) -> Baseline:
        """Build the model of the spec, and send the limits that it implies."""
        meter = BudgetMeter()

        def send_limits(reference: ReferenceModel) -> None:
            limits = meter.for_reference(reference)
            self.tell(PreparingReference(self._number, candidate, *limits))

        self.tell(PreparingReference(self._number, candidate))
        baseline = prepare(model, send_limits)
        limits = meter.for_candidates(baseline.reference)
        self.tell(ReferencePrepared(self._number, candidate, *limits))
        return baseline


def _import(code: CandidateModule, loaded_parts: list[Any]) -> CheckResult:
    recorder = Recorder(code.file)
    module = load(code, recorder)
    build_model = getattr(module, "build_model", None)
    if not callable(build_model):
        message = "the module has no function `build_model`"
        help_ = "name the function that returns the model `build_model`"
        return failed(Diagnostic("KS701", message, code.of_line(0), help_))
    required = [
        name
        for name, parameter in inspect.signature(build_model).parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind not in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL)
    ]
    if required:
        message = f"`build_model` cannot be called without `{required[0]}`"
        span = code.of_definition("def build_model")
        help_ = f"give `{required[0]}` a default"
        return failed(Diagnostic("KS701", message, span, help_))
    loaded_parts += [module, recorder]
    return passed()


def _model_checks(subject: CandidateModel) -> Iterator[CheckResult]:
    """Yield the result of each check after `build`."""
    attempt = partial(_attempt, subject.code)
    yield attempt("summary", partial(summary, subject))
    yield attempt("parameters", partial(layer_match.parameters, subject))
    yield attempt("layers", partial(layer_match.layers, subject))
    passes: list[Pass] = []
    if subject.batch is None:
        result = skipped(f"the model is not run: {subject.no_batch_reason}")
        yield result._replace(diagnostics=(_not_run(subject),))
        yield from [skipped("the model is not run")] * (len(_CALLING_CHECKS) - 1)
        return
    result = attempt("forward", partial(_called, subject, passes))
    yield result
    if not passes:
        yield from [skipped("the model cannot be called")] * (len(_CALLING_CHECKS) - 1)
        return
    yield attempt("output", partial(output, subject, *passes))
    yield attempt("masks", partial(masks, subject, *passes))
    yield attempt("training", partial(training, subject, *passes))
    yield attempt("mixed precision", partial(mixed_precision, subject))
    loaded: list[Any] = []
    yield attempt("save", partial(save, subject, loaded))
    yield attempt("config", partial(config, subject))
    yield attempt("export", partial(export, subject, *loaded))
    loaded.clear()
    yield attempt("main", partial(main, subject))


def _not_run(subject: CandidateModel) -> Diagnostic:
    """Return the warning that most checks are skipped."""
    help_ = "verify it together with its spec"
    if subject.no_batch_reason == NO_STRINGS:
        help_ = "verify it with `--backend tensorflow`"
    elif subject.baseline is not None:
        help_ = (
            "set a size that the model accepts for each axis of `inputs` without one"
        )
    message = f"the model is not run: {subject.no_batch_reason}"
    return Diagnostic("KS719", message, subject.model_span, help_, "warning")


def _called(subject: CandidateModel, passes: list[Pass]) -> CheckResult:
    passes.append(run(subject))
    return forward(subject, passes[0])


def _attempt(
    code: CandidateModule, check: Check, attempt: Callable[[], CheckResult]
) -> CheckResult:
    """Run a check; an error in the candidate's code is a finding."""
    try:
        with _full_tracebacks(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed(code.candidate.text)
            return attempt()
    except (KeyboardInterrupt, MemoryError):
        raise
    # The code may raise any error, `SystemExit` included.
    except BaseException as error:
        if _is_internal(error):
            raise
        number, message, help_ = _FAILS[check]
        text = f"{message}: {readable(error)}"
        return failed(Diagnostic(number, text, code.of_error(error), help_))


def _is_internal(error: BaseException) -> bool:
    """Return whether an error was raised by this package, not by code it calls."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and Path(frames[-1].filename).is_relative_to(_PACKAGE)


@contextmanager
def _full_tracebacks() -> Iterator[None]:
    """Have Keras raise errors with all frames of their tracebacks."""
    was_enabled = keras.config.is_traceback_filtering_enabled()
    keras.config.disable_traceback_filtering()
    try:
        yield
    finally:
        if was_enabled:
            keras.config.enable_traceback_filtering()


@contextmanager
def _restored_settings() -> Iterator[None]:
    """Restore the settings of Keras that code may change."""
    policy, floatx = keras.config.dtype_policy(), keras.config.floatx()
    layout = keras.config.image_data_format()
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
        keras.config.set_floatx(floatx)
        keras.config.set_image_data_format(layout)
