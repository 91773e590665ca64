"""The steps that pasted code consists of."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.foreign_code.variables import CodeVariable


class PastedInput(NamedTuple):
    """One input of a step.

    Attributes:
        keyword: The name of the call argument, `""` for a positional one.
        value: The name of a variable, a step nested in the call, or a list of these.
        output: The index of the output, if the value has several.
    """

    keyword: str
    value: str | PastedCall | tuple[PastedInput, ...]
    output: int | None = None


class PastedCall(NamedTuple):
    """A call of a layer or a function.

    Attributes:
        call: The entry without its arrow: `Dense(3)`.
        passed: What it is called on; `None` if the code does not show it.
        constants: Constants passed to the call, as written after the arrow.
        layer_object: The index of the layer object that it calls, and of the layer in
            that; empty for a layer that is created where it is called.
        variable: The variable that holds the layer object.
        times: How many times the previous output is passed, if the code does not show
            what the step is called on.
    """

    call: str
    passed: tuple[PastedInput, ...] | None = None
    constants: tuple[str, ...] = ()
    layer_object: tuple[int, ...] = ()
    variable: str = ""
    times: int = 0


class Statement(NamedTuple):
    """The translation of one entry.

    Attributes:
        steps: Its steps, in order; empty for code that a spec does not need.
        targets: The variables to which the output of the last step is assigned.
        reason: The message of the finding.
        advice: The help, if it is not a line to write.
        alias: The variable on the right side, if the line only assigns another name.
        code: The code of the finding, if it does not depend on another finding.
        listed: The tensors, if the line only assigns a list of tensors.
        outputs: The outputs of a `Model`: keys (`""` without one) and tensors.
        block: The name of the block for the function that it calls.
        section: The section that it belongs in, with the call.
    """

    steps: tuple[PastedCall, ...]
    targets: tuple[str, ...]
    reason: str
    advice: str = ""
    alias: str = ""
    code: str = ""
    listed: tuple[PastedInput, ...] = ()
    outputs: tuple[tuple[str, PastedInput], ...] = ()
    block: str = ""
    section: tuple[str, CodeVariable] | None = None


class Untranslatable(Exception):
    """Raised for code that no entry can express, with the help if there is one."""
