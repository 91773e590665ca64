"""How something of Keras is called, in words: on what, and what comes of it."""

from __future__ import annotations

from scaffold.catalogue.types import KerasCallable

_TAKES = {"one": "one tensor", "list": "a list of tensors", "none": "nothing"}
_MASKS = {"uses": "uses a mask", "passes": "passes a mask on", "makes": "makes a mask"}


def called_on(target: KerasCallable, *, quote: str = "") -> str:
    """Describe what a layer or a function is called on, and what it gives.

    Args:
        target: It.
        quote: What stands around the names of tensors.

    Returns:
        What follows "called on": `one tensor, returns one tensor`.
    """
    names = ", ".join(f"{quote}{name}{quote}" for name in target.tensors)
    takes = names if target.takes == "several" else _TAKES.get(target.takes)
    gives = "one tensor" if target.gives == 1 else f"{target.gives} tensors"
    text = takes or "what its subclass defines"
    return f"{text}, returns {gives}" if target.gives else text


def traits(target: KerasCallable) -> list[str]:
    """Describe what else a call of a layer does: in training, and with masks.

    Args:
        target: The layer.

    Returns:
        Verbs and what follows them: `behaves differently in training`, `uses a mask`.
    """
    verbs = ["behaves differently in training"] if target.training == "differs" else []
    return [*verbs, _MASKS[target.masks]] if target.masks else verbs
