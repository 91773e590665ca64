"""The inputs and results of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from scaffold.diagnostics import Diagnostic
from scaffold.ir import ModelIR
from scaffold.spec import Notation

if TYPE_CHECKING:
    from scaffold.styles import Fit


class Source(NamedTuple):
    """The source text of a spec.

    Attributes:
        data: The bytes of the text, in UTF-8.
        path: The name of the spec in findings and in the digest line of generated
            files.
        notation: The file format; by default that of the suffix of `path`.
        params: New defaults of params: names and YAML values.
        methods: Names of methods to override, besides those that the spec names.
        is_distributed: Whether overridden methods run under `tf.distribute`.
    """

    data: bytes
    path: str
    notation: Notation | None = None
    params: tuple[tuple[str, str], ...] = ()
    methods: tuple[str, ...] = ()
    is_distributed: bool = False


class Checked(NamedTuple):
    """The result of reading and checking a spec.

    Attributes:
        model: The model, `None` if the spec cannot be read.
        text: The text of the spec, for excerpts.
        diagnostics: All errors and warnings.
    """

    model: ModelIR | None
    text: str
    diagnostics: tuple[Diagnostic, ...]


class Generated(NamedTuple):
    """A generated module of Keras source.

    Attributes:
        text: The source, including the digest line.
        name: The Keras name of the model, in snake_case; the file is `<name>.py`.
        style: The style of the source.
        is_runnable: Whether running the file trains the model, because the spec has
            `train`.
    """

    text: str
    name: str
    style: str
    is_runnable: bool


class GeneratedStyles(NamedTuple):
    """The Keras source of a spec, in every style that can express it.

    Attributes:
        generated: A module for each of these styles; empty if there is an error.
        unfit: The other styles, with their obstacles.
        checked: The model and the findings.
        name: The model's Keras name; `""` if there is an error.
    """

    generated: tuple[Generated, ...]
    unfit: tuple[Fit, ...]
    checked: Checked
    name: str = ""


class GeneratedPart(NamedTuple):
    """A generated custom layer, loss, metric or callback.

    Attributes:
        text: The source, including the digest line.
        tests: The source of its pytest tests, `""` if not requested.
        name: The name of the class.
    """

    text: str
    tests: str
    name: str


class File(NamedTuple):
    """An existing file of Keras source.

    Attributes:
        text: The source.
        path: The path of the file.
        style: The style of the source, `""` if not known.
    """

    text: str
    path: str
    style: str = ""
