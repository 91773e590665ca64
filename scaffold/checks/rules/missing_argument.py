"""KS203: a required argument is missing."""

from __future__ import annotations

from collections.abc import Iterator

from scaffold.catalogue import Argument, KerasCallable
from scaffold.checks.keywords import is_needless, meant
from scaffold.checks.rule import rule
from scaffold.checks.scope import RuleContext, is_usable
from scaffold.checks.wording import example
from scaffold.diagnostics import Code, Diagnostic
from scaffold.ir.types import Graph, Object


class KS203(Code):
    """A required argument is missing.

    What it does:
        Reports each call that leaves out an argument without a default.

    Why:
        Keras has no value to use for it.

    Example:
        inputs: [28, 28, 1]
        layers:
          - Conv2D(32)

    Instead:
        inputs: [28, 28, 1]
        layers:
          - Conv2D(32, 3)
    """

    name = "missing-argument"


@rule(KS203)
def missing_argument(context: RuleContext) -> Iterator[Diagnostic]:
    """Report required arguments that a call leaves out."""
    for keras_object in context.objects:
        if isinstance(keras_object.target, KerasCallable | Graph) and is_usable(
            keras_object.target
        ):
            missing = _missing(keras_object, keras_object.target)
            if missing:
                names = [f"`{argument.name}`" for argument in missing]
                message = f"`{keras_object.target.name}` requires {' and '.join(names)}"
                shown = (_shown(argument, keras_object.target) for argument in missing)
                help_ = f"add {', '.join(shown)}"
                yield Diagnostic("KS203", message, keras_object.name_span, help_)


def _missing(keras_object: Object, target: KerasCallable | Graph) -> list[Argument]:
    """Return the missing arguments, except those that KS202 reports as misspelled."""
    names = {bound.name for bound in keras_object.arguments} | set(keras_object.filled)
    unknown = [
        bound.name
        for bound in keras_object.arguments
        if bound.name and not bound.argument
    ]
    meanings = [meant(name, target) for name in unknown if not is_needless(name)]
    missing = [
        argument
        for argument in target.arguments
        if argument.required and argument.name not in {*names, *meanings}
    ]
    # An unknown keyword that resembles no argument may be meant as a missing one.
    return [] if meanings.count("") >= len(missing) else missing


def _shown(argument: Argument, target: KerasCallable | Graph) -> str:
    shown = "" if isinstance(target, Graph) else example(argument, target)
    return f"`{argument.name}={shown or '...'}`"
