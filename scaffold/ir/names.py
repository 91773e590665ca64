"""Names: what Keras calls a layer by itself, and names that are free."""

from __future__ import annotations

import keyword
import re

_WORD_END = re.compile(r"(.)([A-Z][a-z]+)")
_CAPITAL = re.compile(r"([a-z])([A-Z])")


def snake_case(name: str) -> str:
    """Write a class's name the way Keras names its instances.

    `Conv2D` gives `conv2d`, `MaxPooling2D` `max_pooling2d`, `PReLU` `p_re_lu`: a
    capital begins a word where a small letter stands behind it or, otherwise, before it
    (as `keras.src.utils.naming` does).
    """
    return _CAPITAL.sub(r"\1_\2", _WORD_END.sub(r"\1_\2", name)).lower()


def camel_case(name: str) -> str:
    """Write a name as a class's: `wide_deep` gives `WideDeep`, `WideDeep` itself."""
    camel = "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)
    # `none`, `true` and `false` would be keywords.
    return camel if is_free(camel) else f"{camel}Model"


def is_free(name: str) -> bool:
    """Return whether Python leaves a name to its users."""
    return not keyword.iskeyword(name)


class Namespace:
    """Hands out names, each once."""

    def __init__(self, *taken: str) -> None:
        """Begin with the names in `taken` given away."""
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def __contains__(self, name: str) -> bool:
        """Return whether a name is given away."""
        return name in self._taken

    def take(self, name: str, *others: str) -> str:
        """Return the name itself, or `name_1`, `name_2`... where it is taken.

        Where there are `others`, the first of those that is free comes before.
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
