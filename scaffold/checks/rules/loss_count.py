"""KS221: the number of losses, weights and metrics differs from that of outputs."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.inferred import Inferred
from scaffold.checks.losses import argument, bound_of
from scaffold.checks.rule import shape_rule
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Collection, Constant, Dictionary, Value


class KS221(Code):
    """The number of losses, weights or metrics differs from that of outputs.

    What it does:
        Reports lists under `loss`, `loss_weights` and `metrics` that do not have one
        item for each output, and mappings of weights that leave an output out. Warns
        about a mapping under `loss` that leaves an output out.

    Why:
        Keras fails when it compiles or trains the model. An output without a loss is
        not trained: set its loss to `null` if that is intended.

    Example:
        inputs: [4]
        layers:
          - mean = Dense(1)
          - spread = Dense(1) <- inputs
        outputs: [mean, spread]
        compile: {optimizer: adam, loss: mse, metrics: [mae]}

    Instead:
        inputs: [4]
        layers:
          - mean = Dense(1)
          - spread = Dense(1) <- inputs
        outputs: [mean, spread]
        compile: {optimizer: adam, loss: mse, metrics: [[mae], [mae]]}
    """

    name = "loss-count"


@shape_rule(KS221)
def loss_count(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report lists and mappings that do not have one item for each output."""
    model = inferred.model
    if model.compile is None:
        return
    count = len(model.graph.outputs.tensors)
    keys = model.graph.outputs.keys
    yield from _losses(inferred, count, keys)
    yield from _weights(inferred, count, keys)
    for name in ("metrics", "weighted_metrics"):
        value = argument(inferred, name)
        if count > 1 and isinstance(value, Collection):
            if len(value.items) == count and keys is None:
                continue
            if len(value.items) == count and keys is not None:
                help_ = _by_key(name, keys, "[accuracy]")
                message = f"`{name}` is a list, but the outputs have names"
                yield _finding(message, value, help_)
                continue
            message = f"`{name}` has {_counted(len(value.items))}, but the model has "
            message += f"{count} outputs"
            help_ = _by_key(name, keys, "[accuracy]")
            if keys is None:
                help_ = f"write a list for each output: `{name}: [[...], [...]]`"
            yield _finding(message, value, help_)


def _losses(
    inferred: Inferred, count: int, keys: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    value = argument(inferred, "loss")
    if isinstance(value, Collection) and len(value.items) != count:
        message = f"`loss` has {_counted(len(value.items))}, but the model has "
        message += f"{count} output{'s' * (count != 1)}"
        help_ = "write one loss for each output, or a single loss for all"
        yield _finding(message, value, help_)
    if isinstance(value, Dictionary) and keys is not None:
        named = {key.value for key, _ in value.pairs if isinstance(key, Constant)}
        missing = [key for key in keys if key not in named]
        if missing and all(name in keys for name in named):
            listed = ", ".join(f"`{key}`" for key in missing)
            message = f"`loss` has no value for {listed}: an output without a loss is "
            message += "not trained"
            help_ = f"add `{missing[0]}: ...`, or `{missing[0]}: null` if that is "
            help_ += "intended"
            bound = bound_of(inferred, "loss")
            span = bound.span if bound is not None else value.span
            yield Diagnostic("KS221", message, span, help_, "warning")


def _weights(
    inferred: Inferred, count: int, keys: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    """Report weights for some of the outputs: Keras requires all or none."""
    value, loss = argument(inferred, "loss_weights"), argument(inferred, "loss")
    losses = count
    if isinstance(loss, Dictionary):
        losses = len(loss.pairs)
    if isinstance(value, Collection) and len(value.items) != losses:
        message = f"`loss_weights` has {_counted(len(value.items))}, but there "
        message += "is 1 loss" if losses == 1 else f"are {losses} losses"
        yield _finding(message, value, "write one number for each loss")
    elif isinstance(value, Dictionary) and keys is not None:
        named = {key.value for key, _ in value.pairs if isinstance(key, Constant)}
        missing = [key for key in keys if key not in named]
        if isinstance(loss, Dictionary):
            trained = {key.value for key, _ in loss.pairs if isinstance(key, Constant)}
            missing = [key for key in missing if key in trained]
        if missing and all(name in keys for name in named):
            message = f"`loss_weights` has no value for `{missing[0]}`"
            yield _finding(message, value, f"add `{missing[0]}: 1.0`")


def _finding(message: str, value: Value, help_: str) -> Diagnostic:
    return Diagnostic("KS221", message, value.span, help_)


def _by_key(name: str, keys: tuple[str, ...] | None, example: str) -> str:
    first = keys[0] if keys else "score"
    return f"write a mapping by output: `{name}: {{{first}: {example}}}`"


def _counted(count: int) -> str:
    return f"{count} item{'s' * (count != 1)}"
