"""Parsing of Python syntax with `ast`; nothing is evaluated."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable

from scaffold.catalogue.facts import examples
from scaffold.diagnostics import Diagnostic, Refused, Span
from scaffold.spec.limits import DEEPEST, LESS_DEEP, TOO_DEEP, too_large, too_much

Locate = Callable[[int, int], Span]
"""Returns the location of a part of the text, from its index and length."""

STRING = r"""
    \"{3} [^"\\]* (?: (?: \\. | "{1,2}(?!") ) [^"\\]* )* \"{3}
    | '{3} [^'\\]* (?: (?: \\. | '{1,2}(?!') ) [^'\\]* )* '{3}
    | " [^"\\]* (?: \\. [^"\\]* )* "
    | ' [^'\\]* (?: \\. [^'\\]* )* '
"""
"""A Python string, as a pattern for the flags `VERBOSE` and `DOTALL`."""

_LAYOUT = rf"(?P<string> {STRING} ) | \#[^\r\n]* | [\r\n\f]"
_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4299,}")
"""A number with more digits than Python parses, which is 4,300."""
_MAY_WARN = re.compile(r"\\|[0-9]\.?[A-Za-z]")
NO_COMMA = "a comma is missing"
"""The beginning of the message about two values without a comma between them."""
_CALL = f"write a call, such as `{examples.LAYER_WITH_ACTIVATION}`"


def parse_tree(text: str, locate: Locate) -> ast.expr:
    """Parse an expression; columns are counted from the end of its leading whitespace.

    Args:
        text: The expression. Line ends between tokens and comments are ignored.
        locate: Returns the location of a part of the text in the file.

    Raises:
        Refused: The text is not a Python expression, or is nested too deep.
    """
    flat = _flatten(text, locate)
    bare = flat.lstrip()
    if not bare:
        message = "an expression is missing here"
        help_ = "write a value, or the name of a param"
        raise Refused(Diagnostic("KS110", message, locate(0, len(text)), help_))
    try:
        return _parse(bare)
    except SyntaxError as error:
        # If the text ends too early, Python reports no position.
        at = (error.offset or len(bare.rstrip())) - 1 + len(flat) - len(bare)
        if number := _LONG_NUMBER.search(text):
            raise too_large(locate(number.start(), len(number[0]))) from error
        if _is_too_deep(text):
            message = TOO_DEEP
            raise too_much(message, locate(0, len(text)), LESS_DEEP) from error
        raise _syntax(at, text, locate) from error
    except (RecursionError, MemoryError) as error:
        message = TOO_DEEP
        raise too_much(message, locate(0, len(text)), LESS_DEEP) from error
    except ValueError as error:
        message = "this contains a character that is not allowed in code"
        help_ = "remove it, or write it as an escape in a string"
        raise Refused(
            Diagnostic("KS110", message, locate(0, len(text)), help_)
        ) from error


def _is_too_deep(text: str) -> bool:
    """Return whether the brackets are nested more than `DEEPEST` levels deep."""
    depth = deepest = 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest > DEEPEST


def _parse(text: str) -> ast.expr:
    if _MAY_WARN.search(text) is None:
        return ast.parse(text, mode="eval").body
    with warnings.catch_warnings():
        # Python warns about an unknown escape in a string, and keeps its backslash.
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


def _flatten(text: str, locate: Locate) -> str:
    """Replace line ends and comments with spaces."""
    if text.isprintable() and "#" not in text:
        return text

    def flat(match: re.Match[str]) -> str:
        if match["string"] is None:
            return " " * len(match[0])
        if "\n" in match[0] or "\r" in match[0]:
            help_ = r"write `\n` for a line end"
            span = locate(match.start(), len(match[0]))
            message = "a string in an expression cannot span several lines"
            raise Refused(Diagnostic("KS110", message, span, help_))
        return match[0]

    return re.sub(_LAYOUT, flat, text, flags=re.VERBOSE | re.DOTALL)


def _syntax(at: int, text: str, locate: Locate) -> Refused:
    """Return the error for invalid syntax, independent of Python's own messages."""
    from scaffold.spec.syntax import explain

    fault = explain(text)
    if fault is None:
        span = locate(max(min(at, len(text) - 1), 0), 1)
        message = "this is not a valid expression"
        return Refused(Diagnostic("KS110", message, span, _CALL))
    start, length, message, help_, _ = fault
    return Refused(Diagnostic("KS110", message, locate(start, length), help_))
