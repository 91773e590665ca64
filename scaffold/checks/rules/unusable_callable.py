"""KS212, KS404: callables that cannot be an entry, or whose output size varies."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Catalogue, KerasCallable
from scaffold.catalogue.facts import functions
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext, is_usable
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Object


class KS212(Code):
    """A class or a function exists, but a spec cannot use it.

    What it does:
        Reports base classes such as `Layer`, layers that take Python code, such as
        `Lambda`, and functions of `keras.ops` that cannot be a step: those that take a
        Python function (`ops.cond`), are not called on a tensor (`ops.zeros`), or do
        not return one (`ops.shape`).

    Why:
        A base class does nothing on its own, and a spec contains no code. Your own
        layers can be named under `imports`. A step takes tensors and returns tensors.

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
    """The size of a function's output depends on the data.

    What it does:
        Warns about functions such as `ops.unique` and `ops.nonzero`, unless an argument
        sets the number of items that they return.

    Why:
        Their output has no batch axis, and JAX cannot compile a step of unknown size.

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
"""Arguments that set the number of items that a function returns."""


@rule(KS212, KS404)
def unusable_callable(context: RuleContext) -> Iterator[Diagnostic]:
    """Report base classes, layers that take Python code, and unusable functions."""
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
        help_ = functions.INSTEAD.get(target.name) or _like_function(
            target.name, catalogue
        )
        return f"`{name}` cannot be an entry: {target.unusable}", help_
    if target.abstract:
        help_ = "name one of its subclasses, or one of your own under `imports`"
        return f"`{name}` is a base class, which does nothing on its own", help_
    return f"`{name}` takes Python code, which a spec cannot contain", functions.OWN


def _like_function(name: str, catalogue: Catalogue) -> str:
    """Suggest the function that does the same for a tensor: `ones_like` for `ones`."""
    if catalogue.find("ops", f"{name}_like") is not None:
        return f"use `ops.{name}_like`, which creates such a tensor from its input"
    return functions.OWN


def _by_data(keras_object: Object) -> Iterator[Diagnostic]:
    """Warn about a function whose output size depends on the values of its input."""
    if any(bound.name in _SIZED_BY for bound in keras_object.arguments):
        return
    target = keras_object.target
    assert isinstance(target, KerasCallable)
    sizes = [bound.name for bound in target.arguments if bound.name in _SIZED_BY]
    message = f"the size of the output of `{keras_object.name}` depends on the data"
    help_ = "JAX cannot compile it, and the output has no batch axis: "
    help_ += f"set `{sizes[0]}`" if sizes else "use `ops.where`, which keeps the shape"
    yield Diagnostic("KS404", message, keras_object.name_span, help_, "warning")
