"""Detect the strings that an argument accepts, if Keras rejects all others."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue.introspect.documentation import indicates, quoted
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument

NONSENSE = "nonsense"


def find_choices(
    argument: Argument, text: str, words: Sequence[str], subject: Trial
) -> tuple[str, ...]:
    """Return the choices of an argument.

    Args:
        argument: The name and default of the argument.
        text: Its documentation.
        words: Further strings to try.
        subject: The callable of the argument.

    Returns:
        The strings that work, in the order of the documentation. If a nonsense string
        works too: the documented ones, if the text describes them as alternatives.
    """
    documented = [word for word in quoted(text) if not _is_constant(word)]
    if isinstance(argument.default, str):
        documented.append(argument.default)
    documented = list(dict.fromkeys(documented))
    name = argument.name
    if not subject.constructs(name, NONSENSE):
        tried = dict.fromkeys([*documented, *words])
        return tuple(
            word
            for word in tried
            if subject.constructs(name, word)
            or (word in documented and _is_known(name, word, subject))
        )
    if not subject.works(name, NONSENSE):
        tried = dict.fromkeys([*documented, *words])
        return tuple(word for word in tried if subject.works(name, word))
    if (
        isinstance(argument.default, str)
        and len(documented) > 1
        and indicates(text, "one of")
    ):
        return tuple(documented)
    return ()


def _is_known(name: str, word: str, subject: Trial) -> bool:
    """Return whether a string is rejected for another reason than a nonsense string.

    `output_mode="tf_idf"` is rejected only because `idf_weights` is missing.
    """
    about_nonsense = subject.complaint(name, NONSENSE)
    return subject.complaint(name, word) != about_nonsense.replace(NONSENSE, word)


def _is_constant(word: str) -> bool:
    return word in ("None", "True", "False")
