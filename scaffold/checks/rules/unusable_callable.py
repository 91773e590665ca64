"""KS212, KS404: what cannot be an entry, or gives tensors of no settled size."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import functions
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext, is_usable
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Object


class KS212(Code):
    """A class or a function is there, but a spec can do nothing with it.

    What it does:
        Reports base classes such as `Layer`, layers that are made of Python code, such
        as `Lambda`, and functions of `keras.ops` that cannot be a step: those that take
        a Python function (`ops.cond`), are called on no tensor (`ops.zeros`), or give
        none (`ops.shape`).

    Why:
        A base class does nothing by itself, and a spec holds no code. A layer of your
        own can be named under `imports`. A step takes tensors and gives tensors.

    Example:
        inputs: [4]
        layers:
          - Lambda("x * 2")

    Instead:
        inputs: [4]
        imports: {Double: "my_layers:Double"}
        layers:
          - Double
    """

    name = "unusable-callable"


class KS404(Code):
    """How many items a function gives depends on the data.

    What it does:
        Warns of functions such as `ops.unique` and `ops.nonzero`, unless an argument
        says how many items they give.

    Why:
        What they give has no batch axis, and JAX compiles no step whose size it does
        not know.

    Example:
        inputs: [4]
        layers:
          - ops.unique

    Instead:
        inputs: [4]
        layers:
          - ops.unique(size=4)
    """

    name = "size-by-data"


_SIZED_BY = ("num_segments", "size")
"""Arguments that say how many items a function gives, whatever the data."""


@rule(KS212, KS404)
def unusable_callable(context: RuleContext) -> Iterator[Diagnostic]:
    """Report base classes, layers that take Python code, and functions without use."""
    for keras_object in context.objects:
        target = keras_object.target
        if not isinstance(target, KerasCallable):
            continue
        if target.shape == "data":
            yield from _by_data(keras_object)
        if is_usable(target):
            continue
        message, help_ = _fault(keras_object.name, target, context.catalogue)
        yield Diagnostic("KS212", message, keras_object.name_span, help_)


def _fault(name: str, target: KerasCallable, catalogue: Catalogue) -> tuple[str, str]:
    if target.registry == "ops":
        help_ = functions.INSTEAD.get(target.name) or _alike(target.name, catalogue)
        return f"`{name}` cannot be an entry: {target.unusable}", help_
    if target.abstract:
        help_ = "name one of its subclasses, or one of your own under `imports`"
        return f"`{name}` is a base class: by itself it does nothing", help_
    return f"`{name}` takes Python code, which a spec cannot hold", functions.OWN


def _alike(name: str, catalogue: Catalogue) -> str:
    """Name the function that makes the same of a tensor, `ones_like` for `ones`."""
    if catalogue.find("ops", f"{name}_like") is not None:
        return f"`ops.{name}_like` makes such a tensor of the one that it is called on"
    return functions.OWN


def _by_data(keras_object: Object) -> Iterator[Diagnostic]:
    """Warn of what gives more items or fewer, by the values that it is called on."""
    if any(bound.name in _SIZED_BY for bound in keras_object.arguments):
        return
    target = keras_object.target
    assert isinstance(target, KerasCallable)
    sizes = [bound.name for bound in target.arguments if bound.name in _SIZED_BY]
    message = f"how many items `{keras_object.name}` gives depends on the data"
    help_ = "JAX compiles no such step, and there is no batch axis left: "
    help_ += f"set `{sizes[0]}`" if sizes else "`ops.where` keeps the shape"
    yield Diagnostic("KS404", message, keras_object.name_span, help_, "warning")
