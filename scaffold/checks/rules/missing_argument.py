"""KS203: an argument that a callable needs, and was not given."""

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
    """An argument that a callable needs is not given.

    What it does:
        Reports each call that leaves out an argument without a default.

    Why:
        Keras has no value to take for it.

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
    """Report arguments that a callable needs and was not given."""
    for keras_object in context.objects:
        if isinstance(keras_object.target, KerasCallable | Graph) and is_usable(
            keras_object.target
        ):
            missing = _missing(keras_object, keras_object.target)
            if missing:
                names = [f"`{argument.name}`" for argument in missing]
                message = f"`{keras_object.target.name}` needs {' and '.join(names)}"
                shown_missing = (_shown(each, keras_object.target) for each in missing)
                help_ = f"add {', '.join(shown_missing)}"
                yield Diagnostic("KS203", message, keras_object.name_span, help_)


def _missing(keras_object: Object, target: KerasCallable | Graph) -> list[Argument]:
    """Find what is missing; a keyword that only looks wrong is KS202's."""
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
    # A keyword that resembles none may stand for one that is missing.
    return [] if meanings.count("") >= len(missing) else missing


def _shown(argument: Argument, target: KerasCallable | Graph) -> str:
    shown = "" if isinstance(target, Graph) else example(argument, target)
    return f"`{argument.name}={shown or '...'}`"
