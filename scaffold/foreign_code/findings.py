"""Merge the findings before and after a translation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span
from scaffold.spec.values import NOT_AN_ARGUMENT_NAME

_OF_PYTHON = ("KS106", "KS110", "KS111", "KS112", "KS208")
"""Codes about Python code; the message of the translation is more exact."""

_OF_NAMES = ("KS107", "KS201", "KS202", "KS203", "KS204", "KS205", "KS206", "KS209")
OF_PASTED = frozenset((*_OF_PYTHON, *_OF_NAMES, "KS212", "KS401"))
"""Codes of the findings that pasted code causes."""

_OF_GRAPH = ("KS303", "KS304")
"""Codes of the findings that tensors among the arguments of a layer cause."""

_OF_SEVERAL = ", "
"""In the message of KS208 about the names of several outputs."""

_ALREADY_HELPFUL = ("did you mean", "leave it out")


class PastedPiece(NamedTuple):
    """A piece of a spec that was pasted code.

    Attributes:
        span: The span of the piece.
        message: The message, `""` to use the one of the existing finding.
        help: What to write instead.
        code: The code of the finding, `""` to use the one of the existing finding.
    """

    span: Span
    message: str
    help: str
    code: str = ""


def is_of_pasted(diagnostic: Diagnostic) -> bool:
    """Return whether pasted code causes such a finding."""
    if diagnostic.code == "KS208":
        return any(
            text in diagnostic.message for text in (NOT_AN_ARGUMENT_NAME, _OF_SEVERAL)
        )
    return diagnostic.code in OF_PASTED


def may_come_from_pasted(diagnostic: Diagnostic) -> bool:
    """Return whether pasted code may cause a finding, so that it must be searched."""
    return is_of_pasted(diagnostic) or diagnostic.code in _OF_GRAPH


def within(inner: Span, outer: Span) -> bool:
    """Return whether a span is inside another."""
    first, last = inner[1:3], inner[3:5]
    return outer[1:3] <= first and last <= outer[3:5]


def merge_findings(
    pieces: Sequence[PastedPiece],
    before: Sequence[Diagnostic],
    after: Sequence[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """Return one finding for each piece, and the findings elsewhere.

    Args:
        pieces: The translated pieces.
        before: The findings before the translation, at least one about each piece.
        after: The findings of the translated spec, without those that only follow
            from the pieces.
    """
    diagnostics = []
    for piece in pieces:
        about = [
            diagnostic for diagnostic in before if within(diagnostic.span, piece.span)
        ]
        about = [finding for finding in about if is_of_pasted(finding)] or [
            finding for finding in about if may_come_from_pasted(finding)
        ]
        about.sort(key=lambda diagnostic: diagnostic.span)
        if piece.code:
            same_code = [finding for finding in about if finding.code == piece.code]
            about = same_code or about
            span = about[0].span if about else piece.span
            diagnostics.append(Diagnostic(piece.code, piece.message, span, piece.help))
        elif about:
            diagnostics.append(_about(about, piece))
    elsewhere = (
        diagnostic
        for diagnostic in after
        if not any(within(diagnostic.span, piece.span) for piece in pieces)
    )
    return (*diagnostics, *elsewhere)


def _about(diagnostics: Sequence[Diagnostic], piece: PastedPiece) -> Diagnostic:
    """Return the first finding about a piece, with the line to write as its help."""
    first = diagnostics[0]
    if first.code in _OF_PYTHON and piece.message:
        return first._replace(message=piece.message, help=piece.help)
    is_single = len(diagnostics) == 1 and piece.help.startswith("write ")
    if first.code == "KS202" and is_single and first.help.startswith(_ALREADY_HELPFUL):
        separator = " " if first.help.endswith("?") else "; "
        return first._replace(help=f"{first.help}{separator}{piece.help}")
    return first._replace(help=piece.help)
