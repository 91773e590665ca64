"""What goes into the stages, and what comes out of them."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.spec import Notation


class Source(NamedTuple):
    """A spec to work on.

    Attributes:
        data: Its bytes, in UTF-8.
        path: Its name, in findings and in the comment at a generated file's head.
        notation: What it is written in; by default what the name's suffix says.
        params: Params set from outside, names and YAML values.
        methods: Names of methods to override, besides those that the spec names.
    """

    data: bytes
    path: str
    notation: Notation | None = None
    params: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()


class Checked(NamedTuple):
    """A spec that was read and checked.

    Attributes:
        model: The model, `None` where the file is beyond reading.
        text: The file's text, for excerpts.
        diagnostics: All that was found, errors and warnings.
    """

    model: ModelIR | None
    text: str
    diagnostics: tuple[Diagnostic, ...]


class Generated(NamedTuple):
    """A module of Keras source.

    Attributes:
        text: The source, digest included.
        name: The model's Keras name, in snake_case: the file is `<name>.py`.
        style: The style it is in.
        is_runnable: Whether it trains when it is run: the spec has `train`.
    """

    text: str
    name: str
    style: str
    is_runnable: bool


class GeneratedPart(NamedTuple):
    """A layer, loss, metric or callback of one's own.

    Attributes:
        text: Its source, digest included.
        tests: Tests of it for pytest, `""` where none were asked for.
        name: The name of its class.
    """

    text: str
    tests: str
    name: str


class File(NamedTuple):
    """A file of Keras source, to be taken as it is.

    Attributes:
        text: Its text.
        path: Its name.
        style: Its style, `""` where that is not known.
    """

    text: str
    path: str
    style: str = ""
