"""KS219: a loss or a metric that does not fit an output."""

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
    """A loss or a metric does not fit the output of the model.

    What it does:
        Reports a softmax over a single number, losses for classes on a single number,
        and losses for probabilities on an output without an activation or on logarithms
        of probabilities. Warns about `from_logits=True` on probabilities,
        `binary_crossentropy` on a softmax of more than two numbers,
        `categorical_crossentropy` on sigmoids, and metrics that do not measure what the
        loss optimizes. The rule looks through layers that do not change the values, and
        into blocks.

    Why:
        Keras raises no error, and the model does not learn: a softmax of one number is
        always 1, and the logarithm of a number that is not a probability is
        meaningless.

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
    """Report losses and metrics that do not fit their output."""
    softmaxes = [*_softmax_of_one(inferred)]
    yield from softmaxes
    for pair in pairs(inferred):
        end = pair.end
        if end is None or any(
            diagnostic.span == _activation_span(end.layer) for diagnostic in softmaxes
        ):
            continue
        if pair.loss is not None:
            yield from _of_loss(pair.loss, end)
        yield from _of_metrics(pair, end)


def _finding(message: str, span: Span, help_: str, *, is_error: bool) -> Diagnostic:
    severity: Severity = "error" if is_error else "warning"
    return Diagnostic("KS219", message, span, help_, severity)


def _activation_span(layer: Object) -> Span:
    """Return the span of a layer's activation, or of the layer."""
    for bound in layer.arguments:
        if bound.name == "activation":
            return bound.value.span
    return layer.name_span


def _softmax_of_one(inferred: Inferred) -> Iterator[Diagnostic]:
    """Report each softmax over a single number: its output is always 1."""
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
                message = "the softmax of one number is always 1: the last axis of "
                message += f"`{layer.name}` has size 1"
                help_ = f"write `{_sigmoid(layer)}`, or one unit for each class"
                yield _finding(
                    message, _activation_span(layer), help_, is_error=is_output
                )


def _sigmoid(layer: Object) -> str:
    """Return a layer's call with a sigmoid instead of its softmax."""
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
    span, name, layer = loss.span, loss.text, end.layer.name
    if loss.of_logits and end.activation in activations.PROBABILITIES:
        message = f"`{name}` takes logits, but `{layer}` returns probabilities "
        message += f"({end.activation})"
        help_ = _of_probabilities(loss, end)
        yield _finding(message, span, help_, is_error=False)
    elif loss.of_logits is False and end.activation == activations.LINEAR:
        message = f"`{name}` takes probabilities, but `{layer}` has no activation"
        yield _finding(message, span, _with_logits(loss, end), is_error=True)
    elif loss.of_logits is False and end.activation not in (
        *activations.PROBABILITIES,
        activations.LINEAR,
    ):
        message = f"`{name}` takes probabilities, but `{layer}` returns the output of "
        message += f"`{end.activation}`"
        is_error = end.activation in activations.LOGARITHMS
        if is_error or end.activation in activations.UNBOUNDED:
            yield _finding(message, span, _with_logits(loss, end), is_error=is_error)
    yield from _of_units(loss, end)


def _of_probabilities(loss: LossOrMetric, end: OutputEnd) -> str:
    """Describe how to make a loss take probabilities, or how to pass it logits."""
    instead = "leave out `from_logits=True`"
    if loss.value is not None:
        instead = f"write the loss `{line(_without(loss.value, 'from_logits'))}`"
    if kind_of(end.layer) in activations.NAMED_BY_LAYER:
        return f"{instead}, or leave out `{line(end.layer)}`"
    if any(bound.name == "activation" for bound in end.layer.arguments):
        return f"{instead}, or the layer `{line(_without(end.layer, 'activation'))}`"
    return f"{instead}, or leave out `{end.activation}`"


def _without(called: Object, name: str) -> Object:
    """Return a call without one of its arguments."""
    remaining = tuple(bound for bound in called.arguments if bound.name != name)
    return called._replace(arguments=remaining)


def _with_logits(loss: LossOrMetric, end: OutputEnd) -> str:
    """Describe how to get probabilities, or how to make the loss take logits."""
    wanted = activations.SIGMOID
    if loss.name not in losses.BINARY:
        wanted = activations.SOFTMAX
    activated = _activated(end, wanted)
    if loss.name in losses.BY_TARGETS:
        return activated
    return f"{activated}, or use the loss `{loss.name}(from_logits=True)`"


def _activated(end: OutputEnd, wanted: str) -> str:
    """Describe how to add an activation to an output."""
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
    """Report losses that do not fit the number of units, or a softmax or sigmoid."""
    units, name = end.units, loss.text
    if units == 1 and loss.name in (*losses.CATEGORICAL, *losses.SPARSE):
        message = (
            f"`{name}` compares classes, but `{end.layer.name}` returns one number"
        )
        help_ = f"write `{losses.BINARY_STRING}` and "
        help_ += f'`activation="{activations.SIGMOID}"`, or one unit '
        yield _finding(message, loss.span, help_ + "for each class", is_error=True)
    elif units is None:
        return
    elif (
        units > 2
        and loss.name in losses.BINARY
        and end.activation == activations.SOFTMAX
    ):
        message = (
            f"`{name}` treats each number separately, but softmax returns {units} "
        )
        message += "numbers that add up to 1"
        help_ = f"write `{losses.CATEGORICAL_STRING}`, or `{losses.SPARSE_STRING}`"
        help_ += (
            f" for integers; or `{activations.SIGMOID}`, if several classes can apply"
        )
        yield _finding(message, loss.span, help_, is_error=False)
    elif (
        loss.name in (*losses.CATEGORICAL, *losses.SPARSE, *losses.BY_TARGETS)
        and end.activation == activations.SIGMOID
    ):
        message = (
            f"`{name}` takes probabilities that add up to 1, but sigmoid computes "
        )
        message += "each one separately"
        help_ = f"{_activated(end, activations.SOFTMAX)}, or use the loss "
        help_ += f"`{losses.BINARY_STRING}` if several classes can apply"
        yield _finding(message, loss.span, help_, is_error=False)


def _of_metrics(pair: OutputLoss, end: OutputEnd) -> Iterator[Diagnostic]:
    loss = pair.loss
    for metric in pair.metrics:
        message, help_, is_error = "", "", False
        if loss is None:
            continue
        if metric.name in losses.ACCURACIES and loss.name in losses.DISTANCES:
            if end.activation == activations.LINEAR and end.units == 1:
                message = f"`{metric.text}` counts predictions that are exactly right, "
                message += f"but `{loss.text}` is for continuous values"
                help_ = f"write `{losses.ABSOLUTE_ERROR}`, or another distance"
        elif metric.name in losses.SPARSE_METRICS and loss.name in losses.CATEGORICAL:
            message = f"`{metric.text}` takes integers as targets, but `{loss.text}` "
            message += "takes one-hot vectors"
            help_, is_error = f"write `{_other(metric)}`", True
        elif metric.name in losses.VECTOR_METRICS and loss.name in losses.SPARSE:
            message = f"`{metric.text}` takes one-hot vectors as targets, but "
            message += f"`{loss.text}` takes integers"
            help_ = f"write `{_other(metric)}`"
        if message:
            yield _finding(message, metric.span, help_, is_error=is_error)


def _other(metric: LossOrMetric) -> str:
    """Return the name of the same metric for the other kind of targets."""
    return losses.OTHER_TARGETS.get(metric.name, losses.ACCURACY)
