"""Shortens errors of Keras to one sentence."""

from __future__ import annotations

import re

from scaffold.ir.fold import ArithmeticFailure

_LONGEST = 300
_CODES = re.compile(r"\x1b\[[0-9;]*m")
_PREFIX = re.compile(r"^Exception encountered when calling [^\n]*?\.\s+")
_SUFFIX = re.compile(r"\n\s*Arguments received by .*", re.DOTALL)
_TRACE = re.compile(r"^Graph execution error:.*\n\s*File \"[^\n]*\n", re.DOTALL)
"""The location of the tracing, before the text of an error in a TensorFlow graph."""
_SENTENCE = re.compile(r"(?<=[.!])\s+(?=[A-Z`])")
_SPEAKING = (
    ValueError,
    TypeError,
    NotImplementedError,
    AssertionError,
    ArithmeticFailure,
)
"""Errors with a complete text, to which the name of the type adds nothing."""

_REWORDED = (
    # TensorFlow: internal nodes and operations.
    (r"\{\{function_node [^}]*\}\}\s*", ""),
    (r"\s*\[Op:\w+\]( name:\s*)?", ""),
    (r"\s*\[\[\{\{node [^]]*\]\]", ""),
    # Keras: generated names, and parameter names for axes.
    (r" with name '(None|input_layer\w*|keras_tensor\w*)'", ""),
    (r" of layer '[^']*' is incompatible with the layer", " does not fit"),
    (r"\bmin_ndim=(\d+), found ndim=(\d+)", r"\1 axes or more, found \2"),
    (r"\bmax_ndim=(\d+), found ndim=(\d+)", r"\1 axes or less, found \2"),
    (r"\bndim=(\d+), found ndim=(\d+)", r"\1 axes, found \2"),
    (
        r"^Shapes used to initialize variables must be fully-defined \(no `None` "
        r"dimensions\)\. Received: shape=(\(.*?\)) for variable path='(?:[^']*/)?"
        r"([^'/]*)'",
        r"the shape of `\2` must be known, and is \1",
    ),
    (r"\. Full shape received: ", "; the shape is "),
    (r"\. Received:? ", "; received "),
    (r"<KerasTensor shape=(\([^)]*\))[^>]*>", r"a tensor of shape \1"),
)


def readable(error: BaseException) -> str:
    """Return the text of an error as one sentence, without a full stop.

    Shapes stay. Keras's introduction, the list of arguments after the text, terminal
    colours, and generated names are removed.
    """
    if isinstance(error, SystemExit):
        return f"the code exits with {error.code!r}"
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    text = _bare(str(error.args[0]) if _is_quoted(error) else str(error))
    if not text:
        return type(error).__name__
    if not isinstance(error, _SPEAKING) and not _is_of_the_backend(error):
        text = f"{type(error).__name__}: {text}"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}..."


def _bare(text: str) -> str:
    """Remove the introduction of an error's text, and join its sentences to one."""
    text = _SUFFIX.sub("", _CODES.sub("", text).strip())
    text = _TRACE.sub("", text).strip()
    text = " ".join(_PREFIX.sub("", text).split())
    for pattern, replacement in _REWORDED:
        text = re.sub(pattern, replacement, text)
    first, *more = _SENTENCE.split(text)
    parts = [_uncapitalised(first), *map(_uncapitalised, more[:2])]
    return "; ".join(part.rstrip(".! ") for part in parts)


def _uncapitalised(sentence: str) -> str:
    """Begin a sentence with a lower-case letter, unless its first word is a name."""
    word = sentence.split(" ", 1)[0]
    is_word = word.isalpha() and word[1:] == word[1:].lower()
    return sentence[:1].lower() + sentence[1:] if is_word else sentence


def _is_quoted(error: BaseException) -> bool:
    """Return whether Python shows an error's text in quotes."""
    return isinstance(error, KeyError) and bool(error.args)


def _is_of_the_backend(error: BaseException) -> bool:
    """Return whether a backend defines the type of an error; its name says little."""
    return type(error).__module__.partition(".")[0] in ("tensorflow", "jax", "torch")
