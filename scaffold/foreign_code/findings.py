"""The findings of a spec of which pieces were translated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scaffold.diagnostics import Diagnostic, Span

_OF_PYTHON = ("KS106", "KS110", "KS111", "KS112", "KS208")
"""Codes whose message says what Python it is; the translation says it better."""

_OF_NAMES = ("KS107", "KS201", "KS202", "KS203", "KS204", "KS205", "KS206", "KS209")
OF_PASTED = frozenset((*_OF_PYTHON, *_OF_NAMES, "KS212", "KS401"))
"""Codes of what pasted code is found for."""

_OF_GRAPH = ("KS303", "KS304")
"""Codes of what is found where tensors stand among the arguments of a layer."""

_OF_ARGUMENTS = "cannot be the name of an argument"
"""What KS208 says of a tuple that YAML has cut at its comma."""

_OF_SEVERAL = ", "
"""What KS208 says of the names of several outputs."""

_SAYS = ("did you mean", "leave it out")


class PastedPiece(NamedTuple):
    """A piece of a spec that was pasted code.

    Attributes:
        span: Where it is.
        message: What is wrong, `""` where the finding about it says enough.
        help: What to write instead.
        code: The code of the finding; `""` for that of what was found about it.
    """

    span: Span
    message: str
    help: str
    code: str = ""


def is_of_pasted(diagnostic: Diagnostic) -> bool:
    """Return whether a finding is one that pasted code leads to."""
    if diagnostic.code == "KS208":
        return any(
            words in diagnostic.message for words in (_OF_ARGUMENTS, _OF_SEVERAL)
        )
    return diagnostic.code in OF_PASTED


def leads_to(diagnostic: Diagnostic) -> bool:
    """Return whether a finding may come of pasted code, which is looked for then."""
    return is_of_pasted(diagnostic) or diagnostic.code in _OF_GRAPH


def within(inner: Span, outer: Span) -> bool:
    """Return whether a place is inside of another."""
    first, last = inner[1:3], inner[3:5]
    return outer[1:3] <= first and last <= outer[3:5]


def told(
    pieces: Sequence[PastedPiece],
    before: Sequence[Diagnostic],
    after: Sequence[Diagnostic],
) -> tuple[Diagnostic, ...]:
    """Return one finding for each piece, and what is found elsewhere.

    Args:
        pieces: What was translated.
        before: What was found before, which includes a finding about each piece.
        after: What is found with the translation in its place: nothing that follows
            from the pieces.
    """
    diagnostics = []
    for piece in pieces:
        about = [
            diagnostic for diagnostic in before if within(diagnostic.span, piece.span)
        ]
        about = [each for each in about if is_of_pasted(each)] or [
            each for each in about if leads_to(each)
        ]
        about.sort(key=lambda diagnostic: diagnostic.span)
        if piece.code:
            about = [each for each in about if each.code == piece.code] or about
            span = about[0].span if about else piece.span
            diagnostics.append(Diagnostic(piece.code, piece.message, span, piece.help))
        elif about:
            diagnostics.append(_about(about, piece))
    others = (
        diagnostic
        for diagnostic in after
        if not any(within(diagnostic.span, piece.span) for piece in pieces)
    )
    return (*diagnostics, *others)


def _about(diagnostics: Sequence[Diagnostic], piece: PastedPiece) -> Diagnostic:
    """Return the finding about a piece: the first one, with the line to write."""
    first = diagnostics[0]
    if first.code in _OF_PYTHON and piece.message:
        return first._replace(message=piece.message, help=piece.help)
    is_single = len(diagnostics) == 1 and piece.help.startswith("write ")
    if first.code == "KS202" and is_single and first.help.startswith(_SAYS):
        joined = " " if first.help.endswith("?") else "; "
        return first._replace(help=f"{first.help}{joined}{piece.help}")
    return first._replace(help=piece.help)
