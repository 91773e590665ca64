"""KS225: a key of an output that cannot be part of a loss's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.scope import Scope
from scaffold.diagnostics import Diagnostic

_NAME = re.compile(r"[A-Za-z0-9_./>-]+")


def output_names(scope: Scope) -> Iterator[Diagnostic]:
    """Report keys of a model's outputs with which it could not be trained.

    Of several outputs, each has a loss called `<key>_loss`, which TensorFlow takes for
    the name of a scope.
    """
    outputs = scope.graph.outputs
    if scope.is_block or outputs.keys is None or len(outputs.keys) < 2:
        return
    for key in outputs.keys:
        if not _NAME.fullmatch(key):
            shown = f"`{key}`" if key.isprintable() and key else repr(key)
            message = f"the output {shown} cannot have a loss of its own"
            better = re.sub(r"[^A-Za-z0-9_./>-]+", "_", key).strip("_")
            help_ = "its key has letters of ASCII, digits, and any of `_ . - / >`"
            if better and better not in outputs.keys:
                help_ += f": write `{better}`"
            yield Diagnostic("KS225", message, outputs.span, help_)
