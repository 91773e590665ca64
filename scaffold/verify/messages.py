"""The messages from the child to the parent: a line each, of a token and JSON.

Generated code runs in the child, and can write to all its pipes. Lines without the
token are ignored. Lines with it are validated field by field, since the code could read
the token, too: it can forge messages, and do no other harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, get_args

from scaffold.diagnostics import Diagnostic, Severity, Span
from scaffold.ir.types import Origin
from scaffold.verify.types import CHECKS, Job, Outcome, Says

LONGEST_LINE = 1 << 20
"""The longest line that is accepted."""

LENGTH = 8
"""The number of bytes before a request that hold its length."""

_LONGEST_TEXT = 4_000
_MOST_DIAGNOSTICS = 200
_SAYS = get_args(Says)


class ChildRequest(NamedTuple):
    """The request of the parent to a child.

    Attributes:
        jobs: All jobs, including those that are done.
        tasks: The tasks to run: numbers of jobs and of their candidates.
        import_paths: The directories in which the imports of each job are searched.
        backend: Keras's backend; `""` for an examiner that needs no Keras.
        examiner: The class that examines, `package.module:Class`.
        memory: The bytes that a candidate may use.
        token: The beginning of the child's lines.
    """

    jobs: tuple[Job, ...]
    tasks: tuple[tuple[int, int], ...]
    import_paths: tuple[tuple[str, ...], ...]
    backend: str
    examiner: str
    memory: int
    token: str


class ChildReady(NamedTuple):
    """Keras is imported."""


class NoBackend(NamedTuple):
    """Keras cannot be imported, for a reason."""

    reason: str


class CandidateStarted(NamedTuple):
    """The examination of a candidate starts."""

    job: int
    candidate: int


class PreparingReference(NamedTuple):
    """The model of a job is being built directly from its spec, and run.

    Attributes:
        job: The job's number.
        candidate: The number of the candidate that waits for it.
        seconds: The additional time that this may take, as far as is known.
        mebibytes: The additional memory that it may use.
    """

    job: int
    candidate: int
    seconds: int = 0
    mebibytes: int = 0


class ReferencePrepared(NamedTuple):
    """The model of a job is built and was run; the candidate continues.

    Attributes:
        job: The job's number.
        candidate: The candidate's number.
        seconds: The additional time for each candidate.
        mebibytes: The additional memory for each candidate.
    """

    job: int
    candidate: int
    seconds: int
    mebibytes: int


class CandidateFinished(NamedTuple):
    """The examination of a candidate is finished.

    Attributes:
        job: The number of its job.
        candidate: The candidate's number.
        fault: The error that stopped the examination early, or `""`.
        has_strays: Whether the candidate left processes running, which were ended.
        needs_restart: Whether it changed this process, for example by a running thread.
    """

    job: int
    candidate: int
    fault: str
    has_strays: bool
    needs_restart: bool


Message = (
    ChildReady
    | NoBackend
    | CandidateStarted
    | PreparingReference
    | ReferencePrepared
    | Outcome
    | CandidateFinished
)

_KINDS: dict[str, type[Message]] = {
    kind.__name__: kind for kind in get_args(Message) if kind is not Outcome
}


def encode(message: Message, token: str) -> bytes:
    """Encode a message as a line, after a line break that ends any incomplete line."""
    content: dict[str, Any] = {"is": type(message).__name__, **message._asdict()}
    if isinstance(message, Outcome):
        content["diagnostics"] = [
            {**diagnostic._asdict(), "span": tuple(diagnostic.span)}
            for diagnostic in message.diagnostics
        ]
    return f"\n{token} {json.dumps(content)}\n".encode()


def decode(line: bytes, token: str) -> Message | None:
    """Decode a line; return `None` if it is not a message of the child."""
    start = f"{token} ".encode()
    if not line.startswith(start) or len(line) > LONGEST_LINE:
        return None
    try:
        content = json.loads(line[len(start) :])
        return _message(content) if isinstance(content, dict) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _message(content: Mapping[str, Any]) -> Message:
    name = _one_of(content["is"], (*_KINDS, "Outcome"))
    if name == "Outcome":
        return _outcome(content)
    fields = _KINDS[name].__annotations__
    return _KINDS[name](
        **{
            key: _field(content[key], str(type_name))
            for key, type_name in fields.items()
        }
    )


def _field(value: Any, type_name: str) -> Any:
    """Validate a value by the name of its type."""
    if "bool" in type_name:
        return bool(value)
    return _number(value) if "int" in type_name else _text(value)


def _outcome(content: Mapping[str, Any]) -> Outcome:
    says: Says = _one_of(content["says"], _SAYS)
    diagnostics, shapes = content["diagnostics"], content["shapes"]
    if not isinstance(diagnostics, list) or not isinstance(shapes, list):
        raise TypeError("not a list")
    return Outcome(
        job=_number(content["job"]),
        candidate=_number(content["candidate"]),
        check=_one_of(content["check"], CHECKS),
        says=says,
        detail=_text(content["detail"]),
        diagnostics=tuple(map(_diagnostic, diagnostics[:_MOST_DIAGNOSTICS])),
        shapes=tuple(map(_shape, shapes)),
    )


def _shape(content: Any) -> tuple[Origin, str]:
    (graph, node), text = content
    return Origin(_text(graph), _number(node)), _text(text)


def _diagnostic(content: Mapping[str, Any]) -> Diagnostic:
    if not re.fullmatch("KS7[0-9][0-9]", content["code"]):
        raise ValueError("not a code of verify")
    path, *numbers = content["span"]
    line, column, end_line, end_column = map(_number, numbers)
    return Diagnostic(
        code=content["code"],
        message=_text(content["message"]),
        span=Span(_text(path), line, column, end_line, end_column),
        help=_text(content["help"]),
        severity=_one_of(content["severity"], get_args(Severity)),
    )


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**31:
        raise ValueError("not a number that a child sends")
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a string")
    return value[:_LONGEST_TEXT]


def _one_of(value: Any, known: tuple[str, ...]) -> Any:
    if not isinstance(value, str) or value not in known:
        raise ValueError("not a value that a child sends")
    return value
