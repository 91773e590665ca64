"""KS225: a key of an output that cannot be part of a loss's name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic


class KS225(Code):
    """The key of an output cannot be part of a loss's name.

    What it does:
        Reports keys under `outputs` with blanks, quotes, letters with accents and the
        like, where a model has several outputs.

    Why:
        While a model trains, each output has a loss of its own, called `<key>_loss`.
        TensorFlow uses that as the name of a scope, and refuses all but letters of
        ASCII, digits and some signs.

    Example:
        inputs: [4]
        layers:
          - score = Dense(1)
          - rank = Dense(1) <- inputs
        outputs: {final score: score, rank: rank}

    Instead:
        inputs: [4]
        layers:
          - score = Dense(1)
          - rank = Dense(1) <- inputs
        outputs: {final_score: score, rank: rank}
    """

    name = "unusable-key"


_NAME = re.compile(r"[A-Za-z0-9_./>-]+")


@rule(KS225)
def output_names(context: RuleContext) -> Iterator[Diagnostic]:
    """Report keys of a model's outputs with which it could not be trained.

    Of several outputs, each has a loss called `<key>_loss`, which TensorFlow takes for
    the name of a scope.
    """
    outputs = context.graph.outputs
    if context.is_block or outputs.keys is None or len(outputs.keys) < 2:
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
