"""Replace the argument of a `Lambda` function in its steps."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.foreign_code.steps import PastedCall, PastedInput, Untranslatable


def chained(step: PastedCall) -> PastedCall:
    """Return the step of a function that is called on the previous output.

    Raises:
        Untranslatable: The function indexes its argument, or uses it more than once.
    """
    passed = step.passed or ()
    if not passed:
        return step
    if len(passed) > 1 or passed[0].keyword or passed[0].output is not None:
        raise Untranslatable
    inner = passed[0].value
    if isinstance(inner, PastedCall):
        return step._replace(passed=(PastedInput("", chained(inner)),))
    return step._replace(passed=None)


def substitute(step: PastedCall, call_inputs: Sequence[PastedInput]) -> PastedCall:
    """Replace the argument of a function by what the function is called on.

    Raises:
        Untranslatable: The function uses an item that does not exist.
    """
    replaced = []
    for call_input in step.passed or (PastedInput("", ""),):
        if isinstance(call_input.value, PastedCall):
            replaced.append(
                call_input._replace(value=substitute(call_input.value, call_inputs))
            )
            continue
        if (call_input.output is None) != (len(call_inputs) == 1) or (
            call_input.output or 0
        ) >= len(call_inputs):
            raise Untranslatable
        replaced.append(
            call_inputs[call_input.output or 0]._replace(keyword=call_input.keyword)
        )
    return step._replace(passed=tuple(replaced))
