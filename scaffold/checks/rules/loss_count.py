"""KS221: as many losses, weights and metrics as there are outputs."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.checks.inferred import Inferred
from scaffold.checks.losses import argument, bound_of
from scaffold.checks.rule import shape_rule
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Collection, Constant, Dictionary, Value


class KS221(Code):
    """There are not as many losses, weights or metrics as outputs.

    What it does:
        Reports lists under `loss`, `loss_weights` and `metrics` that have not one item
        for each output, and mappings of weights that leave one out. Warns of an output
        that a mapping under `loss` has nothing for.

    Why:
        Keras fails when it compiles or trains the model. An output without a loss is
        not learned: `null` as its loss says that this is meant.

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
    """Report lists and mappings that are not one item for each output."""
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
                message = f"`{name}` is a list, and the outputs go by name"
                yield _found(message, value, help_)
                continue
            message = f"`{name}` has {_counted(len(value.items))}, and the model "
            message += f"{count} outputs"
            help_ = _by_key(name, keys, "[accuracy]")
            if keys is None:
                help_ = f"write a list for each output: `{name}: [[...], [...]]`"
            yield _found(message, value, help_)


def _losses(
    inferred: Inferred, count: int, keys: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    value = argument(inferred, "loss")
    if isinstance(value, Collection) and len(value.items) != count:
        message = (
            f"there {_are(len(value.items), 'loss', 'losses')}, and the model has "
        )
        message += f"{count} output{'s' * (count != 1)}"
        help_ = "write one loss for each output, or a single one for all"
        yield _found(message, value, help_)
    if isinstance(value, Dictionary) and keys is not None:
        named = {key.value for key, _ in value.pairs if isinstance(key, Constant)}
        missing = [key for key in keys if key not in named]
        if missing and all(name in keys for name in named):
            listed = ", ".join(f"`{key}`" for key in missing)
            message = f"there is no loss for {listed}: nothing of it is learned"
            help_ = f"add `{missing[0]}: ...`, or `{missing[0]}: null` if that is meant"
            bound = bound_of(inferred, "loss")
            span = bound.span if bound is not None else value.span
            yield Diagnostic("KS221", message, span, help_, "warning")


def _weights(
    inferred: Inferred, count: int, keys: tuple[str, ...] | None
) -> Iterator[Diagnostic]:
    """Report weights of a few outputs: Keras wants all of them, or none."""
    value, loss = argument(inferred, "loss_weights"), argument(inferred, "loss")
    losses = count
    if isinstance(loss, Dictionary):
        losses = len(loss.pairs)
    if isinstance(value, Collection) and len(value.items) != losses:
        message = f"there {_are(len(value.items), 'weight', 'weights')} for {losses} "
        message += "losses" if losses != 1 else "loss"
        yield _found(message, value, "write one number for each loss")
    elif isinstance(value, Dictionary) and keys is not None:
        named = {key.value for key, _ in value.pairs if isinstance(key, Constant)}
        missing = [key for key in keys if key not in named]
        if isinstance(loss, Dictionary):
            lossy = {key.value for key, _ in loss.pairs if isinstance(key, Constant)}
            missing = [key for key in missing if key in lossy]
        if missing and all(name in keys for name in named):
            message = f"`loss_weights` has nothing for `{missing[0]}`"
            yield _found(message, value, f"add `{missing[0]}: 1.0`")


def _found(message: str, value: Value, help_: str) -> Diagnostic:
    return Diagnostic("KS221", message, value.span, help_)


def _by_key(name: str, keys: tuple[str, ...] | None, example: str) -> str:
    first = keys[0] if keys else "score"
    return f"write them by output: `{name}: {{{first}: {example}}}`"


def _counted(count: int) -> str:
    return f"{count} item{'s' * (count != 1)}"


def _are(count: int, singular: str, several: str) -> str:
    return f"is 1 {singular}" if count == 1 else f"are {count} {several}"
