"""Examines the candidates of a job, in the process that runs them."""

from __future__ import annotations

import gc
import inspect
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import keras

from scaffold.diagnostics import Diagnostic
from scaffold.ir.types import ModelIR
from scaffold.verify import same_layers
from scaffold.verify.configs import config
from scaffold.verify.exporting import export
from scaffold.verify.forward import Pass, forward, run
from scaffold.verify.loading import build, load, subject_of, written
from scaffold.verify.masks import masks
from scaffold.verify.messages import Message, Prepared, Preparing
from scaffold.verify.mixed import mixed_precision
from scaffold.verify.needs import Needs
from scaffold.verify.outputs import output
from scaffold.verify.readable import readable
from scaffold.verify.recorder import Recorder
from scaffold.verify.reference import Reference
from scaffold.verify.saving import save
from scaffold.verify.script import main
from scaffold.verify.seeds import seed
from scaffold.verify.standard import Standard, prepare
from scaffold.verify.subject import (
    Code,
    Subject,
    Verdict,
    failed,
    judged,
    passed,
    skipped,
)
from scaffold.verify.summary import summary
from scaffold.verify.training import training
from scaffold.verify.types import CHECKS, Check, Job, Outcome

_HERE = str(Path(__file__).parent)

_FAILS: dict[Check, tuple[str, str]] = {
    "import": ("KS701", "the module cannot be imported"),
    "build": ("KS702", "the model cannot be built"),
    "summary": ("KS703", "there is no summary"),
    "parameters": ("KS704", "the parameters cannot be counted"),
    "layers": ("KS705", "the layers do not say what they are"),
    "forward": ("KS707", "the model cannot be called"),
    "output": ("KS706", "the output cannot be compared"),
    "masks": ("KS712", "the masks cannot be compared"),
    "training": ("KS708", "the model cannot be trained"),
    "mixed precision": ("KS709", "the model does not run in mixed precision"),
    "save": ("KS710", "the model cannot be saved"),
    "config": ("KS711", "the configuration does not hold"),
    "export": ("KS728", "the model cannot be exported"),
    "main": ("KS725", "main() cannot be run"),
}
"""What it means that a check ends in an error of the code's."""

_AFTER = CHECKS[CHECKS.index("forward") :]
"""The checks of a model that is called."""


class Examiner:
    """Examines the candidates of one job, and works out only once what they share.

    Attributes:
        tell: Is told when the model of the spec is built, and what it needs.
    """

    def __init__(self, job: Job, number: int) -> None:
        """Keeps the job, and the number that it has in what is told of it."""
        self._job, self._number = job, number
        self._standard: Standard | None = None
        self.tell: Callable[[Message], None] = lambda message: None

    def examine(self, candidate: int) -> Iterator[Outcome]:
        """Examines a candidate.

        Nothing that its code does is raised, apart from what ends the process.

        Args:
            candidate: Its number in the job.

        Yields:
            What comes of each check, in their order, as soon as it is known.
        """
        with _as_before(), written(self._job, candidate) as code:
            for check, (says, detail, found) in zip(
                CHECKS, self._verdicts(code), strict=True
            ):
                # What is wrong in a block is wrong wherever that is used.
                once = tuple(dict.fromkeys(found))
                yield Outcome(self._number, candidate, check, says, detail, once)
        gc.collect()

    def _verdicts(self, code: Code) -> Iterator[Verdict]:
        """Gives a verdict for each check, in order."""
        held: list[Any] = []
        verdict = _attempt(code, "import", partial(_import, code, held))
        yield verdict
        if verdict.says == "passed":
            verdict = _attempt(code, "build", partial(self._build, code, held))
            yield verdict
        else:
            yield skipped("the module is not imported")
        if verdict.says == "passed":
            yield from _looks(held[-1])
        else:
            yield from [skipped("there is no model")] * (len(CHECKS) - 2)

    def _build(self, code: Code, held: list[Any]) -> Verdict:
        module, recorder = held
        if self._standard is None and self._job.model is not None:
            self._prepare(self._job.model, self._job.candidates.index(code.candidate))
        if self._standard is not None and self._standard.found:
            verdict = judged(list(self._standard.found))
            return verdict if verdict.says == "failed" else _beyond(verdict.found)
        model = build(code, module, recorder)
        if not isinstance(model, keras.Model):
            message = f"`build_model` gives a `{type(model).__name__}`, not a model"
            span = code.of_definition("def build_model")
            return failed(Diagnostic("KS702", message, span))
        held.append(subject_of(code, module, model, recorder, self._standard))
        return passed()

    def _prepare(self, model: ModelIR, candidate: int) -> None:
        """Build the model of the spec, and tell what a model like it needs."""
        needs = Needs()

        def size(reference: Reference) -> None:
            more = needs.while_prepared(reference)
            self.tell(Preparing(self._number, candidate, *more))

        self.tell(Preparing(self._number, candidate))
        self._standard = prepare(model, size)
        more = needs.of_candidates(self._standard.reference)
        self.tell(Prepared(self._number, candidate, *more))


def _beyond(found: Sequence[Diagnostic]) -> Verdict:
    """Says that a spec cannot be run with the backend at hand."""
    return skipped(found[0].message)


def _import(code: Code, held: list[Any]) -> Verdict:
    recorder = Recorder(code.file)
    module = load(code, recorder)
    build_model = getattr(module, "build_model", None)
    if not callable(build_model):
        message = "the module has no function `build_model`"
        return failed(Diagnostic("KS701", message, code.of_line(0)))
    needed = [
        name
        for name, one in inspect.signature(build_model).parameters.items()
        if one.default is one.empty
        and one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
    ]
    if needed:
        message = f"`build_model` cannot be called without `{needed[0]}`"
        span = code.of_definition("def build_model")
        return failed(Diagnostic("KS701", message, span))
    held += [module, recorder]
    return passed()


def _looks(subject: Subject) -> Iterator[Verdict]:
    """Gives a verdict for each check of a model that is built."""
    look = partial(_attempt, subject.code)
    yield look("summary", partial(summary, subject))
    yield look("parameters", partial(same_layers.parameters, subject))
    yield look("layers", partial(same_layers.layers, subject))
    done: list[Pass] = []
    if subject.batch is None:
        yield from [skipped(subject.lacks)] * len(_AFTER)
        return
    verdict = look("forward", partial(_called, subject, done))
    yield verdict
    if not done:
        yield from [skipped("the model cannot be called")] * (len(_AFTER) - 1)
        return
    yield look("output", partial(output, subject, *done))
    yield look("masks", partial(masks, subject, *done))
    yield look("training", partial(training, subject, *done))
    yield look("mixed precision", partial(mixed_precision, subject))
    loaded: list[Any] = []
    yield look("save", partial(save, subject, loaded))
    yield look("config", partial(config, subject))
    yield look("export", partial(export, subject, *loaded))
    loaded.clear()
    yield look("main", partial(main, subject))


def _called(subject: Subject, done: list[Pass]) -> Verdict:
    done.append(run(subject))
    return forward(subject, done[0])


def _attempt(code: Code, check: Check, look: Callable[[], Verdict]) -> Verdict:
    """Looks at something; an error of the code's is a finding."""
    try:
        with _unfiltered(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            seed(code.candidate.text)
            return look()
    except (KeyboardInterrupt, MemoryError):
        raise
    # The code may raise whatever it likes, `SystemExit` included.
    except BaseException as error:
        if _is_ours(error):
            raise
        number, message = _FAILS[check]
        found = f"{message}: {readable(error)}"
        return failed(Diagnostic(number, found, code.of_error(error)))


def _is_ours(error: BaseException) -> bool:
    """Tells whether an error was raised by this room, rather than in what it runs."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and str(Path(frames[-1].filename).parent) == _HERE


@contextmanager
def _unfiltered() -> Iterator[None]:
    """Lets Keras raise its errors as they are, with the frames that led to them."""
    was_enabled = keras.config.is_traceback_filtering_enabled()
    keras.config.disable_traceback_filtering()
    try:
        yield
    finally:
        if was_enabled:
            keras.config.enable_traceback_filtering()


@contextmanager
def _as_before() -> Iterator[None]:
    """Leaves what Keras is set to as it was, whatever the code has set."""
    policy, floatx = keras.config.dtype_policy(), keras.config.floatx()
    layout = keras.config.image_data_format()
    try:
        yield
    finally:
        keras.config.set_dtype_policy(policy)
        keras.config.set_floatx(floatx)
        keras.config.set_image_data_format(layout)
