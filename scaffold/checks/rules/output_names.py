"""KS225: a key of an output that cannot be part of the name of a loss."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext
from scaffold.diagnostics import Code, Diagnostic


class KS225(Code):
    """The key of an output cannot be part of the name of a loss.

    What it does:
        Reports keys under `outputs` with spaces, quotes, accented letters and other
        special characters, if a model has several outputs.

    Why:
        In training, each output has a separate loss named `<key>_loss`. TensorFlow uses
        it as the name of a scope, which allows only ASCII letters, digits and some
        signs.

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
    """Report keys of outputs with which a model cannot be trained.

    Each of several outputs has a loss named `<key>_loss`, which TensorFlow uses as the
    name of a scope.
    """
    outputs = context.graph.outputs
    if context.is_block or outputs.keys is None or len(outputs.keys) < 2:
        return
    for key in outputs.keys:
        if not _NAME.fullmatch(key):
            shown = f"`{key}`" if key.isprintable() and key else repr(key)
            message = f"the output key {shown} cannot be part of the name of a loss"
            better = re.sub(r"[^A-Za-z0-9_./>-]+", "_", key).strip("_")
            help_ = "use ASCII letters, digits, and any of `_ . - / >`"
            if better and better not in outputs.keys:
                help_ += f": write `{better}`"
            yield Diagnostic("KS225", message, outputs.span, help_)
