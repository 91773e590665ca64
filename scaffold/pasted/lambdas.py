"""Functions of `Lambda` as steps: what stands for their argument."""

from __future__ import annotations

from collections.abc import Sequence

from scaffold.pasted.steps import Beyond, Passed, Step


def chained(step: Step) -> Step:
    """Return the step of a function that is called on what comes before.

    Raises:
        Beyond: It takes its argument apart, or more than once.
    """
    passed = step.passed or ()
    if not passed:
        return step
    if len(passed) > 1 or passed[0].keyword or passed[0].output is not None:
        raise Beyond
    inner = passed[0].value
    if isinstance(inner, Step):
        return step._replace(passed=(Passed("", chained(inner)),))
    return step._replace(passed=None)


def put(step: Step, call_inputs: Sequence[Passed]) -> Step:
    """Put what a function is called on in the place of its argument.

    Raises:
        Beyond: It takes an item that there is not.
    """
    replaced = []
    for call_input in step.passed or (Passed("", ""),):
        if isinstance(call_input.value, Step):
            replaced.append(
                call_input._replace(value=put(call_input.value, call_inputs))
            )
            continue
        if (call_input.output is None) != (len(call_inputs) == 1) or (
            call_input.output or 0
        ) >= len(call_inputs):
            raise Beyond
        replaced.append(
            call_inputs[call_input.output or 0]._replace(keyword=call_input.keyword)
        )
    return step._replace(passed=tuple(replaced))
