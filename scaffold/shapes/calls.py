"""The output shapes of one call, from the catalogue or from a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import shapes as facts
from scaffold.ir.fold import ArithmeticFailure, NotConstant
from scaffold.ir.types import Constant, Object, Value
from scaffold.shapes.arithmetic import broadcast, reduced
from scaffold.shapes.axes import check_call, has_channels_first
from scaffold.shapes.rules import EXTENSION_RULES, LAYERS, OPS
from scaffold.shapes.types import CallShapes, OutputShapes, Shape


class CallSite(NamedTuple):
    """The context of a call.

    Attributes:
        catalogue: The catalogue of Keras.
        scope: The values of the params.
        inner: Returns the output shapes of a layer in an argument, called on shapes.
    """

    catalogue: Catalogue
    scope: Mapping[str, Value]
    inner: Callable[..., OutputShapes]


def output_shapes(
    site: CallSite,
    target: KerasCallable,
    arguments: Mapping[str, Value],
    tensors: Sequence[Shape | None],
    named: Mapping[str, Shape | None],
    constants: Mapping[str, Value],
    states: Sequence[Shape | None] = (),
) -> OutputShapes:
    """Infer the output shapes of a call.

    Args:
        site: The context of the call.
        target: The callable.
        arguments: Its arguments.
        tensors: The shapes of the positional tensors, `None` for unknown shapes.
        named: The shapes of the tensors passed by keyword.
        constants: The other arguments of the call.
        states: The shapes of the initial states.

    Returns:
        The shapes; `None` if they are not known.

    Raises:
        Misfit: Keras cannot make this call.
    """
    known = tuple(shape for shape in tensors if shape is not None)
    by_name = {name: shape for name, shape in named.items() if shape is not None}
    if len(known) < len(tensors) or len(by_name) < len(named):
        return None
    started = tuple(shape for shape in states if shape is not None)
    call = CallShapes(
        target, arguments, site.scope, known, by_name, constants, site.inner, started
    )
    try:
        check_call(call)
        if target.registry == "layers" and not _keeps_shape(call, site.catalogue):
            return None
        outputs = _of_catalogue(call) or _by_rule(call)
    # Invalid arguments (too few items, a divisor of 0, a number instead of a list) are
    # left to Keras to report.
    except (
        NotConstant,
        ArithmeticFailure,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ):
        return None
    return outputs if outputs is None or all(map(_is_possible, outputs)) else None


def _is_possible(shape: Shape) -> bool:
    return all(size is None or size > 0 for size in shape)


def _of_catalogue(call: CallShapes) -> OutputShapes:
    """Return the output shapes that the catalogue determines for every call."""
    if call.target.shape == "same" and not _spreads(call):
        return (call.shape,)
    if call.target.shape == "broadcast":
        is_layer = call.target.registry == "layers"
        return (broadcast(_all_shapes(call), is_layer=is_layer),)
    if call.target.shape == "reduced":
        axis, keepdims = call.of("axis"), call.of("keepdims")
        return (reduced(call.shape, axis, keepdims=bool(keepdims)),)
    return None


def _spreads(call: CallShapes) -> bool:
    """Return whether an argument does not have exactly one value per feature."""
    lists = [call.of(name) for name in facts.SPREADING if name in call.arguments]
    return any(
        isinstance(numbers, list) and len(numbers) != call.shape[-1]
        for numbers in lists
    )


def _all_shapes(call: CallShapes) -> list[Shape]:
    """Return the shapes of all tensors; a number has the shape `()`."""
    if call.target.takes == "list":
        return list(call.tensors)
    shapes: list[Shape] = []
    for position, name in enumerate(call.target.tensors):
        is_number = name in call.arguments and position >= len(call.tensors)
        if is_number and isinstance(call.of(name), int | float):
            shapes.append(())
        else:
            shapes.append(call.tensor(name, position))
    return shapes


def _by_rule(call: CallShapes) -> OutputShapes:
    table = {"layers": LAYERS, "ops": OPS, "extensions": EXTENSION_RULES}
    rule = table.get(call.target.registry, {}).get(call.target.name)
    if rule is None:
        return None
    if not has_channels_first(call):
        return rule(call)
    if call.target.registry != "layers" or len(call.tensors) != 1:
        return None
    first, channels, *sizes = call.shape
    outputs = rule(call._replace(tensors=((first, *sizes, channels),)))
    if outputs is None or call.target.name in facts.LOSE_CHANNELS:
        return outputs
    # Move the channel axis back to its position after the batch axis.
    return tuple((shape[0], shape[-1], *shape[1:-1]) for shape in outputs)


def _keeps_shape(call: CallShapes, catalogue: Catalogue) -> bool:
    """Return whether the activations of a layer keep the shape; `glu` does not."""
    for argument in call.target.arguments:
        value = call.arguments.get(argument.name)
        if value is None or "activation" not in argument.kinds:
            continue
        target = None
        if isinstance(value, Object):
            target = value.target
        elif not isinstance(value, Constant) or value.value is not None:
            target = catalogue.find_string("activations", str(call.of(argument.name)))
        else:
            continue
        if not isinstance(target, KerasCallable) or target.shape != "same":
            return False
    return True
