"""What one call gives: by the catalogue, where that says it, else by a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import shapes as facts
from scaffold.ir.fold import ArithmeticFailure, NotConstant
from scaffold.ir.types import Constant, Object, Value
from scaffold.shapes.arithmetic import broadcast, reduced
from scaffold.shapes.axes import has_channels_first, hold
from scaffold.shapes.rules import BEYOND, LAYERS, OPS
from scaffold.shapes.types import CallShapes, Gave, Shape


class CallSite(NamedTuple):
    """Where a call stands.

    Attributes:
        catalogue: What Keras offers.
        scope: What the params come to.
        inner: Works out what a layer in an argument gives, called on shapes.
    """

    catalogue: Catalogue
    scope: Mapping[str, Value]
    inner: Callable[..., Gave]


def give(
    site: CallSite,
    target: KerasCallable,
    arguments: Mapping[str, Value],
    tensors: Sequence[Shape | None],
    named: Mapping[str, Shape | None],
    constants: Mapping[str, Value],
    states: Sequence[Shape | None] = (),
) -> Gave:
    """Compute what a call gives.

    Args:
        site: Where it stands.
        target: What is called.
        arguments: Its arguments.
        tensors: The shapes it is called on by position, `None` for those not known.
        named: The same by name.
        constants: What its call takes besides.
        states: The shapes of the tensors that it begins with.

    Returns:
        The shapes; `None` where they are not known.

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
        hold(call)
        if target.registry == "layers" and not _keeps_shape(call, site.catalogue):
            return None
        gave = _of_catalogue(call) or _by_rule(call)
    # Where arguments do not fit (a list has too few items, a divisor is 0, a number
    # stands for a list), Keras has its say.
    except (
        NotConstant,
        ArithmeticFailure,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
    ):
        return None
    return gave if gave is None or all(map(_is_possible, gave)) else None


def _is_possible(shape: Shape) -> bool:
    return all(size is None or size > 0 for size in shape)


def _of_catalogue(call: CallShapes) -> Gave:
    """Return what the catalogue says of all calls of a layer or function."""
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
    """Return whether a layer computes with more numbers than one for each feature."""
    lists = [call.of(name) for name in facts.SPREADING if name in call.arguments]
    return any(
        isinstance(numbers, list) and len(numbers) != call.shape[-1]
        for numbers in lists
    )


def _all_shapes(call: CallShapes) -> list[Shape]:
    """Return the shapes of all tensors; a number has none."""
    if call.target.takes == "list":
        return list(call.tensors)
    shapes: list[Shape] = []
    for place, name in enumerate(call.target.tensors):
        is_number = name in call.arguments and place >= len(call.tensors)
        if is_number and isinstance(call.of(name), int | float):
            shapes.append(())
        else:
            shapes.append(call.tensor(name, place))
    return shapes


def _by_rule(call: CallShapes) -> Gave:
    table = {"layers": LAYERS, "ops": OPS, "beyond": BEYOND}
    rule = table.get(call.target.registry, {}).get(call.target.name)
    if rule is None:
        return None
    if not has_channels_first(call):
        return rule(call)
    if call.target.registry != "layers" or len(call.tensors) != 1:
        return None
    first, channels, *sizes = call.shape
    gave = rule(call._replace(tensors=((first, *sizes, channels),)))
    if gave is None or call.target.name in facts.LOSE_CHANNELS:
        return gave
    # What is left of the axes, the channels' among them, takes its place again.
    return tuple((shape[0], shape[-1], *shape[1:-1]) for shape in gave)


def _keeps_shape(call: CallShapes, catalogue: Catalogue) -> bool:
    """Return whether the activations of a layer keep a shape: `glu` halves it."""
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
