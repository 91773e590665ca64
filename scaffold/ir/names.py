"""Names that Keras assigns to layers, and unused names."""

from __future__ import annotations

import keyword
import re

_CAPITALIZED = re.compile(r"(.)([A-Z][a-z]+)")
_CAPITAL = re.compile(r"([a-z])([A-Z])")


def snake_case(name: str) -> str:
    """Convert a class name to the name that Keras assigns to its instances.

    `Conv2D` becomes `conv2d`, `MaxPooling2D` `max_pooling2d`, `PReLU` `p_re_lu`: a
    capital starts a new part if a small letter follows it or, otherwise, precedes it
    (as in `keras.src.utils.naming`).
    """
    return _CAPITAL.sub(r"\1_\2", _CAPITALIZED.sub(r"\1_\2", name)).lower()


def plural(noun: str) -> str:
    """Return the plural of a name in snake_case: `stages`, `branches`, `entries`.

    A name that ends in `s`, such as `stages`, is kept. A name that ends in a digit has
    no plural.
    """
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith(("ss", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def camel_case(name: str) -> str:
    """Convert a name to a class name: `wide_deep` to `WideDeep`."""
    camel = "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)
    # `none`, `true` and `false` would become keywords.
    return camel if is_free(camel) else f"{camel}Model"


def is_free(name: str) -> bool:
    """Return whether a name is not a Python keyword."""
    return not keyword.iskeyword(name)


class Namespace:
    """Assigns unique names."""

    def __init__(self, *taken: str) -> None:
        """Start with the names in `taken` in use."""
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        """Return whether a name is in use."""
        return name in self._taken

    def take(self, name: str, *others: str) -> str:
        """Return the name, or one of `others`, or else `name_1`, `name_2`...

        The first of these that is not in use is returned.
        """
        free = [
            option
            for option in (name, *others)
            if option not in self and is_free(option)
        ]
        result = free[0] if free else name
        while result in self._taken or not is_free(result):
            self._next[name] = self._next.get(name, 0) + 1
            result = f"{name}_{self._next[name]}"
        self._taken.add(result)
        return result
