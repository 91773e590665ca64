"""What the calls of layers return: one tensor, or several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scaffold.catalogue import KerasCallable
from scaffold.catalogue.facts import layers as facts
from scaffold.ir.types import Collection, Constant, Graph, Node, Object, Value
from scaffold.ir.values import Target

STATE_FLAG = "return_state"
"""The argument that makes a recurrent layer return its states, too."""


class Returned(NamedTuple):
    """The value that a call returns.

    Attributes:
        number: The number of tensors; 0 if it is unknown.
        keys: The keys of the tensors, if a block returns a dictionary.
        is_list: Whether the tensors are in a list, even a single one.
    """

    number: int
    keys: tuple[str, ...] | None = None
    is_list: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is a single tensor, not in a list or a dictionary."""
        return self.number == 1 and self.keys is None and not self.is_list

    def __str__(self) -> str:
        """Describe it: "3 tensors"."""
        if self.number != 1:
            return f"{self.number} tensors"
        if self.is_plain:
            return "one tensor"
        return f"a {'list' if self.keys is None else 'mapping'} of one tensor"


def returned(layer: Object, node: Node) -> Returned:
    """Return what the call of a layer of a node returns."""
    target = layer.target
    if isinstance(target, Graph):
        outputs = target.outputs
        return Returned(len(outputs.tensors), outputs.keys, outputs.is_list)
    flags = {
        passed.keyword: passed.value.value
        for passed in node.passed
        if isinstance(passed.value, Constant)
    }
    return Returned(count_outputs(target, layer, flags))


def count_outputs(target: Target, layer: Object, call_flags: Mapping[str, Any]) -> int:
    """Return the number of outputs of a Keras layer; 0 if it is unknown."""
    if not isinstance(target, KerasCallable):
        return 0
    arguments = {bound.name: bound.value for bound in layer.arguments}
    flags = {
        name: value.value
        for name, value in arguments.items()
        if isinstance(value, Constant)
    }
    flags |= call_flags
    if flags.get("return_attention_scores"):
        return 2
    if target.name in facts.OUTPUTS_OF_INNER:
        return _of_wrapper(target, arguments, flags)
    if flags.get(STATE_FLAG):
        return 1 + facts.STATES[target.name] if target.name in facts.STATES else 0
    return target.gives if target.registry != "ops" else 0


def _of_wrapper(
    target: KerasCallable, arguments: Mapping[str, Value], flags: Mapping[str, Any]
) -> int:
    """Return the number of outputs of a wrapper, from its layer or cells."""
    if target.name == facts.BIDIRECTIONAL:
        layer = arguments.get("layer")
        inner = (
            count_outputs(layer.target, layer, {}) if isinstance(layer, Object) else 0
        )
        is_merged = "merge_mode" not in arguments or flags.get("merge_mode")
        is_known = inner and ("merge_mode" not in arguments or "merge_mode" in flags)
        return (1 if is_merged else 2) + 2 * (inner - 1) if is_known else 0
    states = _states(arguments.get("cell"))
    return (1 + states if flags.get(STATE_FLAG) else 1) if states else 0


def _states(cell: Value | None) -> int:
    """Return the number of states of a cell or a list of cells; 0 if it is unknown."""
    if isinstance(cell, Object):
        target = cell.target
        name = target.name if isinstance(target, KerasCallable) else ""
        if name != facts.STACK:
            return facts.CELL_STATES.get(name, 0)
        cell = next((bound.value for bound in cell.arguments), None)
    if isinstance(cell, Collection) and len(cell.items) > 1:
        return len(cell.items)
    return 0
