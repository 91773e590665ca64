"""Detect the strings that an argument accepts, if Keras rejects all others."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.catalogue.introspect.documentation import indicates, quoted
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument

NONSENSE = "nonsense"


def find_choices(
    argument: Argument, text: str, candidates: Sequence[str], subject: Trial
) -> tuple[str, ...]:
    """Return the choices of an argument.

    Args:
        argument: The name and default of the argument.
        text: Its documentation.
        candidates: Further strings to try.
        subject: The callable of the argument.

    Returns:
        The strings that work, in the order of the documentation. If a nonsense string
        works too: the documented ones, if the text describes them as alternatives.
    """
    documented = [string for string in quoted(text) if not _is_constant(string)]
    if isinstance(argument.default, str):
        documented.append(argument.default)
    documented = list(dict.fromkeys(documented))
    name = argument.name
    if not subject.constructs(name, NONSENSE):
        tried = dict.fromkeys([*documented, *candidates])
        return tuple(
            string
            for string in tried
            if subject.constructs(name, string)
            or (string in documented and _is_known(name, string, subject))
        )
    if not subject.works(name, NONSENSE):
        tried = dict.fromkeys([*documented, *candidates])
        return tuple(string for string in tried if subject.works(name, string))
    if (
        isinstance(argument.default, str)
        and len(documented) > 1
        and indicates(text, "one of")
    ):
        return tuple(documented)
    return ()


def _is_known(name: str, string: str, subject: Trial) -> bool:
    """Return whether a string is rejected for another reason than a nonsense string.

    `output_mode="tf_idf"` is rejected only because `idf_weights` is missing.
    """
    about_nonsense = subject.complaint(name, NONSENSE)
    return subject.complaint(name, string) != about_nonsense.replace(NONSENSE, string)


def _is_constant(string: str) -> bool:
    return string in ("None", "True", "False")
