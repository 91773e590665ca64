"""Detect the kinds of an argument, by trials and from the documentation.

Keras checks little: most constructors accept any value. So a kind counts only if values
of it work, and if the default, the name or the documentation indicates it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from scaffold.catalogue.introspect.choices import find_choices
from scaffold.catalogue.introspect.corrections import corrected
from scaffold.catalogue.introspect.documentation import indicates
from scaffold.catalogue.introspect.families import find_family
from scaffold.catalogue.introspect.subjects import Trial
from scaffold.catalogue.types import Argument, Kind

INTEGERS = (2, 3, 1, 4, 8, 512)
"""The integers to try, until one works.

0 is left out and 1 comes late, as TensorFlow can kill the process (SIGFPE): with 0 as a
stride, and with 1 as the `output_size` of AdaptiveMaxPooling1D.
"""

FLOATS = (0.5, 1.5, 0.25, 2.5, -0.5)
"""The fractions to try, until one works."""


class DocumentedKind(NamedTuple):
    """What is known about an argument before it is tried.

    Attributes:
        text: Its documentation; `""` without one.
        candidates: Strings to try.
    """

    text: str
    candidates: Sequence[str]


def with_kinds(argument: Argument, hint: DocumentedKind, subject: Trial) -> Argument:
    """Return the argument with its kinds, choices, rank, and whether `None` is allowed.

    Args:
        argument: The name and default of the argument.
        hint: Its documentation, and strings to try.
        subject: The callable of the argument.
    """
    if not subject.usable:
        result = _documented(argument, hint.text)
    else:
        result = _detected(argument, hint, subject)
    return corrected(result, subject)


def _detected(argument: Argument, hint: DocumentedKind, subject: Trial) -> Argument:
    nullable = _nullable(argument, hint, subject)
    family = find_family(argument, hint.text, subject)
    if family:
        return argument._replace(kinds=family, nullable=nullable)
    if isinstance(argument.default, bool):
        return argument._replace(kinds=("boolean",), nullable=nullable)
    kinds: list[Kind] = []
    choices = find_choices(argument, hint.text, hint.candidates, subject)
    if choices:
        kinds.append("choice")
    kinds += _scalars(argument, hint, subject, bool(choices))
    sequence, rank = _sequence(argument, hint, subject)
    kinds += sequence
    if not choices and isinstance(argument.default, str):
        kinds.insert(0, "string")
    if not kinds:
        kinds += _other_kinds(argument, hint, subject)
    return argument._replace(
        kinds=tuple(kinds) or ("any",), nullable=nullable, choices=choices, rank=rank
    )


def _documented(argument: Argument, text: str) -> Argument:
    """Use only the documentation, if nothing can be tried."""
    default = argument.default
    kinds: tuple[Kind, ...] = ("any",)
    if isinstance(default, bool) or indicates(text, "boolean"):
        kinds = ("boolean",)
    elif isinstance(default, int) or indicates(text, "integer"):
        kinds = ("integer",)
    elif isinstance(default, float) or indicates(text, "float"):
        kinds = ("float",)
    elif argument.name == "dtype":
        kinds = ("dtype",)
    elif isinstance(default, str) or argument.name == "name":
        kinds = ("string",)
    nullable = default is None and not argument.required
    return argument._replace(kinds=kinds, nullable=nullable)


def _nullable(argument: Argument, hint: DocumentedKind, subject: Trial) -> bool:
    if argument.required or argument.default is not None:
        if not subject.works(argument.name, None):
            return False
        checked = not subject.works(argument.name, "nonsense")
        return checked and (
            indicates(hint.text, "none") or _is_family_name(argument.name)
        )
    return True


def _is_family_name(name: str) -> bool:
    return name.endswith(("initializer", "regularizer", "constraint", "activation"))


def _scalars(
    argument: Argument, hint: DocumentedKind, subject: Trial, has_choices: bool
) -> list[Kind]:
    """Detect integers, floats and booleans."""
    name, text, default = argument.name, hint.text, argument.default
    boolean = subject.works(name, True) or subject.works(name, False)
    if indicates(text, "boolean") and default is None and boolean:
        if not indicates(text, "integer") and not indicates(text, "float"):
            return ["boolean"]
    if has_choices or isinstance(default, str):
        # Arguments that take strings may take integers too, but never fractions.
        may_be_integer = isinstance(default, str) and indicates(text, "integer")
        return ["integer"] if may_be_integer and subject.works(name, 2) else []
    takes_integer = any(subject.works(name, value) for value in INTEGERS)
    takes_fraction = _may_be_fraction(default, text) and any(
        subject.works(name, value) for value in FLOATS
    )
    if isinstance(default, float) and takes_fraction:
        return ["float"]
    if isinstance(default, int):
        wants_float = indicates(text, "float") and not indicates(text, "integer")
        return ["float" if wants_float and takes_fraction else "integer"]
    if indicates(text, "float") and takes_fraction:
        return ["float"]
    if takes_integer and (indicates(text, "integer") or not takes_fraction):
        return ["integer"]
    return ["float"] if takes_fraction and not subject.works(name, "nonsense") else []


def _may_be_fraction(default: Any, text: str) -> bool:
    """Return whether to try fractions.

    They are not tried if only integers are documented, as a stride that is truncated to
    0 kills the process.
    """
    if isinstance(default, float) or indicates(text, "float"):
        return True
    return not isinstance(default, int | list) and not indicates(text, "integer")


def _sequence(
    argument: Argument, hint: DocumentedKind, subject: Trial
) -> tuple[list[Kind], int | None]:
    """Detect tuples, lists and shapes by the lengths that work."""
    name, default = argument.name, argument.default
    if not _may_be_sequence(argument, hint.text, subject):
        return [], None
    lengths = _lengths(name, subject, tuple)
    if not lengths:
        return (["list"] if _lengths(name, subject, list) else []), None
    if _is_shape(name):
        return ["shape"], None
    if isinstance(default, list) and len(default) in lengths:
        return ["tuple"], len(default)
    if len(lengths) == 1 and not name.startswith(("axis", "axes")):
        length = lengths[0]
        if length > 1 or not subject.constructs(name, (2, 2)):
            return ["tuple"], length
    if not _lengths(name, subject, list):
        return ["tuple"], None
    return ["list"], None


def _may_be_sequence(argument: Argument, text: str, subject: Trial) -> bool:
    if isinstance(argument.default, list):
        return True
    if indicates(text, "sequence") or indicates(text, "shape"):
        return True
    name = argument.name
    if isinstance(argument.default, float | str):
        return False
    if subject.works(name, (2,)) and not subject.constructs(name, (2, 2)):
        return True  # sizes in one dimension, often documented as just an integer
    return not text and not subject.works(name, "nonsense")


def _lengths(
    name: str, subject: Trial, sequence_type: type[tuple[Any, ...] | list[Any]]
) -> list[int]:
    """Return the lengths, up to 4, at which a tuple (or a list) works."""
    return [
        length
        for length in range(1, 5)
        if any(
            subject.works(name, sequence_type(value)) for value in _sequences(length)
        )
    ]


def _is_shape(name: str) -> bool:
    return name.endswith(("shape", "dims"))


def _sequences(length: int) -> list[Any]:
    """Return sequences of a length, of every type that some argument of Keras takes."""
    integers = [(value,) * length for value in (2, 1)]
    if length == 2:
        mixed: list[Any] = [(0.1, 0.5), (2, 1), (1, 3), (2, 4)]
    elif length == 3:
        mixed = [(1, 2, 3), (2, 1, 3)]
    else:
        mixed = [tuple(range(1, length + 1))]
    nested = [((1, 1),) * length]
    strings = [["a", "b", "c", "d"][:length]]
    return [*integers, *mixed, *nested, *strings]


def _other_kinds(
    argument: Argument, hint: DocumentedKind, subject: Trial
) -> list[Kind]:
    """Detect strings and dicts, which only the documentation can indicate."""
    name, text = argument.name, hint.text
    if indicates(text, "dict") and subject.works(name, {}):
        return ["dict"]
    if indicates(text, "string") and subject.works(name, "nonsense"):
        return ["string"]
    return []
