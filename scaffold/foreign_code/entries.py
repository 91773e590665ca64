"""Translate statements to the entries of a list: names, and what each is called on.

Python code may assign a variable several times; in a spec, each name is unique.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from scaffold.diagnostics import Span
from scaffold.foreign_code.parsing import expression
from scaffold.foreign_code.steps import PastedCall, PastedInput, Statement
from scaffold.spec.document import Items, Node, Scalar, Table

Place = tuple[int, int | None]
"""The index of a step (negative for an input), and the index of its output."""


class _PendingStep:
    """A step whose entry is not written yet."""

    def __init__(self, call: str, entry: int) -> None:
        self.call, self.entry = call, entry
        self.name = ""
        self.is_unchanged = False
        self.passed: list[tuple[str, list[Place | str], bool]] = []
        self.constants: tuple[str, ...] = ()
        self.is_referenced = False
        self.again: int | None = None
        """The step that creates the layer, if this step reuses it."""
        self.variable = ""
        """The variable that holds the layer in the code."""


def without_name(call: str) -> str:
    """Remove the `name` argument of a layer: the entry sets the name."""
    tree = expression(call)
    if not isinstance(tree, ast.Call) or not call.isascii():
        return call
    first = len(tree.args)
    arguments = [ast.get_source_segment(call, item) or "" for item in tree.args]
    for keyword in tree.keywords:
        if keyword.arg != "name":
            arguments.append(ast.get_source_segment(call, keyword) or "")
    if len(arguments) == first + len(tree.keywords):
        return call
    return f"{ast.get_source_segment(call, tree.func)}({', '.join(arguments)})"


def own_name(call: str) -> str:
    """Return the `name` argument of a layer, `""` if it has none."""
    tree = expression(call)
    for keyword in tree.keywords if isinstance(tree, ast.Call) else []:
        value = keyword.value
        if keyword.arg == "name" and isinstance(value, ast.Constant):
            name = str(value.value)
            return name if name.isascii() and name.isidentifier() else ""
    return ""


class Entries:
    """Collects the entries of a list, in order."""

    def __init__(self, inputs: Sequence[str], outputs: Iterable[str]) -> None:
        """Start with the inputs.

        Args:
            inputs: Their names.
            outputs: The names under `outputs`, which must exist.
        """
        self.inputs = inputs
        self.outputs = frozenset(outputs)
        self.steps: list[_PendingStep] = []
        self.places: dict[str, Place] = {
            name: (at - len(inputs), None) for at, name in enumerate(inputs)
        }
        self.lists: dict[str, list[Place | str]] = {}
        self.layers: dict[tuple[int, ...], int] = {}
        """The steps that create layer objects."""
        self.returned: list[tuple[str, Place | str]] = []
        """The outputs of a `Model`, with their keys."""
        self.taken = set(inputs)
        self.last: dict[str, int] = {}
        self.times: dict[str, int] = {}

    def add_unchanged(self, entry: int, name: str) -> None:
        """Add an entry that is not translated."""
        step = _PendingStep("", entry)
        step.is_unchanged, step.name = True, name
        self.steps.append(step)
        if name:
            self.taken.add(name)
            self.places[name] = (len(self.steps) - 1, None)

    def add(self, entry: int, statement: Statement) -> None:
        """Add the steps and names of a statement."""
        for step in statement.steps:
            self.make(entry, step)
        targets = statement.targets
        if statement.outputs:
            self.returned = [
                (key, self.places_of(entry, call_input)[0])
                for key, call_input in statement.outputs
            ]
        if statement.listed and targets:
            self.lists[targets[0]] = [
                self.places_of(entry, call_input)[0] for call_input in statement.listed
            ]
            return
        if not statement.steps:
            for name in targets:
                if statement.alias in self.places:
                    self.places[name] = self.places[statement.alias]
                    continue
                # An `Input` is the spec's input of that name, or its first input.
                if name not in self.places and self.inputs:
                    self.places[name] = (-len(self.inputs), None)
            return
        at = len(self.steps) - 1
        for number, name in enumerate(targets):
            self.places[name] = (at, number if len(targets) > 1 else None)
        if len(targets) == 1:
            name = targets[0]
            if name not in self.outputs:
                name = own_name(self.steps[at].call) or name
            self.steps[at].name = name
            self.last[name] = at
            self.times[name] = self.times.get(name, 0) + 1

    def make(self, entry: int, step: PastedCall) -> int:
        """Add a step, after the steps nested in its call."""
        passed = None
        if step.passed is not None:
            passed = [
                argument
                for call_input in step.passed
                for argument in self.all(entry, call_input)
            ]
        elif step.times and (self.steps or len(self.inputs) == 1):
            passed = [("", [(len(self.steps) - 1, None)], False)] * step.times
        new_step = _PendingStep(step.call, entry)
        new_step.variable = step.variable
        new_step.constants = step.constants
        new_step.passed = passed or []
        self.steps.append(new_step)
        at = len(self.steps) - 1
        if step.layer_object and self.layers.setdefault(step.layer_object, at) != at:
            new_step.again = self.layers[step.layer_object]
        return at

    def all(
        self, entry: int, call_input: PastedInput
    ) -> list[tuple[str, list[Place | str], bool]]:
        """Resolve an input; a positional list of tensors becomes one input for each."""
        if isinstance(call_input.value, str) and call_input.value in self.lists:
            places = self.lists[call_input.value]
            if call_input.output is not None:
                return [(call_input.keyword, [places[call_input.output]], False)]
            if call_input.keyword:
                return [(call_input.keyword, places, True)]
            return [("", [place], False) for place in places]
        return [self.resolve(entry, call_input)]

    def places_of(self, entry: int, call_input: PastedInput) -> list[Place | str]:
        """Return the steps or inputs that an input refers to."""
        return [
            place for _, places, _ in self.all(entry, call_input) for place in places
        ]

    def resolve(
        self, entry: int, call_input: PastedInput
    ) -> tuple[str, list[Place | str], bool]:
        """Return the step or input that a variable currently refers to."""
        if isinstance(call_input.value, PastedCall):
            return (
                call_input.keyword,
                [(self.make(entry, call_input.value), call_input.output)],
                False,
            )
        if isinstance(call_input.value, tuple):
            places = [
                place
                for item in call_input.value
                for place in self.places_of(entry, item)
            ]
            return call_input.keyword, places, True
        place = self.places.get(call_input.value)
        is_first = len(self.inputs) == 1 and not self.steps and not call_input.keyword
        if place is None and is_first:
            # Before the first entry, a name can only refer to the input.
            place = self.places[call_input.value] = (-1, None)
        if place is None:
            name = (
                call_input.value
                if call_input.output is None
                else f"{call_input.value}[{call_input.output}]"
            )
            return call_input.keyword, [name], False
        output = call_input.output if call_input.output is not None else place[1]
        return call_input.keyword, [(place[0], output)], False

    def lines(self) -> dict[int, list[str]]:
        """Return the lines of each translated entry."""
        self.mark_referenced()
        self.name_all()
        lines: dict[int, list[str]] = {}
        for at, step in enumerate(self.steps):
            if not step.is_unchanged:
                lines.setdefault(step.entry, []).append(self.line(at, step))
        return lines

    def mark_referenced(self) -> None:
        """Mark the steps that other steps refer to."""
        for _, place in self.returned:
            self.mark_place(place)
        for at, step in enumerate(self.steps):
            if step.again is not None:
                self.steps[step.again].is_referenced = True
            if self.is_chained(at, step):
                continue
            for _, places, _ in step.passed:
                for place in places:
                    self.mark_place(place)

    def mark_place(self, place: Place | str) -> None:
        """Mark the step that an entry, or `outputs`, refers to."""
        if not isinstance(place, str) and place[0] >= 0:
            self.steps[place[0]].is_referenced = True

    def is_chained(self, at: int, step: _PendingStep) -> bool:
        """Return whether a step is called only on the output of the previous step.

        If the previous step keeps its name, the entry refers to it by that name.
        """
        if step.constants or len(step.passed) != 1:
            return not step.passed
        keyword, places, is_list = step.passed[0]
        if keyword or is_list:
            return False
        place = places[0]
        if isinstance(place, str):
            # An unknown name: assume that it refers to the previous entry.
            is_first = at == 0 or self.steps[at - 1].entry != step.entry
            return is_first and "[" not in place
        if place[1] is not None:
            return False
        if place[0] >= 0:
            previous = self.steps[place[0]]
            return place[0] == at - 1 and not self.keeps_name(place[0], previous)
        return at == 0 and len(self.inputs) == 1 and self.inputs[0] == "inputs"

    def keeps_name(self, at: int, step: _PendingStep) -> bool:
        """Return whether a step keeps the name that it has in the code."""
        if step.is_unchanged:
            return bool(step.name)
        return (
            bool(step.name)
            and step.name not in self.taken
            and self.times.get(step.name, 0) == 1
        )

    def name_all(self) -> None:
        """Give a unique name to each step that needs a name."""
        used = set(self.taken) | {
            step.name for at, step in enumerate(self.steps) if self.keeps_name(at, step)
        }
        for at, step in enumerate(self.steps):
            if step.is_unchanged or self.keeps_name(at, step):
                continue
            preferred = step.name
            is_output = preferred in self.outputs and self.last.get(preferred) == at
            if is_output and preferred not in used:
                used.add(preferred)
                continue
            if not step.is_referenced:
                step.name = ""
                continue
            if step.variable.isidentifier() and step.variable not in used:
                # The code names the layer, but not this tensor.
                step.name = step.variable
                used.add(step.name)
                continue
            base = preferred or step.call.split("(")[0].rpartition(".")[2].lower()
            number = 1
            while f"{base}_{number}" in used:
                number += 1
            step.name = f"{base}_{number}"
            used.add(step.name)

    def outputs_node(self, span: Span) -> Node | None:
        """Return the section `outputs`; `None` if the last entry is the only output."""
        places = [place for _, place in self.returned]
        if places == [(len(self.steps) - 1, None)] and not self.returned[0][0]:
            return None
        names = [Scalar(self.shown(place), span) for place in places]
        keys = [key for key, _ in self.returned]
        if all(keys):
            pairs = zip((Scalar(key, span) for key in keys), names, strict=True)
            return Table(tuple(pairs), span)
        return names[0] if len(names) == 1 else Items(tuple(names), span)

    def line(self, at: int, step: _PendingStep) -> str:
        """Write a step as an entry."""
        name = f"{step.name} = " if step.name else ""
        if step.again is not None:
            step.call = f"reuse({self.steps[step.again].name})"
        if name:
            step.call = without_name(step.call)
        if self.is_chained(at, step):
            return f"{name}{step.call}"
        listed = []
        for keyword, places, is_list in step.passed:
            names = [self.shown(place) for place in places]
            text = f"[{', '.join(names)}]" if is_list else names[0]
            listed.append(f"{keyword}={text}" if keyword else text)
        arrow = ", ".join((*listed, *step.constants))
        return f"{name}{step.call} <- {arrow}" if arrow else f"{name}{step.call}"

    def shown(self, place: Place | str) -> str:
        """Return the text of what a step is called on."""
        if isinstance(place, str):
            return place
        at, output = place
        name = self.inputs[at] if at < 0 else self.steps[at].name
        return name if output is None else f"{name}[{output}]"
