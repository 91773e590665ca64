"""What commands share that write one document about a spec, such as a diagram."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from scaffold.catalogue import Catalogue
from scaffold.cli.console import fail, print_findings
from scaffold.cli.sources import find_source
from scaffold.cli.write_files import (
    Mode,
    overwritten_specs,
    print_source,
    write_files,
)
from scaffold.diagnostics import Refused, has_errors
from scaffold.ir import ModelIR
from scaffold.output import Target
from scaffold.pipeline import Checked, check

FormatT = TypeVar("FormatT", bound=str)


class CheckedSpec(NamedTuple):
    """A spec without errors.

    Attributes:
        path: The path of the spec, for findings.
        checked: The result of the check.
        model: The model.
    """

    path: str
    checked: Checked
    model: ModelIR

    @property
    def texts(self) -> dict[str, str]:
        """The text of the spec by its path, for excerpts."""
        return {self.path: self.checked.text}


def format_of(
    output: str, suffixes: Mapping[str, FormatT], default: FormatT
) -> FormatT:
    """Return the format of a document by the suffix of its file.

    Args:
        output: The path of the file, or `-` for standard output.
        suffixes: The format of each suffix, in lower case.
        default: The format of standard output.

    Raises:
        click.UsageError: The suffix is unknown.
    """
    if output == "-":
        return default
    suffix = Path(output).suffix.lower()
    if suffix not in suffixes:
        raise click.UsageError(
            f"the suffix of {output} is not one of {', '.join(suffixes)}; use --format."
        )
    return suffixes[suffix]


def check_spec(
    named: str, params: tuple[tuple[str, str], ...], catalogue: Catalogue
) -> CheckedSpec:
    """Check a spec, and print its findings; exit with 1 if it has errors.

    Args:
        named: A file, the name of a preset, or `-` for standard input.
        params: New defaults of params.
        catalogue: The catalogue of Keras.
    """
    try:
        source = find_source(named)._replace(params=params)
    except Refused as refused:
        fail(refused.diagnostics)
    checked = check(source, catalogue)
    texts = {source.path: checked.text}
    if checked.model is None or has_errors(checked.diagnostics):
        fail(checked.diagnostics, texts)
    print_findings(checked.diagnostics, texts)
    return CheckedSpec(source.path, checked, checked.model)


def write_document(text: str, output: str, spec: str, what: str, mode: Mode) -> None:
    """Write a document to a file, or print it.

    Args:
        text: The document.
        output: The path of the file, or `-` for standard output.
        spec: The spec that must not be overwritten.
        what: The kind of document, with its article, for messages.
        mode: How files are written.
    """
    if output == "-":
        print_source(text)
        return
    path = Path(output)
    if diagnostics := [*overwritten_specs(path, [spec], what)]:
        fail(diagnostics)
    write_files([Target(path, text)], mode)
