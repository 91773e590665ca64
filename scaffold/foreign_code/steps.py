"""What pasted code says, step by step."""

from __future__ import annotations

from typing import NamedTuple

from scaffold.foreign_code.variables import CodeVariable


class PastedInput(NamedTuple):
    """One thing that a step is called on.

    Attributes:
        keyword: The call argument's name, `""` by position.
        value: The name of a variable, a step inside of the call, or several of them.
        output: Which output of it, where it gives several.
    """

    keyword: str
    value: str | PastedCall | tuple[PastedInput, ...]
    output: int | None = None


class PastedCall(NamedTuple):
    """A layer or a function, as an entry says it.

    Attributes:
        call: The entry without its arrow: `Dense(3)`.
        passed: What it is called on; `None` where the code does not say it.
        constants: Constants that its call takes, as they stand behind the arrow.
        layer_object: Which layer object it calls, and which layer of that; nothing for
            a layer that is made where it is called.
        variable: The variable that holds the object.
        times: How often it is called on what comes before, where the code does not
            say what it is called on.
    """

    call: str
    passed: tuple[PastedInput, ...] | None = None
    constants: tuple[str, ...] = ()
    layer_object: tuple[int, ...] = ()
    variable: str = ""
    times: int = 0


class Statement(NamedTuple):
    """One entry's text, understood.

    Attributes:
        steps: The steps in it, in order; none for what a spec leaves out.
        targets: The variables that are given what the last step gives.
        reason: What is wrong with it, as a message says it.
        advice: What to do where it has no steps.
        alias: The variable that has the same value, where a line just gives it a name.
        code: The code of the finding, where no other finding has to say it.
        listed: The tensors of a list, where a line just gives that a name.
        outputs: What a `Model` returns: keys, `""` for none, and variables.
        block: The function that it calls, as the name of a block.
        section: The section that it is, with the call.
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
    """Raised for code that no entry can say, with the help where there is one."""
