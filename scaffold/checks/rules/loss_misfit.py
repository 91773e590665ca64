"""KS219: a loss, or a metric, that does not go with what an output gives."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import activations, layers, losses
from scaffold.checks.inferred import Inferred, kind_of
from scaffold.checks.losses import LossOrMetric, OutputLoss, pairs
from scaffold.checks.output_ends import OutputEnd, activation_of
from scaffold.checks.rule import shape_rule
from scaffold.checks.spec_text import line
from scaffold.diagnostics import Code, Diagnostic, Severity, Span
from scaffold.ir.fold import scope_of
from scaffold.ir.types import Object


class KS219(Code):
    """A loss or a metric does not go with what an output gives.

    What it does:
        Reports a softmax over a single number, losses of classes on a single number,
        and losses of probabilities on an output without an activation, or on logarithms
        of probabilities. Warns of `from_logits=True` on probabilities, of
        `binary_crossentropy` on a softmax of more than two, of
        `categorical_crossentropy` on sigmoids, and of metrics that count something else
        than the loss learns. It looks through layers that leave each number as it is,
        and into blocks.

    Why:
        Keras raises nothing, and the model does not learn: a softmax of one number is
        always 1, and the logarithm of what is no probability says nothing.

    Example:
        inputs: [4]
        layers:
          - Dense(3)
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}

    Instead:
        inputs: [4]
        layers:
          - Dense(3, activation="softmax")
        compile: {optimizer: adam, loss: sparse_categorical_crossentropy}
    """

    name = "loss-misfit"


@shape_rule(KS219)
def loss_misfit(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report what cannot learn, or what its author can hardly mean."""
    alone = [*_softmax_of_one(inferred)]
    yield from alone
    for pair in pairs(inferred):
        end = pair.end
        if end is None or any(
            diagnostic.span == _place(end.layer) for diagnostic in alone
        ):
            continue
        if pair.loss is not None:
            yield from _of_loss(pair.loss, end)
        yield from _of_metrics(pair, end)


def _found(message: str, span: Span, help_: str, *, is_error: bool) -> Diagnostic:
    severity: Severity = "error" if is_error else "warning"
    return Diagnostic("KS219", message, span, help_, severity)


def _place(layer: Object) -> Span:
    """Return the place of a layer's activation, or of the layer."""
    for bound in layer.arguments:
        if bound.name == "activation":
            return bound.value.span
    return layer.name_span


def _softmax_of_one(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report each softmax over a single number: it is 1, whatever that is."""
    outputs = {tensor.node for tensor in inferred.model.graph.outputs.tensors}
    for graph in inferred.model.graphs:
        scope = scope_of(graph.params)
        for node in graph.nodes:
            shapes = inferred.shapes(graph, node.id)
            if not shapes or any(not shape or shape[-1] != 1 for shape in shapes):
                continue
            for layer in node.layers[: 1 if node.choice is None else 0]:
                if (
                    activation_of(layer, inferred.catalogue, scope)
                    != activations.SOFTMAX
                ):
                    continue
                is_output = not graph.is_block and node.id in outputs
                message = f"the softmax of one number is always 1: `{layer.name}` "
                message += "gives one on its last axis"
                help_ = f"write `{_sigmoid(layer)}`, or one unit for each class"
                yield _found(message, _place(layer), help_, is_error=is_output)


def _sigmoid(layer: Object) -> str:
    """Write a layer with a sigmoid for its softmax."""
    target, kind = layer.target, kind_of(layer)
    if kind.startswith("ops."):
        return f"ops.{activations.SIGMOID}"
    if kind in activations.NAMED_BY_LAYER or not isinstance(target, KerasCallable):
        return f'{layers.ACTIVATION}("{activations.SIGMOID}")'
    if all(argument.name != "activation" for argument in target.arguments):
        return f'activation="{activations.SIGMOID}"'
    return line(layer, {"activation": _quoted(activations.SIGMOID)})


def _of_loss(loss: LossOrMetric, end: OutputEnd) -> Iterator[Diagnostic]:
    takes_probabilities = (*losses.PROBABILITIES, *losses.BY_TARGETS)
    if loss.name not in takes_probabilities or not end.activation:
        return
    place, name = loss.span, loss.text
    gives = f"`{end.layer.name}` gives"
    if loss.of_logits and end.activation in activations.PROBABILITIES:
        message = f"`{name}` takes logits, and {gives} probabilities ({end.activation})"
        help_ = _of_probabilities(loss, end)
        yield _found(message, place, help_, is_error=False)
    elif loss.of_logits is False and end.activation == activations.LINEAR:
        message = f"`{name}` takes probabilities, and {gives} any numbers: it has no "
        message += "activation"
        yield _found(message, place, _with_logits(loss, end), is_error=True)
    elif loss.of_logits is False and end.activation not in (
        *activations.PROBABILITIES,
        activations.LINEAR,
    ):
        message = f"`{name}` takes probabilities, and {gives} what `{end.activation}` "
        message += "makes"
        is_error = end.activation in activations.LOGARITHMS
        if is_error or end.activation in activations.UNBOUNDED:
            yield _found(message, place, _with_logits(loss, end), is_error=is_error)
    yield from _of_units(loss, end)


def _of_probabilities(loss: LossOrMetric, end: OutputEnd) -> str:
    """Describe how a loss takes probabilities, or how to give it logits."""
    kept = loss.value
    instead = "leave out `from_logits=True`"
    if kept is not None:
        instead = f"write the loss `{line(_without(kept, 'from_logits'))}`"
    if kind_of(end.layer) in activations.NAMED_BY_LAYER:
        return f"{instead}, or leave out `{line(end.layer)}`"
    if any(bound.name == "activation" for bound in end.layer.arguments):
        return f"{instead}, or the layer `{line(_without(end.layer, 'activation'))}`"
    return f"{instead}, or leave out `{end.activation}`"


def _without(called: Object, name: str) -> Object:
    """Return a call without one of its arguments."""
    kept = tuple(bound for bound in called.arguments if bound.name != name)
    return called._replace(arguments=kept)


def _with_logits(loss: LossOrMetric, end: OutputEnd) -> str:
    """Describe what to write for logits, or how to get probabilities."""
    wanted = activations.SIGMOID
    if loss.name not in losses.BINARY:
        wanted = activations.SOFTMAX
    activated = _activated(end, wanted)
    if loss.name in losses.BY_TARGETS:
        return activated
    return f"{activated}, or the loss `{loss.name}(from_logits=True)`"


def _activated(end: OutputEnd, wanted: str) -> str:
    """Describe how an output gets an activation."""
    instead = f'write `activation="{wanted}"`'
    target = end.layer.target
    if not end.is_last:
        instead = f'add `{layers.ACTIVATION}("{wanted}")` at the end'
    elif isinstance(target, KerasCallable) and any(
        argument.name == "activation" for argument in target.arguments
    ):
        instead = f"write `{line(end.layer, {'activation': _quoted(wanted)})}`"
    return instead


def _quoted(name: str) -> str:
    return f'"{name}"'


def _of_units(loss: LossOrMetric, end: OutputEnd) -> Iterator[Diagnostic]:
    """Report losses of classes where there is one number, and the other way round."""
    units, name = end.units, loss.text
    if units == 1 and loss.name in (*losses.CATEGORICAL, *losses.SPARSE):
        message = f"`{name}` compares classes, and `{end.layer.name}` gives one number"
        help_ = f"write `{losses.BINARY_STRING}` and "
        help_ += f'`activation="{activations.SIGMOID}"`, or one unit '
        yield _found(message, loss.span, help_ + "for each class", is_error=True)
    elif units is None:
        return
    elif (
        units > 2
        and loss.name in losses.BINARY
        and end.activation == activations.SOFTMAX
    ):
        message = f"`{name}` takes each number for itself, and softmax makes {units} "
        message += "that add up to 1"
        help_ = f"write `{losses.CATEGORICAL_STRING}`, or `{losses.SPARSE_STRING}`"
        help_ += (
            f" for integers; or `{activations.SIGMOID}`, where several classes may hold"
        )
        yield _found(message, loss.span, help_, is_error=False)
    elif (
        loss.name in (*losses.CATEGORICAL, *losses.SPARSE, *losses.BY_TARGETS)
        and end.activation == activations.SIGMOID
    ):
        message = f"`{name}` takes probabilities that add up to 1, and sigmoid makes "
        message += "each for itself"
        help_ = f"{_activated(end, activations.SOFTMAX)}, or the loss "
        help_ += f"`{losses.BINARY_STRING}` where several classes may hold"
        yield _found(message, loss.span, help_, is_error=False)


def _of_metrics(pair: OutputLoss, end: OutputEnd) -> Iterator[Diagnostic]:
    loss = pair.loss
    for metric in pair.metrics:
        message, help_, is_error = "", "", False
        if loss is None:
            continue
        if metric.name in losses.ACCURACIES and loss.name in losses.DISTANCES:
            if end.activation == activations.LINEAR and end.units == 1:
                message = f"`{metric.text}` counts predictions that are exactly right, "
                message += f"and `{loss.text}` is for numbers of any size"
                help_ = f"write `{losses.ABSOLUTE_ERROR}`, or another distance"
        elif metric.name in losses.SPARSE_METRICS and loss.name in losses.CATEGORICAL:
            message = f"`{metric.text}` takes integers as targets, and `{loss.text}` "
            message += "one-hot vectors"
            help_, is_error = f"write `{_other(metric)}`", True
        elif metric.name in losses.VECTOR_METRICS and loss.name in losses.SPARSE:
            message = f"`{metric.text}` takes one-hot vectors as targets, and "
            message += f"`{loss.text}` integers"
            help_ = f"write `{_other(metric)}`"
        if message:
            yield _found(message, metric.span, help_, is_error=is_error)


def _other(metric: LossOrMetric) -> str:
    """Name the metric that does the same with the other sort of targets."""
    return losses.OTHER_TARGETS.get(metric.name, losses.ACCURACY)
