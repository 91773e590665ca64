"""Describe how Keras callables are called, and what they return."""

from __future__ import annotations

from scaffold.catalogue.types import KerasCallable

_TAKES = {"one": "one tensor", "list": "a list of tensors", "none": "nothing"}
_MASKS = {"uses": "uses a mask", "passes": "passes a mask on", "makes": "makes a mask"}


def called_on(target: KerasCallable, *, quote: str = "") -> str:
    """Describe what a layer or a function is called on, and what it returns.

    Args:
        target: The layer or function.
        quote: The quotes around the names of tensors.

    Returns:
        The text after "called on": `one tensor, returns one tensor`.
    """
    names = ", ".join(f"{quote}{name}{quote}" for name in target.tensors)
    takes = names if target.takes == "several" else _TAKES.get(target.takes)
    returned = "one tensor" if target.gives == 1 else f"{target.gives} tensors"
    text = takes or "what its subclass defines"
    return f"{text}, returns {returned}" if target.gives else text


def traits(target: KerasCallable) -> list[str]:
    """Describe the behavior of a layer in training and with masks.

    Args:
        target: The layer.

    Returns:
        Phrases with a verb: `behaves differently in training`, `uses a mask`.
    """
    phrases = (
        ["behaves differently in training"] if target.training == "differs" else []
    )
    return [*phrases, _MASKS[target.masks]] if target.masks else phrases
